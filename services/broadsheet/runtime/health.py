"""The HTTP port of a processor: `/metrics`, `/health/live`, `/health/ready`, and nothing else."""

from collections.abc import Awaitable, Callable

from aiohttp import web
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder

Check = Callable[[], Awaitable[str | None]]
"""A health check: None when all is well, else what is not, for a person."""


class HealthServer:
    """Serves metrics and health while the processor runs."""

    def __init__(self, registry: CollectorRegistry, *, live: Check, ready: Check, host: str, port: int) -> None:
        self._registry = registry
        self._host = host
        self._port = port
        app = web.Application(client_max_size=1024)
        app.router.add_get("/metrics", self._metrics)
        app.router.add_get("/health/live", _answer(live))
        app.router.add_get("/health/ready", _answer(ready))
        self._runner = web.AppRunner(app, access_log=None, handle_signals=False)

    async def start(self) -> None:
        """Listen. Raises OSError when the port is taken."""
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()

    async def stop(self) -> None:
        """Stop listening."""
        await self._runner.cleanup()

    @property
    def address(self) -> str:
        """The base URL that is served, with the port that was given or chosen."""
        host, port = self._runner.addresses[0][:2]
        return f"http://{host}:{port}"

    async def _metrics(self, request: web.Request) -> web.Response:
        encode, content_type = choose_encoder(request.headers.get("Accept", ""))
        return web.Response(body=encode(self._registry), headers={"Content-Type": content_type})


def _answer(check: Check) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handler(_request: web.Request) -> web.Response:
        problem = await check()
        body = {"status": "ok"} if problem is None else {"status": "unavailable", "reason": problem}
        return web.json_response(body, status=200 if problem is None else 503)

    return handler
