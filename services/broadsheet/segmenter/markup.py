"""HTML to lines: the visible text as a plain-text dump would have it, and what the markup says about each line.

The parser follows the HTML standard, so that broken markup is read as a browser reads it. Its tree is not walked node
by node in Python (5 ms a page of 100 KB) but written out as well-formed HTML, which one pattern cuts into tags and
texts (2 ms): after the parser every start has its end, and no `<` stands in a text. Nothing recurses, so depth costs
no stack; the parser's own cost grows with the square of the depth (10,000 nested elements 0.3 s, 100,000 take minutes
and are ended by the worker's time limit).
"""

import re
from html import unescape

from selectolax.lexbor import LexborHTMLParser

from broadsheet.segmenter.class_words import groups_of
from broadsheet.segmenter.html_tags import (
    BLOCKS,
    GAPPED,
    INVISIBLE,
    LANDMARKS,
    PICTURES,
    ROLES,
    STRONG,
    VERBATIM,
    VOID,
)
from broadsheet.segmenter.lines import Box, Markup, Page, Piece, lay_out

_TAG = re.compile(r'<(!--.*?--|![^>]*|/?[^\s/><!][^\s/><]*(?: =?[^\s=>]*(?:="[^"]*")?)*)>', re.DOTALL)
"""A comment, a document type or a tag as the parser writes them. Splitting by it gives texts and tags by turns.

The name of an attribute may hold quotes (`<a href="x"">` has one named `"`), so quotes are only where a `=` is.
"""

_NAMES = re.compile(r' (?:class|id)="([^"]*)"')
_HREF = re.compile(r' href="([^"]*)"')
_ROLE = re.compile(r' role="([^"]*)"')
_HIDING = re.compile(r'(?: hidden(?:=|$| )| style="[^"]*(?:display\s*:\s*none|visibility\s*:\s*hidden))', re.IGNORECASE)

_STATE = tuple[str, int, int, int, int, int, bool]


def read_html(tree: LexborHTMLParser) -> Page:
    """Read the visible lines of a parsed page. The tree loses what is not seen; read its meta data before."""
    tree.strip_tags(list(INVISIBLE), recursive=True)
    tree.unwrap_tags(list(VERBATIM))
    reader = _Reader()
    tokens = _TAG.split(tree.html or "")
    reader.add(tokens[0])
    for place in range(1, len(tokens), 2):
        reader.tag(tokens[place])
        if tokens[place + 1]:
            reader.add(tokens[place + 1])
    return reader.page()


class _Reader:
    """Collects lines and boxes while tags and texts go by."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []
        self._boxes: list[Box] = []
        self._stack: list[_STATE] = []
        self._block, self._box = "body", 0
        self._within = self._words = self._place = 0
        self._near: list[int] = [0, 0, 0]
        self._hidden = False
        self._link: str | None = None
        self._strong = 0
        self._start_line()
        self._gap = self._picture = False

    def page(self) -> Page:
        """End the last line and lay the page out."""
        self._break()
        return lay_out(self._pieces, self._boxes)

    def tag(self, written: str) -> None:
        """Take in a tag as written between its angle brackets."""
        if written.startswith("/"):
            self._leave(written[1:])
        elif not written.startswith("!"):
            name, _, attributes = written.partition(" ")
            self._enter(name, f" {attributes}" if attributes else "")

    def add(self, text: str) -> None:
        """Take in a text."""
        if self._hidden:
            return
        if "&" in text:
            text = unescape(text)
        self._text.append(text)
        if self._link is None and not self._strong:
            if not text.isspace():
                self._line_near |= self._near[-1] | self._near[-2] | self._near[-3]
            return
        length = len(text) if text.isalnum() else len("".join(text.split()))
        if not length:
            return
        self._line_near |= self._near[-1] | self._near[-2] | self._near[-3]
        if self._strong:
            self._emphasised += length
        if self._link is not None:
            self._linked += length
            self._line_link = self._line_link or self._link

    def _enter(self, tag: str, attributes: str) -> None:
        self._open_line(tag)
        if tag in PICTURES:
            self._picture = True
        if tag in VOID:
            return
        self._stack.append((tag, self._within, self._words, self._place, self._box, self._strong, self._hidden))
        self._hidden = self._hidden or (bool(attributes) and _HIDING.search(attributes) is not None)
        names = " ".join(_NAMES.findall(attributes)) if attributes else ""
        groups = groups_of(names) if names else 0
        self._near.append(groups)
        self._words |= groups
        self._within |= LANDMARKS.get(_landmark(tag, attributes), 0)
        if tag in BLOCKS:
            self._open_box(tag, names)
        elif tag == "a":
            target = _HREF.search(attributes)
            self._link = unescape(target[1]) if target and target[1] else None
        elif tag in STRONG:
            self._strong += 1

    def _open_box(self, tag: str, names: str) -> None:
        self._place = hash((self._place, tag, names))
        parent, self._box = self._box, len(self._boxes)
        self._boxes.append(Box(parent if self._boxes else 0, len(self._pieces), len(self._pieces)))
        self._block = tag

    def _leave(self, tag: str) -> None:
        if not self._stack:
            return
        self._open_line(tag)
        closed = self._box
        _, self._within, self._words, self._place, self._box, self._strong, self._hidden = self._stack.pop()
        self._near.pop()
        if tag in BLOCKS:
            box = self._boxes[closed]
            self._boxes[closed] = Box(box.parent, box.first, len(self._pieces))
            self._block = next((name for name, *_ in reversed(self._stack) if name in BLOCKS), "body")
        elif tag == "a":
            self._link = None

    def _open_line(self, tag: str) -> None:
        """End the line where an element of `tag` begins or ends, if it does so; a second `<br>` makes a gap."""
        if tag == "br":
            self._gap |= not self._break()
        elif tag in BLOCKS:
            self._break()
            self._gap |= tag in GAPPED

    def _break(self) -> bool:
        """End the line; tell whether it had any text."""
        text = "".join(self._text)
        if not text or text.isspace():
            self._text.clear()
            return False
        self._pieces.append(Piece(text, self._gap, self._markup(text)))
        self._start_line()
        self._gap = self._picture = False
        return True

    def _markup(self, text: str) -> Markup:
        length = len("".join(text.split())) if self._linked or self._emphasised else 1
        return Markup(
            tag=self._block,
            within=self._within,
            words=self._words,
            near_words=self._line_near,
            link=self._line_link if self._linked else None,
            link_share=self._linked / length,
            strong_share=self._emphasised / length,
            picture=self._picture,
            depth=len(self._stack),
            place=self._place,
            box=self._box,
        )

    def _start_line(self) -> None:
        self._text: list[str] = []
        self._linked = self._emphasised = self._line_near = 0
        self._line_link: str | None = None


def _landmark(tag: str, attributes: str) -> str:
    """Give the landmark element that an element is, by its ARIA role where it has one."""
    role = _ROLE.search(attributes) if " role=" in attributes else None
    return ROLES.get(role[1], tag) if role else tag
