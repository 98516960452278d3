"""What a person types into a search: plain words, "phrases in quotes", and beginnings of words, like bridg*. Pure."""

import re
from typing import NamedTuple

QUOTES = str.maketrans(
    "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{DOUBLE LOW-9 QUOTATION MARK}", '"""'
)
QUOTED = re.compile(r'"([^"]*)"')


class Terms(NamedTuple):
    """What is searched for in a text.

    Attributes:
        words: plain words, in the order typed.
        phrases: words that must stand side by side in this order.
        prefixes: beginnings of words.
    """

    words: tuple[str, ...]
    phrases: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()


def read_terms(query: str) -> Terms:
    """Read a query. Whatever is no phrase and no prefix is plain words: nothing that is typed is a mistake of syntax.

    A quote that is not closed, quotes round nothing and a star that ends no word mean nothing.
    """
    text = query.translate(QUOTES)
    phrases = tuple(phrase for phrase in QUOTED.findall(text) if _says_something(phrase))
    single = QUOTED.sub(" ", text).replace('"', " ").split()
    return Terms(
        words=tuple(word for word in single if not _is_prefix(word) and _says_something(word)),
        phrases=phrases,
        prefixes=tuple(word.rstrip("*") for word in single if _is_prefix(word)),
    )


def _is_prefix(word: str) -> bool:
    return word.endswith("*") and _says_something(word)


def _says_something(text: str) -> bool:
    return any(character.isalnum() for character in text)
