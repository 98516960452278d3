"""HTML to lines: the visible text as a plain-text dump would have it, and what the markup says about each line.

The parser follows the HTML standard, so that broken markup is read as a browser reads it. Its tree is not walked node
by node in Python but written out as well-formed HTML, which one pattern cuts into tags and texts: there every start has
its end, and neither `<` nor `>` stands in a text or an attribute's value. Nothing recurses, so depth costs no stack.
The parser's own cost grows with the square of the depth, and of the number of one tag's attributes: 10,000 nested
elements take 0.2 s, 100,000 take minutes and are ended by the worker's time limit.
"""

import re

from selectolax.lexbor import LexborHTMLParser

from broadsheet.segmenter.html_tags import BLOCKS, GAPPED, INVISIBLE, PICTURES, VERBATIM, VOID, unescape
from broadsheet.segmenter.lines import Box, Page, Piece, lay_out
from broadsheet.segmenter.open_line import OpenLine
from broadsheet.segmenter.places import Place, inside
from broadsheet.segmenter.start_tags import StartTag, cut_target, read_start_tag

_TAG = re.compile(r"<(!--.*?--|[^>]*)>", re.DOTALL)
"""A tag or a comment. Splitting by it gives texts and tags by turns."""


def read_html(tree: LexborHTMLParser) -> Page:
    """Read the visible lines of a parsed page. The tree loses what is not seen; read its meta data before."""
    tree.strip_tags(list(INVISIBLE), recursive=True)
    tree.unwrap_tags(list(VERBATIM))
    reader = _Reader()
    enter, leave, add = reader.enter, reader.leave, reader.add
    tokens = iter(_TAG.split(tree.html or ""))
    next(tokens)  # nothing stands before the first tag
    for tag, text in zip(tokens, tokens, strict=True):
        if tag.startswith("/"):
            leave()
        elif not tag.startswith(_NO_ELEMENT):
            enter(tag)
        if text:
            add(text)
    return reader.page()


_NO_ELEMENT = ("!", "?")
"""What comments, document types and processing instructions begin with."""


class _Reader:
    """Collects lines and boxes while tags and texts go by."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []
        self._box = 0
        self._parents: list[int] = []
        self._firsts: list[int] = []
        self._stops: list[int] = []
        self._place = Place(StartTag())
        self._outer: list[Place] = []
        self._link: str | None = None
        self._gap = self._picture = False
        self._line = OpenLine()

    def page(self) -> Page:
        """End the last line and lay the page out."""
        self._end_line()
        return lay_out(self._pieces, map(Box, self._parents, self._firsts, self._stops))

    def enter(self, written: str) -> None:
        """Go into an element, by its tag as written between the angle brackets."""
        name = written.partition(" ")[0]
        if name in VOID:
            self._pass_by(name)
            return
        if name == "a":
            self._link, written = cut_target(written)
        tag = read_start_tag(written)
        if tag.block:
            self._open_box(name)
        if name in PICTURES:
            self._picture = True
        self._outer.append(self._place)
        self._place = inside(self._place, tag)

    def leave(self) -> None:
        """Come out of the element entered last."""
        tag = self._place.tag
        if tag.block:
            self._close_box(tag.block)
        elif tag.name == "a":
            self._link = None
        if self._outer:
            self._place = self._outer.pop()

    def add(self, text: str) -> None:
        """Take in a text."""
        if not self._place.hidden:
            self._line.add(unescape(text) if "&" in text else text, self._place, self._link)

    def _pass_by(self, name: str) -> None:
        """Take in an element that holds nothing. A second `<br>` makes a gap."""
        if name == "br":
            self._gap |= not self._end_line()
        elif name in BLOCKS:
            self._break(name)
        elif name in PICTURES:
            self._picture = True

    def _open_box(self, name: str) -> None:
        self._break(name)
        self._parents.append(self._box)
        self._box = len(self._firsts)
        self._firsts.append(len(self._pieces))
        self._stops.append(0)

    def _close_box(self, name: str) -> None:
        self._break(name)
        self._stops[self._box] = len(self._pieces)
        self._box = self._parents[self._box]

    def _break(self, name: str) -> None:
        """End the line where a block begins or ends."""
        self._end_line()
        if name in GAPPED:
            self._gap = True

    def _end_line(self) -> bool:
        """End the line; tell whether it had any text."""
        line = self._line
        if not line.texts:
            return False
        text = "".join(line.texts)
        self._pieces.append(Piece(text, self._gap, line.markup(text, self._place, self._box, picture=self._picture)))
        self._line = OpenLine()
        self._gap = self._picture = False
        return True
