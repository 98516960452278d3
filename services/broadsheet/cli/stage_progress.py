"""How far each stage has come, asked of the broker: committed offsets against the ends of the topic that it reads."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient

from broadsheet.cli.reading import CLIENT_ID, next_record
from broadsheet.runtime.admission import admit
from broadsheet.runtime.clients import opened
from broadsheet.runtime.errors import OperatorError
from broadsheet.runtime.groups import consumer_group
from broadsheet.runtime.kafka import new_admin, new_consumer
from broadsheet.runtime.permissions import COMMAND_NEEDS
from broadsheet.runtime.records import Record
from broadsheet.runtime.retries import while_broker_starts
from broadsheet.runtime.settings import KafkaSettings
from broadsheet.runtime.topics import partition_numbers
from broadsheet_schemas.errors import ErrorCode
from broadsheet_schemas.processors import PROCESSORS
from broadsheet_schemas.topics import Topic

READS: dict[str, Topic] = {processor.name: processor.reads for processor in PROCESSORS}
"""Which topic each stage reads, in the order of the road."""

Offsets = Mapping[TopicPartition, int]


@dataclass(frozen=True, slots=True)
class Group:
    """A stage's consumer group at one moment.

    Attributes:
        state: Kafka's word (`Stable`, `Empty`, ...); `Dead` where there is no group.
        members: how many processors are in it.
        positions: the next offset it will process in each partition; the partition's start where nothing is committed.
    """

    state: str
    members: int
    positions: Offsets


@dataclass(frozen=True, slots=True)
class StageProgress:
    """How far one stage has come.

    Attributes:
        stage: name of the stage.
        topic: the topic it reads, with prefix.
        group: its consumer group's state.
        processors: how many processors are in the group.
        lag: records not yet processed.
        records_per_second: processed between two looks, per second.
        oldest_unprocessed_seconds: age of the oldest record not yet processed; None where there is none.
    """

    stage: str
    topic: str
    group: str
    processors: int
    lag: int
    records_per_second: float
    oldest_unprocessed_seconds: float | None


async def stages_progress(settings: KafkaSettings, *, interval: float) -> list[StageProgress]:
    """Look at every stage twice, `interval` seconds apart, and give each one's progress.

    Raises:
        OperatorError: a topic does not exist (`topic_missing`), or Kafka does not let this client look; see `admit`.
        KafkaError: the broker cannot be reached or refuses the client.
    """
    await admit(settings, CLIENT_ID, COMMAND_NEEDS["status"](settings.topic_prefix))
    async with opened(new_admin(settings, CLIENT_ID)) as admin, opened(new_consumer(settings, CLIENT_ID)) as consumer:
        partitions = await _partitions(admin, settings)
        starts: Offsets = await consumer.beginning_offsets(
            [place for places in partitions.values() for place in places]
        )
        groups = {stage: consumer_group(stage, settings.topic_prefix) for stage in READS}
        before = {stage: await _group(admin, name, _of(starts, partitions[stage])) for stage, name in groups.items()}
        await asyncio.sleep(interval)
        after = {stage: await _group(admin, name, _of(starts, partitions[stage])) for stage, name in groups.items()}
        ends: Offsets = await consumer.end_offsets(list(starts))
        return [
            _progress(
                stage,
                topic.prefixed(settings.topic_prefix),
                after[stage],
                ends,
                processed=advanced(before[stage].positions, after[stage].positions) / interval,
                heads=await _heads(consumer, after[stage].positions, ends),
            )
            for stage, topic in READS.items()
        ]


def lag(positions: Offsets, ends: Offsets) -> int:
    """Count the records from each position to its partition's end."""
    return sum(max(0, ends[place] - position) for place, position in positions.items())


def advanced(before: Offsets, after: Offsets) -> int:
    """Count the records processed between two looks; a group set back by hand counts as none."""
    return sum(max(0, position - before[place]) for place, position in after.items())


async def _partitions(admin: AIOKafkaAdminClient, settings: KafkaSettings) -> dict[str, list[TopicPartition]]:
    """Give the partitions that each stage reads, by stage."""
    found = await partition_numbers(admin)
    wanted = {name: topic.prefixed(settings.topic_prefix) for name, topic in READS.items()}
    missing = [topic for topic in wanted.values() if not found.get(topic)]
    if missing:
        raise OperatorError(ErrorCode.TOPIC_MISSING, f"missing on {settings.bootstrap_servers}: {', '.join(missing)}")
    return {name: [TopicPartition(topic, number) for number in found[topic]] for name, topic in wanted.items()}


def _of(offsets: Offsets, places: list[TopicPartition]) -> Offsets:
    return {place: offsets[place] for place in places}


@while_broker_starts
async def _group(admin: AIOKafkaAdminClient, name: str, starts: Offsets) -> Group:
    (answer,) = await admin.describe_consumer_groups([name])
    described = answer.groups[0]
    committed = await admin.list_consumer_group_offsets(name, partitions=list(starts))
    return Group(
        state=described[2],
        members=len(described[5]),
        positions={
            place: max(start, committed[place].offset) if place in committed else start
            for place, start in starts.items()
        },
    )


async def _heads(consumer: AIOKafkaConsumer, positions: Offsets, ends: Offsets) -> dict[TopicPartition, Record]:
    """Give the first record at or after each position.

    Places without one are left out: the last offsets of a partition may have no record, as where a transaction ended.
    """
    found = {
        place: await next_record(consumer, place, position)
        for place, position in positions.items()
        if position < ends[place]
    }
    return {place: record for place, record in found.items() if record is not None}


def _progress(
    stage: str, topic: str, group: Group, ends: Offsets, *, processed: float, heads: Mapping[TopicPartition, Record]
) -> StageProgress:
    times = [record.timestamp for record in heads.values()]
    return StageProgress(
        stage=stage,
        topic=topic,
        group=group.state,
        processors=group.members,
        lag=lag({place: record.offset for place, record in heads.items()}, ends),
        records_per_second=round(processed, 1),
        oldest_unprocessed_seconds=(
            round(max(0.0, (datetime.now(UTC) - min(times)).total_seconds()), 1) if times else None
        ),
    )
