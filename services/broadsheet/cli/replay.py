"""Sending dead letters back to the topics they came from."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from broadsheet.cli.letters import Choice, is_replayed, read_letters, replayed_marks
from broadsheet.runtime.clients import opened
from broadsheet.runtime.deadletters import DeadLetter, replay_mark, replay_record
from broadsheet.runtime.errors import DocumentError
from broadsheet.runtime.kafka import new_producer
from broadsheet.runtime.publishing import KafkaPublisher, OutputRecord, Publisher, TooLargeError
from broadsheet.runtime.records import Record
from broadsheet.runtime.settings import KafkaSettings
from broadsheet_schemas import headers as names
from broadsheet_schemas.errors import ErrorCode

CLIENT_ID = "broadsheet-replay"


@dataclass(slots=True)
class Replayed:
    """What a replay did, in dead letters.

    Attributes:
        sent: sent back now, or to be sent back in a preview.
        skipped: left alone, because they had been replayed before.
        refused: cannot be sent back: they name no topic of this installation, or are too large for it.
    """

    sent: int = 0
    skipped: int = 0
    refused: int = 0


Tell = Callable[[DeadLetter, DocumentError | None], object]
"""Called with each dead letter after it was sent, or with why it cannot be."""


async def preview(settings: KafkaSettings, choice: Choice, tell: Tell) -> Replayed:
    """Do all that `replay` does but send: what it would send is told and counted as sent.

    Raises:
        OperatorError: the dead-letter topic does not exist (`topic_missing`).
        KafkaError: the broker cannot be reached or refuses the client.
    """
    return await replay_each(read_letters(settings, choice), await replayed_marks(settings), tell, None)


async def replay(settings: KafkaSettings, choice: Choice, tell: Tell) -> Replayed:
    """Send the dead letters that are meant back to the topics they came from, each only once ever.

    Each is acknowledged, then marked as replayed, before the next is sent. What fails again meanwhile is not sent in a
    circle: the dead-letter topic is read only to where it ended at the start.

    Args:
        settings: which cluster and installation.
        choice: which dead letters.
        tell: called with each one after it was sent, and with each that is refused and why; not with those skipped.

    Raises:
        OperatorError: the dead-letter topic does not exist (`topic_missing`), or the broker refuses to take records.
        UnavailableError: the broker did not acknowledge a record.
        KafkaError: the broker cannot be reached, or refuses the client.
    """
    async with opened(new_producer(settings, CLIENT_ID)) as producer:
        marks = await replayed_marks(settings)
        return await replay_each(read_letters(settings, choice), marks, tell, KafkaPublisher(producer))


async def replay_each(
    letters: AsyncIterator[tuple[Record, DeadLetter]], marks: set[str], tell: Tell, publisher: Publisher | None
) -> Replayed:
    """Replay dead letters one after another; none is held once it has been told.

    Args:
        letters: the dead letters, as records and read.
        marks: those that have been replayed before, as `replayed_marks` gives them.
        tell: see `replay`.
        publisher: sends; None sends nothing.
    """
    done = Replayed()
    async for record, letter in letters:
        if is_replayed(record, marks):
            done.skipped += 1
            continue
        try:
            await _send(publisher, record)
        except DocumentError as error:
            done.refused += 1
            tell(letter, error)
        else:
            done.sent += 1
            tell(letter, None)
    return done


async def _send(publisher: Publisher | None, record: Record) -> None:
    page = OutputRecord(*replay_record(record))
    if publisher is None:
        return
    try:
        await _published(publisher, page)
    except TooLargeError as error:
        message = f"dead letter {record.partition}:{record.offset} is too large for {page.topic}: {error}"
        raise DocumentError(ErrorCode.PAGE_TOO_LARGE, message) from error
    await _published(publisher, OutputRecord(record.topic, record.key, None, ((names.REPLAYED, replay_mark(record)),)))


async def _published(publisher: Publisher, record: OutputRecord) -> None:
    """Send one record and wait until the broker has it.

    Raises:
        TooLargeError: the topic does not take a record of its size.
        UnavailableError: it was not acknowledged.
    """
    (failure,) = await publisher.publish([record])
    if failure is not None:
        raise failure
