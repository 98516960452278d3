"""HTML to lines: the visible text as a plain-text dump would have it, and what the markup says about each line.

The parser follows the HTML standard, so that broken markup is read as a browser reads it. Its tree is not walked node
by node in Python but written out as well-formed HTML, which one pattern cuts into tags and texts: there every start has
its end, and neither `<` nor `>` stands in a text or an attribute's value. Nothing recurses, so depth costs no stack.
The parser's own cost grows with the square of the depth, and of the number of one tag's attributes: 10,000 nested
elements take 0.2 s, 100,000 take minutes and are ended by the worker's time limit.
"""

import re

from selectolax.lexbor import LexborHTMLParser

from broadsheet.segmenter.boxes import Boxes
from broadsheet.segmenter.html_tags import INVISIBLE, VERBATIM
from broadsheet.segmenter.lines import Layout, Page
from broadsheet.segmenter.open_line import OpenLine
from broadsheet.segmenter.places import Place, enter
from broadsheet.segmenter.start_tags import KNOWN, LINK, StartTag, read_link, read_start_tag

_TAG = re.compile(r"<(?:/[^>]*|(!--.*?--|[^>]*))>", re.DOTALL)
"""A tag or a comment. Splitting by it gives texts and tags by turns, None for an end tag."""


def read_html(tree: LexborHTMLParser) -> Page:
    """Read the visible lines of a parsed page. The tree loses what is not seen; read its meta data before."""
    return read_written(write_out(tree))


def write_out(tree: LexborHTMLParser) -> str:
    """Give what is seen of a parsed page as HTML; the tree loses the rest."""
    tree.strip_tags(list(INVISIBLE), recursive=True)
    tree.unwrap_tags([", ".join(VERBATIM)])
    return tree.html or ""


def read_written(html: str) -> Page:
    """Read the lines of HTML that a serialiser wrote."""
    reader = _Reader()
    reader.read(html)
    return reader.page()


class _Reader:
    """Collects lines and boxes while tags and texts go by."""

    def __init__(self) -> None:
        self._layout = Layout()
        self._line = OpenLine(self._layout)
        self._link: str | None = None
        self._boxes = Boxes()
        self._box = 0

    def page(self) -> Page:
        """Give the page that was read."""
        return self._layout.page(self._boxes)

    def read(self, html: str) -> None:
        """Go through a page. What every tag needs stands here, since a call for each would take a tenth of the time."""
        line, texts = self._line, self._line.texts
        place, outer = Place(StartTag()), list[Place]()
        tokens = iter(_TAG.split(html))
        next(tokens)  # nothing stands before the first tag
        for written, text in zip(tokens, tokens, strict=True):
            if written is None:
                self._leave(place)
                if outer:
                    place = outer.pop()
            else:
                if written[:2] in LINK:
                    self._link, tag = read_link(written)
                else:
                    tag = KNOWN.get(written) or read_start_tag(written)
                if tag.block or tag.void or tag.picture:
                    self._come_to(tag, place)
                if not tag.void:
                    outer.append(place)
                    place = place.inner.get(tag) or enter(place, tag)
            if text and not place.hidden and (texts or not text.isspace()):
                line.add(text, place, self._link)
        if texts:
            line.end(place, self._box)

    def _come_to(self, tag: StartTag, place: Place) -> None:
        """Take in the start of a block, a picture or a `<br>` that stands in a place."""
        if tag.block:
            self._begin_block(tag, place)
        elif tag.picture:
            self._line.picture = True
        elif tag.name == "br":
            self._break_line(place)

    def _leave(self, place: Place) -> None:
        """Take in the end of the element around a place."""
        if place.tag.block:
            self._end_block(place)
        elif place.tag.name == "a":
            self._link = None

    def _begin_block(self, tag: StartTag, place: Place) -> None:
        """Begin a block and its box. A line ends where it does."""
        if self._line.texts:
            self._line.end(place, self._box)
        if tag.gapped:
            self._layout.gap = True
        if not tag.void:
            self._box = self._boxes.begin(self._box, len(self._layout.lines))

    def _end_block(self, place: Place) -> None:
        """End the block around a place, likewise."""
        if self._line.texts:
            self._line.end(place, self._box)
        if place.tag.gapped:
            self._layout.gap = True
        self._boxes.stops[self._box] = len(self._layout.lines)
        self._box = self._boxes.parents[self._box]

    def _break_line(self, place: Place) -> None:
        """Take in a `<br>`. A second one makes a gap, and so does one below a line that has a gap above it.

        The latter is no rule of browsers, but the networks were trained on pages so read.
        """
        gap = self._layout.gap or not self._line.texts
        if self._line.texts:
            self._line.end(place, self._box)
        self._layout.gap = gap
