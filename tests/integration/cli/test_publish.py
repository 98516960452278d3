"""`publish` and `consume` on a real broker: what goes in comes out, with the ids that were printed."""

import asyncio
import gzip
import subprocess
import sys
import time
from pathlib import Path

import orjson
import pytest

from broadsheet.intake.acceptance import accept_record
from broadsheet.runtime.publishing import OutputRecord
from broadsheet.runtime.records import Record
from broadsheet.runtime.settings import KafkaSettings
from broadsheet_schemas.topics import MAX_RECORD_BYTES
from integration.cli.conftest import Command, send

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("topics")]

PAGE = "Bridge reopens after two years\n\nThe old bridge over the river is open to walkers again.\n"


def ids(out: bytes) -> list[str]:
    return out.decode().splitlines()


def accepted_id(record: dict[str, object]) -> str:
    """Give the id that intake gives a record that `consume` printed."""
    value = record["value"]
    text = value if isinstance(value, str) else orjson.dumps(value).decode()
    headers = record["headers"]
    assert isinstance(headers, dict)
    raw = Record("documents.raw", 0, 0, 0, None, text.encode(), tuple((k, v.encode()) for k, v in headers.items()))
    return accept_record(raw, max_page_bytes=10_000).document_id


def test_pages_of_all_kinds_arrive_as_they_are_under_the_printed_ids(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAGE)
    (tmp_path / "b.html").write_text(f"<html><body><p>{PAGE}</p></body></html>")
    lines = [
        {"content": PAGE, "document_id": "given"},
        {"content": PAGE, "url": "HTTPS://News.Example/bridge?utm_source=x"},
        {"content": PAGE + "More."},
    ]
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(b"".join(orjson.dumps(line) + b"\n" for line in lines)))
    shown = command("publish", str(tmp_path))
    assert (shown.status, shown.err) == (0, '{"summary":{"published":5,"refused":0}}\n')
    records = {record["key"]: record for record in command("consume", "raw").lines}
    assert sorted(records) == sorted(ids(shown.out))
    assert [accepted_id(records[key]) for key in ids(shown.out)] == ids(shown.out)
    page, html, given, _, _ = (records[key] for key in ids(shown.out))
    assert (page["value"], page["encoding"], page["headers"]) == (PAGE, "text", {"content-type": "text/plain"})
    assert html["headers"] == {"content-type": "text/html"}
    assert (given["key"], given["value"]) == ("given", lines[0])
    assert given["headers"] == {"content-type": "application/json"}


def test_one_page_may_be_described(command: Command, tmp_path: Path) -> None:
    page = tmp_path / "page.bin"
    page.write_text(PAGE)
    options = ("--url", "https://news.example/b", "--document-id", "bridge", "--content-type", "text/plain")
    assert command("publish", str(page), *options).out == b"bridge\n"
    (record,) = command("consume", "documents.raw", "--document", "bridge").lines
    assert record["headers"] == {
        "content-type": "text/plain",
        "url": "https://news.example/b",
        "document-id": "bridge",
    }
    (tmp_path / "second.txt").write_text(PAGE)
    shown = command("publish", str(tmp_path), *options)
    assert (shown.status, shown.err.splitlines()[0][:12]) == (1, "error[usage]")


def test_what_intake_will_refuse_is_sent_and_said(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b'{"content": \n{"title": "no content"}\n{"content": "x", "document_id": "good"}\n')
    shown = command("publish", str(file))
    assert (shown.status, shown.out) == (0, b"good\n")
    said = [orjson.loads(line) for line in shown.err.splitlines()]
    assert [(line.get("code"), line.get("line")) for line in said[:-1]] == [
        ("invalid_json", 1),
        ("invalid_document", 2),
    ]
    assert said[-1] == {"summary": {"published": 3, "refused": 0}}
    assert len(command("consume", "raw").lines) == 3


