"""Answers signed texts ahead of Flask, whose layers cost a third of a webhook's time.

Only an accepted text is answered here. Every other request is passed to Flask, with the error that it met, so that
errors are worded and logged in one place.
"""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from io import BytesIO
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from motabot.gateways.base import WebhookRequest
from motabot.web.sms_door import MET, SmsDoor
from motabot.web.throttle import Throttle

#: The address of the native gateway, as `motabot.web.sms` serves it.
_PATH = "/sms/inbound"


class Express:
    """Stands before an application, behind whatever says which address a request comes from."""

    def __init__(self, app: WSGIApplication, door: SmsDoor, throttle: Throttle, most: int) -> None:
        """
        Args:
            app: Answers every request that is not a text, or is not taken.
            door: Takes texts.
            throttle: Counts requests by address.
            most: Bytes of the longest body.
        """
        self._app = app
        self._door = door
        self._throttle = throttle
        self._most = most

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not self._is_text(environ) or self._throttle.seconds_to_wait(environ):
            return self._app(environ, start_response)
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        given = WebhookRequest(body, lambda name: environ.get(f"HTTP_{name.upper().replace('-', '_')}"), str)
        try:
            message_id, is_new = self._door.take_from(self._door.native, given)
            assert message_id is not None  # the native gateway knows nothing but texts
        except Exception as error:  # noqa: BLE001 - Flask answers it
            environ["wsgi.input"], environ[MET] = BytesIO(body), error
            return self._app(environ, start_response)
        status = HTTPStatus.ACCEPTED if is_new else HTTPStatus.OK
        content = b'{"id":%d}\n' % message_id
        headers = [
            ("Content-Type", "application/json"),
            ("Content-Length", str(len(content))),
            ("Cache-Control", "no-store"),
        ]
        start_response(f"{status.value} {status.phrase}", headers)
        return [content]

    def _is_text(self, environ: WSGIEnvironment) -> bool:
        length = environ.get("CONTENT_LENGTH", "")
        return (
            environ.get("PATH_INFO") == _PATH
            and environ["REQUEST_METHOD"] == "POST"
            and not environ.get("QUERY_STRING")
            and length.isdecimal()
            and int(length) <= self._most
        )
