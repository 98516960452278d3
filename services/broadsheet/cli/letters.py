"""Finding dead letters: reading their topic, choosing among them, and telling which have been replayed.

When a dead letter is replayed, a *replay marker* is written to the dead-letter topic: a record without a value whose
`broadsheet-replayed` header names the dead letter. So one scan of one topic tells what was replayed, with no state elsewhere.
The marker and the record that is sent are written in one transaction: wherever a replay is killed, both are there or neither.
"""

import time
from collections import Counter
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime

from broadsheet.cli.reading import read_topic
from broadsheet.runtime.deadletters import DeadLetter, parse_dead_letter, replay_mark
from broadsheet.runtime.errors import DocumentError
from broadsheet.runtime.records import Record
from broadsheet.runtime.settings import KafkaSettings
from broadsheet_schemas import headers as names
from broadsheet_schemas.topics import DEAD_LETTER


@dataclass(frozen=True, slots=True)
class Choice:
    """Which dead letters are meant; None means any.

    Attributes:
        code: of this error code.
        stage: of this stage.
        document: of this document.
        since: that failed at this time or later, aware.
        until: that failed before this time, aware.
        positions: these dead letters, by their place in their topic, `PARTITION:OFFSET`.
    """

    code: str | None = None
    stage: str | None = None
    document: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    positions: frozenset[str] | None = None

    def takes(self, letter: DeadLetter) -> bool:
        """Tell whether a dead letter is meant."""
        return (
            self.code in (None, letter.code)
            and self.stage in (None, letter.stage)
            and (self.document is None or self.document == letter.document_id)
            and (self.since is None or letter.failed_at >= self.since)
            and (self.until is None or letter.failed_at < self.until)
            and (self.positions is None or letter.position in self.positions)
        )


@dataclass(frozen=True, slots=True)
class LetterCounts:
    """How many dead letters there are.

    Attributes:
        by_stage: their number by the stage that wrote them.
        complete: whether all were counted; if not, there may be more.
    """

    by_stage: Mapping[str, int]
    complete: bool


def dead_letter_topic(settings: KafkaSettings) -> str:
    """Give the name of the installation's dead-letter topic."""
    return DEAD_LETTER.prefixed(settings.topic_prefix)


def is_replay_marker(record: Record) -> bool:
    """Tell whether a record of the dead-letter topic says that another one was replayed."""
    return (
        record.value is None and record.header(names.ERROR_CODE) is None and record.header(names.REPLAYED) is not None
    )


async def read_letters(settings: KafkaSettings, choice: Choice) -> AsyncGenerator[tuple[Record, DeadLetter], None]:
    """Give the dead letters that are meant, as records and read; replay markers and foreign records are passed over.

    Whoever may leave off in the middle closes it (`aclosing`): it holds a connection.

    Raises:
        OperatorError: the topic does not exist (`topic_missing`).
        KafkaError: the broker cannot be reached or refuses the client.
    """
    async with aclosing(read_topic(settings, dead_letter_topic(settings))) as records:
        async for record in records:
            letter = _letter(record)
            if letter is not None and choice.takes(letter):
                yield record, letter


async def count_letters(settings: KafkaSettings, seconds: float) -> LetterCounts:
    """Count the dead letters by stage, replayed ones too, replay markers and foreign records not.

    Kafka does not tell which records are markers, so the topic is read, for `seconds` at most, the oldest first.

    Raises:
        OperatorError: the topic does not exist (`topic_missing`).
        KafkaError: the broker cannot be reached or refuses the client.
    """
    deadline = time.monotonic() + seconds
    counts: Counter[str] = Counter()
    async with aclosing(read_topic(settings, dead_letter_topic(settings))) as records:
        async for record in records:
            letter = _letter(record)
            if letter is not None:
                counts[letter.stage] += 1
            if time.monotonic() >= deadline:
                return LetterCounts(counts, complete=False)
    return LetterCounts(counts, complete=True)


async def replayed_marks(settings: KafkaSettings) -> set[str]:
    """Give the marks (`TOPIC/PARTITION/OFFSET`) of all dead letters that have been replayed.

    Raises:
        OperatorError: the topic does not exist (`topic_missing`).
        KafkaError: the broker cannot be reached or refuses the client.
    """
    topic = dead_letter_topic(settings)
    return {
        record.header(names.REPLAYED) or "" async for record in read_topic(settings, topic) if is_replay_marker(record)
    }


def is_replayed(record: Record, marks: set[str]) -> bool:
    """Tell whether a dead letter is among those that `replayed_marks` gave."""
    return replay_mark(record).decode() in marks


def _letter(record: Record) -> DeadLetter | None:
    """Read a dead letter; None for a replay marker and for what somebody else wrote."""
    try:
        return parse_dead_letter(record)
    except DocumentError:
        return None
