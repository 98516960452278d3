"""What the model reads of a text: word pieces, and of each what lower-case pieces no longer tell, its capitals and the gap before it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

VOCABULARY = Path(__file__).parents[1] / "models" / "vocabulary.txt"
"""The word pieces of the encoder that the model was trained from (BERT's uncased ones, Devlin et al. 2019, Apache-2.0)."""

STRETCH = 20_000
"""Code points that are cut into pieces at a time; what the tokenizer keeps of a piece is some 300 bytes."""

CASES = 9
"""No letter, lower, Capital, UPPER, one capital, miXed, digits, letters without case, and (8) digits with letters."""

STYLES = 3
"""How a line is written: as a sentence, With Capitals, IN CAPITALS."""

GAPS = 4
"""Before a word: nothing, a space, a line break, an empty line."""

TITLE_SHARE = 0.7
"""Share of a line's longer words with a capital that makes it a line With Capitals."""

UPPER_SHARE = 0.8
"""Share of a line's letters in capitals that makes it a line IN CAPITALS."""

LONG = 4
"""Letters of a longer word: headline style leaves shorter ones lower."""

FEW = 3
"""Longer words that a line must have for its style to be told."""

_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of a text, one entry each.

    Attributes:
        ids: numbers in the vocabulary.
        starts: first code point.
        ends: one past the last code point.
        first: whether it begins a word.
        marks: capitals of its word and style of its line, `case * STYLES + style`.
        gaps: what stands before its word, 0 to `GAPS` - 1.
        reached: code points of the text that were read.
    """

    ids: NDArray[np.int32]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    first: NDArray[np.bool_]
    marks: NDArray[np.int32]
    gaps: NDArray[np.int32]
    reached: int

    def __len__(self) -> int:
        """Give the number of pieces."""
        return len(self.ids)


@cache
def tokenizer() -> Tokenizer:
    """Give the tokenizer of the vocabulary."""
    words = VOCABULARY.read_text(encoding="utf-8").splitlines()
    made = Tokenizer(WordPiece({word: number for number, word in enumerate(words)}, unk_token="[UNK]"))  # noqa: S106 - no password
    made.normalizer = BertNormalizer()
    made.pre_tokenizer = BertPreTokenizer()
    return made


def read_pieces(text: str, most: int | None = None) -> Pieces:
    """Cut a text into word pieces; any text will do.

    Args:
        text: the text.
        most: pieces after which no further stretch of the text is read; None for all of it.
    """
    tables: list[NDArray[np.int32]] = []
    reached = 0
    for start, stop in _stretches(text):
        if most is not None and sum(map(len, tables)) >= most:
            break
        tables.append(np.array(list(_rows(text, start, stop)), np.int32).reshape(-1, 4))
        reached = stop
    ids, starts, ends, first = (np.concatenate(tables) if tables else np.zeros((0, 4), np.int32)).T
    words = np.cumsum(first) - 1
    begins, stops = starts[first == 1], ends[np.flatnonzero(np.diff(words, append=len(words)))]
    cases = np.array([_case(text[a:b]) for a, b in zip(begins.tolist(), stops.tolist(), strict=True)], np.int32)
    marks = cases * STYLES + _styles(text, begins)
    return Pieces(ids, starts, ends, first == 1, marks[words], _gaps(text, begins, stops)[words], reached)


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Cut a text into stretches of at most `STRETCH`, at white space where there is some."""
    start = 0
    while start < len(text):
        stop = start + STRETCH
        if stop < len(text):
            spaces = (text.rfind(space, start + STRETCH // 2, stop) for space in " \n")
            stop = next((at for at in spaces if at > 0), stop)
        yield start, min(stop, len(text))
        start = stop


def _rows(text: str, start: int, stop: int) -> Iterator[tuple[int, int, int, bool]]:
    """Give number, place and whether a word begins, of the pieces of a stretch."""
    encoding = tokenizer().encode(text[start:stop], add_special_tokens=False)
    last = None
    for number, (begin, end), word in zip(encoding.ids, encoding.offsets, encoding.word_ids, strict=True):
        if begin < end:
            yield number, start + begin, start + end, word != last
            last = word


def _case(word: str) -> int:
    """Tell how a word is written, see `CASES`."""
    if not word.isalpha():
        return 0 if not word.isalnum() else 6 if word.isdecimal() else 8
    if word.islower():
        return 1
    if word.isupper():
        return 4 if len(word) == 1 else 3
    return 2 if word[0].isupper() and word[1:].islower() else 5 if word.lower() != word.upper() else 7


def _styles(text: str, begins: NDArray[np.int32]) -> NDArray[np.int32]:
    """Tell for each word how its line is written, see `STYLES`."""
    lines = list(_LINE.finditer(text))
    styles = np.array([0, *(_style(line.group()) for line in lines)], np.int32)
    return styles[np.searchsorted([line.start() for line in lines], begins, side="right")]


def _style(line: str) -> int:
    words = [word for word in _WORD.findall(line) if len(word) >= LONG]
    letters = sum(map(len, words))
    if len(words) >= FEW and sum(sum(map(str.isupper, word)) for word in words) >= UPPER_SHARE * letters:
        return 2
    return int(len(words) >= FEW and sum(word[0].isupper() for word in words) >= TITLE_SHARE * len(words))


def _gaps(text: str, begins: NDArray[np.int32], stops: NDArray[np.int32]) -> NDArray[np.int32]:
    """Tell what stands before each word, see `GAPS`."""
    before = (text[a:b] for a, b in zip([0, *stops.tolist()], begins.tolist(), strict=False))
    return np.array([min(3, gap.count("\n") + 1) if gap else 0 for gap in before], np.int32)
