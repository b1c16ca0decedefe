"""Keeps one address from taking the service from everybody else.

Counted here and not by a library: the one that was tried (`limits`) cost a fifteenth of a webhook's time.
"""

from __future__ import annotations

import time
from collections import Counter

from flask import Flask, Response, request

from motabot.web.problems import problem

_SECONDS = 60


def install(app: Flask, per_minute: int) -> None:
    """Answer 429 with Retry-After to an address that asks too often; each process counts for itself.

    It counts addresses, never the people who text: a customer is limited in replies, not in being heard.
    """
    counts: Counter[str] = Counter()
    window = 0

    @app.before_request
    def _refuse_more() -> Response | None:
        nonlocal window
        now = time.time()
        if now // _SECONDS != window:  # two threads may both see it: then a request or two go uncounted
            window = int(now // _SECONDS)
            counts.clear()
        source = request.remote_addr or "unknown"
        counts[source] += 1
        if counts[source] <= per_minute:
            return None
        seconds = _SECONDS - int(now) % _SECONDS
        response = problem(429, f"Too many requests from this address; come again in {seconds} s.")
        response.headers["Retry-After"] = str(seconds)
        return response
