"""Faust as it is tamed, on a real broker."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

import toy_stage
from broadsheet.runtime.batching import Batcher
from broadsheet.runtime.consumption import ConsumerApp, consumer_app
from broadsheet.runtime.settings import KafkaSettings, ProcessorSettings
from broadsheet.runtime.stage import Stage
from broadsheet_schemas.topics import ACCEPTED, SEGMENTED
from toy_road import PATIENCE_SECONDS, Road

pytestmark = pytest.mark.integration

PAGES = [f"page {number}" for number in range(20)]


async def test_what_is_dropped_before_the_first_commit_is_read_again(road: Road, kafka_settings: KafkaSettings) -> None:
    await road.publish(PAGES)
    batcher = Batcher(max_records=100, max_bytes=2**20, max_wait_seconds=0.1)
    async with reading(kafka_settings, batcher) as app:
        assert await pages(batcher) == sorted(PAGES)
        await app.consumer.perform_seek()  # as Faust does when it has dropped what came during a rebalance

        assert await pages(batcher) == sorted(PAGES)
        assert await road.committed() == 0


async def test_nothing_is_written_where_the_processor_runs(
    road: Road, kafka_settings: KafkaSettings, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a container the root is read-only, and Faust would make folders for the tables that no stage has."""
    here = tmp_path_factory.mktemp("here")
    monkeypatch.chdir(here)
    await road.publish(PAGES)
    batcher = Batcher(max_records=100, max_bytes=2**20, max_wait_seconds=0.1)
    async with reading(kafka_settings, batcher):
        assert await pages(batcher) == sorted(PAGES)

    assert list(here.iterdir()) == []


@asynccontextmanager
async def reading(settings: KafkaSettings, batcher: Batcher) -> AsyncIterator[ConsumerApp]:
    stage = Stage("segmenter", ACCEPTED, SEGMENTED, toy_stage.transform)
    app = consumer_app(stage, ProcessorSettings(**settings.model_dump()), batcher, lambda _record: None)
    await app.start()
    try:
        yield app
    finally:
        await app.stop()


async def pages(batcher: Batcher) -> list[str]:
    """Take as many deliveries as there are pages, and acknowledge none."""
    found: list[str] = []
    async with asyncio.timeout(PATIENCE_SECONDS):
        while len(found) < len(PAGES):
            found += [(delivery.record.value or b"").decode() for delivery in await batcher.take()]
    return sorted(found)
