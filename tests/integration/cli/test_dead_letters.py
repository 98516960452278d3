"""`dead-letters` on a real broker: found, shown, sent back once, and counted on when they fail again."""

import asyncio
import base64
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from broadsheet.runtime.deadletters import dead_letter_headers
from broadsheet.runtime.publishing import OutputRecord
from broadsheet.runtime.records import Record
from broadsheet.runtime.settings import KafkaSettings
from broadsheet_schemas.errors import ErrorCode
from integration.cli.conftest import Command, send

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("topics")]

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


def failed(settings: KafkaSettings, key: str, *, stage: str = "intake") -> Record:
    """Give a record that failed, with the prefix of the installation."""
    topic = {"intake": "documents.raw", "tagger": "documents.segmented"}[stage]
    value = f"page of {key}".encode()
    return Record(
        settings.topic_prefix + topic, 0, 5, 1000, key.encode(), value, (("url", b"u"), ("stage", stage.encode()))
    )


def letter(record: Record, *, stage: str = "intake", code: ErrorCode = ErrorCode.EMPTY_PAGE) -> OutputRecord:
    """Give the dead letter that the runtime writes for it."""
    headers = dead_letter_headers(
        record, stage=stage, error_class="DocumentError", code=code, message="no text", attempts=2, now=NOON
    )
    return OutputRecord("documents.dead-letter", record.key, record.value, headers)


@pytest.fixture
def letters(kafka_settings: KafkaSettings, topics: None) -> None:  # noqa: ARG001 - they must be there first
    """Three dead letters, of two stages, and a record on their topic that is none."""
    records = [
        letter(failed(kafka_settings, "one")),
        letter(failed(kafka_settings, "two")),
        letter(failed(kafka_settings, "three", stage="tagger"), stage="tagger", code=ErrorCode.BUG),
        OutputRecord("documents.dead-letter", b"x", b"somebody else's", ()),
    ]
    asyncio.run(send(kafka_settings, records))


def groups(command: Command, *options: str) -> dict[str, tuple[int, int]]:
    """Give count and replayed by code."""
    lines = command("dead-letters", "list", *options).lines
    return {line["code"]: (line["count"], line["replayed"]) for line in lines}


def replayed_ids(command: Command, *options: str) -> list[str]:
    shown = command("dead-letters", "replay", "--yes", *options)
    assert shown.status == 0
    return sorted(line["document"] for line in shown.lines)


@pytest.mark.usefixtures("letters")
def test_they_are_grouped_and_chosen(command: Command) -> None:
    assert groups(command) == {"empty_page": (2, 0), "bug": (1, 0)}
    assert groups(command, "--stage", "tagger") == {"bug": (1, 0)}
    assert groups(command, "--document", "one") == {"empty_page": (1, 0)}
    assert groups(command, "--since", "2100-01-01") == {}
    assert command("dead-letters", "list", "--since", "noon").err.startswith("error[usage]: --since takes")


@pytest.mark.usefixtures("letters")
def test_one_is_shown_by_place_and_by_document(command: Command) -> None:
    (group,) = command("dead-letters", "list", "--code", "bug").lines
    (shown,) = command("dead-letters", "show", group["example"]).lines
    assert command("dead-letters", "show", "three").lines == [shown]
    assert base64.b64decode(shown["value"]) == b"page of three"
    assert (shown["stage"], shown["code"], shown["attempts"]) == ("tagger", "bug", 2)
    for which in ("0:999", "9:0", "nobody"):
        missing = command("dead-letters", "show", which)
        assert (missing.status, missing.err[:16]) == (1, "error[not_found]")


@pytest.mark.usefixtures("letters")
def test_a_replay_sends_each_back_once_as_it_came(command: Command, kafka_settings: KafkaSettings) -> None:
    assert sorted(line["document"] for line in command("dead-letters", "replay", "--dry-run").lines) == [
        "one",
        "three",
        "two",
    ]
    assert command("consume", "raw").lines == []

    assert replayed_ids(command, "--code", "empty_page") == ["one", "two"]
    records = {record["key"]: record for record in command("consume", "raw").lines}
    assert {key: record["value"] for key, record in records.items()} == {"one": "page of one", "two": "page of two"}
    headers: dict[str, Any] = records["one"]["headers"]
    mark = headers.pop("broadsheet-replayed")
    assert mark.startswith(f"{kafka_settings.topic_prefix}documents.dead-letter/")
    assert headers == {
        "url": "u",
        "stage": "intake",
        "broadsheet-error-attempts": "2",
        "broadsheet-error-first-failed-at": "2026-01-31T12:00:00Z",
    }

    assert groups(command) == {"empty_page": (2, 2), "bug": (1, 0)}
    assert replayed_ids(command) == ["three"]
    assert [record["key"] for record in command("consume", "segmented").lines] == ["three"]
    again = command("dead-letters", "replay", "--yes")
    assert (again.out, orjson.loads(again.err)["summary"]) == (b"", {"sent": 0, "skipped": 3, "refused": 0})


@pytest.mark.usefixtures("letters")
def test_a_replay_of_one_stage_leaves_the_others_where_they_are(command: Command) -> None:
    assert replayed_ids(command, "--stage", "tagger") == ["three"]
    assert [record["key"] for record in command("consume", "segmented").lines] == ["three"]
    assert command("consume", "raw").lines == []
    assert groups(command) == {"empty_page": (2, 0), "bug": (1, 1)}


