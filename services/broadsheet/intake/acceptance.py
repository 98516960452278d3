"""Accepting a page: what intake does, a pure function of the record."""

from datetime import datetime

from broadsheet.intake.binary import refuse_binary_text
from broadsheet.intake.content_types import page_type, sniff_page_type
from broadsheet.intake.envelopes import read_traced
from broadsheet.intake.identity import document_id_of, revision_of
from broadsheet.intake.language import identifier, language_of
from broadsheet.intake.limits import refuse_large
from broadsheet.intake.normalization import normalize_counting
from broadsheet.intake.visible import is_blank, visible_text
from broadsheet.runtime.errors import DocumentError
from broadsheet.runtime.products import product_of
from broadsheet.runtime.records import Record
from broadsheet.runtime.stage import Product
from broadsheet.runtime.urls import source_of, suffix_list
from broadsheet_schemas.accepted import AcceptedDocument, ContentType
from broadsheet_schemas.errors import ErrorCode
from broadsheet_schemas.raw import RawDocument


def accept_record(record: Record, *, max_page_bytes: int) -> Product:
    """Make the accepted document of a record of `documents.raw`; the same record always gives the same bytes.

    Raises:
        DocumentError: the record holds no page worth reading.
    """
    raw, trace = read_traced(record, max_page_bytes)
    document = accept(raw, received_at=_received_at(record), max_page_bytes=max_page_bytes)
    return product_of(document, {"bytes": len(document.content.encode())}, trace=trace)


def accept(raw: RawDocument, *, received_at: datetime, max_page_bytes: int) -> AcceptedDocument:
    """Accept a page: normalise its characters, give it an identity and a language.

    Args:
        raw: the page as published; its `document_id` is kept as given.
        received_at: when it was published to Broadsheet, aware.
        max_page_bytes: largest page, in bytes of UTF-8.

    Raises:
        DocumentError: the page is `page_too_large`, `not_text`, `empty_page` or of an `unknown_content_type`.
    """
    content, content_type = _content(raw, max_page_bytes)
    text = visible_text(content, content_type)
    if is_blank(text):
        raise DocumentError(
            ErrorCode.EMPTY_PAGE, f"none of the {len(content)} characters of the {content_type} page is visible"
        )
    source, revision = source_of(raw.url), revision_of(content)
    return AcceptedDocument(
        document_id=document_id_of(raw.document_id, source, revision),
        revision=revision,
        source=source,
        content=content,
        content_type=content_type,
        language=language_of(text, raw.language),
        received_at=received_at,
        fetched_at=raw.fetched_at,
        published_at=raw.published_at,
        title=raw.title,
        metadata=raw.metadata,
    )


def warm_up() -> None:
    """Load the language model and the public suffix list; once in each worker process."""
    identifier()
    suffix_list()("https://example.com/")


def _content(raw: RawDocument, max_page_bytes: int) -> tuple[str, ContentType]:
    """Give the page's normalised content, and its form."""
    declared = page_type(raw.content_type)
    refuse_large(_utf8_size(raw.content), max_page_bytes)
    content, controls = normalize_counting(raw.content)
    refuse_binary_text(raw.content, controls)
    refuse_large(_utf8_size(content), max_page_bytes)  # NFC may lengthen a page
    return content, declared or sniff_page_type(content)


def _utf8_size(text: str) -> int:
    return len(text.encode(errors="surrogatepass"))


def _received_at(record: Record) -> datetime:
    try:
        return record.timestamp
    except (ValueError, OverflowError, OSError) as error:
        raise DocumentError(
            ErrorCode.INVALID_DATE, f"the record's timestamp, {record.timestamp_ms} ms since 1970, is no date: {error}"
        ) from error
