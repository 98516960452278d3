"""The forms a page may have on `documents.raw`: with or without JSON, with or without a CloudEvent round it.

The CloudEvents SDK (cloudevents 2.2) is not used. It parses JSON data before the size is known and a second time for the
contract, raises a dozen kinds of error, refuses an event whose `time` or key it cannot read though intake needs neither,
and takes damaged base64. What intake needs of CloudEvents is a handful of attributes.
"""

import base64
import binascii

from pydantic import BaseModel, ValidationError

from broadsheet.intake.content_types import PAGE_TYPES, media_type
from broadsheet.intake.json_values import parse_json
from broadsheet.intake.raw_documents import MAX_REASON, Fields, document_from_fields, document_from_value
from broadsheet.runtime.errors import DocumentError
from broadsheet.runtime.events import first_error
from broadsheet.runtime.quoting import quote, shorten
from broadsheet.runtime.records import Headers, Record
from broadsheet_schemas import headers as names
from broadsheet_schemas.errors import ErrorCode
from broadsheet_schemas.raw import RawDocument
from broadsheet_schemas.topics import RAW

HEADER_FIELDS = {"url": names.URL, "document_id": names.DOCUMENT_ID, "fetched_at": names.FETCHED_AT}
"""Fields of a `RawDocument` that a header may give, and the header."""

MAX_TRACE = 512
"""Most characters of a trace attribute that is carried on: the length of `tracestate` that W3C Trace Context asks for."""


class _StructuredEvent(BaseModel):
    """What intake reads of a CloudEvent in structured mode (CloudEvents 1.0, JSON format)."""

    specversion: str
    type: str
    datacontenttype: str | None = None
    subject: str | None = None
    data: object = None
    data_base64: str | None = None
    traceparent: object = None
    tracestate: object = None


def read_record(record: Record, max_page_bytes: int) -> RawDocument:
    """Read the page of a record, in whichever form it came; raises as `read_traced` does."""
    return read_traced(record, max_page_bytes)[0]


def read_traced(record: Record, max_page_bytes: int) -> tuple[RawDocument, Headers]:
    """Read the page of a record, and the trace context that a CloudEvent round it has as attributes, as headers.

    Those are of CloudEvents' extension for distributed tracing: `ce_traceparent` in binary mode, `traceparent` beside the
    data in structured mode. One that is no text or too long is left out: no page is lost for its trace.

    Raises:
        DocumentError: the record holds no page that intake can read; any code of a document but those of later stages.
    """
    if not record.value:
        what = "no value (a tombstone)" if record.value is None else "an empty value"
        raise DocumentError(ErrorCode.EMPTY_PAGE, f"the record has {what}")
    content_type = record.header(names.CONTENT_TYPE)
    if media_type(content_type) == names.STRUCTURED_CONTENT_TYPE:
        return _read_structured(record.value, _header_fields(record), max_page_bytes)
    _check_binary_event(record)
    trace = _trace(record.header(names.CE_TRACEPARENT), record.header(names.CE_TRACESTATE))
    known = _with_subject(_header_fields(record), record.header(names.CE_SUBJECT))
    return document_from_value(
        record.value, content_type=content_type, max_page_bytes=max_page_bytes, known=known
    ), trace


def _header_fields(record: Record) -> Fields:
    """Collect the fields that headers give; an empty header gives none."""
    given = {field: record.header(header) for field, header in HEADER_FIELDS.items()}
    return {field: value for field, value in given.items() if value}


def _with_subject(known: Fields, subject: str | None) -> Fields:
    """Let the event's subject serve as the document id where no header gives one."""
    return {"document_id": subject, **known} if subject else known


def _check_binary_event(record: Record) -> None:
    """Check the versions of a CloudEvent in binary mode; a record without them is no CloudEvent, and is fine."""
    version, event_type = record.header(names.CE_SPECVERSION), record.header(names.CE_TYPE)
    if version is not None:
        _check_specversion(version)
    if event_type is not None:
        _check_type(event_type)


def _check_specversion(version: str) -> None:
    if version.partition(".")[0] != names.SPECVERSION.partition(".")[0]:
        raise DocumentError(
            ErrorCode.UNSUPPORTED_EVENT, f"specversion {quote(version)} of CloudEvents; {names.SPECVERSION} is read"
        )


def _check_type(event_type: str) -> None:
    if event_type != RAW.event_type:
        raise DocumentError(
            ErrorCode.UNSUPPORTED_EVENT, f"event type {quote(event_type)}; {RAW.name} takes {RAW.event_type}"
        )


def _trace(traceparent: object, tracestate: object) -> Headers:
    attributes = ((names.TRACEPARENT, traceparent), (names.TRACESTATE, tracestate))
    return tuple(
        (name, text.encode()) for name, text in attributes if isinstance(text, str) and 0 < len(text) <= MAX_TRACE
    )


def _read_structured(value: bytes, known: Fields, max_page_bytes: int) -> tuple[RawDocument, Headers]:
    try:
        event = _StructuredEvent.model_validate(parse_json(value))
    except ValidationError as error:
        raise DocumentError(ErrorCode.INVALID_DOCUMENT, f"event {shorten(first_error(error), MAX_REASON)}") from error
    _check_specversion(event.specversion)
    _check_type(event.type)
    known = _with_subject(known, event.subject)
    return _event_document(event, known, max_page_bytes), _trace(event.traceparent, event.tracestate)


def _event_document(event: _StructuredEvent, known: Fields, max_page_bytes: int) -> RawDocument:
    if event.data_base64 is None:
        return document_from_fields(_event_fields(event), known=known)
    return document_from_value(
        _decode_base64(event), content_type=event.datacontenttype, max_page_bytes=max_page_bytes, known=known
    )


def _decode_base64(event: _StructuredEvent) -> bytes:
    if event.data is not None:
        raise DocumentError(ErrorCode.INVALID_DOCUMENT, "event data_base64: the event has data as well")
    try:
        return base64.b64decode(event.data_base64 or "", validate=True)
    except (binascii.Error, ValueError) as error:
        raise DocumentError(ErrorCode.INVALID_DOCUMENT, f"event data_base64: not base64 ({error})") from error


def _event_fields(event: _StructuredEvent) -> object:
    """Give the fields of the document that the event's data is: a JSON object, or the text of a page as a string."""
    media = media_type(event.datacontenttype)
    if media in (None, names.JSON_CONTENT_TYPE):
        return event.data
    if media in PAGE_TYPES and not isinstance(event.data, str):
        raise DocumentError(ErrorCode.INVALID_DOCUMENT, f"event data: not a string, and datacontenttype is {media}")
    return {"content": event.data, "content_type": media}
