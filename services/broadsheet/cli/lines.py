"""Lines of JSONL, bounded: a line over the limit is skipped piece by piece and never held in memory."""

from collections.abc import Iterator
from typing import BinaryIO

import orjson

BOM = b"\xef\xbb\xbf"
SKIPPED_AT_ONCE = 64 * 1024
"""Bytes in memory while the rest of a line over the limit is skipped."""

Line = tuple[int, bytes | None]
"""Number of a line, from 1, and its bytes without its end; None for the bytes of one over the limit."""


def bounded_lines(stream: BinaryIO, max_bytes: int, first: int = 1) -> Iterator[Line]:
    """Give each line that is not blank; a byte order mark before line 1 is no part of it.

    Args:
        stream: where to read on.
        max_bytes: largest line, without its end.
        first: number of the line that is read first.
    """
    number = first
    while start := stream.readline(max_bytes + 2):
        line = _line(start, stream, number, max_bytes)
        if line[1] != b"":
            yield line
        number += 1


def starts_jsonl(start: bytes, max_bytes: int) -> bool:
    """Tell whether a stream's first line is a JSON object, or starts like one and is too long to tell."""
    text = start.removeprefix(BOM).strip()
    if not text.startswith(b"{"):
        return False
    if len(start) >= max_bytes + 2:
        return True
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError:
        return False
    return True


def sniffed_lines(start: bytes, stream: BinaryIO, max_bytes: int) -> Iterator[Line]:
    """Give the lines of a stream whose first `max_bytes + 2` bytes at most of line 1 are read already."""
    if start.strip():
        yield _line(start, stream, 1, max_bytes)
    yield from bounded_lines(stream, max_bytes, first=2)


def _line(start: bytes, stream: BinaryIO, number: int, max_bytes: int) -> Line:
    """Finish the line that begins with `start`, of which `max_bytes + 2` bytes (room for its end) were asked for."""
    if len(start) == max_bytes + 2 and not start.endswith(b"\n"):
        while (rest := stream.readline(SKIPPED_AT_ONCE)) and not rest.endswith(b"\n"):
            pass
        return number, None
    text = (start.removeprefix(BOM) if number == 1 else start).strip()
    return number, text if len(text) <= max_bytes else None
