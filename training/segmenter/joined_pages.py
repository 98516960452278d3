"""Pages put together of three others: what stands before an article, an article, and what stands behind one.

A site's menus and lists come with one article alone in the corpora. With another one between them, a network learns what tells
an article from its surroundings rather than which site it is on.
"""

from collections.abc import Iterator
from dataclasses import replace

from broadsheet.segmenter.boxes import Box
from training.segmenter.corpora import BODY, NOT_ARTICLE, TITLE, LabelledLine, LabelledPage
from training.segmenter.varied_lines import places

KINDS_OF_PLACE = 1_000_000
"""More than a page has: added to `Markup.place` so that no kind of place is shared between the parts."""


def join_pages(before: LabelledPage, article: LabelledPage, after: LabelledPage) -> LabelledPage:
    """Give the article of one page with the surroundings of others; each of the pages has a body.

    The page keeps the id, the site and the titles of the article. The blocks of all parts stand in the outermost block of the
    first, and links to the sites of the others lead to its own.
    """
    parts = (
        (before, range(_first(before))),
        (article, range(_first(article), _stop(article))),
        (after, range(_stop(after), len(after.lines))),
    )
    lines: list[LabelledLine] = []
    boxes: list[Box] = []
    for number, (page, taken) in enumerate(parts):
        moved = [
            _moved(line, page.domain, article.domain, len(boxes), number)
            for line in page.lines[taken.start : taken.stop]
        ]
        boxes += _boxes(page, taken, len(lines), len(boxes))
        lines += moved if page is article else map(_untitled, moved)
    if boxes:
        boxes[0] = Box(0, 0, len(lines))
    return replace(article, lines=tuple(lines), boxes=tuple(boxes))


def _first(page: LabelledPage) -> int:
    return places(page.lines, BODY, TITLE)[0]


def _stop(page: LabelledPage) -> int:
    return places(page.lines, BODY)[-1] + 1


def _boxes(page: LabelledPage, taken: range, start: int, known: int) -> Iterator[Box]:
    """Give the blocks of a page some of whose lines were taken; its outermost ones stand in the first block of all."""
    for number, box in enumerate(page.boxes):
        parent = 0 if box.parent == number else box.parent + known
        first, stop = (
            min(max(place, taken.start), taken.stop) - taken.start + start for place in (box.first, box.stop)
        )
        yield Box(parent, first, stop)


def _moved(line: LabelledLine, site: str, to: str, boxes: int, part: int) -> LabelledLine:
    """Give a line its place among the blocks of another page, with its links to its own site as links to the other one."""
    markup = line.piece.markup
    if markup is None:
        return line
    link = markup.link.replace(site, to) if markup.link else markup.link
    moved = replace(markup, box=markup.box + boxes, place=markup.place + part * KINDS_OF_PLACE, link=link)
    return replace(line, piece=replace(line.piece, markup=moved))


def _untitled(line: LabelledLine) -> LabelledLine:
    return replace(line, roles=NOT_ARTICLE) if line.roles == TITLE else line
