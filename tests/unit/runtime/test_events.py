from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.runtime.errors import DocumentError
from broadsheet.runtime.events import carried_trace, event_headers, event_id, read_event
from broadsheet.runtime.records import Record
from broadsheet_schemas.errors import ErrorCode
from broadsheet_schemas.receipt import IndexReceipt
from broadsheet_schemas.topics import ACCEPTED, DEAD_LETTER, INDEXED, SEGMENTED

NOW = datetime(2026, 1, 31, 8, 30, tzinfo=UTC)
HEADERS = st.lists(st.tuples(st.text(max_size=5), st.binary(max_size=5)), max_size=3).map(tuple)
RECEIPT = b'{"document_id":"a","revision":"%s","index":"i","action":"created","indexed_at":"2026-01-31T08:30:00Z"}' % (
    b"0" * 64
)


def record(offset: int = 0, value: bytes | None = b"{}", headers: tuple[tuple[str, bytes], ...] = ()) -> Record:
    return Record("documents.raw", 0, offset, 0, None, value, headers)


@given(value=st.binary(max_size=20), headers=HEADERS)
def test_the_same_input_gives_the_same_id_at_any_offset(value: bytes, headers: tuple[tuple[str, bytes], ...]) -> None:
    first = event_id("t", record(1, value, headers))

    assert first == event_id("t", record(2, value, headers))
    assert first != event_id("other", record(1, value, headers))
    assert first != event_id("t", record(1, value + b"x", headers))


def test_a_replayed_record_gives_the_same_id() -> None:
    replayed = record(headers=(("url", b"u"), ("broadsheet-error-attempts", b"1"), ("broadsheet-replayed", b"x:0:1")))
    assert event_id("t", record(headers=(("url", b"u"),))) == event_id("t", replayed)


def test_what_is_sent_again_in_another_trace_gives_the_same_id() -> None:
    one, two = (
        record(headers=(("url", b"u"), ("Traceparent", value), ("tracestate", value))) for value in (b"1", b"2")
    )
    assert event_id("t", one) == event_id("t", two) == event_id("t", record(headers=(("url", b"u"),)))


def test_parts_of_a_record_cannot_run_into_each_other() -> None:
    one = Record("t", 0, 0, 0, b"ab", b"c")
    two = Record("t", 0, 0, 0, b"a", b"bc")
    assert event_id("t", one) != event_id("t", two)


def test_a_repeated_event_is_recognised_by_its_own_id() -> None:
    one = record(value=b"1", headers=(("ce_id", b"x"), ("ce_source", b"s"), ("traceparent", b"1")))
    two = record(value=b"1", headers=(("ce_id", b"x"), ("ce_source", b"s"), ("traceparent", b"2")))
    other = record(value=b"1", headers=(("ce_id", b"x"), ("ce_source", b"other")))
    assert event_id("t", one) == event_id("t", two) != event_id("t", other)


def test_headers_are_a_cloudevent_and_carry_the_trace() -> None:
    cause = record(headers=(("traceparent", b"00-5-6-01"), ("url", b"not carried")))

    headers = dict(
        event_headers(ACCEPTED, "urn:broadsheet:intake", "bridge", cause, NOW, trace=(("traceparent", b"00-1-2-01"),))
    )

    assert headers == {
        "ce_specversion": b"1.0",
        "ce_id": event_id(ACCEPTED.event_type or "", cause).encode(),
        "ce_type": b"broadsheet.document.accepted.v1",
        "ce_source": b"urn:broadsheet:intake",
        "ce_time": b"2026-01-31T08:30:00Z",
        "ce_subject": b"bridge",
        "content-type": b"application/json",
        "traceparent": b"00-1-2-01",
    }


def test_a_trace_that_came_elsewhere_is_carried_where_the_headers_have_none() -> None:
    trace = (("traceparent", b"00-3-4-01"),)

    for headers, carried in (((), b"00-3-4-01"), ((("Traceparent", b"00-1-2-01"),), b"00-1-2-01")):
        assert [value for _, value in carried_trace(record(headers=headers), trace)] == [carried]


def test_a_topic_without_events_takes_none() -> None:
    with pytest.raises(ValueError, match="carries no events"):
        event_headers(DEAD_LETTER, "s", "d", record(), NOW)


def test_an_event_is_read_with_and_without_its_type() -> None:
    for headers in ((), (("ce_type", b"broadsheet.document.indexed.v1"),)):
        assert read_event(record(value=RECEIPT, headers=headers), INDEXED, IndexReceipt).document_id == "a"


def test_another_type_is_refused() -> None:
    with pytest.raises(DocumentError) as caught:
        read_event(record(headers=(("ce_type", b"broadsheet.document.segmented.v2"),)), SEGMENTED, IndexReceipt)
    assert caught.value.code is ErrorCode.UNSUPPORTED_EVENT
    assert "segmented.v2" in caught.value.message


@pytest.mark.parametrize("value", [None, b"", b"{", b"[]", b"{}", b"\xff", b'{"document_id": 1}'])
def test_what_is_not_the_event_is_refused_naming_the_field(value: bytes | None) -> None:
    with pytest.raises(DocumentError) as caught:
        read_event(record(value=value), INDEXED, IndexReceipt)
    assert caught.value.code is ErrorCode.INVALID_EVENT


def test_the_message_names_the_field_and_not_its_value() -> None:
    value = RECEIPT.replace(b'"created"', b'"secret"')
    with pytest.raises(DocumentError, match="action") as caught:
        read_event(record(value=value), INDEXED, IndexReceipt)
    assert "secret" not in caught.value.message


def test_ids_stay_as_released() -> None:
    bare = Record("documents.raw", 0, 0, 0, b"key", b"page", (("url", b"https://news.example"),))
    event = record(headers=(("ce_id", b"1"), ("ce_source", b"urn:broadsheet:intake")))
    assert event_id("broadsheet.document.accepted.v1", bare) == "7d4fb4c3-287d-55d7-9dac-1f26f6b97e3c"
    assert event_id("broadsheet.document.segmented.v1", event) == "685c8f6b-d60e-58fb-bbb0-b86afb46642c"
