"""Documents of the input as records of `documents.raw`, and the ids that intake will give them. Pure."""

from dataclasses import dataclass

from broadsheet.cli.documents import Document
from broadsheet.intake.envelopes import read_record
from broadsheet.intake.identity import document_id_of, revision_of
from broadsheet.intake.normalization import normalize
from broadsheet.runtime.records import Record
from broadsheet.runtime.urls import source_of
from broadsheet_schemas import headers as names
from broadsheet_schemas.topics import MAX_RECORD_BYTES, RAW


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a person says of a single page, beside its bytes.

    Attributes:
        url: where it was fetched.
        document_id: its id.
        content_type: its content type; it goes before what the file's name tells.
    """

    url: str | None = None
    document_id: str | None = None
    content_type: str | None = None


NO_FACTS = PageFacts()


def raw_record(document: Document, facts: PageFacts = NO_FACTS, *, timestamp_ms: int = 0) -> Record:
    """Give the record that carries a document to intake: its bytes as they stand, and headers that describe them.

    The place is that of the document in the input: its line as offset. The record has no key yet.

    Args:
        document: the document.
        facts: what is known of it besides.
        timestamp_ms: when it counts as published to Broadsheet, milliseconds since the epoch.
    """
    given = {
        names.CONTENT_TYPE: facts.content_type or document.content_type,
        names.URL: facts.url,
        names.DOCUMENT_ID: facts.document_id,
    }
    return Record(
        topic=RAW.name,
        partition=0,
        offset=document.line or 0,
        timestamp_ms=timestamp_ms,
        key=None,
        value=document.value,
        headers=tuple((name, value.encode()) for name, value in given.items() if value is not None),
    )


def future_id(record: Record) -> str:
    """Give the id that intake will give a record's document: the publisher's, else from the URL, else from the content.

    Raises:
        DocumentError: intake will refuse the record, as far as can be told before the page itself is looked at.
    """
    raw = read_record(record, MAX_RECORD_BYTES)
    source = source_of(raw.url)
    if raw.document_id is not None or source.canonical_url is not None:
        return document_id_of(raw.document_id, source, revision="")
    return document_id_of(None, source, revision_of(normalize(raw.content)))
