"""An index that stands still slows its indexer: the backlog waits on the broker's disk, not in anybody's memory."""

import asyncio
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest

from broadsheet.indexer.client import connect
from broadsheet.indexer.names import Names
from broadsheet.indexer.settings import OpenSearchSettings
from broadsheet.local.kafka import Kafka
from broadsheet.local.opensearch import OpenSearch
from broadsheet.local.processors import Processors
from broadsheet.runtime.clients import opened
from broadsheet.runtime.events import event_headers
from broadsheet.runtime.kafka import new_producer
from broadsheet.runtime.records import Record
from broadsheet.runtime.settings import KafkaSettings
from broadsheet.runtime.topics import create_topics
from broadsheet_schemas import EnrichedDocument
from broadsheet_schemas.topics import ENRICHED, SEGMENTED
from faults.proxy import Proxy, proxy_before
from faults.traffic import CLIENT_ID, drained, under_way

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]

MEBIBYTE = 1024 * 1024
DOCUMENTS = 500
TEXT_CHARACTERS = 200_000
"""Of each document: 100 MiB in all, of letters that no client packs into much less."""

MOST_BUFFERED = 48 * MEBIBYTE
"""Resident bytes that may be added: batches of 1 MiB in each buffer, 1 MiB of each of 8 partitions fetched, and the allocator."""

QUIET_LOOKS = 30
LOOK_SECONDS = 0.2


async def test_what_a_still_index_keeps_waiting_does_not_fill_the_indexer(
    kafka: Kafka, opensearch: OpenSearch, tmp_path: Path, topic_prefix: str
) -> None:
    settings = KafkaSettings(bootstrap_servers=kafka.bootstrap_servers, topic_prefix=topic_prefix)
    await create_topics(settings, replication=1)
    async with proxy_before(opensearch.url) as proxy:
        processors = Processors(tmp_path, environment(settings, proxy))
        indexer = processors.add("indexer")
        try:
            await processors.start()
            await processors.wait_until_ready()
            before = resident(indexer.pid)
            with proxy.holding() as release:
                await publish(settings)
                most = await most_while_still(proxy, indexer.pid)
                waiting = await under_way(settings, "indexer")
                release.set()
            await drained(settings)
        finally:
            await processors.stop()

    print(f"{(most - before) / MEBIBYTE:.0f} MiB more than before")
    assert waiting == DOCUMENTS, "the index stood still, and the indexer went on"
    assert most - before < MOST_BUFFERED
    assert indexer.deaths == 0
    assert await indexed(opensearch, settings) == DOCUMENTS


def environment(settings: KafkaSettings, proxy: Proxy) -> dict[str, str]:
    return {
        "BROADSHEET_BOOTSTRAP_SERVERS": settings.bootstrap_servers,
        "BROADSHEET_TOPIC_PREFIX": settings.topic_prefix,
        "BROADSHEET_OPENSEARCH_URL": proxy.url,
        "BROADSHEET_INDEX_PREFIX": f"{settings.topic_prefix}index",
        "BROADSHEET_BATCH_MAX_BYTES": str(MEBIBYTE),
    }


async def most_while_still(proxy: Proxy, pid: int) -> int:
    """Wait until a bulk request is kept back and the indexer's memory has stopped growing; gives its peak."""
    most = quiet = 0
    while quiet < QUIET_LOOKS:
        now = resident(pid)
        quiet = quiet + 1 if proxy.held and now < most + MEBIBYTE else 0
        most = max(most, now)
        await asyncio.sleep(LOOK_SECONDS)
    return most


def resident(pid: int) -> int:
    return int(psutil.Process(pid).memory_info().rss)


async def publish(settings: KafkaSettings) -> None:
    topic = ENRICHED.prefixed(settings.topic_prefix)
    async with opened(new_producer(settings, CLIENT_ID)) as producer:
        for record in documents():
            await producer.send(topic, record.value, key=record.key, headers=list(record.headers))


def documents() -> Iterator[Record]:
    now = datetime.now(UTC)
    random_ = random.Random(7)
    cause = Record(SEGMENTED.name, 0, 0, round(now.timestamp() * 1000), None, b"")
    for number in range(DOCUMENTS):
        name = f"page-{number}"
        document = EnrichedDocument.model_validate(fields(name, random_.randbytes(TEXT_CHARACTERS // 2).hex(), now))
        headers = event_headers(ENRICHED, "urn:test", name, cause, now)
        yield Record(ENRICHED.name, 0, 0, 0, name.encode(), document.model_dump_json().encode(), headers)


def fields(name: str, text: str, now: datetime) -> dict[str, object]:
    return {
        "document_id": name,
        "revision": "0" * 64,
        "source": {},
        "content_type": "text/plain",
        "language": {"code": "en", "confidence": 1.0},
        "received_at": now,
        "text": text,
        "segmenter": {"name": "test", "version": "1"},
        "tagger": {"name": "test", "version": "1"},
    }


async def indexed(opensearch: OpenSearch, settings: KafkaSettings) -> int:
    index = f"{settings.topic_prefix}index"
    async with connect(OpenSearchSettings(opensearch_url=opensearch.url, index_prefix=index)) as client:
        name = Names(index).read
        await client.indices.refresh(index=name)
        found: int = (await client.count(index=name))["count"]
        return found
