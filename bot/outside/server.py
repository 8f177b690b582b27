"""A small server of its own for the figures, so that Slack's public address never shows them.

It serves Socket Mode too, where there is no other.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Iterator, Sequence
from socket import AF_INET, AF_INET6, create_server, socket
from typing import TypeAlias

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route

log = logging.getLogger(__name__)

Listening: TypeAlias = socket
"""A socket that listens, to be closed by whoever uses it."""


class BoundServer(uvicorn.Server):
    """Leaves the signals to whoever runs it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def listen_at(address: tuple[str, int]) -> Listening:
    """At this host and port; :raises OSError: the address cannot be used."""
    return create_server(address, family=AF_INET6 if ":" in address[0] else AF_INET)


@contextlib.asynccontextmanager
async def serving(routes: Sequence[Route], listening: Listening) -> AsyncIterator[None]:
    """Answer on this socket meanwhile, and close it."""
    with listening:
        app = Starlette(routes=list(routes))
        server = BoundServer(uvicorn.Config(app, log_config=None, access_log=False, lifespan="off"))
        task = asyncio.create_task(server.serve(sockets=[listening]))
        log.info("Figures for Prometheus are at /metrics of %s port %d.", *listening.getsockname()[:2])
        try:
            yield
        finally:
            server.should_exit = True
            await task