@pytest.mark.usefixtures("letters")
def test_what_fails_again_counts_on_and_can_be_replayed_in_its_turn(
    command: Command, kafka_settings: KafkaSettings
) -> None:
    assert replayed_ids(command, "--document", "one") == ["one"]
    (record,) = command("consume", "raw").lines
    headers = tuple((name, value.encode()) for name, value in record["headers"].items())
    failed_again = replace(failed(kafka_settings, "one"), offset=record["offset"], headers=headers)
    asyncio.run(send(kafka_settings, [letter(failed_again)]))

    (shown,) = command("dead-letters", "show", "one").lines
    assert (shown["attempts"], shown["first_failed_at"]) == (4, "2026-01-31T12:00:00Z")
    assert replayed_ids(command, "--document", "one") == ["one"]
    assert [line["headers"]["broadsheet-error-attempts"] for line in command("consume", "raw").lines] == ["2", "4"]


@pytest.mark.usefixtures("letters")
def test_what_fails_again_and_again_is_left_alone_at_the_limit(command: Command, kafka_settings: KafkaSettings) -> None:
    """Each failure here counts two attempts; the limit is chosen so that the second replay is the last."""
    limited = ("--document", "one", "--max-attempts", "4")
    assert replayed_ids(command, *limited) == ["one"]
    (record,) = command("consume", "raw").lines
    headers = tuple((name, value.encode()) for name, value in record["headers"].items())
    failed_again = replace(failed(kafka_settings, "one"), offset=record["offset"], headers=headers)
    asyncio.run(send(kafka_settings, [letter(failed_again)]))

    for dry in ((), ("--dry-run",)):
        shown = command("dead-letters", "replay", "--yes", *limited, *dry)
        refused, summary = (orjson.loads(line) for line in shown.err.splitlines())
        assert (shown.status, refused["code"]) == (1, "attempts_exhausted")
        assert refused["message"].endswith("was tried 4 times and the limit is 4")
        assert summary["summary"] == {"sent": 0, "skipped": 1, "refused": 1}
    assert len(command("consume", "raw").lines) == 1
    assert replayed_ids(command, "--document", "one", "--max-attempts", "5") == ["one"]


@pytest.mark.usefixtures("letters")
def test_they_are_chosen_by_their_own_id_and_by_time(command: Command) -> None:
    ids = {line["document"]: line["id"] for line in command("dead-letters", "replay", "--dry-run").lines}
    assert groups(command, "--until", "2000-01-01") == {}
    assert groups(command, "--since", "2000-01-01", "--until", "2100-01-01") == {"empty_page": (2, 0), "bug": (1, 0)}
    assert command("dead-letters", "replay", "--id", "one").err.startswith("error[usage]: --id takes PARTITION:OFFSET")
    assert replayed_ids(command, "--id", ids["one"], "--id", ids["three"], "--until", "2100-01-01") == ["one", "three"]
    assert [line["key"] for line in command("consume", "raw").lines] == ["one"]
    assert replayed_ids(command, "--since", "2100-01-01") == []
    exported = command("dead-letters", "export", "-", "--id", ids["two"]).lines
    assert [line["document"] for line in exported] == ["two"]


@pytest.mark.parametrize(("key", "value"), [(b"k", None), (None, b"page"), (None, None), (b"", b"")])
def test_one_without_key_or_value_is_sent_once(
    key: bytes | None, value: bytes | None, command: Command, kafka_settings: KafkaSettings
) -> None:
    bare = replace(failed(kafka_settings, "bare"), key=key, value=value)
    dead = letter(bare)
    asyncio.run(send(kafka_settings, [replace(dead, key=b"" if (key, value) == (None, None) else key)]))

    shown = command("dead-letters", "replay", "--yes")
    assert (shown.status, orjson.loads(shown.err)["summary"]["sent"]) == (0, 1), shown.err
    again = command("dead-letters", "replay", "--yes")
    assert orjson.loads(again.err)["summary"] == {"sent": 0, "skipped": 1, "refused": 0}
    assert len(command("consume", "raw").lines) == 1


@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_one_that_names_a_foreign_topic_is_refused_by_name_and_the_rest_goes_on(
    dry: tuple[str, ...], command: Command, kafka_settings: KafkaSettings
) -> None:
    foreign = replace(failed(kafka_settings, "one"), topic="payments")
    asyncio.run(send(kafka_settings, [letter(foreign), letter(failed(kafka_settings, "two"))]))
    shown = command("dead-letters", "replay", "--yes", *dry)
    refused, summary = (orjson.loads(line) for line in shown.err.splitlines())
    (kept,) = command("dead-letters", "show", "one").lines
    assert (refused["id"], refused["code"]) == (kept["id"], "invalid_event")
    assert f"dead letter {kept['id']} names the topic 'payments'" in refused["message"]
    assert summary["summary"] == {"sent": 1, "skipped": 0, "refused": 1}
    assert ([line["document"] for line in shown.lines], shown.status) == (["two"], 1)


@pytest.mark.usefixtures("letters")
def test_without_a_terminal_a_replay_needs_yes(command: Command) -> None:
    shown = command("dead-letters", "replay")
    assert (shown.status, shown.err.splitlines()[0][:12]) == (1, "error[usage]")
    assert command("consume", "raw").lines == []


@pytest.mark.usefixtures("letters")
def test_they_are_exported_whole(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "letters.jsonl"
    assert command("dead-letters", "export", str(file), "--stage", "intake").status == 0
    exported = [orjson.loads(line) for line in file.read_bytes().splitlines()]
    assert sorted(base64.b64decode(line["value"]) for line in exported) == [b"page of one", b"page of two"]
    assert {line["headers"]["url"] for line in exported} == {"u"}
