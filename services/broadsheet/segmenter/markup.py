"""HTML to lines: the visible text as a plain-text dump would have it, and what the markup says about each line.

The parser follows the HTML standard, so that broken markup is read as a browser reads it. Its tree is not walked node
by node in Python but written out as well-formed HTML, which one pattern cuts into tags and texts: there every start has
its end, and neither `<` nor `>` stands in a text or an attribute's value. Nothing recurses, so depth costs no stack.
The parser's own cost grows with the square of the depth, and of the number of one tag's attributes: 10,000 nested
elements take 0.2 s, 100,000 take minutes and are ended by the worker's time limit.
"""

import re

from selectolax.lexbor import LexborHTMLParser

from broadsheet.segmenter.html_tags import BLOCKS, GAPPED, INVISIBLE, PICTURES, VERBATIM, VOID
from broadsheet.segmenter.lines import Box, Layout, Page
from broadsheet.segmenter.open_line import OpenLine
from broadsheet.segmenter.places import Place, enter
from broadsheet.segmenter.start_tags import StartTag, cut_target, read_start_tag

_TAG = re.compile(r"<(!--.*?--|[^>]*)>", re.DOTALL)
"""A tag or a comment. Splitting by it gives texts and tags by turns."""


def read_html(tree: LexborHTMLParser) -> Page:
    """Read the visible lines of a parsed page. The tree loses what is not seen; read its meta data before."""
    return read_written(write_out(tree))


def write_out(tree: LexborHTMLParser) -> str:
    """Give what is seen of a parsed page as HTML; the tree loses the rest."""
    tree.strip_tags(list(INVISIBLE), recursive=True)
    tree.unwrap_tags([", ".join(VERBATIM)])
    return tree.html or ""


_NO_ELEMENT = ("!", "?")
"""What comments, document types and processing instructions begin with."""


def read_written(html: str) -> Page:
    """Read the lines of HTML that a serialiser wrote."""
    layout, boxes = Layout(), list[Box]()
    line, lines = OpenLine(layout), layout.lines
    place, outer, box = Place(StartTag()), list[Place](), 0
    link: str | None = None
    tokens = iter(_TAG.split(html))
    next(tokens)
    for written, text in zip(tokens, tokens, strict=True):
        if written.startswith("/"):
            tag = place.tag
            if tag.block:
                if line.texts:
                    line.end(place, box)
                if tag.gapped:
                    layout.gap = True
                boxes[box].stop = len(lines)
                box = boxes[box].parent
            elif tag.name == "a":
                link = None
            if outer:
                place = outer.pop()
        elif (name := written.partition(" ")[0]) in VOID:
            if name == "br":
                if line.texts:
                    line.end(place, box)
                else:
                    layout.gap = True
            elif name in PICTURES:
                line.picture = True
            elif name in BLOCKS:
                if line.texts:
                    line.end(place, box)
                if name in GAPPED:
                    layout.gap = True
        elif not written.startswith(_NO_ELEMENT):
            if name == "a":
                link, written = cut_target(written)
            tag = read_start_tag(written)
            if tag.block:
                if line.texts:
                    line.end(place, box)
                if tag.gapped:
                    layout.gap = True
                boxes.append(Box(box, len(lines), 0))
                box = len(boxes) - 1
            elif tag.picture:
                line.picture = True
            outer.append(place)
            place = place.inner.get(tag) or enter(place, tag)
        if text and not place.hidden and (line.texts or not text.isspace()):
            line.add(text, place, link)
    if line.texts:
        line.end(place, box)
    return layout.page(boxes)
