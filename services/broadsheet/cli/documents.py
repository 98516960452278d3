"""The documents in files, folders and stdin, one after another: only one is in memory at a time, however large the file."""

import gzip
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, cast

from broadsheet.cli.folders import files_below
from broadsheet.cli.lines import Line, bounded_lines, sniffed_lines, starts_jsonl
from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode
from broadsheet_schemas.headers import JSON_CONTENT_TYPE

STDIN = "-"
CONTENT_TYPES = {".txt": "text/plain", ".html": "text/html", ".htm": "text/html"}
"""Files that are a page each; a `.jsonl` or `.jsonl.gz` file is a document a line."""

Format = Literal["auto", "jsonl", "page"]


@dataclass(frozen=True, slots=True)
class Document:
    """One document of the input.

    Attributes:
        path: where it was found, as the person named it; `-` for stdin.
        line: number of its line, from 1, in a JSONL file; None for a file that is a page.
        value: its bytes, as they stand in the file.
        content_type: `application/json` for a line of JSONL, by the name for `.txt` and `.html`, else None.
    """

    path: str
    line: int | None
    value: bytes
    content_type: str | None


@dataclass(frozen=True, slots=True)
class Refused:
    """A document of the input that cannot be taken, and why; those after it go on."""

    path: str
    line: int | None
    code: ErrorCode
    message: str


Input = Document | Refused


def read_documents(
    paths: Sequence[str], *, max_bytes: int, form: Format = "auto", any_file: bool = False
) -> Iterator[Input]:
    """Give every document of files, folders (with what lies below them, by name) and stdin, in order.

    Args:
        paths: files, folders, or `-`.
        max_bytes: largest document; a larger line or file is refused without being read into memory.
        form: what stdin and files with other names hold; `auto` takes stdin for JSONL when its first line is a JSON object.
        any_file: whether files with other names than .jsonl, .jsonl.gz, .txt, .html are taken too, as a page each.

    Raises:
        OperatorError: a path does not exist or is of no kind that is taken (`file_unreadable`); before anything is read.
    """
    for path in paths:
        _require(path, form=form, any_file=any_file)
    return (
        document
        for path in paths
        for file in _files(path, any_file=any_file)
        for document in ([file] if isinstance(file, Refused) else _read(file, max_bytes=max_bytes, form=form))
    )


def total_bytes(paths: Sequence[str]) -> int | None:
    """Give how many bytes of documents are to be read, where that can be told without reading: plain files only."""
    if any(path == STDIN or path.endswith(".gz") or not Path(path).is_file() for path in paths):
        return None
    return sum(Path(path).stat().st_size for path in paths)


def _require(path: str, *, form: Format, any_file: bool) -> None:
    if path == STDIN or Path(path).is_dir():
        return
    if not Path(path).exists():
        raise OperatorError(ErrorCode.FILE_UNREADABLE, f"there is no file {path}")
    if not (any_file or form != "auto" or _is_taken(path)):
        raise OperatorError(
            ErrorCode.FILE_UNREADABLE, f"{path} is none of .jsonl, .jsonl.gz, .txt, .html; --format says what it holds"
        )


def _files(path: str, *, any_file: bool) -> Iterator[str | Refused]:
    """Give the file itself or the files below a folder, and as refused what cannot be read of it."""
    if path == STDIN or not Path(path).is_dir():
        yield path
        return
    for found in files_below(path, lambda name: any_file or _is_taken(name)):
        if isinstance(found, str):
            yield found
        else:
            reason = f"it cannot be read: {found.strerror}"
            yield Refused(str(found.filename), None, ErrorCode.FILE_UNREADABLE, reason)


def _is_taken(name: str) -> bool:
    return is_jsonl(name) or Path(name).suffix.lower() in CONTENT_TYPES


def _read(path: str, *, max_bytes: int, form: Format) -> Iterator[Input]:
    line: int | None = None
    try:
        with _opened(path) as stream:
            for document in _split(path, stream, max_bytes=max_bytes, form=form):
                line = document.line
                yield document
    except (OSError, EOFError, zlib.error) as error:
        where = f" after line {line}" if line else ""
        yield Refused(path, None, ErrorCode.FILE_UNREADABLE, f"the file cannot be read{where}: {error}")


def _opened(path: str) -> AbstractContextManager[BinaryIO]:
    if path == STDIN:
        return nullcontext(sys.stdin.buffer)
    if path.lower().endswith(".gz"):
        return cast("BinaryIO", gzip.open(path, "rb"))
    return Path(path).open("rb")


def _split(path: str, stream: BinaryIO, *, max_bytes: int, form: Format) -> Iterator[Input]:
    if is_jsonl(path) or form == "jsonl":
        yield from _documents(path, bounded_lines(stream, max_bytes), max_bytes)
        return
    start = b""
    if path == STDIN and form == "auto":
        start = stream.readline(max_bytes + 2)
        if starts_jsonl(start, max_bytes):
            yield from _documents(path, sniffed_lines(start, stream, max_bytes), max_bytes)
            return
    yield _page(path, start + stream.read(max(0, max_bytes + 1 - len(start))), max_bytes)


def _documents(path: str, lines: Iterable[Line], max_bytes: int) -> Iterator[Input]:
    for number, line in lines:
        if line is None:
            yield Refused(path, number, ErrorCode.PAGE_TOO_LARGE, f"the line is longer than {max_bytes} bytes")
        else:
            yield Document(path, number, line, JSON_CONTENT_TYPE)


def _page(path: str, value: bytes, max_bytes: int) -> Input:
    if len(value) > max_bytes:
        return Refused(path, None, ErrorCode.PAGE_TOO_LARGE, f"the file is larger than {max_bytes} bytes")
    return Document(path, None, value, CONTENT_TYPES.get(Path(path).suffix.lower()))


def is_jsonl(path: str) -> bool:
    """Tell whether a file's name says that it holds a document a line."""
    return path.lower().endswith((".jsonl", ".jsonl.gz"))
