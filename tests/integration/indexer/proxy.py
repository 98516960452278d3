"""A proxy before the real OpenSearch, through which a test can change or hold back what a client sends."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import ClientSession, web


class Proxy:
    """Hands every request on; a subclass says which not.

    Args:
        url: the server's.
    """

    def __init__(self, url: str) -> None:
        self.url = url

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        """Serve; gives its address."""
        app = web.Application(client_max_size=2**26)
        app.router.add_route("*", "/{path:.*}", self.answer)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        async with ClientSession() as self.session:
            yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        await runner.cleanup()

    async def answer(self, request: web.Request) -> web.Response:
        """Answer a request."""
        return await self.hand_on(request)

    async def hand_on(self, request: web.Request) -> web.Response:
        """Give the server's answer."""
        body = await request.read()
        headers = {"content-type": request.headers.get("content-type", "application/json")}
        async with self.session.request(
            request.method, f"{self.url}{request.raw_path}", data=body or None, headers=headers
        ) as response:
            return web.Response(body=await response.read(), status=response.status, content_type="application/json")
