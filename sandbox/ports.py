"""Ports of this machine: to listen at, and kept for a program that will listen in a moment."""

import socket
import sys

HOST = "127.0.0.1"


class PortInUseError(Exception):
    """Something else listens at the port."""


class ReservedPort:
    """A port that no other program is given by chance until `release`, and that one told of it can listen at.

    As a context manager it gives the number and is released in the end.

    The socket that keeps it is bound and never listens: Linux lets a second one with SO_REUSEADDR, which
    servers set, listen there. Elsewhere the port is only free at this moment.
    """

    def __init__(self) -> None:
        self._kept = _bound(0)
        self.number: int = self._kept.getsockname()[1]
        if sys.platform != "linux":
            self.release()

    def __enter__(self) -> int:
        return self.number

    def __exit__(self, *_: object) -> None:
        self.release()

    def release(self) -> None:
        """Let others have it; safe to call again."""
        self._kept.close()


def listen(port: int) -> socket.socket:
    """A socket to listen with at the port, 0 for any. Raises PortInUseError."""
    try:
        return _bound(port)
    except OSError as error:
        raise PortInUseError(port) from error


def next_free_port(after: int) -> int:
    """The next port above `after` at which nothing listens, else any."""
    for port in range(after + 1, after + 100):
        try:
            _bound(port).close()
        except OSError:
            continue
        return port
    with _bound(0) as probe:
        number: int = probe.getsockname()[1]
        return number


def _bound(port: int) -> socket.socket:
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((HOST, port))
    except OSError:
        found.close()
        raise
    return found
