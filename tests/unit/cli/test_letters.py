"""Choosing and showing dead letters."""

import base64
import sys
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import orjson
import pytest

from broadsheet.cli.console import json_line
from broadsheet.cli.letter_views import SHOWN_COLUMNS, group_rows, letter_as_json, print_letter
from broadsheet.cli.letters import Choice, is_replay_marker, is_replayed
from broadsheet.runtime.deadletters import DeadLetter, dead_letter_headers, parse_dead_letter, replay_mark
from broadsheet.runtime.records import Record
from broadsheet_schemas.errors import ErrorCode
from unit.cli.test_console import Terminal

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


def dead_letter(
    code: ErrorCode = ErrorCode.EMPTY_PAGE, stage: str = "intake", minute: int = 0, offset: int = 0
) -> Record:
    source = Record("documents.raw", 0, 9, 0, b"bridge", b"\x1b[2Jfirst\nsecond\nthird", (("url", b"\x9b1m"),))
    headers = dead_letter_headers(
        source, stage=stage, error_class="DocumentError", code=code, message="none", attempts=1, now=NOON
    )
    at = round((NOON + timedelta(minutes=minute)).timestamp() * 1000)
    return Record("documents.dead-letter", 1, offset, at, source.key, source.value, headers)


async def pairs(records: Sequence[Record]) -> AsyncIterator[tuple[Record, DeadLetter]]:
    for record in records:
        yield record, parse_dead_letter(record)


async def test_dead_letters_are_grouped_by_stage_and_code_with_the_latest_as_example() -> None:
    records = [
        dead_letter(minute=5, offset=1),
        dead_letter(minute=9, offset=2),
        dead_letter(minute=7, offset=3),
        dead_letter(ErrorCode.BUG, "tagger", offset=4),
    ]
    rows = await group_rows(pairs(records), lambda record: record.offset == 2)
    assert rows == [
        {
            "stage": "intake",
            "code": "empty_page",
            "count": 3,
            "replayed": 1,
            "first": NOON + timedelta(minutes=5),
            "last": NOON + timedelta(minutes=9),
            "example": "1:2",
            "document": "bridge",
        },
        {
            "stage": "tagger",
            "code": "bug",
            "count": 1,
            "replayed": 0,
            "first": NOON,
            "last": NOON,
            "example": "1:4",
            "document": "bridge",
        },
    ]


@pytest.mark.parametrize(
    ("choice", "taken"),
    [
        (Choice(), True),
        (Choice(code="empty_page", stage="intake", document="bridge", since=NOON), True),
        (Choice(code="bug"), False),
        (Choice(stage="tagger"), False),
        (Choice(document="ferry"), False),
        (Choice(since=NOON + timedelta(seconds=1)), False),
        (Choice(until=NOON + timedelta(seconds=1), positions=frozenset({"1:0", "1:7"})), True),
        (Choice(until=NOON), False),
        (Choice(positions=frozenset({"0:1"})), False),
    ],
)
def test_all_conditions_of_a_choice_must_hold(*, choice: Choice, taken: bool) -> None:
    assert choice.takes(parse_dead_letter(dead_letter())) is taken


def test_a_replay_marker_is_told_from_a_dead_letter_and_from_a_tombstone() -> None:
    letter = dead_letter(offset=6)
    marker = Record("documents.dead-letter", 1, 7, 0, b"bridge", None, (("broadsheet-replayed", replay_mark(letter)),))
    assert is_replay_marker(marker)
    assert not is_replay_marker(replace(marker, headers=()))
    failed_tombstone = replace(letter, value=None, headers=(*letter.headers, ("broadsheet-replayed", b"x")))
    assert not is_replay_marker(failed_tombstone)
    assert is_replayed(letter, {"documents.dead-letter/1/6"})
    assert not is_replayed(letter, {"documents.dead-letter/1/5"})


def test_as_json_a_dead_letter_is_whole() -> None:
    shown = orjson.loads(json_line(letter_as_json(parse_dead_letter(dead_letter()))))
    assert base64.b64decode(shown["value"]) == b"\x1b[2Jfirst\nsecond\nthird"
    assert (shown["id"], shown["topic"], shown["offset"], shown["headers"]) == (
        "1:0",
        "documents.raw",
        9,
        {"url": "\\x9b1m"},
    )


def test_on_a_terminal_it_shows_the_error_what_to_do_and_the_first_lines_harmlessly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", "200")
    print_letter(parse_dead_letter(dead_letter()), 2)
    shown = terminal.getvalue()
    assert "\x1b" not in shown
    assert "[2Jfirst\nsecond\n" in shown
    assert "third" not in shown
    assert "Publish the page again once it has text" in shown
    assert "empty_page" in shown


@pytest.mark.parametrize(
    "value",
    [
        b"first\nsecond\nthird",
        orjson.dumps({"url": "u", "content": "first\nsecond\nthird"}),
        orjson.dumps({"specversion": "1.0", "data": {"content": "first\nsecond\nthird"}}),
        orjson.dumps({"document_id": "a", "text": "first\nsecond\nthird"}),
    ],
)
def test_the_first_lines_are_those_of_the_page_wherever_the_record_carries_it(
    value: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert screen_of(replace(dead_letter(), value=value), monkeypatch)[-2:] == ["first", "second"]


@pytest.mark.parametrize("value", [b'{"content": 7}', b"{", b"{}", b"[1]", b"", b"\xff\xfe"])
def test_what_carries_no_page_is_shown_as_it_stands(value: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = screen_of(replace(dead_letter(), value=value), monkeypatch)
    assert shown[-1] == value.decode(errors="replace")


def test_a_line_that_would_fill_the_screen_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = screen_of(replace(dead_letter(), value=b"x" * 100_000), monkeypatch)
    assert shown[-1] == "x" * (SHOWN_COLUMNS - 1) + "…"


def screen_of(record: Record, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("TERM", "dumb")
    print_letter(parse_dead_letter(record), 2)
    return terminal.getvalue().splitlines()


def test_a_code_of_another_release_can_be_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    print_letter(replace(parse_dead_letter(dead_letter()), code="too_boring"), 0)
    assert "too_boring" in terminal.getvalue()
