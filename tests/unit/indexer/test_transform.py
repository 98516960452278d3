from dataclasses import replace

import orjson
import pytest

from broadsheet.indexer.transform import Draft, draft_of, index_record
from broadsheet.runtime.errors import DocumentError
from broadsheet_schemas.errors import ErrorCode
from unit.indexer.pages import at, page, product, record


def test_a_draft_survives_the_way_from_the_worker() -> None:
    draft = draft_of(page(fetched_at=at(1), body="Two\nlines and a \u2028 separator"))
    assert Draft.read(draft.write()) == draft


def test_the_source_is_one_line_as_bulk_requests_need_it() -> None:
    draft = draft_of(page(body="Two\nlines\r\n"))
    assert b"\n" not in draft.source
    assert orjson.loads(draft.source)["body"] == {"en": "Two\nlines\r\n"}


def test_a_product_counts_what_is_indexed() -> None:
    made = product(page(received_at=at(1)))
    assert made.document_id == "bridge"
    assert made.received_at_ms == 1769860860000
    assert made.counts == {"bytes": len(Draft.read(made.data).source), "teasers": 1}


@pytest.mark.parametrize("value", [None, b"", b"{}", b'{"document_id": "\\ud800"}'])
def test_what_is_no_enriched_document_is_a_dead_letter(value: bytes | None) -> None:
    with pytest.raises(DocumentError) as caught:
        index_record(replace(record(page()), value=value))
    assert caught.value.code is ErrorCode.INVALID_EVENT


def test_a_lone_surrogate_is_a_dead_letter() -> None:
    value = record(page(body="Unmistakable")).value or b""
    with pytest.raises(DocumentError) as caught:
        index_record(replace(record(page()), value=value.replace(b"Unmistakable", b"\\ud800")))
    assert caught.value.code is ErrorCode.INVALID_EVENT
