"""Keeps one address, one person or one expensive route from using up the service.

Counted here and not by a library: the one that was tried (`limits`) cost a fifteenth of a webhook's time.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask, Response, request
from werkzeug.wsgi import ClosingIterator

from motabot.errors import TooManyQuestions
from motabot.web.problems import problem

_SECONDS = 60
#: Threads of one process that answer requests.
THREADS = 16
#: Threads that doors other than these may take all together. The rest waits for texts.
_SHARED = 10
#: Key of a WSGI environment: the request was counted.
_COUNTED = "motabot.counted"
_ALWAYS_OPEN = ("/sms/", "/healthz", "/readyz")


class Throttle:
    """Counts the requests of an address in each minute; each process counts for itself.

    It counts addresses, never the people who text: a customer's replies are limited, not their texts.
    """

    def __init__(self, per_minute: int) -> None:
        self._per_minute = per_minute
        self._counts: Counter[str] = Counter()
        self._window = 0

    def seconds_to_wait(self, environ: WSGIEnvironment) -> int:
        """Count a request, once however often it is asked about, and say for how long its address must wait."""
        now = time.time()
        if now // _SECONDS != self._window:  # two threads may both see it: then a request or two go uncounted
            self._window = int(now // _SECONDS)
            self._counts.clear()
        source = environ.get("REMOTE_ADDR") or "unknown"
        if not environ.get(_COUNTED):
            environ[_COUNTED] = True
            self._counts[source] += 1
        return 0 if self._counts[source] <= self._per_minute else _SECONDS - int(now) % _SECONDS


def install(app: Flask, throttle: Throttle) -> None:
    """Answer 429 with Retry-After to an address that asks too often."""

    @app.before_request
    def _refuse_more() -> Response | None:
        seconds = throttle.seconds_to_wait(request.environ)
        if not seconds:
            return None
        response = problem(429, f"Too many requests from this address; come again in {seconds} s.")
        response.headers["Retry-After"] = str(seconds)
        return response


class Reserve:
    """Keeps threads free for texts: all other doors together take no more than their share."""

    def __init__(self, app: WSGIApplication, most: int = _SHARED) -> None:
        self._app = app
        self._free = threading.BoundedSemaphore(most)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if str(environ.get("PATH_INFO", "")).startswith(_ALWAYS_OPEN):
            return self._app(environ, start_response)
        if not self._free.acquire(blocking=False):
            response = problem(503, "The service is busy. Try again in a few seconds.")
            response.headers["Retry-After"] = "2"
            return response(environ, start_response)
        try:
            answer = self._app(environ, start_response)
        except BaseException:
            self._free.release()
            raise
        return ClosingIterator(answer, self._free.release)


class InFlight:
    """How much of one kind each person has under way; more than `most` is refused."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._counts: Counter[int] = Counter()
        self._lock = threading.Lock()

    def begin(self, person: int) -> Callable[[], None]:
        """Count one more for a person.

        Returns:
            What to call once when it has ended.

        Raises:
            TooManyQuestions: The person has as many under way as may be.
        """
        with self._lock:
            if self._counts[person] >= self._most:
                raise TooManyQuestions(
                    f"{self._most} of your questions are still being answered. Wait until one has ended."
                )
            self._counts[person] += 1
        return lambda: self._end(person)

    def _end(self, person: int) -> None:
        with self._lock:
            self._counts[person] -= 1
            if not self._counts[person]:
                del self._counts[person]
