import aiohttp
from aiohttp import web

from broadsheet.cli.scrapes import Scrape, parsed, scrape_all
from broadsheet.cli.settings import Endpoint
from broadsheet.local.ports import free_port
from broadsheet.runtime.health import HealthServer
from broadsheet.runtime.metrics import Metrics


async def well() -> None:
    return None


async def test_a_processor_that_answers_is_up_and_one_that_does_not_is_down() -> None:
    metrics = Metrics("intake")
    metrics.ready.labels("intake").set(1)
    server = HealthServer(metrics.registry, live=well, ready=well, host="127.0.0.1", port=0)
    await server.start()
    gone = Endpoint("tagger", f"http://127.0.0.1:{free_port()}")
    try:
        async with aiohttp.ClientSession() as session:
            up, down = await scrape_all(session, [Endpoint("intake", server.address), gone])
    finally:
        await server.stop()

    assert up.up
    assert up.total("broadsheet_ready", stage="intake") == 1
    assert (down.up, down.endpoint, down.problem) == (False, gone, "connection refused")


async def test_what_serves_something_else_is_no_processor() -> None:
    async def page(_request: web.Request) -> web.Response:
        return web.Response(text="<html>not metrics</html>")

    app = web.Application()
    app.router.add_get("/metrics", page)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    try:
        async with aiohttp.ClientSession() as session:
            one, other = await scrape_all(
                session, [Endpoint("intake", f"http://{host}:{port}{path}") for path in ("", "/elsewhere")]
            )
    finally:
        await runner.cleanup()

    assert one.problem == "what answers is no processor"
    assert other.problem is not None
    assert "404" in other.problem


def test_numbers_are_found_by_name_and_some_of_their_labels() -> None:
    values = parsed('a_total{x="1",y="2"} 3\na_total{x="1",y="3"} 4\na_total{x="2",y="2"} 5\nb 6\n')
    scrape = Scrape(Endpoint("intake", ""), 0, values)
    assert [scrape.total("a_total"), scrape.total("a_total", x="1"), scrape.total("a_total", x="1", y="3")] == [
        12,
        7,
        4,
    ]
    assert scrape.total("a_total", z="1") == 0
