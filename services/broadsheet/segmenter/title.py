"""The article's title: the line that shows it, or what the page's head or its publisher calls it."""

import re
from collections.abc import Iterable, Sequence

from broadsheet.segmenter.lines import Line
from broadsheet_schemas import Title

MAX_TITLE = 400
"""Longest line that is compared with a known title, in code points."""

LIKE = 0.8
"""Share of words in common from which a line shows a known title (Dice)."""

_WORD = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]|[^\W\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]+")
"""A word; of scripts without spaces a letter, as for the model."""


def find_shown(lines: Sequence[Line], titles: Iterable[str]) -> int | None:
    """Give the number of the line that shows the best known title, the most like it and the first; None when none does."""
    known = [_words(title) for title in titles]
    best: list[tuple[float, int | None]] = [(0.0, None)] * len(known)
    for place, line in enumerate(lines):
        words = _words(line.text) if len(line.text) <= MAX_TITLE else frozenset()
        for number, title in enumerate(known):
            likeness = _likeness(title, words)
            if likeness > best[number][0]:
                best[number] = likeness, place
    return next((place for likeness, place in best if likeness >= LIKE), None)


def make_title(line: Line | None, titles: Iterable[str]) -> Title | None:
    """Give the title where the page shows it, else the best known one without a place, else None."""
    if line is not None:
        return Title(text=line.text, start=line.start, end=line.end)
    known = next((text for title in titles if (text := " ".join(title.split()))), None)
    return Title(text=known) if known else None


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
