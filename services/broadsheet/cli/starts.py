"""Where a topic is read from: as a person writes it, and as offsets."""

from collections.abc import Mapping
from datetime import UTC, datetime

from aiokafka import AIOKafkaConsumer, TopicPartition

from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode

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


async def offsets_of(
    consumer: AIOKafkaConsumer, partitions: list[TopicPartition], start: Start, ends: Mapping[TopicPartition, int]
) -> dict[TopicPartition, int]:
    """Give where each partition is read from; one without such a record at its end.

    Raises:
        KafkaError: the broker cannot be reached or refuses the client.
    """
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
    return {partition: offsets.get(partition, ends[partition]) for partition in partitions}
