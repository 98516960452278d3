"""Dead letters: the headers that tell why a record failed, reading them back, and sending the record again. Pure.

A dead letter keeps key, value and headers of its record as they came; only headers whose names start with
`broadsheet-error-` are ours. A replayed record carries two of them, attempts and first failure, so that both go on
counting when it fails again.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import orjson

from broadsheet.runtime.errors import DocumentError
from broadsheet.runtime.records import Headers, Record
from broadsheet_schemas import headers as names
from broadsheet_schemas.errors import ErrorCode
from broadsheet_schemas.topics import DEAD_LETTER, RAW, TOPICS

MAX_MESSAGE_CHARACTERS = 1000
"""Longest message kept in a header, in characters: our own say what, where and what to do in under 300; a library's
repeat whole pages."""

MAX_SNIFFED_BYTES = 1024 * 1024
"""Largest JSON value that is parsed to find the publisher's id, bytes; larger dead letters are found by key or header."""

_INT64 = re.compile(r"-?[0-9]{1,18}")
_KEPT_FOR_REPLAY = (names.ERROR_ATTEMPTS, names.ERROR_FIRST_FAILED_AT)


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A dead letter, read.

    Attributes:
        record: the record as it came to the stage that failed, without the error headers of this or an earlier failure.
        stage: the stage that failed.
        error_class: name of the exception's class.
        code: the error's code; one that this release does not know is kept as it stands.
        message: what was wrong, on one line.
        attempts: how often the record was tried, replays included.
        first_failed_at: when it first became a dead letter, aware UTC.
        failed_at: when this dead letter was written, aware UTC.
        partition: partition of the dead letter in its own topic.
        offset: offset of the dead letter in its own topic.
    """

    record: Record = field(repr=False)
    stage: str
    error_class: str
    code: str
    message: str
    attempts: int
    first_failed_at: datetime
    failed_at: datetime
    partition: int
    offset: int

    @property
    def position(self) -> str:
        """Name the dead letter itself: `PARTITION:OFFSET` in the dead-letter topic."""
        return f"{self.partition}:{self.offset}"

    @property
    def document_id(self) -> str | None:
        """The document's id as far as the record tells it; None where intake would have had to derive it."""
        record = self.record
        return (
            record.header(names.CE_SUBJECT)
            or record.header(names.DOCUMENT_ID)
            or _id_in_value(record)
            or (record.key.decode("utf-8", errors="replace") if record.key else None)
        )


def dead_letter_headers(
    record: Record, *, stage: str, error_class: str, code: ErrorCode, message: str, attempts: int, now: datetime
) -> Headers:
    """Give the headers of the dead letter that `record` becomes.

    Args:
        record: the record as it was consumed. If an earlier failure left error headers on it (it was replayed), their
            attempts are added and their first failure stays; the others are replaced.
        stage: the stage that failed.
        error_class: name of the exception's class.
        code: the error's code.
        message: what was wrong; cut at `MAX_MESSAGE_CHARACTERS`, control characters become spaces.
        attempts: how often this stage tried the record now.
        now: when it failed, aware UTC.
    """
    earlier = _number(record.header(names.ERROR_ATTEMPTS)) or 0
    first = _time(record.header(names.ERROR_FIRST_FAILED_AT)) or now
    told = {
        names.ERROR_STAGE: stage,
        names.ERROR_CLASS: error_class,
        names.ERROR_CODE: code.value,
        names.ERROR_MESSAGE: message[:MAX_MESSAGE_CHARACTERS],
        names.ERROR_ATTEMPTS: str(earlier + attempts),
        names.ERROR_TOPIC: record.topic,
        names.ERROR_PARTITION: str(record.partition),
        names.ERROR_OFFSET: str(record.offset),
        names.ERROR_TIMESTAMP: str(record.timestamp_ms),
        names.ERROR_FIRST_FAILED_AT: first.astimezone(UTC).isoformat().replace("+00:00", "Z"),
    }
    return (*without_error_headers(record.headers), *((name, _one_line(text)) for name, text in told.items()))


