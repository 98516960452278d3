"""CloudEvents 1.0 over Kafka, binary mode: reading an event from a record and giving a new one its headers."""

import hashlib
import uuid
from datetime import datetime
from typing import TypeVar

from pydantic import ValidationError

from broadsheet.runtime.errors import DocumentError
from broadsheet.runtime.records import Headers, Record
from broadsheet_schemas import headers as names
from broadsheet_schemas.errors import ErrorCode
from broadsheet_schemas.spans import Contract
from broadsheet_schemas.topics import Topic

E = TypeVar("E", bound=Contract)

EVENT_NAMESPACE = uuid.UUID("9c1a4d6e-3f0b-5e8a-9d57-6f1f0f5a2b11")
"""Namespace of event ids (UUID version 5); never changed, or redeliveries would no longer be recognised."""

OWN_PREFIX = "broadsheet-"
"""Headers that Broadsheet itself adds to records it sends again."""

CARRIED = (names.TRACEPARENT, names.TRACESTATE)
"""Headers of the trace that a record belongs to (W3C Trace Context)."""


def read_event(record: Record, topic: Topic, model: type[E]) -> E:
    """Decode the event that `topic` promises from a record.

    Raises:
        DocumentError: the record has another event type (`unsupported_event`), or its value is not the event's
            data (`invalid_event`).
    """
    event_type = record.header(names.CE_TYPE)
    if event_type not in (None, topic.event_type):
        raise DocumentError(
            ErrorCode.UNSUPPORTED_EVENT,
            f"{topic.name} carries {topic.event_type}, and this record's ce_type is {event_type!r}",
        )
    try:
        return model.model_validate_json(record.value or b"")
    except ValidationError as error:
        raise DocumentError(
            ErrorCode.INVALID_EVENT, f"not the data of {topic.event_type}: {first_error(error)}"
        ) from error


def first_error(error: ValidationError) -> str:
    """Name the first field that is wrong and how, without its value, and say how many more there are."""
    details = error.errors(include_input=False, include_url=False, include_context=False)
    field = ".".join(str(part) for part in details[0]["loc"]) or "value"
    more = f" (and {len(details) - 1} more)" if len(details) > 1 else ""
    return f"{field}: {details[0]['msg']}{more}"


def event_id(event_type: str, cause: Record) -> str:
    """Give the deterministic id of the event of `event_type` that `cause` leads to.

    The same input gives the same id: the input's own `ce_id` where it has one, else a digest of its key, value and
    headers (not of its offset, so that a publisher's repeated send is recognised too, nor of the headers that a replay of
    a dead letter adds, nor of its trace, which is another every time it is sent).
    """
    origin = cause.header(names.CE_ID)
    if origin is not None:
        origin = f"{cause.header(names.CE_SOURCE) or ''} {origin}"
    return str(uuid.uuid5(EVENT_NAMESPACE, f"{event_type} {origin or _digest(cause)}"))


def event_headers(
    topic: Topic, source: str, subject: str, cause: Record, now: datetime, *, trace: Headers = ()
) -> Headers:
    """Give the headers of the event for `subject` on `topic` that `cause` leads to.

    Args:
        topic: the topic it is written to; it must carry events.
        source: `ce_source`, which processor of which installation made the event.
        subject: the document id.
        cause: the record it was made from.
        now: when it is made, aware UTC.
        trace: the trace context that it carries.
    """
    if topic.event_type is None:
        msg = f"{topic.name} carries no events"
        raise ValueError(msg)
    return (
        (names.CE_SPECVERSION, names.SPECVERSION.encode()),
        (names.CE_ID, event_id(topic.event_type, cause).encode()),
        (names.CE_TYPE, topic.event_type.encode()),
        (names.CE_SOURCE, source.encode()),
        (names.CE_TIME, now.isoformat().replace("+00:00", "Z").encode()),
        (names.CE_SUBJECT, subject.encode()),
        (names.CONTENT_TYPE, names.JSON_CONTENT_TYPE.encode()),
        *trace,
    )


def carried_trace(record: Record, trace: Headers) -> Headers:
    """Give the trace context of a record's headers; `trace`, which came elsewhere, where they have none."""
    return tuple(header for header in record.headers if header[0].lower() in CARRIED) or trace


def _digest(record: Record) -> str:
    """Digest what was published; each part is preceded by its length so that parts cannot run into each other."""
    digest = hashlib.sha256()
    published = [
        header for header in record.headers if not header[0].startswith(OWN_PREFIX) and header[0].lower() not in CARRIED
    ]
    parts = [record.key, record.value, *(part for name, value in published for part in (name.encode(), value))]
    for part in parts:
        digest.update(b"-" if part is None else f"{len(part)}:".encode() + part)
    return digest.hexdigest()
