"""Lines of any length are read in bounded memory, and numbered as an editor numbers them."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.cli.lines import BOM, bounded_lines, sniffed_lines, starts_jsonl


class Counting(io.BytesIO):
    """A stream that remembers the largest piece it was asked for."""

    largest = 0

    def readline(self, size: int | None = -1, /) -> bytes:
        line = super().readline(size)
        self.largest = max(self.largest, len(line))
        return line


def expected(data: bytes, limit: int) -> list[tuple[int, bytes | None]]:
    lines = enumerate((line.strip() for line in data.split(b"\n")), start=1)
    return [(number, line if len(line) <= limit else None) for number, line in lines if line]


@settings(deadline=None)
@given(st.lists(st.sampled_from([b"a", b"bb", b"{}", b"x" * 9, b"x" * 10, b"x" * 11, b"x" * 12, b"x" * 40, b""])))
def test_lines_are_those_of_the_text_and_the_long_ones_are_named(parts: list[bytes]) -> None:
    for ending in (b"", b"\n"):
        data = b"\n".join(parts) + ending
        assert list(bounded_lines(io.BytesIO(data), 10)) == expected(data, 10)
        stream = io.BytesIO(data)
        assert list(sniffed_lines(stream.readline(12), stream, 10)) == expected(data, 10)


def test_a_line_over_the_limit_is_never_held_whole() -> None:
    stream = Counting(b"x" * 1_000_000 + b"\n{}\n")
    assert list(bounded_lines(stream, 100)) == [(1, None), (2, b"{}")]
    assert stream.largest <= 64 * 1024


def test_windows_line_ends_and_a_byte_order_mark_are_no_part_of_a_line() -> None:
    assert list(bounded_lines(io.BytesIO(BOM + b'{"a": 1}\r\n{}\r\n'), 20)) == [(1, b'{"a": 1}'), (2, b"{}")]


@pytest.mark.parametrize(
    ("start", "found"),
    [
        (b'{"content": "x"}\n', True),
        (BOM + b' {"content": "x"}', True),
        (b'{"content": "x', False),
        (b"{ braces } in prose\n", False),
        (b'["content"]\n', False),
        (b"Bridge reopens\n", False),
        (b"", False),
        (b'{"content": "' + b"x" * 30, True),
    ],
)
def test_jsonl_is_recognised_by_its_first_line(*, start: bytes, found: bool) -> None:
    assert starts_jsonl(start[:32], 30) is found
