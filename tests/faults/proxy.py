"""A proxy before OpenSearch: makes it slow or busy, or keeps writes back, as only a truly overloaded server would."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from http import HTTPStatus
from typing import Any, Literal

import orjson
from aiohttp import web

from opensearch_proxy import OpenSearchProxy

ERROR = {"type": "rejected_execution_exception", "reason": "the proxy says that the server is busy"}


class Proxy(OpenSearchProxy):
    """Hands every request on, but for the trouble that it is told to make.

    Attributes:
        delay_seconds: how long it keeps each request before it hands it on.
        delayed: how many requests it has kept so.
        busy: whether it answers 429 to whole bulk requests, or to every second write of each.
        refused: how many bulk requests it has answered 429, in whole or in part.
        held: how many bulk requests it keeps back now, or has just let go and not answered yet.
    """

    def __init__(self, server: str) -> None:
        super().__init__(server)
        self.delay_seconds = 0.0
        self.delayed = 0
        self.busy: Literal["requests", "items"] | None = None
        self.refused = 0
        self.held = 0
        self._gate: asyncio.Event | None = None

    @contextmanager
    def holding(self) -> Iterator[asyncio.Event]:
        """Keep back the bulk requests that come within the block, until the event that it gives is set."""
        self._gate = release = asyncio.Event()
        try:
            yield release
        finally:
            self._gate = None

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer a request, or lead it to the server."""
        body = await request.read()
        self.delayed += self.delay_seconds > 0
        await asyncio.sleep(self.delay_seconds)
        if not request.path.endswith("/_bulk"):
            return await self.hand_on(request, body)
        if self._gate is not None:
            return await self._keep_back(request, body, self._gate)
        self.refused += self.busy is not None
        if self.busy == "requests":
            return web.json_response({"error": ERROR}, status=HTTPStatus.TOO_MANY_REQUESTS)
        return await (self._forward_half(request, body) if self.busy else self.hand_on(request, body))

    async def _keep_back(self, request: web.Request, body: bytes, release: asyncio.Event) -> web.Response:
        self.held += 1
        try:
            await release.wait()
            return await self.hand_on(request, body)
        finally:
            self.held -= 1

    async def _forward_half(self, request: web.Request, body: bytes) -> web.Response:
        """Hand on every second write of a bulk request, and say of the others that the server is busy."""
        lines = body.splitlines(keepends=True)
        writes = [b"".join(lines[start : start + 2]) for start in range(0, len(lines), 2)]
        taken: list[dict[str, Any]] = []
        if len(writes) > 1:
            answer = await self.hand_on(request, b"".join(writes[1::2]))
            if answer.status != HTTPStatus.OK:
                return answer
            taken = orjson.loads(answer.body if isinstance(answer.body, bytes) else b"")["items"]
        items = list(_merged([_refusal(write) for write in writes[::2]], taken))
        return web.json_response({"took": 1, "errors": True, "items": items})


def _refusal(write: bytes) -> dict[str, Any]:
    """Give what a busy server answers to one write: its two lines are what to do, and the document."""
    ((action, meta),) = orjson.loads(write.splitlines()[0]).items()
    return {action: {**meta, "status": HTTPStatus.TOO_MANY_REQUESTS, "error": ERROR}}


def _merged(evens: Sequence[dict[str, Any]], odds: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for number, even in enumerate(evens):
        yield even
        yield from odds[number : number + 1]


@asynccontextmanager
async def proxy_before(server: str) -> AsyncIterator[Proxy]:
    """Serve on a free port until the end of the block."""
    proxy = Proxy(server)
    async with proxy.serving():
        yield proxy
