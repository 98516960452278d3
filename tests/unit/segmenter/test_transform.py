"""The stage as the runtime calls it."""

from typing import Any

import pytest

from broadsheet.runtime.errors import DocumentError
from broadsheet.runtime.metrics import Metrics
from broadsheet.runtime.records import Record
from broadsheet.segmenter import transform
from broadsheet.segmenter.app import stage
from broadsheet.segmenter.segment import segment
from broadsheet.segmenter.settings import SegmenterSettings
from broadsheet_schemas import SegmentedDocument
from unit.segmenter.pages import SEEN_AT, sample


def record(value: bytes) -> Record:
    return Record("documents.accepted", 0, 0, 0, b"page", value)


def test_a_record_becomes_the_event_and_what_to_count() -> None:
    document = sample("flood-defences.html")
    product = stage(SegmenterSettings()).transform(record(document.model_dump_json().encode()))

    event = SegmentedDocument.model_validate_json(product.data)
    assert product.document_id == event.document_id == "page"
    assert product.received_at_ms == SEEN_AT.timestamp() * 1000
    assert product.counts == {
        "bytes": len(document.content.encode()),
        "teasers": 4,
        "blocks": 13,
        "body_characters": sum(len(block.text) for block in event.body),
        "confidence": event.confidence,
    }
    assert product.labels == {"content_type": "text/html", "language": "en"}


@pytest.mark.parametrize(
    ("told", "counted", "labelled"),
    [
        ({"confidence": None, "no_article": None}, {}, {}),
        ({"confidence": 0.0, "no_article": "home_page"}, {"confidence": 0.0}, {"no_article": "home_page"}),
    ],
)
def test_confidence_and_reason_are_counted_where_they_are_told(
    monkeypatch: pytest.MonkeyPatch, told: dict[str, Any], counted: dict[str, float], labelled: dict[str, str]
) -> None:
    document = sample("seilbahn.txt")
    segmented = segment(document).model_copy(update=told)
    monkeypatch.setattr(transform, "segment", lambda _: segmented)
    product = transform.segment_record(record(document.model_dump_json().encode()))

    assert {name: count for name, count in product.counts.items() if name == "confidence"} == counted
    assert {name: label for name, label in product.labels.items() if name == "no_article"} == labelled
    Metrics("segmenter").observe(product)


def test_a_page_without_a_body_has_no_length_of_one() -> None:
    document = sample("seilbahn.txt").model_copy(update={"content": "Home\nNews\nSport\n"})
    product = transform.segment_record(record(document.model_dump_json().encode()))

    assert product.counts["blocks"] == 0
    assert "body_characters" not in product.counts


def test_a_record_that_is_no_accepted_document_is_a_dead_letter() -> None:
    with pytest.raises(DocumentError, match="document_id: Field required"):
        stage(SegmenterSettings()).transform(record(b"{}"))


def test_warming_up_is_done_in_a_fresh_process() -> None:
    warm_up = stage(SegmenterSettings()).warm_up
    assert warm_up is not None
    warm_up()
