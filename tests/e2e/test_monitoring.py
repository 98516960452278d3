"""What operators look at, on the running road: every panel, every rule, `broadsheet top`."""

import asyncio
import math
from collections.abc import AsyncIterator, Mapping
from typing import Any

import aiohttp
import orjson
import pytest

from broadsheet.cli import demo_road
from broadsheet_schemas.topics import DEAD_LETTER, INDEXED
from dashboards import asked, filled_for_every_stage, variables
from e2e.commands import broadsheet
from e2e.journeys import about, arrive, publish
from prometheus_server import PrometheusServer, ask
from promql import STAGES, rules, selectors, sides
from roads import Road

pytestmark = pytest.mark.e2e

PAGES = 6
PATIENCE_SECONDS = 120.0


@pytest.fixture(scope="module")
async def prometheus(road: Road, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator["Asking"]:
    """A Prometheus that has watched the road while pages and a dead letter went along it."""
    urls = [processor.url for processor in road.processors.all]
    folder = tmp_path_factory.mktemp("prometheus")
    with PrometheusServer(folder, urls) as server:
        async with aiohttp.ClientSession() as session:
            asking = Asking(session, server.url)
            await asking.until_series({"every processor": "count(count_over_time(up[1m]) >= 2) == 4 and sum(up) == 4"})
            await send_pages(road, "first")
            # A series that was not there grows from its second sight on: all must have been seen before the pages that count.
            await asking.until_series(
                {
                    "pages of every stage": "count(broadsheet_road_seconds_count) == 4",
                    "writes to the index": 'broadsheet_index_request_bytes_count{request="teasers"}',
                }
            )
            await send_pages(road, "second")
            yield asking


class Asking:
    """Questions to one Prometheus."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self._url = url

    async def series(self, expression: str) -> list[float]:
        """The values of an expression's series now, those that are numbers."""
        data = await ask(self._session, f"{self._url}/api/v1/query", query=expression)
        values = [float(series["value"][1]) for series in data["result"]]
        return [value for value in values if not math.isnan(value)]

    async def values(self, metric: str, label: str) -> list[str]:
        """The values that a label of a metric has, as Grafana asks for them."""
        data = await ask(self._session, f"{self._url}/api/v1/label/{label}/values", **{"match[]": metric})
        return list(data)

    async def until_series(self, expressions: Mapping[str, str]) -> None:
        """Wait until each expression has series; fails with the names of those that have none."""
        missing = dict(expressions)
        for _ in range(round(PATIENCE_SECONDS)):
            missing = {name: one for name, one in missing.items() if not await self.series(one)}
            if not missing:
                return
            await asyncio.sleep(1)
        raise AssertionError(f"no series: {orjson.dumps(missing, option=orjson.OPT_INDENT_2).decode()}")

    async def rules(self) -> list[dict[str, Any]]:
        """Every rule as Prometheus knows it."""
        data = await ask(self._session, f"{self._url}/api/v1/rules")
        return [rule for group in data["groups"] for rule in group["rules"]]


async def send_pages(road: Road, name: str) -> None:
    """Send pages with and without an article, and one that becomes a dead letter, and wait for all of them."""
    bridge = (demo_road.SAMPLES / "harbour-bridge.txt").read_bytes()
    for number in range(PAGES):
        page = bridge if number else b"Home\nNews\nSport\n"
        await publish(road, page, {"document-id": f"watched-{name}-{number}"})
    await publish(road, b"%PDF-1.7\n\x00\x01", key=f"watched-{name}-pdf".encode())
    for number in range(PAGES):
        await arrive(road, INDEXED, about(f"watched-{name}-{number}"))
    await arrive(road, DEAD_LETTER, about(f"watched-{name}-pdf"))


async def test_every_panel_of_every_dashboard_shows_something(prometheus: Asking) -> None:
    await prometheus.until_series(
        {
            f"{one.dashboard}: {one.panel}: {expression}": expression
            for one in asked()
            for expression in filled_for_every_stage(one.expression)
        }
    )


async def test_the_variables_of_the_dashboards_offer_what_there_is(prometheus: Asking) -> None:
    """Outside Kubernetes there is no namespace, and Grafana puts `.*` for it."""
    offered = {name: await prometheus.values(metric, label) for name, metric, label in variables()}
    assert offered == {"namespace": [], "stage": sorted(STAGES)}


async def test_every_recorded_series_is_there(prometheus: Asking) -> None:
    await prometheus.until_series({name: name for name in rules("record")})


async def test_all_that_an_alert_compares_is_there(prometheus: Asking) -> None:
    """A healthy road has no series that an alert's whole expression matches, but has what it compares."""
    wanted = {
        f"{name}: {side.prettify()}": side.prettify()
        for name, rule in rules("alert").items()
        for side in sides(rule["expr"])
    }
    wanted |= {
        f"{name}: {selector.prettify()}": selector.prettify()
        for name, rule in rules("alert").items()
        for selector in selectors(rule["expr"])
    }
    await prometheus.until_series(wanted)


async def test_every_rule_is_evaluated_without_error_and_none_fires(prometheus: Asking) -> None:
    await prometheus.until_series({"evaluated": "namespace:broadsheet_late_documents_per_documents:ratio_rate5m"})
    known = await prometheus.rules()
    assert {rule["name"] for rule in known} == set(rules("record")) | set(rules("alert"))
    assert {rule["name"]: rule.get("lastError", "") for rule in known if rule["health"] != "ok"} == {}
    assert [rule["name"] for rule in known if rule.get("state") == "firing"] == []


async def test_top_shows_what_went_along_the_road(road: Road) -> None:
    looks = asyncio.create_task(broadsheet(road, "top", "--once", "--interval", "8"))
    for number in range(3):
        await publish(road, b"A short page about Oslo.", {"document-id": f"top-{number}"})
        await asyncio.sleep(1)
    rows = [orjson.loads(line) for line in (await looks).splitlines()]

    assert [row["stage"] for row in rows] == list(STAGES)
    for row in rows:
        assert (row["up"], row["processors"], row["problem"]) == (1, 1, None)
        assert row["state"] in {"waiting", "working"}
        assert row["memory_bytes"] > 2**20
        assert row["lag_records"] >= 0


async def test_top_shows_a_processor_that_is_away_as_down(road: Road) -> None:
    processors = road.environment["BROADSHEET_PROCESSORS"] + ",tagger=http://127.0.0.1:1"
    output = await broadsheet(road, "top", "--once", "--interval", "0.1", BROADSHEET_PROCESSORS=processors)
    tagger = next(row for row in map(orjson.loads, output.splitlines()) if row["stage"] == "tagger")
    assert (tagger["up"], tagger["processors"]) == (1, 2)
    assert tagger["problem"] == "http://127.0.0.1:1: connection refused"
