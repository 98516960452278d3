"""The colour of each type of entity, on a terminal and on a page, and a text cut at its entities."""

from collections.abc import Iterator
from typing import NamedTuple

from broadsheet.indexer.stored import Mark, MarkedText
from broadsheet_schemas.enriched import EntityType


class Color(NamedTuple):
    """How a type of entity looks.

    Attributes:
        terminal: Rich's style, of the sixteen colours that every terminal has.
        page: background on a page, CSS; black text on it has a contrast of 10 to 1 or more.
    """

    terminal: str
    page: str


COLORS: dict[EntityType, Color] = {
    "PERSON": Color("bold magenta", "#f5d0fe"),
    "ORG": Color("bold blue", "#bfdbfe"),
    "GPE": Color("bold green", "#bbf7d0"),
    "LOC": Color("green", "#d9f99d"),
    "FAC": Color("cyan", "#a5f3fc"),
    "NORP": Color("bold cyan", "#c7d2fe"),
    "EVENT": Color("bold red", "#fecaca"),
    "DATE": Color("yellow", "#fef08a"),
    "MONEY": Color("bold yellow", "#fed7aa"),
    "PERCENT": Color("red", "#fde68a"),
}


def pieces(marked: MarkedText) -> Iterator[tuple[str, Mark | None]]:
    """Cut a text at its entities: each piece with its entity, or None; joined, the pieces are the text."""
    done = 0
    for mark in marked.marks:
        if mark.start > done:
            yield marked.text[done : mark.start], None
        yield marked.text[mark.start : mark.end], mark
        done = mark.end
    if done < len(marked.text):
        yield marked.text[done:], None
