"""`broadsheet index rebuild`: filling the index anew from `documents.enriched`, beside running indexers.

Each record goes the indexer's own way, its transform and its effect, so that whatever the index holds already is decided
by version: nothing newer is ever overwritten, and filling twice changes nothing.
"""

import asyncio
from collections import Counter
from contextlib import aclosing
from typing import Annotated, get_args

import typer
from opensearchpy import AsyncOpenSearch

from broadsheet.cli.console import note, write_rows
from broadsheet.cli.index_client import watching
from broadsheet.cli.index_filling import Filling
from broadsheet.cli.reading import read_topic, size_of_topic
from broadsheet.cli.starts import parse_start
from broadsheet.indexer.client import connect
from broadsheet.indexer.names import Names
from broadsheet.indexer.search import named_errors
from broadsheet.indexer.settings import IndexerSettings
from broadsheet.runtime.settings import load
from broadsheet_schemas.receipt import IndexAction
from broadsheet_schemas.topics import ENRICHED


def rebuild(
    start: Annotated[
        str, typer.Option("--from", metavar="WHERE", help="earliest, an offset, or an ISO 8601 time.")
    ] = "earliest",
    processes: Annotated[
        int | None,
        typer.Option(min=1, max=256, metavar="N", help="Worker processes; BROADSHEET_WORKER_PROCESSES if absent."),
    ] = None,
) -> None:
    """Fill the index anew from what documents.enriched still holds, after it was lost or restored from a snapshot.

    Indices that are missing are made. Indexers may go on meanwhile: nothing newer is overwritten. It ends where the topic
    ended when the command was started; cut off, it can be started again. The exit status is 1 if records were refused.
    """
    settings = load(IndexerSettings)
    row, refused = asyncio.run(_rebuild(settings, start, processes or settings.worker_processes))
    write_rows("Rebuilt", [row])
    if refused:
        told = ", ".join(f"{count} with {code}" for code, count in refused.most_common())
        note(f"{refused.total()} records cannot be indexed: {told}; the indexer makes dead letters of them")
        raise typer.Exit(1)


async def _rebuild(settings: IndexerSettings, start: str, processes: int) -> tuple[dict[str, object], Counter[str]]:
    topic = ENRICHED.prefixed(settings.topic_prefix)
    where = parse_start(start)
    total = await size_of_topic(settings, topic, start=where)
    filling = Filling(settings, processes)
    with watching() as watch:
        async with (
            aclosing(read_topic(settings, topic, start=where)) as records,
            aclosing(filling.run(records)) as running,
        ):
            async for done in running:
                watch(topic, done, total)
    actions = {action: filling.actions[action] for action in get_args(IndexAction)}
    row = {"records": filling.records, **actions, "refused": filling.refused.total()}
    return {**row, **await _counts(settings)}, filling.refused


async def _counts(settings: IndexerSettings) -> dict[str, int]:
    """Give how many entries each index holds now."""
    names = Names(settings.index_prefix)
    async with connect(settings) as client:
        with named_errors(names.read):
            await client.indices.refresh(index=f"{names.read},{names.teasers.read}")
            return {of.kind: await _count(client, of) for of in (names, names.teasers)}


async def _count(client: AsyncOpenSearch, names: Names) -> int:
    count: int = (await client.count(index=names.read))["count"]
    return count
