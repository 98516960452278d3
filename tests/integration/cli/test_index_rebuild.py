"""`broadsheet index rebuild`: a lost index, filled anew from the topic on a real broker, beside a running indexer."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from opensearchpy import AsyncOpenSearch

from broadsheet.indexer.client import connect
from broadsheet.indexer.names import KINDS, Names
from broadsheet.indexer.settings import OpenSearchSettings
from broadsheet.local.opensearch import OpenSearch
from broadsheet.local.processors import Processors
from broadsheet.runtime.publishing import OutputRecord
from broadsheet.runtime.settings import KafkaSettings
from broadsheet_schemas.enriched import EnrichedDocument
from broadsheet_schemas.topics import ENRICHED
from integration.cli.conftest import Command, send
from unit.indexer.pages import at, page

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("topics")]

PATIENCE_SECONDS = 120.0


@pytest.fixture
def settings(opensearch: OpenSearch, topic_prefix: str, monkeypatch: pytest.MonkeyPatch) -> OpenSearchSettings:
    """Name an index of the test's own, for the command and the indexer too."""
    monkeypatch.setenv("BROADSHEET_OPENSEARCH_URL", opensearch.url)
    monkeypatch.setenv("BROADSHEET_INDEX_PREFIX", f"{topic_prefix}index")
    return OpenSearchSettings(opensearch_url=opensearch.url, index_prefix=f"{topic_prefix}index")


@pytest.fixture
async def client(settings: OpenSearchSettings) -> AsyncIterator[AsyncOpenSearch]:
    async with connect(settings) as made:
        yield made
        await lose(made, settings)
        for kind in KINDS:
            await made.indices.delete_index_template(
                name=Names(settings.index_prefix, kind).template, params={"ignore": 404}
            )


async def lose(client: AsyncOpenSearch, settings: OpenSearchSettings) -> None:
    for kind in KINDS:
        await client.indices.delete(index=Names(settings.index_prefix, kind).pattern)


async def held(client: AsyncOpenSearch, settings: OpenSearchSettings) -> dict[str, Any]:
    """Everything that both indices hold, by kind and id."""
    found: dict[str, Any] = {}
    for kind in KINDS:
        alias = Names(settings.index_prefix, kind).read
        await client.indices.refresh(index=alias, params={"ignore_unavailable": "true"})
        answer = await client.search(
            index=alias, params={"size": 1000, "ignore_unavailable": "true"}, body={"query": {"match_all": {}}}
        )
        found |= {f"{kind} {hit['_id']}": hit["_source"] for hit in answer["hits"]["hits"]}
    return found


async def holding(client: AsyncOpenSearch, settings: OpenSearchSettings, count: int) -> dict[str, Any]:
    """Wait until both indices hold so many entries."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            found = await held(client, settings)
            if len(found) >= count:
                return found
            await asyncio.sleep(0.2)


@asynccontextmanager
async def running_indexer(folder: Path) -> AsyncIterator[None]:
    processors = Processors(folder, {})  # the test's environment says which Kafka and which index
    processors.add("indexer")
    try:
        await processors.start()
        await processors.wait_until_ready()
        yield
    finally:
        await processors.stop()


def records(pages: Sequence[EnrichedDocument]) -> list[OutputRecord]:
    return [OutputRecord(ENRICHED.name, one.document_id.encode(), one.model_dump_json().encode(), ()) for one in pages]


async def test_a_lost_index_is_filled_anew_while_the_indexer_runs(
    command: Command,
    kafka_settings: KafkaSettings,
    settings: OpenSearchSettings,
    client: AsyncOpenSearch,
    tmp_path: Path,
) -> None:
    pages = [page(f"page-{number}", body=f"Bridge {number} is open.", received_at=at(number)) for number in range(20)]
    older = page("page-7", body="Bridge 7 is closed.", revision="b" * 64, received_at=at(-60))
    late = [page(f"late-{number}", teasers=(), entities=()) for number in range(5)]
    await send(kafka_settings, records([*pages, older]))
    async with running_indexer(tmp_path):
        before = await holding(client, settings, len(pages) + 1)
        await lose(client, settings)

        rebuilding = asyncio.create_task(asyncio.to_thread(command, "index", "rebuild"))
        await send(kafka_settings, records(late))
        result = await rebuilding
        after = await holding(client, settings, len(before) + len(late))

    (row,) = result.lines
    assert result.status == 0, result.err
    assert row["records"] in range(len(pages) + 1, len(pages) + len(late) + 2)
    assert row["created"] >= len(pages)
    assert (row["stale"], row["refused"], row["teasers"]) == (1, 0, 1)
    assert {name: after[name] for name in before} == before
    assert sum(name.startswith("documents ") for name in after) == len(pages) + len(late)

    again = await asyncio.to_thread(command, "index", "rebuild", "--processes", "2")
    (row,) = again.lines
    assert (row["created"], row["updated"]) == (0, 0)
    assert (row["unchanged"], row["documents"]) == (len(pages) + len(late), len(pages) + len(late))
    assert await held(client, settings) == after


@pytest.mark.usefixtures("client")
async def test_what_cannot_be_indexed_is_counted_and_costs_itself_alone(
    command: Command, kafka_settings: KafkaSettings
) -> None:
    junk = OutputRecord(ENRICHED.name, b"junk", b"no event", ())
    await send(kafka_settings, [*records([page()]), junk, *records([page("other")])])

    result = await asyncio.to_thread(command, "index", "rebuild")

    (row,) = result.lines
    assert result.status == 1
    assert (row["records"], row["created"], row["refused"], row["documents"]) == (3, 2, 1, 2)
    assert "1 records cannot be indexed: 1 with invalid_event" in result.err

    result = await asyncio.to_thread(command, "index", "rebuild", "--from", "2099-01-01")
    assert (result.status, result.lines[0]["records"]) == (0, 0)
