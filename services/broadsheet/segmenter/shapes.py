"""What a line looks like by itself, whatever stands around it."""

import re
from enum import Enum, auto

from broadsheet.segmenter.lines import Line
from broadsheet.segmenter.markup import HEADINGS
from broadsheet.segmenter.meta_line import read_meta_line


class Shape(Enum):
    """The form of a line."""

    PROSE = auto()
    HEADLINE = auto()
    LABEL = auto()
    META = auto()
    READ_MORE = auto()
    BOILERPLATE = auto()
    COMMENTS = auto()


CHROME = frozenset({"nav", "aside", "footer"})
"""Ancestors that hold no article text. `header` may hold the article's own headline."""

LINK_LINE = 0.8
"""Share of a line in links from which the line is a link."""

MAX_LABEL_WORDS, MAX_LABEL_LENGTH = 3, 30
MIN_PROSE_WORDS, MAX_HEADLINE_WORDS, MAX_QUESTION_WORDS = 6, 30, 14
MAX_CHROME_LENGTH = 300
MENU_BARS = 2
"""A line with so many bars is a menu: Town | Sport | Letters."""

LOOKED_AT = 2000
"""Only so many code points of a line decide its shape, so that a line of 8 MB costs what a paragraph costs."""

_FINAL = (".", "!", "?", "…", ":", "。", "！", "？")  # noqa: RUF001 - the full-width marks of Chinese and Japanese
_CLOSING = "\"'”’“»«›)]」』"  # noqa: RUF001 - quotation marks as pages print them
_READ_MORE = re.compile(
    r"(?:read (?:more|also|next)|see also|related:|also read|mehr zum thema|lesen sie auch|lea también|à lire aussi)(?!\w)",
    re.IGNORECASE,
)
_BOILERPLATE = (
    *("©", "copyright", "all rights reserved", "alle rechte vorbehalten", "todos los derechos", "cookie", "newsletter"),
    *("subscribe", "sign up", "sign in", "log in", "login", "privacy", "terms of use", "terms of service"),
    *("advertisement", " anzeige ", "publicidad", "impressum", "datenschutz", "follow us", "share this", "share on"),
    *("abonnieren", "suscríbase", "contact us", "skip to "),
)
"""Words of a page's own business, lower case; looked for one by one, ten times faster than as one pattern."""

_COMMENTS = re.compile(
    r"(?:\d+ )?(?:reader |leser)?(?:comments?|kommentare?|comentarios?|commentaires?)(?: \(?\d+\)?)?:?$", re.IGNORECASE
)


def shape_of(line: Line) -> Shape:
    """Tell what a line looks like."""
    text = line.text[:LOOKED_AT]
    if len(text) <= MAX_CHROME_LENGTH and (shape := _chrome(text)):
        return shape
    words = len(text.split())
    if words <= MAX_LABEL_WORDS and len(text) <= MAX_LABEL_LENGTH:
        return Shape.HEADLINE if words == MAX_LABEL_WORDS and _is_linked_heading(line) else Shape.LABEL
    return Shape.PROSE if _reads_on(line.text, words) else Shape.HEADLINE


def is_link(line: Line) -> bool:
    """Tell whether a line is a link from end to end."""
    return line.markup is not None and line.markup.link_share >= LINK_LINE


def in_chrome(line: Line) -> bool:
    """Tell whether a line stands in a part of the page that holds no article."""
    return line.markup is not None and bool(line.markup.within & CHROME)


def _chrome(text: str) -> Shape | None:
    """Give the shape of a line known by its words."""
    if _COMMENTS.match(text):
        return Shape.COMMENTS
    if _READ_MORE.match(text):
        return Shape.READ_MORE
    if read_meta_line(text):
        return Shape.META
    lowered = f" {text.lower()} "
    own_business = text.count("|") >= MENU_BARS or any(word in lowered for word in _BOILERPLATE)
    return Shape.BOILERPLATE if own_business else None


def _reads_on(text: str, words: int) -> bool:
    """Tell sentences from a headline: a final mark after enough words, or too many words for a headline."""
    if words > MAX_HEADLINE_WORDS:
        return True
    ending = text[-8:].rstrip(_CLOSING)
    if not ending.endswith(_FINAL) or words < MIN_PROSE_WORDS:
        return False
    return not (ending.endswith(("?", "!")) and words <= MAX_QUESTION_WORDS)


def _is_linked_heading(line: Line) -> bool:
    return is_link(line) and line.markup is not None and bool(line.markup.within & HEADINGS)
