"""The HTTP port on real sockets: what it answers, and clients that mean it harm."""

import asyncio
import ipaddress
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

import aiohttp
import pytest
from prometheus_client import CollectorRegistry, Counter

from broadsheet.runtime import health
from broadsheet.runtime.health import HealthServer
from broadsheet.runtime.settings import ProcessorSettings

PATIENCE_SECONDS = 60
"""How long a test waits for what comes at once on an idle machine."""

LIVE = b"GET /health/live HTTP/1.1\r\nHost: a\r\n"
OK = b'{"status": "ok"}'


async def well() -> str | None:
    return None


@asynccontextmanager
async def running(
    registry: CollectorRegistry | None = None, *, check: health.Check = well
) -> AsyncIterator[HealthServer]:
    server = HealthServer(registry or CollectorRegistry(), live=check, ready=check, host="127.0.0.1", port=0)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


async def connect(server: HealthServer) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    host, port = urlsplit(server.address).hostname, urlsplit(server.address).port
    return await asyncio.open_connection(host, port)


async def rest(reader: asyncio.StreamReader) -> bytes:
    """Read until the server closes the connection, in whatever way."""
    found = b""
    async with asyncio.timeout(PATIENCE_SECONDS):
        with suppress(ConnectionError):
            while data := await reader.read(65536):
                found += data
    return found


async def ask(server: HealthServer, request: bytes) -> tuple[int, bytes]:
    """Send bytes, and give the status and all that came; 0 where the connection was closed without an answer."""
    reader, writer = await connect(server)
    with suppress(ConnectionError):
        writer.write(request)
        await writer.drain()
    answer = await rest(reader)
    writer.close()
    return int(answer.split(b" ", 2)[1]) if answer else 0, answer


async def test_the_port_answers_its_three_paths() -> None:
    registry = CollectorRegistry()
    Counter("pages", "Pages.", registry=registry).inc()
    problems: list[str] = []

    async def check() -> str | None:
        return problems[0] if problems else None

    async with running(registry, check=check) as server, aiohttp.ClientSession(server.address) as client:
        async with client.get("/metrics") as answer:
            assert "pages_total 1.0" in await answer.text()
            assert answer.content_type == "text/plain"
        async with client.get("/health/live") as answer:
            assert (answer.status, await answer.json()) == (200, {"status": "ok"})
        problems.append("halted: too many dead letters")
        async with client.get("/health/ready") as answer:
            assert (answer.status, await answer.json()) == (503, {"status": "unavailable", "reason": problems[0]})