def test_a_line_over_the_record_limit_is_refused_and_the_rest_goes_on(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    with file.open("wb") as stream:
        stream.write(b'{"content": "first", "document_id": "1"}\n')
        stream.write(b'{"content": "' + b"x" * MAX_RECORD_BYTES + b'"}\n')
        stream.write(b'{"content": "third", "document_id": "3"}\n')
    shown = command("publish", str(file))
    assert (shown.status, shown.out) == (1, b"1\n3\n")
    refused, summary = (orjson.loads(line) for line in shown.err.splitlines())
    assert (refused["code"], refused["line"]) == ("page_too_large", 2)
    assert summary == {"summary": {"published": 2, "refused": 1}}


def test_the_largest_record_that_is_let_through_is_taken_by_the_topic(command: Command, tmp_path: Path) -> None:
    page = tmp_path / "a.txt"
    page.write_bytes(b"x" * (MAX_RECORD_BYTES - 64 * 1024))
    assert command("publish", str(page), "--document-id", "large").out == b"large\n"
    page.write_bytes(b"x" * (MAX_RECORD_BYTES - 64 * 1024 + 1))
    assert command("publish", str(page)).status == 1


def test_a_page_is_published_while_stdin_stays_open(command: Command) -> None:
    """A crawler may pipe into it: what has been read is sent and acknowledged at once, not at the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "broadsheet", "publish", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None
    try:
        process.stdin.write(b'{"content": "first", "document_id": "early"}\n')
        process.stdin.flush()
        deadline = time.monotonic() + 30
        while not command("consume", "raw").lines:
            assert time.monotonic() < deadline
        assert process.poll() is None
    finally:
        out, _ = process.communicate(timeout=30)
    assert (process.returncode, out) == (0, b"early\n")


def test_a_missing_topic_is_not_made_by_accident(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text(PAGE)
    monkeypatch.setenv("BROADSHEET_TOPIC_PREFIX", "none-here.")
    for arguments in (("publish", str(tmp_path)), ("consume", "raw")):
        assert command(*arguments).err.startswith("error[topic_missing]: ")
    assert command("topics", "check").lines[0]["found"] == "missing"


async def fill(settings: KafkaSettings) -> None:
    records = [
        OutputRecord("documents.enriched", f"d{n % 2}".encode(), orjson.dumps({"n": n}), (("ce_subject", b"s"),))
        for n in range(6)
    ]
    await send(settings, records)


def test_consume_chooses_by_document_start_and_limit(command: Command, kafka_settings: KafkaSettings) -> None:
    asyncio.run(fill(kafka_settings))
    every = command("consume", "enriched").lines
    assert sorted(line["value"]["n"] for line in every) == list(range(6))
    assert all(line["topic"] == f"{kafka_settings.topic_prefix}documents.enriched" for line in every)
    mine = command("consume", "enriched", "--document", "d1", "--values-only").lines
    assert mine == [{"n": 1}, {"n": 3}, {"n": 5}]
    assert len(command("consume", "enriched", "--limit", "2").lines) == 2
    assert command("consume", "enriched", "--from", "latest").lines == []
    assert len(command("consume", "enriched", "--from", min(line["timestamp"] for line in every)).lines) == 6
    assert command("consume", "enriched", "--from", "2100-01-01").lines == []
    offsets = {(line["partition"], line["offset"]) for line in command("consume", "enriched", "--from", "1").lines}
    assert offsets == {place for line in every if (place := (line["partition"], line["offset"]))[1] >= 1}


def test_consume_follows_what_comes_after_it_started(command: Command, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "broadsheet", "consume", "raw", "--follow", "--limit", "2"], stdout=subprocess.PIPE
    )
    (tmp_path / "a.jsonl").write_bytes(b'{"content": "x", "document_id": "1"}\n{"content": "x", "document_id": "2"}\n')
    assert command("publish", str(tmp_path)).status == 0
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert sorted(orjson.loads(line)["key"] for line in out.splitlines()) == ["1", "2"]
