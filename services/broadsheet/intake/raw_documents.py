"""`RawDocument` from what publishers send: a JSON object, or the bare bytes of a page."""

from collections.abc import Mapping

from pydantic import ValidationError

from broadsheet.intake.binary import refuse_binary_bytes
from broadsheet.intake.content_types import looks_like_json, media_type, page_type
from broadsheet.intake.dates import parse_date
from broadsheet.intake.decoding import decode, has_big_units
from broadsheet.intake.json_values import parse_json
from broadsheet.intake.limits import refuse_large
from broadsheet.runtime.errors import DocumentError
from broadsheet.runtime.events import first_error
from broadsheet.runtime.quoting import shorten
from broadsheet_schemas.errors import ErrorCode
from broadsheet_schemas.headers import JSON_CONTENT_TYPE
from broadsheet_schemas.raw import RawDocument

Fields = Mapping[str, object]
"""Fields of a `RawDocument` by name, not yet checked."""

DATES = ("fetched_at", "published_at")

MAX_REASON = 200
"""Most characters of a schema error: it names the field, and names of fields under `metadata` are the publisher's."""


def document_from_value(
    value: bytes, *, content_type: str | None, max_page_bytes: int, known: Fields | None = None
) -> RawDocument:
    """Read a value of the declared content type, JSON or a bare page; looked at when nothing is declared.

    Args:
        value: the bytes.
        content_type: as declared, with or without parameters.
        max_page_bytes: largest bare page.
        known: fields that the value itself does not give, from headers.

    Raises:
        DocumentError: as `document_from_json` and `document_from_page` do.
    """
    media = media_type(content_type)
    if media == JSON_CONTENT_TYPE or (media is None and looks_like_json(value)):
        return document_from_json(value, known=known)
    return document_from_page(value, content_type=content_type, max_page_bytes=max_page_bytes, known=known)


def document_from_json(value: bytes, *, known: Fields | None = None) -> RawDocument:
    """Read a `RawDocument` as JSON; fields that it leaves out, or gives as null, are taken from `known`.

    Raises:
        DocumentError: `empty_page` (no bytes at all), `invalid_json`, `invalid_document` or `invalid_date`.
    """
    if not value:
        raise DocumentError(ErrorCode.EMPTY_PAGE, "the value is empty")
    return document_from_fields(parse_json(value), known=known)


def document_from_page(
    page: bytes, *, content_type: str | None, max_page_bytes: int, known: Fields | None = None
) -> RawDocument:
    """Read the bare bytes of a page, such as a `.txt` or `.html` file.

    Args:
        page: the bytes, in any charset.
        content_type: as declared, with or without a `charset`; None leaves the form to be told by the content.
        max_page_bytes: largest page, in bytes.
        known: what else is known of the page: `url`, `document_id`, `fetched_at`.

    Raises:
        DocumentError: `unknown_content_type`, `page_too_large`, `not_text`, `undecodable`, or as `document_from_fields`.
    """
    form = page_type(content_type)
    refuse_large(len(page), max_page_bytes)
    if not has_big_units(page, content_type):
        refuse_binary_bytes(page)
    return document_from_fields({"content": decode(page, content_type), "content_type": form}, known=known)


def document_from_fields(fields: object, *, known: Fields | None = None) -> RawDocument:
    """Check fields against the contract; those left out, or None, are taken from `known`.

    Raises:
        DocumentError: a date is none (`invalid_date`), or a field is missing or wrong (`invalid_document`).
    """
    if not isinstance(fields, Mapping):
        raise DocumentError(
            ErrorCode.INVALID_DOCUMENT, f"value: a RawDocument is a JSON object, not {type(fields).__name__}"
        )
    merged = {**(known or {}), **{name: field for name, field in fields.items() if field is not None}}
    dates = {name: parse_date(merged[name], name) for name in DATES if name in merged}
    try:
        return RawDocument.model_validate(merged | dates)
    except ValidationError as error:
        raise DocumentError(ErrorCode.INVALID_DOCUMENT, shorten(first_error(error), MAX_REASON)) from error
