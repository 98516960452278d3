"""The stage as the runtime calls it."""

from pathlib import Path

import pytest

from broadsheet.runtime.errors import DocumentError, OperatorError
from broadsheet.runtime.records import Record
from broadsheet.segmenter.segment import segment
from broadsheet.tagger.app import stage
from broadsheet.tagger.english.model import FILE, describe_model, load_model
from broadsheet.tagger.settings import TaggerSettings
from broadsheet_schemas import EnrichedDocument
from broadsheet_schemas.errors import ErrorCode
from unit.segmenter.pages import SEEN_AT, sample


def record(value: bytes) -> Record:
    return Record("documents.segmented", 0, 0, 0, b"page", value)


def test_a_record_becomes_the_event_and_what_to_count() -> None:
    segmented = segment(sample("council-vote.html"))
    product = stage(TaggerSettings()).transform(record(segmented.model_dump_json().encode()))

    event = EnrichedDocument.model_validate_json(product.data)
    assert product.document_id == event.document_id == "page"
    assert product.received_at_ms == SEEN_AT.timestamp() * 1000
    assert product.counts == {
        "bytes": len(segmented.text.encode()),
        "entities": len(event.entities),
        "mentions": sum(len(entity.mentions) for entity in event.entities),
    }
    assert product.labels == {"content_type": "text/html", "language": "en", "coverage": "full"}


def test_the_stage_names_its_model() -> None:
    assert stage(TaggerSettings()).model == describe_model()
    assert describe_model().sha256 == load_model().producer.sha256


def test_a_damaged_model_is_said_before_the_stage_starts(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"damaged")
    (tmp_path / "SHA256SUMS").write_text("0" * 64 + f"  {FILE}\n")
    with pytest.raises(OperatorError, match="SHA256SUMS beside it does not name") as raised:
        describe_model(tmp_path)
    assert raised.value.code is ErrorCode.MODEL_UNUSABLE


def test_a_record_that_is_no_segmented_document_is_a_dead_letter() -> None:
    with pytest.raises(DocumentError, match="document_id: Field required"):
        stage(TaggerSettings()).transform(record(b"{}"))
