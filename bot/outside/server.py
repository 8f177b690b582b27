"""A small server of its own for the figures, so that Slack's public address never shows them.

It serves Socket Mode too, where there is no other.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Iterator, Sequence
from socket import AF_INET, AF_INET6, create_server

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route

log = logging.getLogger(__name__)


class BoundServer(uvicorn.Server):
    """Leaves the signals to whoever runs it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextlib.asynccontextmanager
async def serving(routes: Sequence[Route], address: tuple[str, int]) -> AsyncIterator[None]:
    """Answer at this host and port meanwhile; :raises OSError: the address cannot be used."""
    host, port = address
    family = AF_INET6 if ":" in host else AF_INET
    with create_server(address, family=family) as listening:
        app = Starlette(routes=list(routes))
        server = BoundServer(uvicorn.Config(app, log_config=None, access_log=False, lifespan="off"))
        task = asyncio.create_task(server.serve(sockets=[listening]))
        log.info("Figures for Prometheus are at /metrics of %s port %d.", host, port)
        try:
            yield
        finally:
            server.should_exit = True
            await task
