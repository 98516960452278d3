"""Sending dead letters back to the topics they came from."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from aiokafka import AIOKafkaProducer

from broadsheet.cli.letters import Choice, dead_letter_topic, is_replayed, read_letters, replayed_marks
from broadsheet.runtime.clients import opened
from broadsheet.runtime.deadletters import DeadLetter, replay_mark, replay_record
from broadsheet.runtime.errors import DocumentError
from broadsheet.runtime.kafka import new_producer
from broadsheet.runtime.records import Record
from broadsheet.runtime.settings import KafkaSettings
from broadsheet_schemas import headers as names

CLIENT_ID = "broadsheet-replay"


@dataclass(slots=True)
class Replayed:
    """What a replay did, in dead letters.

    Attributes:
        sent: sent back now.
        skipped: left alone, because they had been replayed before.
        refused: cannot be sent back, because they name no topic of this installation.
    """

    sent: int = 0
    skipped: int = 0
    refused: int = 0


async def waiting(settings: KafkaSettings, choice: Choice) -> AsyncIterator[DeadLetter]:
    """Give the dead letters that `replay` would send now, without sending any.

    Raises:
        OperatorError: the dead-letter topic does not exist (`topic_missing`).
        KafkaError: the broker cannot be reached or refuses the client.
    """
    marks = await replayed_marks(settings)
    async for record, letter in read_letters(settings, choice):
        if not is_replayed(record, marks):
            yield letter


async def replay(settings: KafkaSettings, choice: Choice, tell: Callable[[DeadLetter], None]) -> Replayed:
    """Send the dead letters that are meant back to the topics they came from, each only once ever.

    Each is acknowledged, then marked as replayed, before the next is sent. What fails again meanwhile is not sent in a
    circle: the dead-letter topic is read only to where it ended at the start.

    Args:
        settings: which cluster and installation.
        choice: which dead letters.
        tell: called with each one after it was sent.

    Raises:
        OperatorError: the dead-letter topic does not exist (`topic_missing`).
        KafkaError: the broker cannot be reached, or refuses the client or a record.
    """
    done = Replayed()
    marks = await replayed_marks(settings)
    async with opened(new_producer(settings, CLIENT_ID)) as producer:
        async for record, letter in read_letters(settings, choice):
            if is_replayed(record, marks):
                done.skipped += 1
            elif await _send(producer, record, dead_letter_topic(settings)):
                done.sent += 1
                tell(letter)
            else:
                done.refused += 1
    return done


async def _send(producer: AIOKafkaProducer, record: Record, marker_topic: str) -> bool:
    try:
        topic, key, value, headers = replay_record(record)
    except DocumentError:
        return False
    await producer.send_and_wait(topic, key=key, value=value, headers=list(headers))
    mark = [(names.REPLAYED, replay_mark(record))]
    await producer.send_and_wait(marker_topic, key=record.key, headers=mark, partition=record.partition)
    return True
