"""`broadsheet top`: the road live on a terminal."""

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import aiohttp
import typer
from rich.console import Console
from rich.live import Live

from broadsheet.cli.console import is_terminal, write_line
from broadsheet.cli.scrapes import scrape_all
from broadsheet.cli.settings import Endpoint, WatchingSettings
from broadsheet.cli.stage_rows import StageRow, stage_rows
from broadsheet.cli.top_view import table
from broadsheet.runtime.settings import load


def top(
    *,
    once: Annotated[bool, typer.Option("--once", help="Look once, over one interval, and end.")] = False,
    interval: Annotated[
        float, typer.Option(min=0.1, metavar="SECONDS", help="Time between two looks; rates and quantiles are of it.")
    ] = 2.0,
    json: Annotated[bool, typer.Option("--json", help="JSON Lines on a terminal too, one a stage and look.")] = False,
) -> None:
    """Show each stage's state, rates, lag, latency, dead letters, retries and memory, live until Ctrl-C.

    All of it is read from the processors' own /metrics, without Prometheus; BROADSHEET_PROCESSORS names the processors
    where they are not those of this machine. p50 and p95 are of the time from publishing to the end of the stage, for the
    documents that ended between two looks; page p95 is of the time of the stage's function alone. Dead letters and
    retries count from the start of each processor. One that does not answer is shown as down.
    """
    endpoints = load(WatchingSettings).endpoints
    show = _write if json or not is_terminal(sys.stdout) else _print if once else _watch
    with suppress(KeyboardInterrupt):  # how a person ends it
        asyncio.run(show(_looks(endpoints, interval, once=once)))


async def _looks(endpoints: Sequence[Endpoint], interval: float, *, once: bool) -> AsyncIterator[list[StageRow]]:
    """Give the rows of each interval; after the first alone where `once` says so."""
    async with aiohttp.ClientSession() as session:
        before = await scrape_all(session, endpoints)
        while True:
            await asyncio.sleep(interval)
            after = await scrape_all(session, endpoints)
            yield stage_rows(before, after)
            if once:
                return
            before = after


async def _write(looks: AsyncIterator[list[StageRow]]) -> None:
    async for rows in looks:
        for row in rows:
            write_line({"at": datetime.now(UTC)} | asdict(row), flush=True)


async def _print(looks: AsyncIterator[list[StageRow]]) -> None:
    async for rows in looks:
        Console().print(table(rows))


async def _watch(looks: AsyncIterator[list[StageRow]]) -> None:
    with Live(screen=True, auto_refresh=False) as live:
        async for rows in looks:
            live.update(table(rows, title=f"Road, {datetime.now().astimezone():%H:%M:%S}; Ctrl-C ends"), refresh=True)
