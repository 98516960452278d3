"""Reading a topic from the command line: without a group, from a chosen place, to its end as it was at the start or on and on."""

from collections.abc import AsyncGenerator, Mapping

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

from broadsheet.cli.starts import Start, offsets_of
from broadsheet.runtime.admission import admit
from broadsheet.runtime.clients import opened
from broadsheet.runtime.errors import OperatorError
from broadsheet.runtime.kafka import new_admin, new_consumer
from broadsheet.runtime.permissions import Operation, Permission
from broadsheet.runtime.records import Record
from broadsheet.runtime.settings import KafkaSettings
from broadsheet.runtime.topics import partition_numbers
from broadsheet_schemas.errors import ErrorCode

CLIENT_ID = "broadsheet-cli"


async def topic_partitions(
    settings: KafkaSettings, topic: str, operation: Operation = Operation.READ
) -> list[TopicPartition]:
    """Give the partitions of a topic, named with prefix, on which `operation` is allowed.

    Raises:
        OperatorError: the topic does not exist (`topic_missing`), or Kafka does not let this client do so; see `admit`.
        UnavailableError: no broker can be reached.
    """
    await admit(settings, CLIENT_ID, [Permission(operation, "topic", topic)])
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


async def size_of_topic(settings: KafkaSettings, topic: str, *, start: Start = "earliest") -> int:
    """Count the offsets that `read_topic` would pass, without reading them; a bound of the records where some are missing.

    Raises:
        OperatorError: the topic does not exist (`topic_missing`).
        KafkaError: the broker cannot be reached or refuses the client.
    """
    partitions = await topic_partitions(settings, topic)
    async with opened(new_consumer(settings, CLIENT_ID)) as consumer:
        ends: Mapping[TopicPartition, int] = await consumer.end_offsets(partitions)
        first = await offsets_of(consumer, partitions, start, ends)
    return sum(ends[partition] - first[partition] for partition in partitions)


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
    for partition, offset in (await offsets_of(consumer, partitions, start, ends)).items():
        consumer.seek(partition, offset)


async def _unfinished(consumer: AIOKafkaConsumer, ends: Mapping[TopicPartition, int]) -> bool:
    """Tell whether a partition has not reached its end; those that have are not fetched any more."""
    positions = {partition: await consumer.position(partition) for partition in ends}
    done = [partition for partition, position in positions.items() if position >= ends[partition]]
    consumer.pause(*done)
    return len(done) < len(ends)
