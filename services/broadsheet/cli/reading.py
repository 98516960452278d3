"""Reading a topic from the command line: without a group, from a chosen place, to its end as it was at the start or on and on."""

from collections.abc import AsyncGenerator, Mapping
from datetime import UTC, datetime

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

from broadsheet.runtime.clients import opened
from broadsheet.runtime.errors import OperatorError
from broadsheet.runtime.kafka import new_admin, new_consumer
from broadsheet.runtime.records import Record
from broadsheet.runtime.settings import KafkaSettings
from broadsheet.runtime.topics import partition_numbers
from broadsheet_schemas.errors import ErrorCode

CLIENT_ID = "broadsheet-cli"

Start = str | int | datetime
"""Where to start: `earliest`, `latest`, an offset in every partition, or a time (the first record at or after it)."""


def parse_start(text: str) -> Start:
    """Read a `--from` value.

    Raises:
        OperatorError: it is none of `earliest`, `latest`, an offset and an ISO 8601 time (`usage`).
    """
    if text in ("earliest", "latest"):
        return text
    if text.isascii() and text.isdigit():
        return int(text)
    return parse_time(text, "--from takes earliest, latest, an offset or an ISO 8601 time")


def parse_time(text: str, rule: str = "a time is written in ISO 8601") -> datetime:
    """Read a time a person gave; one without an offset is UTC.

    Raises:
        OperatorError: it is not ISO 8601 (`usage`); the message starts with `rule`.
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise OperatorError(
            ErrorCode.USAGE, f"{rule}, for example 2026-01-31T08:30:00Z; this is {text!r:.60}"
        ) from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)


async def topic_partitions(settings: KafkaSettings, topic: str) -> list[TopicPartition]:
    """Give the partitions of a topic, named with prefix.

    Raises:
        OperatorError: the topic does not exist (`topic_missing`).
    """
    async with opened(new_admin(settings, CLIENT_ID)) as admin:
        numbers = (await partition_numbers(admin)).get(topic)
    if not numbers:
        raise OperatorError(ErrorCode.TOPIC_MISSING, f"there is no topic {topic} on {settings.bootstrap_servers}")
    return [TopicPartition(topic, number) for number in numbers]


async def read_topic(
    settings: KafkaSettings, topic: str, *, start: Start = "earliest", follow: bool = False
) -> AsyncGenerator[Record, None]:
    """Give a topic's records, those of one partition in order.

    Without `follow` it ends at the end that each partition had at the start, so that a busy topic cannot hold it forever.

    Args:
        settings: which cluster.
        topic: the topic's name with prefix.
        start: where to start.
        follow: whether to wait for new records at the end.

    Raises:
        OperatorError: the topic does not exist (`topic_missing`).
        KafkaError: the broker cannot be reached or refuses the client.
    """
    partitions = await topic_partitions(settings, topic)
    async with opened(new_consumer(settings, CLIENT_ID)) as consumer:
        consumer.assign(partitions)
        ends: Mapping[TopicPartition, int] = await consumer.end_offsets(partitions)
        await _seek(consumer, partitions, start, ends)
        while follow or await _unfinished(consumer, ends):
            batch: Mapping[TopicPartition, list[ConsumerRecord]] = await consumer.getmany(timeout_ms=500)
            for partition, records in batch.items():
                for record in records:
                    if follow or record.offset < ends[partition]:
                        yield to_record(record)


async def read_position(settings: KafkaSettings, topic: str, partition: int, offset: int) -> Record | None:
    """Give the record at one place of a topic, or None where there is none (any more, or yet).

    Raises:
        OperatorError: the topic does not exist (`topic_missing`).
        KafkaError: the broker cannot be reached or refuses the client.
    """
    place = TopicPartition(topic, partition)
    if place not in await topic_partitions(settings, topic):
        return None
    async with opened(new_consumer(settings, CLIENT_ID)) as consumer:
        record = await next_record(consumer, place, offset)
    return record if record is not None and record.offset == offset else None


async def next_record(consumer: AIOKafkaConsumer, partition: TopicPartition, offset: int) -> Record | None:
    """Give the first record of a partition at `offset` or after it, or None where none is left; assigns the consumer."""
    consumer.assign([partition])
    end = (await consumer.end_offsets([partition]))[partition]
    consumer.seek(partition, offset)
    while offset < end and await consumer.position(partition) < end:
        for record in (await consumer.getmany(partition, timeout_ms=500, max_records=1)).get(partition, []):
            return to_record(record)
    return None


def to_record(record: ConsumerRecord) -> Record:
    """Give a client's record as plain data; a header without a value has an empty one."""
    return Record(
        topic=record.topic,
        partition=record.partition,
        offset=record.offset,
        timestamp_ms=record.timestamp,
        key=record.key,
        value=record.value,
        headers=tuple((name, value or b"") for name, value in record.headers),
    )


async def _seek(
    consumer: AIOKafkaConsumer, partitions: list[TopicPartition], start: Start, ends: Mapping[TopicPartition, int]
) -> None:
    if start == "earliest":
        offsets: dict[TopicPartition, int] = await consumer.beginning_offsets(partitions)
    elif isinstance(start, int):
        first = await consumer.beginning_offsets(partitions)
        offsets = {partition: min(max(start, first[partition]), ends[partition]) for partition in partitions}
    elif isinstance(start, datetime):
        found = await consumer.offsets_for_times(dict.fromkeys(partitions, int(start.timestamp() * 1000)))
        offsets = {partition: at.offset for partition, at in found.items() if at is not None}
    else:
        offsets = {}
    for partition in partitions:
        consumer.seek(partition, offsets.get(partition, ends[partition]))


async def _unfinished(consumer: AIOKafkaConsumer, ends: Mapping[TopicPartition, int]) -> bool:
    """Tell whether a partition has not reached its end; those that have are not fetched any more."""
    positions = {partition: await consumer.position(partition) for partition in ends}
    done = [partition for partition, position in positions.items() if position >= ends[partition]]
    consumer.pause(*done)
    return len(done) < len(ends)
