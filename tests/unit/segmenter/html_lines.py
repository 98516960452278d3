"""HTML brought to lines, for the tests of what is read of them."""

from selectolax.lexbor import LexborHTMLParser

from broadsheet.segmenter.lines import Markup, Page
from broadsheet.segmenter.markup import read_html


def read(html: str) -> Page:
    """Give the page that some HTML is."""
    return read_html(LexborHTMLParser(html))


def marks(html: str) -> list[Markup]:
    """Give the markup of every line."""
    found = [line.markup for line in read(html).lines]
    assert None not in found
    return [mark for mark in found if mark]


def mark(html: str) -> Markup:
    """Give the markup of the only line."""
    (only,) = marks(html)
    return only
