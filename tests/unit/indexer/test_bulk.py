from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.indexer.batch import Plan, Stored, plan
from broadsheet.indexer.bulk import (
    answers,
    joined,
    lines,
    merge_lines,
    read_failures,
    request_bytes,
    requests,
    stored,
)
from broadsheet.indexer.client import REASON_CHARACTERS
from broadsheet.indexer.sightings import sightings
from broadsheet.indexer.teaser_groups import grouped
from broadsheet.indexer.transform import draft_of
from broadsheet_schemas.enriched import EnrichedDocument
from unit.indexer.pages import at, page


def planned(document: EnrichedDocument, *, existing: EnrichedDocument | None = None) -> Plan:
    held = Stored(draft_of(existing).version, "v1", seq_no=7, primary_term=2) if existing else None
    return plan(held, {0: draft_of(document)})


def read(body: bytes) -> list[Any]:
    assert body.endswith(b"\n")
    return [orjson.loads(line) for line in body.splitlines()]


def test_the_first_write_of_a_document_fails_if_another_was_first() -> None:
    head, source = read(lines(planned(page())))
    assert head == {"create": {"_id": "bridge"}}
    assert source["document_id"] == "bridge"


def test_a_later_write_names_the_state_that_it_was_decided_on() -> None:
    head, source = read(lines(planned(page(body="New.", fetched_at=at(5)), existing=page())))
    assert head == {"index": {"_id": "bridge", "if_seq_no": 7, "if_primary_term": 2}}
    assert source["body"] == {"en": "New."}


def test_a_page_seen_again_sends_its_version_alone() -> None:
    head, change = read(lines(planned(page(fetched_at=at(5)), existing=page())))
    assert head == {"update": {"_id": "bridge", "if_seq_no": 7, "if_primary_term": 2}}
    assert change["doc"] == {
        "fetched_at": "2026-01-31T12:05:00+00:00",
        "received_at": "2026-01-31T12:00:00+00:00",
        "version": {"order": 1769861100000, "received": 1769860800000},
    }


@given(st.lists(st.integers(0, 3000), max_size=12), st.integers(1024, 6000))
def test_requests_stay_under_their_size_in_order_with_nothing_lost(sizes: list[int], limit: int) -> None:
    plans = [planned(page(str(number), body="x" * size)) for number, size in enumerate(sizes)]
    made = list(requests([(plan, lines(plan)) for plan in plans], limit, 3))
    assert [plan for request in made for plan, _ in request] == plans
    assert all(len(request) == 1 or len(joined(request)) <= limit for request in made)
    assert all(len(request) <= 3 for request in made)


def test_a_batch_is_shared_evenly_but_not_into_crumbs_and_never_over_the_limit() -> None:
    assert request_bytes(6_000_001, 2, 8_000_000) == 3_000_001
    assert request_bytes(60_000_000, 2, 8_000_000) == 8_000_000
    assert request_bytes(300_000, 4, 8_000_000) == 256 * 1024
    assert request_bytes(6_000_000, 2, 1024) == 1024


@pytest.mark.parametrize(
    ("status", "kind", "ending"),
    [
        (400, "mapper_parsing_exception", "refused"),
        (413, "too_large", "refused"),
        (400, "index_closed_exception", "busy"),
        (403, "cluster_block_exception", "busy"),
        (404, "document_missing_exception", "busy"),
        (404, "index_not_found_exception", "missing"),
        (409, "version_conflict_engine_exception", "busy"),
        (429, "rejected_execution_exception", "busy"),
        (500, "null_pointer_exception", "busy"),
        (503, "unavailable_shards_exception", "busy"),
    ],
)
def test_only_what_is_about_the_document_is_final(status: int, kind: str, ending: str) -> None:
    item = {"index": {"status": status, "error": {"type": kind, "reason": "why"}}}
    (answer,) = answers({"items": [item]})
    assert (answer.ending, answer.why) == (ending, f"{kind}: why")


def test_a_script_that_is_not_there_is_missing() -> None:
    error = {"type": "illegal_argument_exception", "caused_by": {"type": "resource_not_found_exception"}}
    (answer,) = answers({"items": [{"update": {"status": 400, "error": error}}]})
    assert answer.ending == "missing"


def test_a_merge_carries_the_pages_and_makes_the_entry() -> None:
    (group,) = grouped([sightings(page("a")), sightings(page("b"))])
    head, change = read(merge_lines(group, "merge"))
    assert head == {"update": {"_id": group.key, "retry_on_conflict": 10}}
    assert (change["scripted_upsert"], change["upsert"], change["script"]["id"]) == (True, {}, "merge")
    assert len(change["script"]["params"]["pages"]) == 2


def test_an_acknowledged_write_names_its_index() -> None:
    (answer,) = answers({"items": [{"create": {"status": 201, "_index": "v1"}}]})
    assert (answer.ending, answer.index) == ("done", "v1")


def test_a_reason_names_the_field_and_quotes_no_text_of_the_page() -> None:
    error = {
        "type": "mapper_parsing_exception",
        "reason": "failed to parse field [url] of type [date] in document with id '1'. "
        "Preview of field's value: 'SECRET WORDS'",
        "caused_by": {"type": "illegal_argument_exception", "reason": "SECRET WORDS"},
    }
    (answer,) = answers({"items": [{"index": {"status": 400, "error": error}}]})
    assert "[url]" in answer.why
    assert "illegal_argument_exception" in answer.why
    assert "SECRET" not in answer.why


def test_a_long_reason_is_cut() -> None:
    error = {"type": "x", "reason": "y" * 10_000}
    (answer,) = answers({"items": [{"index": {"status": 400, "error": error}}]})
    assert len(answer.why) == REASON_CHARACTERS


def test_a_multi_get_gives_what_is_there() -> None:
    version = {"order": 1, "received": 2, "fingerprint": "f"}
    found = {"_id": "a", "_index": "v1", "_seq_no": 3, "_primary_term": 4, "found": True}
    response = {"docs": [found | {"_source": {"revision": "r", "version": version}}, {"_id": "b", "found": False}]}
    (held,) = stored(response).values()
    assert (held.index, held.seq_no, held.primary_term, held.version.rank) == ("v1", 3, 4, (1, 2, "r"))
    assert read_failures(response) == []


def test_a_multi_get_without_its_index_says_so() -> None:
    response = {"docs": [{"_id": "a", "error": {"type": "index_not_found_exception", "reason": "no such index"}}]}
    assert [failure.ending for failure in read_failures(response)] == ["missing"]
