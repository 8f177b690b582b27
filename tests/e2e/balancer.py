"""One address for several processes: each request goes to the next of those that answer."""

import contextlib
import itertools
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence

import aiohttp
from aiohttp import web

HOP = {"host", "connection", "transfer-encoding", "content-length"}
"""Headers of one connection, which are not passed on."""


class Balancer:
    """Takes turns between the ports; `served` counts the answers of each."""

    def __init__(self, ports: Sequence[int]) -> None:
        self.served: Counter[int] = Counter()
        self._ports = ports
        self._turns: Iterator[int] = itertools.cycle(range(len(ports)))
        self._session: aiohttp.ClientSession | None = None

    async def pass_on(self, request: web.Request) -> web.Response:
        """The answer of one that can be reached; 502 when it broke off, as then nobody knows what it did."""
        assert self._session is not None
        body, first = await request.read(), next(self._turns)
        headers = {name: value for name, value in request.headers.items() if name.lower() not in HOP}
        for turn in range(len(self._ports)):
            port = self._ports[(first + turn) % len(self._ports)]
            url = f"http://127.0.0.1:{port}{request.path_qs}"
            try:
                async with self._session.request(request.method, url, data=body, headers=headers) as answer:
                    self.served[port] += request.method == "POST"
                    text = await answer.read()
                    return web.Response(body=text, status=answer.status, content_type=answer.content_type)
            except aiohttp.ClientConnectorError:
                continue
            except aiohttp.ClientError:
                return web.Response(status=502)
        return web.Response(status=503)

    @contextlib.asynccontextmanager
    async def listening(self, port: int) -> AsyncIterator[None]:
        """Take requests at the port."""
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self.pass_on)
        runner = web.AppRunner(app)
        # A connection that is kept could belong to a process that is gone.
        connector = aiohttp.TCPConnector(force_close=True)
        async with aiohttp.ClientSession(connector=connector) as self._session:
            await runner.setup()
            try:
                await web.TCPSite(runner, "127.0.0.1", port).start()
                yield
            finally:
                await runner.cleanup()
