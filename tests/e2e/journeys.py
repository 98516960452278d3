"""Publishing to the road and waiting for what comes out of it, with plain Kafka clients."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping

from aiokafka.structs import RecordMetadata

from broadsheet.cli.reading import read_topic
from broadsheet.runtime.clients import opened
from broadsheet.runtime.kafka import new_producer
from broadsheet.runtime.records import Record
from broadsheet_schemas.topics import RAW, Topic
from roads import Road

PATIENCE_SECONDS = 60.0


async def publish(
    road: Road, value: bytes | None, headers: Mapping[str, str] | None = None, key: bytes | None = None
) -> RecordMetadata:
    """Write one record to `documents.raw`."""
    async with opened(new_producer(road.kafka, "e2e")) as producer:
        sent: RecordMetadata = await producer.send_and_wait(
            RAW.prefixed(road.kafka.topic_prefix),
            value,
            key=key,
            headers=[(name, text.encode()) for name, text in (headers or {}).items()],
        )
        return sent


async def arrive(road: Road, topic: Topic, wanted: Callable[[Record], bool], count: int = 1) -> list[Record]:
    """Read a topic from its beginning until `count` records are as wanted, and give them."""
    found: list[Record] = []
    async with asyncio.timeout(PATIENCE_SECONDS):
        async for record in _records(road, topic):
            if wanted(record):
                found.append(record)
                if len(found) == count:
                    break
    return found


def about(document_id: str) -> Callable[[Record], bool]:
    """Give the condition that a record is keyed by a document."""
    return lambda record: record.key == document_id.encode()


def _records(road: Road, topic: Topic) -> AsyncIterator[Record]:
    return read_topic(road.kafka, topic.prefixed(road.kafka.topic_prefix), follow=True)
