from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.runtime.metrics import Metrics
from broadsheet.runtime.products import product_of
from broadsheet_schemas import AcceptedDocument
from broadsheet_schemas.accepted import Language


def document(code: str = "en", received_at_ms: int = 0) -> AcceptedDocument:
    return AcceptedDocument(
        document_id="bridge",
        revision="0" * 64,
        content="The bridge is open.",
        content_type="text/html",
        language=Language(code=code, confidence=1.0),
        received_at=datetime.fromtimestamp(received_at_ms / 1000, UTC),
    )


def test_the_product_is_the_document_and_what_to_count() -> None:
    product = product_of(document(), {"bytes": 19}, trace=(("traceparent", b"00-1-2-01"),))

    assert AcceptedDocument.model_validate_json(product.data) == document()
    assert product.document_id == "bridge"
    assert product.counts == {"bytes": 19}
    assert product.labels == {"content_type": "text/html", "language": "en"}
    assert product.trace == (("traceparent", b"00-1-2-01"),)
    Metrics("intake").observe(product)


def test_a_stage_may_count_by_more_labels() -> None:
    product = product_of(document(), {"confidence": 0.5}, labels={"no_article": "home_page"})

    assert product.labels == {"content_type": "text/html", "language": "en", "no_article": "home_page"}
    Metrics("segmenter").observe(product)


@given(st.integers(0, 4_102_444_800_000))
def test_the_time_of_publishing_is_kept_to_the_millisecond(received_at_ms: int) -> None:
    assert product_of(document(received_at_ms=received_at_ms), {}).received_at_ms == received_at_ms


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("en", "en"),
        ("und", "und"),
        ("zxx", "other"),
        ("en-GB", "other"),
        ("qq", "other"),
        ("EN", "other"),
        ("en\n", "other"),
        ("", "other"),
    ],
)
def test_languages_are_counted_by_a_bounded_label(code: str, label: str) -> None:
    metrics = Metrics("intake")
    metrics.observe(product_of(document(code), {}))
    labels = {"stage": "intake", "language": label}
    assert metrics.registry.get_sample_value("broadsheet_documents_by_language_total", labels) == 1
