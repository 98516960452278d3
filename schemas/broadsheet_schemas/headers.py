"""Names of the Kafka headers that Broadsheet reads and writes.

CloudEvents attributes follow the Kafka binding of CloudEvents 1.0 (binary mode: prefix `ce_`, value UTF-8).
What each header means stands in the tables at the end; `docs/events.md` and the AsyncAPI document are made from them.
"""

from dataclasses import dataclass

CONTENT_TYPE = "content-type"
URL = "url"
DOCUMENT_ID = "document-id"
FETCHED_AT = "fetched-at"
TRACEPARENT = "traceparent"
TRACESTATE = "tracestate"

CE_SPECVERSION = "ce_specversion"
CE_ID = "ce_id"
CE_TYPE = "ce_type"
CE_SOURCE = "ce_source"
CE_TIME = "ce_time"
CE_SUBJECT = "ce_subject"
CE_TRACEPARENT = "ce_traceparent"
CE_TRACESTATE = "ce_tracestate"

SPECVERSION = "1.0"
JSON_CONTENT_TYPE = "application/json"
STRUCTURED_CONTENT_TYPE = "application/cloudevents+json"

ERROR_PREFIX = "broadsheet-error-"
ERROR_STAGE = f"{ERROR_PREFIX}stage"
ERROR_CLASS = f"{ERROR_PREFIX}class"
ERROR_CODE = f"{ERROR_PREFIX}code"
ERROR_MESSAGE = f"{ERROR_PREFIX}message"
ERROR_ATTEMPTS = f"{ERROR_PREFIX}attempts"
ERROR_TOPIC = f"{ERROR_PREFIX}topic"
ERROR_PARTITION = f"{ERROR_PREFIX}partition"
ERROR_OFFSET = f"{ERROR_PREFIX}offset"
ERROR_TIMESTAMP = f"{ERROR_PREFIX}timestamp"
ERROR_FIRST_FAILED_AT = f"{ERROR_PREFIX}first-failed-at"

REPLAYED = "broadsheet-replayed"
"""On a record that `dead-letters replay` sent: topic, partition and offset of the dead letter it came from."""


@dataclass(frozen=True, slots=True)
class Header:
    """One header of a record. Its value is UTF-8 text.

    Attributes:
        name: the header's name.
        description: what the value means.
        example: a value.
        required: whether every record of the kind has it.
    """

    name: str
    description: str
    example: str
    required: bool = True


TRACE_HEADERS: tuple[Header, ...] = (
    Header(
        TRACEPARENT,
        "W3C Trace Context. A hop carries it on as it came, or, where traces are switched on, gives the context of its own span.",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        required=False,
    ),
    Header(TRACESTATE, "W3C Trace Context of the vendor, carried as it came.", "vendor=1", required=False),
)
"""Headers that pass through every stage."""

EVENT_HEADERS: tuple[Header, ...] = (
    Header(CE_SPECVERSION, "Version of the CloudEvents specification.", SPECVERSION),
    Header(
        CE_ID,
        "Identity of the event. The same input gives the same id, so a redelivery is recognisable.",
        "5d1f6b0e-7c43-5c8e-9a53-0f6f5b1f2c77",
    ),
    Header(CE_TYPE, "Type and version of the event.", "broadsheet.document.enriched.v1"),
    Header(
        CE_SOURCE,
        "The processor that made the event: `urn:broadsheet:`, the topic prefix, the stage.",
        "urn:broadsheet:tagger",
    ),
    Header(CE_TIME, "When the event was made (RFC 3339, UTC).", "2026-01-31T08:30:02.125000Z"),
    Header(CE_SUBJECT, "Document id, the same as the record's key.", "bridge-2026"),
    Header(CONTENT_TYPE, "Media type of the value.", JSON_CONTENT_TYPE),
    *TRACE_HEADERS,
)
"""Headers of every event that a stage writes."""

PUBLISHER_HEADERS: tuple[Header, ...] = (
    Header(
        CONTENT_TYPE,
        f"What the value is: `text/plain`, `text/html`, `{JSON_CONTENT_TYPE}` (a RawDocument) or "
        f"`{STRUCTURED_CONTENT_TYPE}`; recognised when absent.",
        "text/html; charset=utf-8",
        required=False,
    ),
    Header(URL, "Where the page was fetched.", "https://news.example/2026/bridge", required=False),
    Header(DOCUMENT_ID, "The publisher's own id of the document.", "bridge-2026", required=False),
    Header(FETCHED_AT, "When the page was fetched (RFC 3339).", "2026-01-31T08:30:00Z", required=False),
    *TRACE_HEADERS,
    Header(
        CE_TRACEPARENT,
        "The same as `traceparent`, as an attribute of a CloudEvent; read where that header is absent.",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        required=False,
    ),
    Header(CE_TRACESTATE, "The same as `tracestate`, likewise.", "vendor=1", required=False),
)
"""Headers that a publisher may give a record of `documents.raw`."""

DEAD_LETTER_HEADERS: tuple[Header, ...] = (
    Header(ERROR_STAGE, "The stage that gave the record up.", "intake"),
    Header(ERROR_CLASS, "Class of the error, as the program names it.", "DocumentError"),
    Header(ERROR_CODE, "Stable code of the error; docs/errors.md says what each means.", "invalid_json"),
    Header(
        ERROR_MESSAGE,
        "What was wrong and where. It may quote the page, shortened: treat it as the record itself.",
        "not JSON: line 1, column 12: a comma is missing",
    ),
    Header(ERROR_ATTEMPTS, "How often the record was tried, replays included.", "1"),
    Header(ERROR_TOPIC, "The topic it was read from, with the installation's prefix.", "documents.raw"),
    Header(ERROR_PARTITION, "Partition it was read from.", "3"),
    Header(ERROR_OFFSET, "Its offset in that partition.", "1042"),
    Header(ERROR_TIMESTAMP, "Its Kafka timestamp, milliseconds since the epoch.", "1769848202000"),
    Header(
        ERROR_FIRST_FAILED_AT,
        "When it first became a dead letter (RFC 3339, UTC); replays keep it.",
        "2026-01-31T08:30:02.125000Z",
    ),
)
"""Headers that a dead letter has beside those the record came with."""

REPLAY_HEADERS: tuple[Header, ...] = (
    Header(REPLAYED, "Topic, partition and offset of the dead letter it came from.", "documents.dead-letter/3/17"),
)
"""Headers that `dead-letters replay` adds to a record that it sends again."""