def parse_dead_letter(record: Record) -> DeadLetter:
    """Read a record of the dead-letter topic.

    Raises:
        DocumentError: it is not a dead letter, because an error header is missing or unreadable (`invalid_event`).
    """
    return DeadLetter(
        record=Record(
            topic=_required(record, names.ERROR_TOPIC),
            partition=_required_number(record, names.ERROR_PARTITION),
            offset=_required_number(record, names.ERROR_OFFSET),
            timestamp_ms=_required_number(record, names.ERROR_TIMESTAMP),
            key=record.key,
            value=record.value,
            headers=without_error_headers(record.headers),
        ),
        stage=_required(record, names.ERROR_STAGE),
        error_class=_required(record, names.ERROR_CLASS),
        code=_required(record, names.ERROR_CODE),
        message=_required(record, names.ERROR_MESSAGE),
        attempts=_required_number(record, names.ERROR_ATTEMPTS),
        first_failed_at=_required_time(record, names.ERROR_FIRST_FAILED_AT),
        failed_at=record.timestamp,
        partition=record.partition,
        offset=record.offset,
    )


def replay_record(record: Record) -> tuple[str, bytes | None, bytes | None, Headers]:
    """Give topic, key, value and headers to send so that a dead letter is tried again where it failed.

    Of the error headers only attempts and first failure stay, and `broadsheet-replayed` says which dead letter it was.

    Raises:
        DocumentError: `record` is not a dead letter, or names a topic that is not one of its installation's
            (`invalid_event`): a header must not be able to send a record anywhere.
    """
    letter = parse_dead_letter(record)
    prefix = record.topic.removesuffix(DEAD_LETTER.name)
    if letter.record.topic not in {topic.prefixed(prefix) for topic in TOPICS if topic is not DEAD_LETTER}:
        raise DocumentError(
            ErrorCode.INVALID_EVENT,
            f"dead letter {letter.position} names the topic {letter.record.topic!r}, not one of ours",
        )
    headers = (
        *(header for header in letter.record.headers if header[0].lower() != names.REPLAYED),
        *(header for header in record.headers if header[0].lower() in _KEPT_FOR_REPLAY),
        (names.REPLAYED, replay_mark(record)),
    )
    return letter.record.topic, record.key, record.value, headers


def replay_mark(record: Record) -> bytes:
    """Give the value of `broadsheet-replayed` that names this dead letter: `TOPIC/PARTITION/OFFSET`."""
    return f"{record.topic}/{record.partition}/{record.offset}".encode()


def without_error_headers(headers: Iterable[tuple[str, bytes]]) -> Headers:
    """Give the headers that are not ours to tell an error with."""
    return tuple(header for header in headers if not header[0].lower().startswith(names.ERROR_PREFIX))


def _one_line(text: str) -> bytes:
    return "".join(character if character.isprintable() else " " for character in text).encode()


def _id_in_value(record: Record) -> str | None:
    """Read the publisher's id in a RawDocument, if the value is one."""
    value = record.value or b""
    if not (record.topic.endswith(RAW.name) and value[:1] == b"{" and len(value) <= MAX_SNIFFED_BYTES):
        return None
    try:
        found = orjson.loads(value).get("document_id")
    except orjson.JSONDecodeError:
        return None
    return found if isinstance(found, str) else None


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and _INT64.fullmatch(text) else None


def _time(text: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.tzinfo else None


def _required(record: Record, name: str) -> str:
    found = record.header(name)
    if found is None:
        raise _not_a_dead_letter(record, name, found)
    return found


def _required_number(record: Record, name: str) -> int:
    found = _number(record.header(name))
    if found is None:
        raise _not_a_dead_letter(record, name, record.header(name))
    return found


def _required_time(record: Record, name: str) -> datetime:
    found = _time(record.header(name))
    if found is None:
        raise _not_a_dead_letter(record, name, record.header(name))
    return found


def _not_a_dead_letter(record: Record, name: str, value: str | None) -> DocumentError:
    where = f"{record.topic} {record.partition}:{record.offset}"
    return DocumentError(ErrorCode.INVALID_EVENT, f"{where} is not a dead letter: its header {name} is {value!r:.60}")
