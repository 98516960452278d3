"""Hard-wrapped text: whether a dump was wrapped, at which column, and its paragraphs in one line each again.

Most dumps have a paragraph a line, with short lines of menus and headlines between. They must not be touched, so that a
text counts as wrapped only where line after line breaks off amid a sentence just because the next word had no room.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from broadsheet.segmenter.meta_line import read_meta_line

MIN_COLUMN, MAX_COLUMN = 50, 110
"""Columns at which programs wrap text: mail at 72 or 76, terminals at 80, editors at 100."""

MIN_WRAPPED = 4
"""Fewest lines broken amid a sentence that show a wrapped text: two short paragraphs."""

MIN_FULL = 0.8
"""Least share of them that had no room for the next word; the others are menus in small letters, or sentences cut by markup."""

KEPT_TOGETHER = 3
"""Characters that are kept together where words have no spaces: a letter, a mark and a closing bracket."""

BULLET = re.compile(r"\s*[•‣◦▪■●○➤►*-]\s+(?=.*\w)")
"""A mark of a list before something that can be read. No dash: in many languages speech begins with one."""

_FINAL = tuple('.!?…:;。！？．」”"»)|')  # noqa: RUF001 - final marks of many scripts
_HYPHENATED = re.compile(r"\w(?:[-\u2010\u00ad]|--)$")
_AND_OR = re.compile(r"(?:and|or|to|und|oder|bis|bzw|y|o|et|ou|e|en|of|och|og)\s")
"""Words after which a hyphen at a line's end stands for the rest of a word: "pre- and post-war"."""

_UNSPACED = re.compile("[\u0e00-\u0e7f\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff60]")


def unwrap(written: Sequence[str]) -> Sequence[str]:
    """Give the lines with wrapped paragraphs in one line each; a text that was not wrapped as it is."""
    column = wrap_column(written)
    if column is None:
        return written
    return ["".join(_joined(paragraph)) for paragraph in _paragraphs(written, column)]


def wrap_column(written: Sequence[str]) -> int | None:
    """Give the column at which a text was wrapped, in code points, or None for a text that was not.

    Lines that are not broken amid a sentence say nothing: they may be longer, as addresses and tables are.
    """
    broken = [place for place, (above, below) in enumerate(pairwise(written)) if _breaks_off(above, below)]
    column = max((len(written[place].rstrip()) for place in broken), default=0)
    if not MIN_COLUMN <= column <= MAX_COLUMN:
        return None
    told = _fullness(written, column)
    full = [told[place] for place in broken if place in told and 2 * len(written[place].rstrip()) >= column]
    return column if sum(full) >= max(MIN_WRAPPED, MIN_FULL * len(full)) else None


def _fullness(written: Sequence[str], column: int) -> dict[int, bool]:
    """Tell of each line of prose but the last of a paragraph whether it had no room for the next word.

    Prose ends as sentences do: a list of headlines of much the same length does not.
    """
    full: dict[int, bool] = {}
    ends = False
    for place in range(len(written) - 1, 0, -1):
        above, below = written[place - 1].rstrip(), written[place].rstrip()
        ends = below.endswith(_FINAL) or (ends and full.get(place, False))
        if ends and below:
            full[place - 1] = _has_no_room(above, below, column)
    return full


def _breaks_off(above: str, below: str) -> bool:
    """Tell whether a line ends amid a sentence that the next one goes on with, by marks and case alone."""
    if not _goes_on(below):
        return False
    above = above.rstrip()
    address = above.isascii() and " " not in above.lstrip()
    return not address and not above.endswith(_FINAL)


def _goes_on(line: str) -> bool:
    """Tell whether a line begins as no paragraph does: with a small letter, or one of a script without capitals."""
    first = line.lstrip()[:1]
    return first.isalpha() and not first.istitle()


def _has_no_room(above: str, below: str, column: int) -> bool:
    """Tell whether a line is as full as it could be; where words have no spaces, but for a mark that may not begin a line."""
    first = below.split(maxsplit=1)[0]
    needed = KEPT_TOGETHER if _UNSPACED.match(first) else 1 + len(first)
    return column - needed < len(above) <= column


def _paragraphs(written: Sequence[str], column: int) -> Iterator[list[str]]:
    """Give the lines of each paragraph, each empty line by itself."""
    paragraph: list[str] = []
    for line in map(str.rstrip, written):
        if paragraph and not _continues(paragraph, line, column):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _continues(paragraph: Sequence[str], line: str, column: int) -> bool:
    """Tell whether a line belongs to the paragraph above: there was no room for its first word, and it is no new block.

    A line of date or author under a long headline is one, unless the paragraph has shown that it is prose.
    """
    above = paragraph[-1]
    if not above or not line or not _has_no_room(above, line, column):
        return False
    if _indent(line) > _indent(above) and not BULLET.match(above):
        return False
    lately = paragraph[max(1, len(paragraph) - 3) :]
    return any(map(_goes_on, lately)) or read_meta_line(line) is None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _joined(paragraph: Sequence[str]) -> Iterator[str]:
    """Give a paragraph's lines with what belongs between them: nothing after a hyphen or where words have no spaces."""
    yield paragraph[0]
    for above, line in pairwise(paragraph):
        text = line.lstrip()
        hyphenated = _HYPHENATED.search(above) and not _AND_OR.match(text)
        unspaced = _UNSPACED.match(above[-1]) and _UNSPACED.match(text)
        yield text if hyphenated or unspaced else f" {text}"
