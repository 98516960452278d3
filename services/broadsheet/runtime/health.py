"""The HTTP port of a processor: `/metrics`, `/health/live`, `/health/ready`, and nothing else.

Whoever can reach it can ask; nobody can hold it up: a connection is for one request, without a body, and its number, time
and bytes are bounded.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder

from broadsheet.runtime.connections import BoundedConnections

Check = Callable[[], Awaitable[str | None]]
"""A health check: None when all is well, else what is not, for a person."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

MAX_CONNECTIONS = 64
"""Connections at once. Prometheus, a load balancer and the probes of Kubernetes hold one each for some milliseconds."""

CONNECTION_SECONDS = 10.0
"""How long a connection may be open. An answer takes milliseconds; Prometheus and probes give up after 10 s at most."""

MAX_REQUEST_BYTES = 16 * 1024
"""Most bytes of a request; those of Prometheus have 400."""

MAX_LINE_BYTES = 4 * 1024
MAX_HEADERS = 64
"""Most bytes of the request line and of each header, and most headers."""


class HealthServer:
    """Serves metrics and health while the processor runs."""

    def __init__(self, registry: CollectorRegistry, *, live: Check, ready: Check, host: str, port: int) -> None:
        """Describe the server; `start` runs it.

        Args:
            registry: the metrics.
            live: what `/health/live` asks.
            ready: what `/health/ready` asks.
            host: address to listen on.
            port: port to listen on, 0 for any.
        """
        self._registry = registry
        self._host = host
        self._port = port
        app = web.Application(middlewares=[_one_request])
        app.router.add_get("/metrics", self._metrics)
        app.router.add_get("/health/live", _answer(live))
        app.router.add_get("/health/ready", _answer(ready))
        self._runner = web.AppRunner(
            app,
            access_log=None,
            handle_signals=False,
            logger=_logger(),
            shutdown_timeout=1.0,
            lingering_time=0,
            max_line_size=MAX_LINE_BYTES,
            max_field_size=MAX_LINE_BYTES,
            max_headers=MAX_HEADERS,
        )
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Listen. Raises OSError when the port is taken."""
        await self._runner.setup()
        speaking = self._runner.server
        assert speaking is not None, "it is there once the runner is set up"  # noqa: S101 - for mypy
        connections = BoundedConnections(
            speaking, most=MAX_CONNECTIONS, seconds=CONNECTION_SECONDS, max_request_bytes=MAX_REQUEST_BYTES
        )
        self._server = await asyncio.get_running_loop().create_server(connections, self._host, self._port)

    async def stop(self) -> None:
        """Stop listening, and close the connections that are open."""
        if self._server is not None:
            self._server.close()
        await self._runner.cleanup()

    @property
    def address(self) -> str:
        """The base URL that is served, with the port that was given or chosen; once it listens."""
        if self._server is None:
            raise RuntimeError("the server has not been started")
        host, port = self._server.sockets[0].getsockname()[:2]
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    async def _metrics(self, request: web.Request) -> web.Response:
        encode, content_type = choose_encoder(request.headers.get("Accept", ""))
        return web.Response(body=encode(self._registry), headers={"Content-Type": content_type})


@web.middleware
async def _one_request(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse a body, which none of the paths takes, and close the connection after the answer."""
    answer: web.StreamResponse
    try:
        answer = web.HTTPRequestEntityTooLarge(0) if request.can_read_body else await handler(request)
    except web.HTTPException as error:
        answer = error
    answer.force_close()
    if isinstance(answer, web.HTTPException):
        raise answer
    return answer


def _answer(check: Check) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def handler(_request: web.Request) -> web.Response:
        problem = await check()
        body = {"status": "ok"} if problem is None else {"status": "unavailable", "reason": problem}
        return web.json_response(body, status=200 if problem is None else 503)

    return handler


def _logger() -> logging.Logger:
    """Give a logger that leaves out what clients do wrong: anyone who reaches the port could fill the log with it."""
    logger = logging.getLogger(__name__)
    logger.addFilter(_is_ours)
    return logger


def _is_ours(record: logging.LogRecord) -> bool:
    return not (record.exc_info and isinstance(record.exc_info[1], HttpProcessingError))
