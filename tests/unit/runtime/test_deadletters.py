"""Dead letters keep the record whole, tell the error, and can be sent again without losing count."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.runtime.deadletters import (
    MAX_MESSAGE_CHARACTERS,
    dead_letter_headers,
    parse_dead_letter,
    replay_record,
    without_error_headers,
)
from broadsheet.runtime.errors import DocumentError
from broadsheet.runtime.records import Headers, Record
from broadsheet_schemas import headers as names
from broadsheet_schemas.errors import ErrorCode

NOW = datetime(2026, 1, 31, 8, 30, 0, 250_000, tzinfo=UTC)

RECORD = Record(
    topic="eu.documents.raw",
    partition=3,
    offset=41,
    timestamp_ms=1_769_848_200_000,
    key=b"bridge",
    value=b"\xff\x00page",
    headers=(("url", b"https://news.example/bridge"), ("url", b"twice"), ("broken", b"\xff")),
)

header_names = st.text(max_size=20).filter(lambda name: not name.lower().startswith(names.ERROR_PREFIX))
records = st.builds(
    Record,
    topic=st.sampled_from(["documents.raw", "eu.documents.enriched"]),
    partition=st.integers(0, 10_000),
    offset=st.integers(0, 10**17),
    timestamp_ms=st.integers(-1, 10**13),
    key=st.none() | st.binary(max_size=40),
    value=st.none() | st.binary(max_size=40),
    headers=st.lists(st.tuples(header_names, st.binary(max_size=20)), max_size=5).map(tuple),
)


def headers_of(record: Record, *, attempts: int = 1, message: str = "no text", now: datetime = NOW) -> Headers:
    return dead_letter_headers(
        record,
        stage="intake",
        error_class="DocumentError",
        code=ErrorCode.EMPTY_PAGE,
        message=message,
        attempts=attempts,
        now=now,
    )


def dead_letter(record: Record, *, attempts: int = 1, message: str = "no text", now: datetime = NOW) -> Record:
    """Give the record that the runtime would write for `record`, as it is read back."""
    headers = headers_of(record, attempts=attempts, message=message, now=now)
    return Record("eu.documents.dead-letter", 5, 77, 1_769_848_201_000, record.key, record.value, headers)


@settings(deadline=None)
@given(record=records, attempts=st.integers(1, 1000), message=st.text(max_size=2 * MAX_MESSAGE_CHARACTERS))
def test_a_dead_letter_gives_back_the_record_as_it_came(record: Record, attempts: int, message: str) -> None:
    letter = parse_dead_letter(dead_letter(record, attempts=attempts, message=message))
    assert letter.record == record
    assert (letter.stage, letter.error_class, letter.code) == ("intake", "DocumentError", "empty_page")
    assert letter.attempts == attempts
    assert letter.first_failed_at == NOW
    assert letter.position == "5:77"
    assert len(letter.message) <= MAX_MESSAGE_CHARACTERS
    assert letter.message.isprintable()


def test_the_message_loses_what_a_terminal_obeys_and_keeps_its_words() -> None:
    letter = parse_dead_letter(dead_letter(RECORD, message="field\x1b[2J \u202eurl:\nnot a \ud800 URL é"))
    assert letter.message == "field [2J  url: not a   URL é"


def test_a_replayed_record_goes_on_counting_and_keeps_its_first_failure() -> None:
    first = dead_letter(RECORD, attempts=2)
    topic, key, value, headers = replay_record(first)
    assert topic == "eu.documents.raw"
    assert (key, value) == (RECORD.key, RECORD.value)

    replayed = replace(RECORD, offset=90, headers=headers)
    again = parse_dead_letter(dead_letter(replayed, attempts=3, message="still none", now=NOW + timedelta(days=1)))
    assert again.attempts == 5
    assert again.first_failed_at == NOW
    assert again.message == "still none"
    assert again.record.offset == 90


def test_a_replay_sends_the_headers_as_they_came_and_says_where_it_came_from() -> None:
    headers = replay_record(dead_letter(RECORD, attempts=2))[3]
    assert headers[: len(RECORD.headers)] == RECORD.headers
    assert dict(headers[len(RECORD.headers) :]) == {
        names.ERROR_ATTEMPTS: b"2",
        names.ERROR_FIRST_FAILED_AT: b"2026-01-31T08:30:00.250000Z",
        names.REPLAYED: b"eu.documents.dead-letter/5/77",
    }


def test_a_second_replay_names_the_second_dead_letter_alone() -> None:
    replayed = replace(RECORD, headers=replay_record(dead_letter(RECORD))[3])
    second = replace(dead_letter(replayed), offset=78)
    marks = [value for name, value in replay_record(second)[3] if name == names.REPLAYED]
    assert marks == [b"eu.documents.dead-letter/5/78"]


@pytest.mark.parametrize("topic", ["payments", "us.documents.raw", "documents.raw", "eu.documents.dead-letter"])
def test_a_header_cannot_send_a_record_to_a_topic_that_is_not_ours(topic: str) -> None:
    with pytest.raises(DocumentError, match="not one of ours") as caught:
        replay_record(dead_letter(replace(RECORD, topic=topic)))
    assert caught.value.code is ErrorCode.INVALID_EVENT


@pytest.mark.parametrize("attempts", [b"many", b"", b"\xff", b"9" * 5000])
def test_error_headers_that_a_publisher_made_up_do_not_stop_the_count(attempts: bytes) -> None:
    forged = replace(RECORD, headers=((names.ERROR_ATTEMPTS, attempts), (names.ERROR_FIRST_FAILED_AT, b"once")))
    letter = parse_dead_letter(dead_letter(forged))
    assert (letter.attempts, letter.first_failed_at) == (1, NOW)


@pytest.mark.parametrize("name", [names.ERROR_CODE, names.ERROR_OFFSET, names.ERROR_FIRST_FAILED_AT])
def test_a_foreign_record_is_no_dead_letter(name: str) -> None:
    record = dead_letter(RECORD)
    without = replace(record, headers=tuple(header for header in record.headers if header[0] != name))
    with pytest.raises(DocumentError, match=name):
        parse_dead_letter(without)


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (replace(RECORD, headers=((names.CE_SUBJECT, b"subject"),)), "subject"),
        (replace(RECORD, headers=((names.DOCUMENT_ID, b"header"),)), "header"),
        (replace(RECORD, value=b'{"document_id": "inside", "content": 1}'), "inside"),
        (replace(RECORD, value=b'{"document_id": 7}'), "bridge"),
        (replace(RECORD, value=b"{broken"), "bridge"),
        (replace(RECORD, key=None), None),
    ],
)
def test_the_document_is_named_as_far_as_the_record_tells(record: Record, expected: str | None) -> None:
    assert parse_dead_letter(dead_letter(record)).document_id == expected


def test_error_headers_are_known_in_any_case() -> None:
    assert without_error_headers([("Broadsheet-Error-Code", b"x"), ("broadsheet-replayed", b"y")]) == (
        ("broadsheet-replayed", b"y"),
    )
