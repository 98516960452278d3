"""Plain text to lines, whatever way the dump was made.

Dumps differ: a paragraph a line or hard-wrapped at some column, cells set apart by tabs, lists with bullets. A page is
brought to one form, a block a line, before anything else looks at it.
"""

import re

from broadsheet.segmenter.lines import Layout, Page, seen
from broadsheet.segmenter.wrapping import BULLET, unwrap

_EMPTY = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufeff]*")
"""A line that shows nothing: spaces, and signs of no width that pages leave between blocks."""


def read_text(content: str) -> Page:
    """Read a plain-text dump: its lines are the page's, its empty lines the gaps; wrapped paragraphs become one line."""
    layout = Layout()
    for line in unwrap(content.removeprefix("\ufeff").splitlines()):
        if _EMPTY.fullmatch(line):
            layout.gap = True
            continue
        mark = BULLET.match(line)
        for cell in line[mark.end() if mark else 0 :].split("\t"):
            if text := seen(cell):
                layout.add(text)
    return layout.page()
