"""A stand-in for a pooler that serves many projects: it wants user names like ``role.project``."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Iterator

_SSL, _GSS = 80877103, 80877104


@contextlib.contextmanager
def project_pooler(host: str, port: int, project: str) -> Iterator[int]:
    """Forward connections whose user name ends in the project's name, without that ending; yields its port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = listener.accept()
                threading.Thread(target=_serve, args=(client, host, port, f".{project}"), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        listener.close()


def _serve(client: socket.socket, host: str, port: int, ending: str) -> None:
    with contextlib.suppress(OSError), client:
        startup = _read_startup(client)
        words = startup[4:].rstrip(b"\0").split(b"\0")
        given = dict(zip(words[::2], words[1::2], strict=True))
        user = given.get(b"user", b"").decode()
        if not user.endswith(ending):
            client.sendall(_error(f"Tenant or user not found: {user}"))
            return
        given[b"user"] = user.removesuffix(ending).encode()
        body = startup[:4] + b"".join(key + b"\0" + value + b"\0" for key, value in given.items()) + b"\0"
        with socket.create_connection((host, port)) as server:
            server.sendall(struct.pack("!i", len(body) + 4) + body)
            back = threading.Thread(target=_pump, args=(server, client), daemon=True)
            back.start()
            _pump(client, server)
            back.join(5)


def _read_startup(client: socket.socket) -> bytes:
    while True:
        (length,) = struct.unpack("!i", _exactly(client, 4))
        body = _exactly(client, length - 4)
        if struct.unpack("!i", body[:4])[0] not in (_SSL, _GSS):
            return body
        client.sendall(b"N")


def _exactly(client: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        more = client.recv(size - len(found))
        if not more:
            raise ConnectionResetError
        found += more
    return found


def _pump(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while chunk := source.recv(65536):
            target.sendall(chunk)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)


def _error(message: str) -> bytes:
    body = b"SFATAL\0C28000\0M" + message.encode() + b"\0\0"
    return b"E" + struct.pack("!i", len(body) + 4) + body
