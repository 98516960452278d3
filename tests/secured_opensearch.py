"""A front before OpenSearch as many installations have one: it ends TLS, checks who asks, and hands the request on."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import encode_basic_auth, web

from opensearch_proxy import OpenSearchProxy

USER, PASSWORD, API_KEY = "ali", "sésame-basic-55d1€", "os_sesame-key-90c4"


class Front(OpenSearchProxy):
    """The front.

    Attributes:
        accepts: the `Authorization` headers of those who are known; may be changed while it serves.
        forbids: whether it answers those who are known that they lack rights, as the security plugin does.
    """

    def __init__(self, server: str) -> None:
        super().__init__(server)
        self.accepts = {encode_basic_auth(USER, PASSWORD, "utf-8"), f"ApiKey {API_KEY}"}
        self.forbids = False

    @asynccontextmanager
    async def secured(self, cert_file: Path) -> AsyncIterator[str]:
        """Serve with a certificate and the key in the same file; gives its address."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(cert_file)
        async with self.serving(context) as url:
            yield url

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer those who are known and may, as the server does."""
        if request.headers.get("authorization") not in self.accepts:
            return web.Response(status=401, text="Unauthorized")
        if self.forbids:
            reason = "no permissions for [indices:data/write/bulk] and User [name=ali, roles=[]]"
            return web.json_response({"error": {"type": "security_exception", "reason": reason}}, status=403)
        return await super().answer(request)
