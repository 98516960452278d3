"""Names of authors out of what pages state of them: "By Ann Lee and Bo Marsh", links, handles, "admin"."""

import re
from collections.abc import Iterable

from broadsheet.segmenter.meta_line import byline_name

MAX_NAME = 80
"""Longest name of an author, in code points."""

MAX_STATED = 2_000
"""How much of one statement is read, in code points."""

MAX_AUTHORS = 20
"""Most authors of one article that are kept."""

_AND = re.compile(r"\s+(?:and|und|et|y|och|og|&|и|та|ve|dan)\s+|\s*,\s*(?:and\s+)?", re.IGNORECASE)
_LIST = re.compile(r"\s*[;|]\s*")
_NO_NAME = re.compile(
    r"https?:|www\.|@|\.(?:com|org|net)/|^\W*$|^(?:admin|administrator|root|user|none|null|unknown|undefined|editor)$",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"\b(?:writer|editor|reporter|correspondent|contributor|redakteur(?:in)?|redacci[oó]n)\b", re.IGNORECASE
)
_NAME_WORDS = range(2, 5)


def author_names(stated: Iterable[str]) -> tuple[str, ...]:
    """Give each author once, in order: lead-ins taken off, lists taken apart, addresses and names of accounts left out."""
    unique: dict[str, str] = {}
    for text in stated:
        for name in (part for one in _LIST.split(text[:MAX_STATED]) for part in _listed(byline_name(one) or "")):
            if name and len(name) <= MAX_NAME and not _NO_NAME.search(name):
                unique.setdefault(name.casefold(), name)
    return tuple(unique.values())[:MAX_AUTHORS]


def _listed(text: str) -> list[str]:
    """Take a list apart, unless a part is no name of its own (`Ann Lee, CFA`, `Hill & Dale`); offices are left out."""
    parts = [part for part in _AND.split(text) if part and not (_OFFICE.search(part) and part != text)]
    return parts if all(len(part.split()) in _NAME_WORDS for part in parts) else [text]
