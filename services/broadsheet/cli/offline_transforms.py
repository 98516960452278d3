"""What the offline commands do with one document: the stages' pure functions, one after another. Runs in workers."""

import orjson
from pydantic import BaseModel, ConfigDict, ValidationError

from broadsheet.intake.acceptance import accept
from broadsheet.intake.acceptance import warm_up as warm_up_intake
from broadsheet.intake.envelopes import read_record
from broadsheet.intake.json_values import parse_json
from broadsheet.intake.language import UNDETERMINED, language_of
from broadsheet.intake.limits import refuse_large
from broadsheet.runtime.errors import DocumentError
from broadsheet.runtime.events import first_error
from broadsheet.runtime.products import product_of
from broadsheet.runtime.records import Record
from broadsheet.runtime.stage import Product
from broadsheet.segmenter.segment import segment
from broadsheet.tagger.engines import ENGLISH
from broadsheet.tagger.tag import tag, tag_text
from broadsheet.tagger.tag import warm_up as warm_up_tagger
from broadsheet_schemas import SegmentedDocument
from broadsheet_schemas.errors import ErrorCode
from broadsheet_schemas.headers import CONTENT_TYPE, JSON_CONTENT_TYPE


class TextToTag(BaseModel):
    """A line of input to `tag`; fields that it does not know are ignored.

    Attributes:
        id: given back with the entities, as it is.
        text: the text; offsets count its code points.
        language: BCP 47 code; detected when absent.
    """

    model_config = ConfigDict(strict=True)

    id: str | int
    text: str
    language: str | None = None


def segment_record(record: Record, *, max_page_bytes: int, language: str | None, engines: str = "") -> Product:  # noqa: ARG001 - the commands are called alike
    """Accept and segment a raw document.

    Raises:
        DocumentError: it holds no page worth reading.
    """
    return product_of(_segmented(record, max_page_bytes, language), {})


def enrich_record(record: Record, *, max_page_bytes: int, language: str | None, engines: str = "") -> Product:
    """Accept, segment and tag a raw document.

    Raises:
        DocumentError: it holds no page worth reading.
    """
    return product_of(tag(_segmented(record, max_page_bytes, language), engines), {})


def tag_record(record: Record, *, max_page_bytes: int, language: str | None, engines: str = "") -> Product:
    """Tag a text as it stands: `{"id", "entities": [[start, end, type], ...]}`.

    Raises:
        DocumentError: it is no text to tag (`invalid_json`, `invalid_document`, `unknown_content_type`, as intake reads
            a page), or it is over the limit (`page_too_large`).
    """
    given = _text(record, max_page_bytes)
    refuse_large(len(given.text.encode()), max_page_bytes)
    entities = tag_text(given.text, _language(given.text, given.language or language), engines)
    return Product(
        document_id=str(given.id),
        data=orjson.dumps({"id": given.id, "entities": entities}),
        received_at_ms=record.timestamp_ms,
    )


def _language(text: str, declared: str | None) -> str:
    """Give the language of a text; one too short to tell is taken for English, as most such are headlines."""
    code = language_of(text, declared).code
    return ENGLISH if code == UNDETERMINED.code else code


def warm_up_all(engines: str = "") -> None:
    """Load what the offline commands need; once in each worker process."""
    warm_up_intake()
    warm_up_tagger(engines)


def _segmented(record: Record, max_page_bytes: int, language: str | None) -> SegmentedDocument:
    """Segment a page that counts as received when it was fetched, else when it was published, else at the record's time."""
    raw = read_record(record, max_page_bytes)
    raw = raw.model_copy(update={"language": raw.language or language})
    received_at = raw.fetched_at or raw.published_at or record.timestamp
    return segment(accept(raw, received_at=received_at, max_page_bytes=max_page_bytes))


def _text(record: Record, max_page_bytes: int) -> TextToTag:
    """Read a JSON line, or a file of plain text, whose id is its path."""
    content_type = record.header(CONTENT_TYPE)
    if content_type == "text/html":
        raise DocumentError(ErrorCode.UNKNOWN_CONTENT_TYPE, "tag takes text, not HTML; enrich tags pages")
    if content_type != JSON_CONTENT_TYPE:
        return TextToTag(
            id=(record.key or b"").decode(errors="replace"), text=read_record(record, max_page_bytes).content
        )
    try:
        return TextToTag.model_validate(parse_json(record.value or b""))
    except ValidationError as error:
        raise DocumentError(ErrorCode.INVALID_DOCUMENT, first_error(error)) from error
