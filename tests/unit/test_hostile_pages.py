"""Whatever the bytes, the four pure functions give a product or a DocumentError, and nothing else."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from broadsheet.indexer.transform import index_record
from broadsheet.intake.acceptance import accept_record
from broadsheet.runtime.errors import DocumentError
from broadsheet.runtime.events import event_headers
from broadsheet.runtime.records import Headers, Record
from broadsheet.runtime.stage import Product
from broadsheet.segmenter.transform import segment_record
from broadsheet.tagger.transform import tag_record
from broadsheet_schemas.topics import ACCEPTED, ENRICHED, MAX_PAGE_BYTES, RAW, SEGMENTED, Topic
from faults.hostile_texts import PARAGRAPH, PUMPS
from faults.poison_pages import KINDS, Poison, poison

NOW = datetime(2026, 1, 31, 8, 30, tzinfo=UTC)
PUBLISHED_MS = 1_767_000_000_000
PUMPED_CHARACTERS = 2000
CONTENT_TYPES = (None, b"text/plain", b"text/html", b"application/json", b"application/cloudevents+json")


def accept(record: Record) -> Product:
    return accept_record(record, max_page_bytes=MAX_PAGE_BYTES)


ROAD: tuple[tuple[Callable[[Record], Product], Topic], ...] = (
    (accept, ACCEPTED),
    (segment_record, SEGMENTED),
    (tag_record, ENRICHED),
    (index_record, ENRICHED),
)


def raw(value: bytes, headers: Headers = (), key: bytes | None = None) -> Record:
    return Record(RAW.name, 0, 0, PUBLISHED_MS, key, value, headers)


def travel(record: Record) -> str:
    """Take a record through all stages; gives the code that ended it, or `indexed`. Any other error is raised."""
    for transform, topic in ROAD:
        try:
            product = transform(record)
        except DocumentError as error:
            return error.code
        headers = event_headers(topic, "urn:test", product.document_id, record, NOW, trace=product.trace)
        record = Record(topic.name, 0, 0, PUBLISHED_MS, product.document_id.encode(), product.data, headers)
    return "indexed"


@pytest.mark.parametrize(
    "page", list(poison(2 * KINDS, seed=5, huge=0)), ids=lambda page: f"{page.document_id}: {page.kind}"
)
def test_a_hostile_page_is_indexed_or_refused(page: Poison) -> None:
    assert travel(raw(page.value, page.headers, page.key))


@pytest.mark.parametrize("pump", PUMPS, ids=repr)
def test_what_the_patterns_look_for_may_be_repeated_without_end(pump: str) -> None:
    repeated = pump * (PUMPED_CHARACTERS // len(pump))
    page = f"{PARAGRAPH}\n{repeated}\x01\n{PARAGRAPH}"
    assert travel(raw(page.encode(), (("content-type", b"text/plain"),))) == "indexed"


@settings(max_examples=150)
@given(
    value=st.binary(max_size=500) | st.text(max_size=300).map(lambda text: text.encode()),
    content_type=st.sampled_from(CONTENT_TYPES),
    names=st.lists(st.tuples(st.sampled_from(("url", "document-id", "fetched-at", "ce_id")), st.binary(max_size=50))),
)
@example(value=b'{"content":"\\ud800"}', content_type=b"application/json", names=[])
@example(value=b"\x00", content_type=None, names=[("document-id", b"\xff")])
def test_any_bytes_are_indexed_or_refused(
    value: bytes, content_type: bytes | None, names: list[tuple[str, bytes]]
) -> None:
    headers = (*names, *((("content-type", content_type),) if content_type else ()))
    assert travel(raw(value, headers))


@settings(max_examples=50)
@given(value=st.binary(max_size=300) | st.none(), place=st.sampled_from((1, 2, 3)))
@example(value=b"[" * 100_000, place=1)
def test_no_bytes_between_two_stages_are_a_bug(value: bytes | None, place: int) -> None:
    before = ROAD[place - 1][1]
    headers = event_headers(before, "urn:test", "a", raw(b""), NOW)
    with pytest.raises(DocumentError):
        ROAD[place][0](Record(before.name, 0, 0, PUBLISHED_MS, b"a", value, headers))
