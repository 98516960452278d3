"""What two texts share: runs of words, of whatever language, and how much of them overlaps. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

SHINGLE_TOKENS = 5
"""Words in a run. Runs of five of two articles on one event are alike in quotes and names alone; of three, in phrases too."""

# Han, kana, Hangul syllables are left whole words apart by no spaces (Hangul has them): each character is a word of its own.
UNSPACED = "぀-ヿ㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff"
TOKENS = re.compile(f"[{UNSPACED}]|[^\\W_{UNSPACED}]+")
"""A word, or one character of a script that writes none apart; punctuation and spacing count for nothing."""

NORMALIZED_CHARACTERS = 65_536
"""How much text is normalised at a time: a page of megabytes is not held twice."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much two texts share, counted in their different shingles.

    Attributes:
        jaccard: of the shingles of either, the share that both have.
        contained: of the shingles of the shorter, the share that the longer has: 1 where one is a cut copy of the other.
    """

    jaccard: float
    contained: float


def shingles(text: str) -> Iterator[str]:
    """Give every run of `SHINGLE_TOKENS` words, in order; a shorter text is one run, one without words none.

    Words are compared without case and compatibility forms (NFKC), so that a copy in other typography is the same.
    """
    return chain.from_iterable(shingle_batches(text))


def shingle_batches(text: str) -> Iterator[list[str]]:
    """Give the shingles of a text in lists of some thousands: at most those of `NORMALIZED_CHARACTERS` are in memory."""
    short = True
    tokens: list[str] = []
    for piece in _pieces(text):
        tokens += TOKENS.findall(unicodedata.normalize("NFKC", piece).casefold())
        if runs := list(map(" ".join, zip(*(tokens[place:] for place in range(SHINGLE_TOKENS)), strict=False))):
            short = False
            yield runs
        tokens = tokens[1 - SHINGLE_TOKENS :]
    if short and tokens:
        yield [" ".join(tokens)]


def overlap(first: frozenset[str], second: frozenset[str]) -> Overlap:
    """Compare the shingles of two texts, exactly; a text without any shares nothing."""
    if not first or not second:
        return Overlap(0.0, 0.0)
    shared = len(first & second)
    return Overlap(shared / (len(first) + len(second) - shared), shared / min(len(first), len(second)))


def _pieces(text: str) -> Iterator[str]:
    """Cut a long text at spaces, so that no word is cut; a run of more without a space is cut where it must be."""
    start = 0
    while start < len(text):
        end = start + NORMALIZED_CHARACTERS
        space = text.rfind(" ", start, end) if end < len(text) else -1
        end = space if space > start else end
        yield text[start:end]
        start = end
