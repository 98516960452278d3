"""docs/images: what operators look at, of a road that really runs.

make pictures PICTURE_FLAGS="--minutes 5"

Starts the stack on free ports with a real Prometheus, publishes generated pages in waves, some of them poison, and then draws
the *Overview* from what Prometheus answers to its panels' queries (`overview.svg`) and what `broadsheet top` shows while the
pages are under way (`top.svg`).
"""

import argparse
import asyncio
import io
import math
import os
import re
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import aiohttp
from rich.console import Console

from broadsheet.cli.scrapes import Scrape, scrape_all
from broadsheet.cli.settings import Endpoint
from broadsheet.cli.stage_rows import stage_rows
from broadsheet.cli.top_view import table
from broadsheet.cli.up import make_topics
from broadsheet.local.stack import Stack
from broadsheet.runtime.clients import opened
from broadsheet.runtime.kafka import new_producer
from broadsheet_schemas.headers import DOCUMENT_ID
from broadsheet_schemas.topics import RAW
from dashboards import boards, filled, panels
from e2e.drawn_dashboard import Line, draw
from faults.generated_pages import pages
from prometheus_server import PrometheusServer, ask
from promql import STAGES

FETCHED_FONT = re.compile(r" *@font-face \{.*?\}\n", re.DOTALL)
"""What Rich writes to fetch a font from the network; a picture takes the reader's own."""

IMAGES = Path(__file__).parents[2] / "docs/images"
RATES = (5.0, 20.0)
"""Pages a second at the foot and at the top of a wave."""

WAVE_SECONDS = 100.0
SCRAPE_SECONDS = 2
STEP_SECONDS = 5
VARIABLES = {"$__rate_interval": "30s", "$__range": "5m", "$namespace": ".*"}
CAPTION = (
    "Drawn by tests/e2e/monitoring_pictures.py with Matplotlib, not by Grafana: the layout and queries of overview.json, "
    "answered by a real Prometheus while {count:,} generated pages went along the road in {minutes:g} minutes "
    "(2 % of them poison; one process a stage, on two cores whose load average was {load:.0f} before that)."
)


def waits() -> Iterator[float]:
    """Give how long to wait before each page, in seconds."""
    low, high = RATES
    at = 0.0
    while True:
        rate = low + (high - low) * (1 - math.cos(2 * math.pi * at / WAVE_SECONDS)) / 2
        at += 1 / rate
        yield 1 / rate


async def publish(stack: Stack, minutes: float) -> int:
    """Publish pages for so many minutes; gives how many."""
    topic = RAW.prefixed(stack.kafka_settings.topic_prefix)
    end, due, count = time.monotonic() + minutes * 60, time.monotonic(), 0
    async with opened(new_producer(stack.kafka_settings, "pictures")) as producer:
        for page, wait in zip(pages(1_000_000, seed=7), waits(), strict=False):
            due += wait
            if due > end:
                break
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            name = page.document_id.encode()
            await producer.send(topic, page.content, key=name, headers=[(DOCUMENT_ID, name)])
            count += 1
        await producer.flush()
    return count


async def look_later(session: aiohttp.ClientSession, stack: Stack, seconds: float) -> None:
    """Draw what `broadsheet top` shows of an interval of ten seconds, after a while."""
    endpoints = [Endpoint(stage, url) for stage, urls in stack.addresses.processors.items() for url in urls]
    await asyncio.sleep(seconds)
    before: list[Scrape] = list(await scrape_all(session, endpoints))
    await asyncio.sleep(10)
    rows = stage_rows(before, await scrape_all(session, endpoints))
    console = Console(record=True, width=124, file=io.StringIO())
    console.print(table(rows))
    svg = console.export_svg(title="broadsheet top")
    (IMAGES / "top.svg").write_text(FETCHED_FONT.sub("", svg), "utf-8")


async def answers(session: aiohttp.ClientSession, url: str, panel: Mapping[str, Any], start: float) -> list[Line]:
    """Ask what a panel asks, over the time since `start` (Unix time)."""
    found = [line for target in panel["targets"] for line in await _answer(session, url, panel, target, start)]
    return sorted(
        found, key=lambda line: next((at for at, stage in enumerate(STAGES) if line.name.startswith(stage)), 0)
    )


async def _answer(
    session: aiohttp.ClientSession, url: str, panel: Mapping[str, Any], target: Mapping[str, Any], start: float
) -> list[Line]:
    data = await ask(
        session,
        f"{url}/api/v1/query_range",
        query=filled(target["expr"], VARIABLES),
        start=str(start),
        end=str(time.time()),
        step=str(STEP_SECONDS),
    )
    return [_line(panel, target, series, start) for series in data["result"]]


def _line(panel: Mapping[str, Any], target: Mapping[str, Any], series: Mapping[str, Any], start: float) -> Line:
    def label(match: re.Match[str]) -> str:
        return str(series["metric"].get(match[1], ""))

    units = {
        override["matcher"]["options"]: override["properties"][0]["value"]
        for override in panel["fieldConfig"]["overrides"]
    }
    return Line(
        name=re.sub(r"\{\{(\w+)\}\}", label, target["legendFormat"]),
        unit=units.get(target["refId"], panel["fieldConfig"]["defaults"]["unit"]),
        minutes=[(float(at) - start) / 60 for at, _value in series["values"]],
        values=[float(value) for _at, value in series["values"]],
    )


async def main(minutes: float) -> None:
    """Run the road and draw both pictures."""
    board = boards()["overview"]
    IMAGES.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="broadsheet-pictures-") as folder:
        async with Stack(make_topics) as stack, aiohttp.ClientSession() as session:
            urls = [url for urls in stack.addresses.processors.values() for url in urls]
            with PrometheusServer(Path(folder), urls, seconds=SCRAPE_SECONDS) as prometheus:
                start, load = time.time(), os.getloadavg()[1]
                looking = asyncio.create_task(look_later(session, stack, minutes * 60 / 2))
                count = await publish(stack, minutes)
                await looking
                await asyncio.sleep(2 * STEP_SECONDS)
                lines = {panel["id"]: await answers(session, prometheus.url, panel, start) for panel in panels(board)}
    draw(board, lines, CAPTION.format(count=count, minutes=minutes, load=load), IMAGES / "overview.svg")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=5.0)
    asyncio.run(main(parser.parse_args().minutes))
