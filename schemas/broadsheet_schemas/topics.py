"""Every topic of Broadsheet, with the settings it is created with: the one place for these facts.

Names are given without the installation's prefix (`BROADSHEET_TOPIC_PREFIX`); `Topic.prefixed` adds it.
"""

from dataclasses import dataclass, field

from broadsheet_schemas.accepted import AcceptedDocument
from broadsheet_schemas.enriched import EnrichedDocument
from broadsheet_schemas.raw import RawDocument
from broadsheet_schemas.receipt import IndexReceipt
from broadsheet_schemas.segmented import SegmentedDocument
from broadsheet_schemas.spans import Contract

MEBIBYTE = 1024 * 1024
DAY_MS = 24 * 60 * 60 * 1000

MAX_PAGE_BYTES = 8 * MEBIBYTE
"""Largest page that intake takes by default, in bytes of its UTF-8 text."""

MAX_RECORD_BYTES = 32 * MEBIBYTE
"""Largest record on any topic but the dead letters.

An 8 MiB page grows to 16 MiB when JSON escapes every character once, and a segmented page carries its text twice (as
`text` and in the blocks). What still does not fit becomes a dead letter with the code `output_too_large`.
"""

MAX_DEAD_LETTER_BYTES = MAX_RECORD_BYTES + MEBIBYTE
"""A dead letter is the record as it came and the headers that tell its error, so it may be larger than any record."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic: what it carries and how it is made.

    Attributes:
        name: the topic's name without prefix.
        event: the model of its values, or None where values are bytes of any kind.
        event_type: `ce_type` of its events, or None where there is none.
        key: what the record key is.
        summary: what it is for, in a sentence.
        retention_ms: how long records are kept, in milliseconds.
        cleanup_policy: Kafka's `cleanup.policy`.
        timestamp_type: Kafka's `message.timestamp.type`.
        max_message_bytes: Kafka's `max.message.bytes`.
        partitions: how many partitions `topics create` makes by default; the bound of parallel processors.
    """

    name: str
    event: type[Contract] | None
    event_type: str | None
    key: str
    summary: str
    retention_ms: int
    cleanup_policy: str = "delete"
    timestamp_type: str = "CreateTime"
    max_message_bytes: int = MAX_RECORD_BYTES
    partitions: int = field(default=8)

    def prefixed(self, prefix: str) -> str:
        """Give the topic's name in the installation that uses `prefix` (empty for none)."""
        return f"{prefix}{self.name}"

    def settings(self) -> dict[str, str]:
        """Give the topic's Kafka configuration, as `topics create` sets it and `topics check` compares it."""
        return {
            "cleanup.policy": self.cleanup_policy,
            "retention.ms": str(self.retention_ms),
            "max.message.bytes": str(self.max_message_bytes),
            "message.timestamp.type": self.timestamp_type,
            "compression.type": "producer",
        }


RAW = Topic(
    name="documents.raw",
    event=RawDocument,
    event_type="broadsheet.document.raw.v1",
    key="anything or none",
    summary="News pages as users publish them: a RawDocument as JSON, or the bare bytes of a page.",
    retention_ms=7 * DAY_MS,
    # A publisher's clock may be wrong, or a backfill's records old: retention would delete them unread.
    timestamp_type="LogAppendTime",
)
ACCEPTED = Topic(
    name="documents.accepted",
    event=AcceptedDocument,
    event_type="broadsheet.document.accepted.v1",
    key="document id",
    summary="Pages that are text and have an identity.",
    retention_ms=7 * DAY_MS,
)
SEGMENTED = Topic(
    name="documents.segmented",
    event=SegmentedDocument,
    event_type="broadsheet.document.segmented.v1",
    key="document id",
    summary="Pages told apart into title, body, teasers and rest.",
    retention_ms=7 * DAY_MS,
)
ENRICHED = Topic(
    name="documents.enriched",
    event=EnrichedDocument,
    event_type="broadsheet.document.enriched.v1",
    key="document id",
    summary="Segmented pages with their entities; what users consume and the index is built from.",
    retention_ms=7 * DAY_MS,
)
INDEXED = Topic(
    name="documents.indexed",
    event=IndexReceipt,
    event_type="broadsheet.document.indexed.v1",
    key="document id",
    summary="Receipts of what the index holds.",
    retention_ms=7 * DAY_MS,
)
DEAD_LETTER = Topic(
    name="documents.dead-letter",
    event=None,
    event_type=None,
    key="original key",
    summary="Records that no stage can process, as they came, with the error in their headers.",
    retention_ms=30 * DAY_MS,
    max_message_bytes=MAX_DEAD_LETTER_BYTES,
)

TOPICS: tuple[Topic, ...] = (RAW, ACCEPTED, SEGMENTED, ENRICHED, INDEXED, DEAD_LETTER)
"""All topics, in the order of the road."""

TOPICS_BY_NAME: dict[str, Topic] = {topic.name: topic for topic in TOPICS}
