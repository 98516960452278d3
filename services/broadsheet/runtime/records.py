"""A Kafka record as the stages see it: plain data, free of any client library, cheap to send to a worker process."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from broadsheet_schemas.headers import CE_SUBJECT, DOCUMENT_ID

MAX_ID_BYTES = 512
"""Most bytes of a record key that are shown as an id: no id is longer, and a key may be anything."""

Headers = tuple[tuple[str, bytes], ...]
"""Kafka headers: ordered, names may repeat, values are bytes."""


@dataclass(frozen=True, slots=True)
class Record:
    """One consumed record.

    Attributes:
        topic: name of the topic it was read from, with the installation's prefix.
        partition: partition number.
        offset: offset in the partition.
        timestamp_ms: Kafka timestamp, milliseconds since the epoch.
        key: record key, or None.
        value: record value; None (a tombstone) is kept as such.
        headers: record headers.
    """

    topic: str
    partition: int
    offset: int
    timestamp_ms: int
    key: bytes | None
    value: bytes | None
    headers: Headers = ()

    @property
    def size(self) -> int:
        """Bytes of key, value and headers: what the record weighs in memory."""
        return len(self.key or b"") + len(self.value or b"") + headers_size(self.headers)

    @property
    def timestamp(self) -> datetime:
        """The Kafka timestamp as an aware UTC datetime."""
        return datetime.fromtimestamp(self.timestamp_ms / 1000, UTC)

    @property
    def known_id(self) -> str | None:
        """The document's id, as far as headers and key tell without looking into the value; for logs."""
        key = self.key[:MAX_ID_BYTES].decode("utf-8", errors="replace") if self.key else None
        return self.header(CE_SUBJECT) or self.header(DOCUMENT_ID) or key

    def header(self, name: str) -> str | None:
        """Give the last header called `name` (case is ignored) as text, or None.

        Bytes that are not UTF-8 are replaced, so that a broken header cannot stop a record.
        """
        wanted = name.lower()
        for key, value in reversed(self.headers):
            if key.lower() == wanted:
                return value.decode("utf-8", errors="replace")
        return None


def headers_size(headers: Iterable[tuple[str, bytes | None]]) -> int:
    """Count the bytes of header names and values."""
    return sum(len(name.encode()) + len(value or b"") for name, value in headers)
