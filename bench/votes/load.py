"""The load: so many connections, each sending its next request when the last has been answered."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

CONNECTIONS = 64


class RefusedError(Exception):
    """A request got anything but Slack's 200."""


@dataclass(frozen=True, slots=True)
class Burst:
    """What came of a number of requests: answers a second, and milliseconds to the answer."""

    rate: float
    p50: float
    p99: float


def send_all(port: int, requests: Sequence[bytes], connections: int = CONNECTIONS) -> Burst:
    """Send them all, as fast as they are answered; :raises RefusedError: one of them was not answered 200."""
    return asyncio.run(_send_all(port, requests, connections))


async def _send_all(port: int, requests: Sequence[bytes], connections: int) -> Burst:
    loop = asyncio.get_running_loop()
    left, took = iter(requests), list[float]()
    opened = [
        (await loop.create_connection(lambda: _Connection(left, took), "127.0.0.1", port))[1]
        for _ in range(connections)
    ]
    began = time.perf_counter()
    for each in opened:
        each.send_next()
    await asyncio.gather(*(each.done for each in opened))
    rate = len(took) / (time.perf_counter() - began)
    p50, p99 = np.percentile(np.array(took) * 1000, [50, 99])
    return Burst(rate, float(p50), float(p99))


class _Connection(asyncio.Protocol):
    def __init__(self, left: Iterator[bytes], took: list[float]) -> None:
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._left = left
        self._took = took
        self._received = b""
        self._sent_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def send_next(self) -> None:
        request = next(self._left, None)
        if request is None:
            self._transport.close()
            self.done.set_result(None)
            return
        self._sent_at = time.perf_counter()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, end, body = self._received.partition(b"\r\n\r\n")
        if not end or len(body) < _length(head):
            return
        if not head.startswith(b"HTTP/1.1 200 "):
            self._fail(head)
            return
        self._took.append(time.perf_counter() - self._sent_at)
        self._received = b""
        self.send_next()

    def connection_lost(self, error: Exception | None) -> None:
        self._fail(b"the connection was closed")

    def _fail(self, why: bytes) -> None:
        if not self.done.done():
            self.done.set_exception(RefusedError(why.decode("latin-1")))


def _length(head: bytes) -> int:
    at = head.lower().find(b"content-length:")
    return int(head[at + 15 :].split(b"\r\n", 1)[0])
