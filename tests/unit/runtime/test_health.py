import aiohttp
from prometheus_client import CollectorRegistry, Counter

from broadsheet.runtime.health import HealthServer


async def test_the_port_answers_its_three_paths_and_nothing_else() -> None:
    registry = CollectorRegistry()
    Counter("pages", "Pages.", registry=registry).inc()
    problems: list[str] = []

    async def check() -> str | None:
        return problems[0] if problems else None

    server = HealthServer(registry, live=check, ready=check, host="127.0.0.1", port=0)
    await server.start()
    try:
        async with aiohttp.ClientSession(server.address) as client:
            async with client.get("/metrics") as answer:
                assert "pages_total 1.0" in await answer.text()
                assert answer.content_type == "text/plain"
            async with client.get("/health/live") as answer:
                assert (answer.status, await answer.json()) == (200, {"status": "ok"})
            problems.append("halted: too many dead letters")
            async with client.get("/health/ready") as answer:
                assert (answer.status, await answer.json()) == (503, {"status": "unavailable", "reason": problems[0]})
            for method, path in (("GET", "/"), ("POST", "/metrics"), ("GET", "/metrics/../etc/passwd")):
                async with client.request(method, path) as answer:
                    assert answer.status in {404, 405}
    finally:
        await server.stop()
