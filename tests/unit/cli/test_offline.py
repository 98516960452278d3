"""`segment`, `enrich` and `tag` on files: what goes in, what comes out, and where."""

import gzip
import os
from pathlib import Path
from typing import Any

import orjson
import pytest

from broadsheet.cli.main import run
from broadsheet_schemas import SegmentedDocument

pytestmark = pytest.mark.processes


PAGE = (
    "Bridge reopens after two years\n\nBy Ada Field\n\nJanuary 31, 2026\n\n"
    "The old bridge over the river in Oslo is open to walkers again, the city said on Friday. It had been closed since a "
    "flood in 2024 took two of its piers.\n\n"
    '"We could not wait any longer," said Ada Field, who leads the office for bridges and roads of the city.\n'
)


def line(**fields: object) -> bytes:
    return orjson.dumps(fields) + b"\n"


def read(path: Path) -> list[Any]:
    return [orjson.loads(text) for text in path.read_bytes().splitlines()]


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    file = tmp_path / "pages.jsonl"
    file.write_bytes(
        line(content=PAGE, document_id="one", fetched_at="2026-02-01T00:00:00Z")
        + b"{broken\n"
        + line(content="", document_id="empty")
        + line(content=PAGE, document_id="four", published_at="2026-01-31T00:00:00Z")
    )
    return file


def test_good_documents_come_out_in_order_and_bad_ones_are_told(
    mixed: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    letters = tmp_path / "letters.jsonl"
    assert run(["segment", str(mixed), "--dead-letters", str(letters), "--processes", "2"]) == 0
    out, err = capsysbinary.readouterr()
    documents = [SegmentedDocument.model_validate_json(text) for text in out.splitlines()]
    assert [document.document_id for document in documents] == ["one", "four"]
    assert [(letter["document_id"], letter["code"], letter["line"]) for letter in read(letters)] == [
        (None, "invalid_json", 2),
        ("empty", "empty_page", 3),
    ]
    summary = orjson.loads(err)["summary"]
    assert (summary["documents"], summary["dead_letters"]) == (4, 2)


def test_dead_letters_go_to_stderr_and_a_line_far_over_the_limit_is_one(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(line(id="far", text="x" * 50_000) + line(id="over", text="y" * 1001) + line(id="good", text=""))
    assert run(["tag", str(file), "--max-page-bytes", "1000"]) == 0
    out, err = capsysbinary.readouterr()
    assert orjson.loads(out) == {"id": "good", "entities": []}
    told = [orjson.loads(text) for text in err.splitlines()]
    assert [(letter.get("code"), letter.get("line"), letter.get("document_id")) for letter in told] == [
        ("page_too_large", 1, None),
        ("page_too_large", 2, "over"),
        (None, None, None),
    ]


def test_files_of_all_kinds_make_the_same_bytes_every_time(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(PAGE)
    (folder / "b.html").write_text(f"<html><body><h1>Bridge</h1><p>{PAGE}</p></body></html>")
    (folder / "c.jsonl.gz").write_bytes(gzip.compress(line(content=PAGE, document_id="packed")))
    for file in folder.iterdir():
        os.utime(file, (1_769_848_200, 1_769_848_200))
    outputs = [tmp_path / "one.jsonl.gz", tmp_path / "two.jsonl.gz"]
    for output in outputs:
        assert run(["enrich", str(folder), "-o", str(output)]) == 0
    assert outputs[0].read_bytes() == outputs[1].read_bytes()
    documents = [orjson.loads(text) for text in gzip.decompress(outputs[0].read_bytes()).splitlines()]
    assert [document["content_type"] for document in documents] == ["text/plain", "text/html", "text/plain"]
    assert {document["received_at"] for document in documents} == {"2026-01-31T08:30:00Z"}
    assert documents[2]["document_id"] == "packed"


@pytest.mark.parametrize("option", ["--output", "--dead-letters"])
def test_a_file_that_cannot_be_written_is_said_before_the_work(
    option: str, mixed: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run(["segment", str(mixed), option, str(tmp_path / "none" / "out.jsonl")]) == 1
    assert capsysbinary.readouterr().err.startswith(b"error[file_unreadable]: ")