@pytest.mark.parametrize(
    "path", ["/", "/metrics/", "//metrics", "/health", "/metrics/../etc/passwd", "/health/%2e%2e/metrics", "/metricsx"]
)
async def test_no_other_path_is_answered(path: str) -> None:
    async with running() as server:
        status, answer = await ask(server, f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
    assert status == 404, answer


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
async def test_no_other_method_is_taken(method: str) -> None:
    async with running() as server:
        status, answer = await ask(server, f"{method} /metrics HTTP/1.1\r\nHost: a\r\n\r\n".encode())
    assert status == 405
    assert b"Allow: GET,HEAD" in answer


def test_nobody_else_can_reach_it_unless_told_so() -> None:
    assert ipaddress.ip_address(ProcessorSettings.model_fields["http_host"].default).is_loopback


@pytest.mark.parametrize(
    "request_head",
    [
        b"GET /" + b"x" * health.MAX_LINE_BYTES + b" HTTP/1.1\r\nHost: a\r\n\r\n",
        LIVE + b"X: " + b"x" * 2 * health.MAX_LINE_BYTES + b"\r\n\r\n",
        LIVE + b"".join(b"X%d: 1\r\n" % n for n in range(health.MAX_HEADERS + 1)) + b"\r\n",
        b"\x16\x03\x01\x00\xff" * 20,
        b"GET /health/live HTTP/9.9\r\nHost: a\r\n\r\n",
        b"\x1b]0;owned\x07\r\n\r\n",
    ],
    ids=["line", "header", "headers", "TLS", "version", "escapes"],
)
async def test_a_head_over_the_limits_or_none_at_all_is_refused_and_not_logged(
    request_head: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    async with running() as server:
        status, _answer = await ask(server, request_head)
    assert status == 400
    assert caplog.records == []


async def test_what_goes_wrong_in_the_server_itself_is_logged_and_not_told(caplog: pytest.LogCaptureFixture) -> None:
    async def broken() -> str | None:
        raise RuntimeError("the password is swordfish")

    async with running(check=broken) as server:
        status, answer = await ask(server, LIVE + b"\r\n")
    assert status == 500
    assert b"swordfish" not in answer
    assert "swordfish" in caplog.text


@pytest.mark.parametrize(
    "request_with_body",
    [LIVE + b"Content-Length: 5\r\n\r\nhello", LIVE + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"],
    ids=["length", "chunks"],
)
async def test_a_body_is_refused(request_with_body: bytes) -> None:
    async with running() as server:
        status, _answer = await ask(server, request_with_body)
    assert status == 413


async def test_one_that_goes_on_sending_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its head never ends, though no line of it is long and there are few."""
    monkeypatch.setattr(health, "CONNECTION_SECONDS", 3600.0)
    async with running() as server:
        reader, writer = await connect(server)
        writer.write(LIVE)
        with suppress(ConnectionError):
            for _ in range(health.MAX_REQUEST_BYTES // 1024 + 1):
                writer.write(b"X: " + b"x" * 1019 + b"\r\n")
                await writer.drain()
        assert await rest(reader) == b""
        writer.close()
        assert (await ask(server, LIVE + b"\r\n"))[0] == 200


async def test_a_connection_is_for_one_request() -> None:
    async with running() as server:
        status, answer = await ask(server, (LIVE + b"\r\n") * 3)
    assert status == 200
    assert b"Connection: close" in answer
    assert answer.count(OK) == 1


async def drip(writer: asyncio.StreamWriter) -> None:
    """Send a head that never ends, byte by byte."""
    with suppress(ConnectionError):
        writer.write(LIVE + b"X: ")
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.05)


async def test_slow_clients_are_closed_and_hold_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """One says nothing, one a byte now and then, one asks and does not read what is larger than any buffer."""
    monkeypatch.setattr(health, "CONNECTION_SECONDS", 5.0)
    registry = CollectorRegistry()
    size = 32 * 1024 * 1024
    Counter("pages", "x" * size, registry=registry)
    async with running(registry) as server:
        silent, dripping, deaf = [await connect(server) for _ in range(3)]
        dripper = asyncio.create_task(drip(dripping[1]))
        deaf[0]._transport.pause_reading()  # type: ignore[attr-defined]
        deaf[1].write(b"GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n")
        await deaf[1].drain()

        assert (await ask(server, LIVE + b"\r\n"))[0] == 200
        assert await rest(silent[0]) == b""
        assert await rest(dripping[0]) == b""
        assert (await ask(server, LIVE + b"\r\n"))[0] == 200
        deaf[0]._transport.resume_reading()  # type: ignore[attr-defined]
        assert len(await rest(deaf[0])) < size
        async with asyncio.timeout(PATIENCE_SECONDS):
            await dripper
        for _reader, writer in (silent, dripping, deaf):
            writer.close()


async def test_when_there_are_too_many_connections_the_oldest_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "MAX_CONNECTIONS", 4)
    monkeypatch.setattr(health, "CONNECTION_SECONDS", 3600.0)
    async with running() as server:
        idle = [await connect(server) for _ in range(7)]
        assert (await ask(server, LIVE + b"\r\n"))[0] == 200
        for reader, _writer in idle[:4]:
            assert await rest(reader) == b""
        assert not any(reader.at_eof() for reader, _writer in idle[5:])
        for _reader, writer in idle:
            writer.close()


async def test_stopping_closes_what_is_open() -> None:
    async with running() as server:
        reader, writer = await connect(server)
    assert await rest(reader) == b""
    writer.close()
