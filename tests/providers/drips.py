"""Servers that answer, but never come to an end: each function writes to one open connection for as long as it likes."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from collections.abc import Callable

from tests.providers.imitation import chunk, completion, message

Drip = Callable[[socket.socket], None]
_HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
_LENGTH = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n"
_PAUSE = 0.05


def _chunked(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


def _for_ever(connection: socket.socket, piece: bytes, head: bytes = b"") -> None:
    connection.sendall(head)
    while True:
        connection.sendall(piece)
        time.sleep(_PAUSE)


def silence(connection: socket.socket) -> None:
    """Nothing at all."""
    while connection.recv(65_536):
        pass


def headers_by_the_byte(connection: socket.socket) -> None:
    """Headers that never end, a byte at a time."""
    _for_ever(connection, b"x", b"HTTP/1.1 200 OK\r\nx-long: ")


def informational_answers(connection: socket.socket) -> None:
    """One provisional answer after another."""
    _for_ever(connection, b"HTTP/1.1 102 Processing\r\n\r\n")


def silence_after_headers(connection: socket.socket) -> None:
    """Headers, and then nothing."""
    connection.sendall(_HEAD)
    silence(connection)


def json_by_the_byte(connection: socket.socket) -> None:
    """A JSON body, a byte at a time."""
    connection.sendall(_LENGTH)
    for byte in json.dumps(completion(message("word " * 10_000))).encode():
        connection.sendall(bytes([byte]))
        time.sleep(_PAUSE)


def blanks(connection: socket.socket) -> None:
    """Blank lines that keep the connection alive."""
    _for_ever(connection, b"\n", _LENGTH)


def comments(connection: socket.socket) -> None:
    """Comments that keep the stream alive."""
    _for_ever(connection, _chunked(b": ping\n\n"), _HEAD)


def words(connection: socket.socket) -> None:
    """A word now and then, for ever."""
    _for_ever(connection, _chunked(f"data: {json.dumps(chunk({'content': 'word '}))}\n\n".encode()), _HEAD)


def thinking(connection: socket.socket) -> None:
    """Thinking, for ever."""
    _for_ever(connection, _chunked(f"data: {json.dumps(chunk({'reasoning_content': 'hm '}))}\n\n".encode()), _HEAD)


def chunk_sizes_by_the_byte(connection: socket.socket) -> None:
    """The size of a chunk, a digit at a time."""
    _for_ever(connection, b"0", _HEAD)


def a_flood(connection: socket.socket) -> None:
    """As many bytes as fit."""
    connection.sendall(_HEAD)
    piece = _chunked(b": " + b"x" * 60_000 + b"\n\n")
    while True:
        connection.sendall(piece)


def an_error_by_the_byte(connection: socket.socket) -> None:
    """The body of a refusal, a byte at a time."""
    _for_ever(connection, b" ", b"HTTP/1.1 400 Bad Request\r\ncontent-length: 100000\r\n\r\n")


DRIPS: tuple[Drip, ...] = (
    silence, headers_by_the_byte, informational_answers, silence_after_headers, json_by_the_byte, blanks, comments, words,
    thinking, chunk_sizes_by_the_byte, a_flood, an_error_by_the_byte,
)  # fmt: skip


class DripServer:
    """Accepts every connection, reads a little of the request, and drips."""

    def __init__(self, drip: Drip) -> None:
        self._drip = drip
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._open: list[socket.socket] = []
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}/v1"

    def __enter__(self) -> DripServer:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()
        for connection in self._open:
            connection.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self._open.append(connection)
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError):
            connection.recv(65_536)
            self._drip(connection)
        connection.close()
