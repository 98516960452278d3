"""The form of a name that does not depend on case, accents, dots or hyphens: what ids and comparisons are made of."""

import re
import unicodedata
from functools import lru_cache

_APART = re.compile(r"[\W_]+")
_INSIDE = re.compile("(?<=[^\\W\\d_])[.'\u2019\u02bc](?=[^\\W\\d_])|(?<=[^\\W\\d_])\\.")
"""The dot of an abbreviation and the apostrophe inside a word: "U.S." and "US", "O'Brien" and "OBrien" are one."""

_WHOLE = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})  # noqa: RUF001 - the Turkish letter itself
"""Letters whose stroke Unicode does not take apart; news agencies print them so."""


LONGEST = 200
"""Code points of a name that count: what is longer is no name, and would make ids without bounds."""

_PLURAL = 4
"""Letters that a word must have more of before an "s" is taken for the plural's."""


def fold(name: str) -> str:
    """Give the folded form of a name: its words in small letters without accents, joined by hyphens.

    A name without a letter or digit is given as it is, without spaces, so that it still has an id. Of a name, the first
    `LONGEST` code points count.
    """
    return _fold(name[:LONGEST])


@lru_cache(maxsize=4096)
def _fold(name: str) -> str:
    plain = name.casefold()
    if not plain.isascii():
        plain = "".join(letter for letter in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(letter))
        plain = plain.translate(_WHOLE)
    words = _APART.sub("-", _INSIDE.sub("", plain)).strip("-")
    return words or "-".join(plain.split()) or "-"


def folded_words(name: str) -> tuple[str, ...]:
    """Give the folded words of a name; hyphens part words too."""
    folded = fold(name)
    return tuple(word for word in folded.split("-") if word) or (folded,)


def singular(folded: str) -> str:
    """Give a folded name of a people or a party in the singular: "republicans" are "republican"; "hamas" stays.

    English alone: an "s" goes, not after "a", "s" or "u", and not from a word of four letters or less.
    """
    last = folded.rpartition("-")[2]
    return folded[:-1] if len(last) > _PLURAL and last[-1] == "s" and last[-2] not in "asu" else folded


def listed(words: str) -> frozenset[str]:
    """Give the words of a list that is written as one text."""
    return frozenset(words.split())
