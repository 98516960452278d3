"""What the offline commands do with one document."""

from datetime import UTC, datetime
from typing import Any

import orjson
import pytest

from broadsheet.cli.offline_transforms import enrich_record, segment_record, tag_record
from broadsheet.runtime.errors import DocumentError
from broadsheet.runtime.records import Record
from broadsheet_schemas import EnrichedDocument, SegmentedDocument
from broadsheet_schemas.errors import ErrorCode

PAGE = (
    "Bridge reopens after two years\n\nBy Ada Field\n\nJanuary 31, 2026\n\n"
    "The old bridge over the river in Oslo is open to walkers again, the city said on Friday. It had been closed since a "
    "flood in 2024 took two of its piers.\n\n"
    '"We could not wait any longer," said Ada Field, who leads the office for bridges and roads of the city.\n'
)
READ_AT = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)


def line(**fields: object) -> Record:
    return record(orjson.dumps(fields), "application/json")


def record(value: bytes, content_type: str) -> Record:
    ms = round(READ_AT.timestamp() * 1000)
    return Record("documents.raw", 0, 1, ms, b"folder/a.txt", value, (("content-type", content_type.encode()),))


def tagged(given: Record, language: str | None = None) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(tag_record(given, max_page_bytes=10_000, language=language).data)
    return found


def test_segment_and_enrich_give_the_events_data_under_the_given_id() -> None:
    given = line(content=PAGE, document_id="bridge")
    product = segment_record(given, max_page_bytes=10_000, language=None)
    segmented = SegmentedDocument.model_validate_json(product.data)
    enriched = EnrichedDocument.model_validate_json(enrich_record(given, max_page_bytes=10_000, language=None).data)
    assert (product.document_id, segmented.document_id, enriched.document_id) == ("bridge", "bridge", "bridge")
    assert SegmentedDocument.model_validate(enriched.model_dump()) == segmented
    assert "Oslo" in {entity.name for entity in enriched.entities}


@pytest.mark.parametrize(
    ("fields", "received_at"),
    [
        (
            {"fetched_at": "2026-02-01T00:00:00Z", "published_at": "2026-01-31T00:00:00Z"},
            datetime(2026, 2, 1, tzinfo=UTC),
        ),
        ({"published_at": "2026-01-31T00:00:00Z"}, datetime(2026, 1, 31, tzinfo=UTC)),
        ({}, READ_AT),
    ],
)
def test_a_page_counts_as_received_when_it_was_fetched_as_far_as_it_tells(
    fields: dict[str, str], received_at: datetime
) -> None:
    product = segment_record(line(content=PAGE, **fields), max_page_bytes=10_000, language=None)
    assert SegmentedDocument.model_validate_json(product.data).received_at == received_at


@pytest.mark.parametrize(("fields", "code"), [({}, "nb"), ({"language": "de"}, "de")])
def test_the_given_language_is_for_documents_that_do_not_tell_theirs(fields: dict[str, str], code: str) -> None:
    product = segment_record(line(content=PAGE, **fields), max_page_bytes=10_000, language="nb")
    assert SegmentedDocument.model_validate_json(product.data).language.code == code


def test_tag_gives_offsets_into_exactly_the_text_it_was_given() -> None:
    text = "\r\n  Zoe\u0308 met Anna Keller in Oslo on Friday, 31 January 2026.\r\n"
    found = tagged(line(id=7, text=text, language="en"))
    assert found["id"] == 7
    assert {("Zoe\u0308", "PERSON"), ("Anna Keller", "PERSON"), ("Oslo", "GPE")} <= {
        (text[start:end], kind) for start, end, kind in found["entities"]
    }


def test_tag_takes_a_text_too_short_to_tell_for_english_and_another_for_what_it_is() -> None:
    headline = "Ada Field met Bob Stone in Oslo."
    assert (
        tagged(line(id="a", text=headline))["entities"]
        == tagged(line(id="a", text=headline, language="en"))["entities"]
    )
    assert tagged(line(id="a", text=headline))["entities"] != []
    assert tagged(line(id="a", text=headline), "de") == tagged(line(id="a", text=headline, language="de"))
    assert tagged(line(id="", text="")) == {"id": "", "entities": []}


def test_tag_takes_plain_text_by_its_path() -> None:
    assert tagged(record(b"Ada Field lives in Oslo.", "text/plain"))["id"] == "folder/a.txt"


@pytest.mark.parametrize(
    ("given", "code", "message"),
    [
        (record(b"<p>x", "text/html"), ErrorCode.UNKNOWN_CONTENT_TYPE, "enrich tags pages"),
        (line(id="a"), ErrorCode.INVALID_DOCUMENT, "text: Field required"),
        (line(text="x"), ErrorCode.INVALID_DOCUMENT, "id"),
        (line(id=1.5, text="x"), ErrorCode.INVALID_DOCUMENT, "id"),
        (record(b"[]", "application/json"), ErrorCode.INVALID_DOCUMENT, "value"),
        (record(b"{", "application/json"), ErrorCode.INVALID_JSON, "JSON"),
        (line(id="a", text="x" * 10_001), ErrorCode.PAGE_TOO_LARGE, "10001"),
    ],
)
def test_what_tag_cannot_take_is_told_by_its_code(given: Record, code: ErrorCode, message: str) -> None:
    with pytest.raises(DocumentError, match=message) as caught:
        tagged(given)
    assert caught.value.code is code
