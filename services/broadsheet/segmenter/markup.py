"""HTML to lines: the visible text as a plain-text dump would have it, and what the markup says about each line.

The parser follows the HTML standard, so that broken markup is read as a browser reads it. The walk over its tree is a
loop, not a recursion: 10,000 nested elements take 0.3 s, all of it in the parser, whose cost grows with the square of
the depth (100,000 take minutes, and the worker's time limit ends them).
"""

import re
from collections import Counter
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from broadsheet.segmenter.lines import Markup, Page, Piece, lay_out

INVISIBLE = frozenset(
    {
        "audio",
        "canvas",
        "datalist",
        "embed",
        "iframe",
        "math",
        "noscript",
        "object",
        "option",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "video",
    }
)
"""Elements whose text a reader does not see, or sees only inside a control."""

GAPPED = frozenset(
    {
        "article",
        "aside",
        "blockquote",
        "dl",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "ul",
    }
)
"""Blocks with a gap above and below, after the margins that browsers give them."""

BLOCKS = GAPPED | frozenset(
    {
        "address",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dt",
        "figcaption",
        "html",
        "legend",
        "li",
        "summary",
        "td",
        "th",
        "tr",
    }
)
"""Elements that begin a line of their own."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

LANDMARKS = HEADINGS | frozenset(
    {"article", "aside", "blockquote", "figcaption", "figure", "footer", "header", "li", "main", "nav", "time"}
)
"""Ancestors worth knowing. Few on purpose: layout elements such as `table` mean nothing on old pages."""

ROLES = {"navigation": "nav", "complementary": "aside", "contentinfo": "footer", "banner": "header"}
"""ARIA roles and the landmark element that means the same."""

_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def read_html(tree: LexborHTMLParser) -> Page:
    """Read the visible lines of a parsed page."""
    return lay_out(_Reader().read(tree))


class _Reader:
    """Collects lines while the tree is walked."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []
        self._open: list[tuple[str, str | None]] = []
        self._blocks = ["body"]
        self._landmarks: Counter[str] = Counter()
        self._within: frozenset[str] = frozenset()
        self._gap = False
        self._link: str | None = None
        self._text: list[str] = []
        self._linked = 0
        self._line_link: str | None = None

    def read(self, tree: LexborHTMLParser) -> list[Piece]:
        for node, entering in _walk(tree):
            if node.is_text_node:
                self._add(node.text_content or "")
            elif entering:
                self._enter(node)
            else:
                self._leave()
        self._break()
        return self._pieces

    def _enter(self, node: LexborNode) -> None:
        tag = node.tag or ""
        self._open_line(tag)
        attributes = node.attributes if tag == "a" or tag in BLOCKS else {}
        landmark = ROLES.get(attributes.get("role") or "", tag)
        self._open.append((tag, landmark if landmark in LANDMARKS else None))
        if landmark in LANDMARKS:
            self._count(landmark, 1)
        if tag in BLOCKS:
            self._blocks.append(tag)
        elif tag == "a":
            self._link = attributes.get("href") or None

    def _leave(self) -> None:
        tag, landmark = self._open.pop()
        if tag in BLOCKS:
            self._open_line(tag)
            self._blocks.pop()
        elif tag == "a":
            self._link = None
        if landmark:
            self._count(landmark, -1)

    def _count(self, landmark: str, change: int) -> None:
        self._landmarks[landmark] += change
        self._within = frozenset(name for name, count in self._landmarks.items() if count)

    def _open_line(self, tag: str) -> None:
        """End the line where an element of `tag` begins or ends, if it does so; a second `<br>` makes a gap."""
        if tag == "br":
            self._gap |= not self._break()
        elif tag in BLOCKS:
            self._break()
            self._gap |= tag in GAPPED

    def _add(self, text: str) -> None:
        self._text.append(text)
        if self._link is not None:
            self._linked += _visible_length(text)
            self._line_link = self._line_link or self._link

    def _break(self) -> bool:
        """End the line; tell whether it had any text."""
        text = "".join(self._text)
        self._text.clear()
        if not text or text.isspace():
            return False
        share = self._linked / _visible_length(text) if self._linked else 0.0
        markup = Markup(self._blocks[-1], self._within, self._line_link if share else None, share)
        self._pieces.append(Piece(text, self._gap, markup))
        self._gap, self._linked, self._line_link = False, 0, None
        return True


def _visible_length(text: str) -> int:
    return len("".join(text.split()))


def _walk(tree: LexborHTMLParser) -> Iterator[tuple[LexborNode, bool]]:
    """Go through visible elements and texts in document order: texts once, elements on entering and on leaving."""
    node = tree.root
    path: list[LexborNode] = []
    while node is not None:
        following = node.next
        if node.is_text_node:
            yield node, True
        elif node.is_element_node and _visible(node):
            yield node, True
            path.append(node)
            following = node.first_child
        while following is None and path:
            left = path.pop()
            yield left, False
            following = left.next
        node = following


def _visible(node: LexborNode) -> bool:
    """Tell whether an element is shown, as far as its own tag and attributes say."""
    if node.tag in INVISIBLE:
        return False
    attributes = node.attributes
    return "hidden" not in attributes and not _HIDING_STYLE.search(attributes.get("style") or "")
