"""A front before OpenSearch as many installations have one: it ends TLS, checks who asks, and hands the request on."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import ClientSession, encode_basic_auth, web

USER, PASSWORD, API_KEY = "ali", "sésame-basic-55d1€", "os_sesame-key-90c4"


class Front:
    """The front.

    Attributes:
        accepts: the `Authorization` headers of those who are known; may be changed while it serves.
        forbids: whether it answers those who are known that they lack rights, as the security plugin does.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self.accepts = {encode_basic_auth(USER, PASSWORD, "utf-8"), f"ApiKey {API_KEY}"}
        self.forbids = False

    @asynccontextmanager
    async def serving(self, cert_file: Path) -> AsyncIterator[str]:
        """Serve with a certificate and the key in the same file; gives its address."""
        app = web.Application(client_max_size=2**26)
        app.router.add_route("*", "/{path:.*}", self._answer)
        runner = web.AppRunner(app)
        await runner.setup()
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(cert_file)
        await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
        async with ClientSession() as self._session:
            yield f"https://127.0.0.1:{runner.addresses[0][1]}"
        await runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        if request.headers.get("authorization") not in self.accepts:
            return web.Response(status=401, text="Unauthorized")
        if self.forbids:
            reason = "no permissions for [indices:data/write/bulk] and User [name=ali, roles=[]]"
            return web.json_response({"error": {"type": "security_exception", "reason": reason}}, status=403)
        headers = {"content-type": request.headers.get("content-type", "application/json")}
        async with self._session.request(
            request.method, f"{self._url}{request.raw_path}", data=await request.read() or None, headers=headers
        ) as answer:
            return web.Response(body=await answer.read(), status=answer.status, content_type=answer.content_type)
