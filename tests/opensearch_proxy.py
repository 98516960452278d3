"""A proxy before the real OpenSearch, through which a test can change, refuse or hold back what a client sends."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus

from aiohttp import ClientError, ClientSession, ClientTimeout, web

MAX_REQUEST_BYTES = 2**26
TIMEOUT = ClientTimeout(total=60)


class OpenSearchProxy:
    """Hands every request on; a subclass says which not.

    Args:
        server: the server's address.

    Attributes:
        url: where it serves; empty before.
    """

    def __init__(self, server: str) -> None:
        self.url = ""
        self._server = server

    @asynccontextmanager
    async def serving(self, tls: ssl.SSLContext | None = None) -> AsyncIterator[str]:
        """Serve on a free port until the end of the block, in the clear or by TLS; gives its address."""
        app = web.Application(client_max_size=MAX_REQUEST_BYTES)
        app.router.add_route("*", "/{path:.*}", self.answer)
        runner = web.AppRunner(app, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls).start()
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{runner.addresses[0][1]}"
        async with ClientSession(timeout=TIMEOUT) as self._session:
            try:
                yield self.url
            finally:
                await runner.cleanup()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer a request."""
        return await self.hand_on(request, await request.read())

    async def hand_on(self, request: web.Request, body: bytes) -> web.Response:
        """Give the server's answer to a request with this body; where it gives none the connection breaks, as its own would."""
        headers = {"content-type": request.headers.get("content-type", "application/json")}
        where = f"{self._server}{request.raw_path}"
        try:
            async with self._session.request(request.method, where, data=body or None, headers=headers) as found:
                return web.Response(body=await found.read(), status=found.status, content_type=found.content_type)
        except ClientError:
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=HTTPStatus.BAD_GATEWAY)
