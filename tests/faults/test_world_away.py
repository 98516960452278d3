"""Servers that go away and come back, and a group that is divided anew, while documents are under way."""

import asyncio
from pathlib import Path

import pytest

from broadsheet.local.kafka import Kafka
from broadsheet.local.opensearch import OpenSearch
from broadsheet.local.server import Server
from broadsheet.runtime.settings import DEFAULT_HTTP_PORTS
from faults.accounting import account
from faults.generated_pages import Page, pages
from faults.traffic import counting, lags, publish
from roads import Road, running_road, unready
from servers import running_kafka, running_opensearch

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]

PATIENCE_SECONDS = 200.0
PAGES = list(pages(600, seed=11))
FIRST, REST = PAGES[:300], PAGES[300:]


async def test_the_index_goes_away_and_comes_back(kafka: Kafka, tmp_path: Path, topic_prefix: str) -> None:
    with running_opensearch() as index:
        async with running_road(kafka, index, tmp_path, topic_prefix, retry_max_wait_seconds="1") as road:
            async with counting(road.kafka, PATIENCE_SECONDS) as ended:
                await publish(road.kafka, FIRST)
                await ended.reach(50)
                await stop(index)
                await publish(road.kafka, REST)
                assert index.url in await unready(road.processors.of("indexer")[0], "index_unavailable")

                await start(index)
                await ended.reach(len(PAGES))
            await all_is_well(road, PAGES)


async def test_the_broker_is_started_anew(opensearch: OpenSearch, tmp_path: Path, topic_prefix: str) -> None:
    with running_kafka() as broker:
        async with running_road(broker, opensearch, tmp_path, topic_prefix, retry_max_wait_seconds="1") as road:
            async with counting(road.kafka, PATIENCE_SECONDS) as ended:
                await publish(road.kafka, FIRST)
                await ended.reach(50)
                await stop(broker)
                for stage in DEFAULT_HTTP_PORTS:
                    await unready(road.processors.of(stage)[0], "Kafka")

                await start(broker)
                await publish(road.kafka, REST)
                await ended.reach(len(PAGES))
            await all_is_well(road, PAGES)


async def test_a_second_process_joins_a_stage_and_leaves_it(
    kafka: Kafka, opensearch: OpenSearch, tmp_path: Path, topic_prefix: str
) -> None:
    # The tagger's, for it is the slowest stage: the others have no work left when half of the pages have ended.
    async with running_road(kafka, opensearch, tmp_path, topic_prefix, log_level="debug") as road:
        async with counting(road.kafka, PATIENCE_SECONDS) as ended, lags(road.kafka) as waiting:
            await publish(road.kafka, FIRST)
            await ended.reach(50)
            second = road.processors.add("tagger")
            await second.start()
            await road.processors.wait_until_ready()

            await publish(road.kafka, REST)
            await ended.reach(len(FIRST) + 50)
            assert await waiting.under_way("tagger") > 0
            await second.stop()
            road.processors.all.remove(second)
            await ended.reach(len(PAGES))
        assert second.deaths == 0
        assert '"emitted"' in second.child.log.read_text(), "it had no part of the work"
        await all_is_well(road, PAGES)


async def stop(server: Server) -> None:
    await asyncio.to_thread(server.stop)


async def start(server: Server) -> None:
    await asyncio.to_thread(server.start)


async def all_is_well(road: Road, made: list[Page]) -> None:
    """Every page ended once, all processors are ready, and none had to be started anew."""
    await road.processors.wait_until_ready()
    found = await account(road.kafka, road.opensearch)

    assert found.faults() == {}
    assert set(found.published) == {page.document_id for page in made}
    assert set(found.dead_letters) == {page.document_id for page in made if page.poison}
    assert [processor.deaths for processor in road.processors.all] == [0] * len(road.processors.all)
