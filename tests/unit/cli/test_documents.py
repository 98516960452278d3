"""Files, folders and stdin become documents, one after another, in order."""

import errno
import gzip
import io
import os
import sys
from pathlib import Path

import pytest

from broadsheet.cli.documents import Document, Refused, read_documents, total_bytes
from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode

JSON = "application/json"


def test_a_folder_is_read_by_name_with_what_lies_below_it(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "x.txt").write_text("hidden")
    (tmp_path / "sub" / "page.html").write_text("<p>third")
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(b'{"content":"1"}\n\n{"content":"2"}\n'))
    (tmp_path / "a.txt").write_text("first")
    (tmp_path / "scan.pdf").write_bytes(b"%PDF")
    found = list(read_documents([str(tmp_path)], max_bytes=100))
    assert found == [
        Document(str(tmp_path / "a.txt"), None, b"first", "text/plain"),
        Document(str(tmp_path / "b.jsonl.gz"), 1, b'{"content":"1"}', JSON),
        Document(str(tmp_path / "b.jsonl.gz"), 3, b'{"content":"2"}', JSON),
        Document(str(tmp_path / "sub" / "page.html"), None, b"<p>third", "text/html"),
    ]
    every = read_documents([str(tmp_path)], max_bytes=100, any_file=True)
    assert Document(str(tmp_path / "scan.pdf"), None, b"%PDF", None) in list(every)


def test_what_is_too_large_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    lines = tmp_path / "a.jsonl"
    lines.write_bytes(b"{" + b" " * 50 + b"x" * 60 + b"}\n{}\n")
    page = tmp_path / "b.txt"
    page.write_bytes(b"x" * 101)
    first, second, third = read_documents([str(lines), str(page)], max_bytes=100)
    assert isinstance(first, Refused)
    assert (first.line, first.code) == (1, ErrorCode.PAGE_TOO_LARGE)
    assert second == Document(str(lines), 2, b"{}", JSON)
    assert isinstance(third, Refused)
    assert (third.line, third.code) == (None, ErrorCode.PAGE_TOO_LARGE)


@pytest.mark.parametrize("broken", [gzip.compress(b"{}\n" * 5000, mtime=0)[:-9], b"no gzip at all"])
def test_a_broken_archive_costs_its_rest_alone(tmp_path: Path, broken: bytes) -> None:
    archive = tmp_path / "a.jsonl.gz"
    archive.write_bytes(broken)
    page = tmp_path / "b.txt"
    page.write_text("page")
    *_, refused, last = read_documents([str(archive), str(page)], max_bytes=100)
    assert isinstance(refused, Refused)
    assert refused.code is ErrorCode.FILE_UNREADABLE
    assert last == Document(str(page), None, b"page", "text/plain")


@pytest.mark.parametrize("any_file", [False, True])
def test_a_broken_link_is_told_and_the_rest_goes_on(*, any_file: bool, tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone")
    (tmp_path / "b.txt").symlink_to("b.txt")
    (tmp_path / "c.txt").write_text("page")
    os.mkfifo(tmp_path / "d.txt")
    *refused, last = read_documents([str(tmp_path)], max_bytes=100, any_file=any_file)
    assert [(told.path, told.code) for told in refused if isinstance(told, Refused)] == [
        (str(tmp_path / name), ErrorCode.FILE_UNREADABLE) for name in ("a.txt", "b.txt")
    ]
    assert isinstance(refused[0], Refused)
    assert refused[0].message == "it cannot be read: No such file or directory"
    assert last == Document(str(tmp_path / "c.txt"), None, b"page", "text/plain")


@pytest.mark.parametrize("closed", ["", "b", "c"])
def test_a_folder_that_cannot_be_listed_is_told_and_the_rest_goes_on(
    closed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Permissions do not hold back root, who runs tests in containers: the system's answer is given by hand."""
    for name in ("b", "c"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.txt").write_text("page")
    listed = os.scandir

    def scandir(path: str) -> object:
        if Path(path) == tmp_path / closed:
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = list(read_documents([str(tmp_path)], max_bytes=100))
    told = [one for one in found if isinstance(one, Refused)]
    reason = "it cannot be read: Permission denied"
    assert told == [Refused(str(tmp_path / closed), None, ErrorCode.FILE_UNREADABLE, reason)]
    assert len(found) - 1 == (1 if closed else 0)


def test_paths_are_checked_before_anything_is_read(tmp_path: Path) -> None:
    page = tmp_path / "a.txt"
    page.write_text("page")
    with pytest.raises(OperatorError, match="there is no file") as caught:
        read_documents([str(page), str(tmp_path / "b.txt")], max_bytes=100)
    assert caught.value.code is ErrorCode.FILE_UNREADABLE


def test_a_file_of_no_known_kind_needs_its_format(tmp_path: Path) -> None:
    file = tmp_path / "feed.ndjson"
    file.write_text("{}\n{}\n")
    with pytest.raises(OperatorError, match="--format"):
        read_documents([str(file)], max_bytes=100)
    assert len(list(read_documents([str(file)], max_bytes=100, form="jsonl"))) == 2
    assert list(read_documents([str(file)], max_bytes=100, form="page")) == [
        Document(str(file), None, b"{}\n{}\n", None)
    ]


@pytest.mark.parametrize(
    ("given", "documents"),
    [
        (b'{"content": "a"}\n{"content": "b"}\n', [(1, b'{"content": "a"}'), (2, b'{"content": "b"}')]),
        (b"A page\nof two lines\n", [(None, b"A page\nof two lines\n")]),
        (b'{\n "content": "one"\n}\n', [(None, b'{\n "content": "one"\n}\n')]),
        (b"", [(None, b"")]),
    ],
)
def test_stdin_is_jsonl_when_its_first_line_says_so(
    given: bytes, documents: list[tuple[int | None, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
    found = list(read_documents(["-"], max_bytes=100))
    assert [(document.line, document.value) for document in found if isinstance(document, Document)] == documents


def test_stdin_with_a_first_line_over_the_limit_is_jsonl_still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b'{"content": "' + b"x" * 200 + b'"}\n{}\n')))
    first, second = read_documents(["-"], max_bytes=100)
    assert isinstance(first, Refused)
    assert second == Document("-", 2, b"{}", JSON)


def test_the_total_is_told_for_plain_files_only(tmp_path: Path) -> None:
    page = tmp_path / "a.txt"
    page.write_text("12345")
    assert total_bytes([str(page), str(page)]) == 10
    assert total_bytes([str(page), "-"]) is None
    assert total_bytes([str(tmp_path)]) is None
