"""Where the article is: the densest run of prose lines.

Each line has a weight, its length where it is prose and a price where it is not, and the body is the run of lines with
the greatest sum (Kadane's algorithm, one pass). Sub-headings inside an article cost little beside its paragraphs, so the
run bridges them; a list of teasers costs more than its summaries bring.
"""

from collections.abc import Sequence

from broadsheet.segmenter.lines import Line
from broadsheet.segmenter.shapes import Shape, in_chrome, is_link

MIN_BODY = 200
"""Fewest code points of prose that make an article; a single summary or a consent text is shorter."""

MAX_WEIGHT = 500
"""A line of prose counts so much at most, so that one huge line does not swallow its surroundings."""

SUMMARY_LENGTH = 260
"""A headline over a single paragraph of at most so many code points looks like a teaser, not like a sub-heading."""

WALL = -1_000_000
PRICES = {
    Shape.HEADLINE: -60,
    Shape.LABEL: -60,
    Shape.META: -120,
    Shape.READ_MORE: -30,
    Shape.BOILERPLATE: -120,
    Shape.COMMENTS: WALL,
}


def find_body(lines: Sequence[Line], shapes: Sequence[Shape]) -> range:
    """Give the lines of the article from first to last, those that interrupt it included; empty without an article."""
    best, best_sum, start, running = range(0), 0, 0, 0
    weights = [_weight(lines, shapes, index) for index in range(len(lines))]
    for index, weight in enumerate(weights):
        if running <= 0:
            start, running = index, 0
        running += weight
        if running > best_sum:
            best, best_sum = range(start, index + 1), running
    return best if sum(len(lines[index].text) for index in best) >= MIN_BODY else range(0)


def _weight(lines: Sequence[Line], shapes: Sequence[Shape], index: int) -> int:
    line, shape = lines[index], shapes[index]
    if in_chrome(line):
        return -MAX_WEIGHT
    if shape is Shape.PROSE:
        length = min(len(line.text), MAX_WEIGHT)
        return -length if is_link(line) else length
    price = PRICES[shape]
    return (
        price - len(lines[index + 1].text)
        if shape is Shape.HEADLINE and _looks_like_item(lines, shapes, index)
        else price
    )


def _looks_like_item(lines: Sequence[Line], shapes: Sequence[Shape], index: int) -> bool:
    """Tell whether a headline has exactly one short paragraph below it."""
    below = shapes[index + 1 : index + 3]
    return (
        bool(below)
        and below[0] is Shape.PROSE
        and (len(below) == 1 or below[1] is not Shape.PROSE)
        and len(lines[index + 1].text) <= SUMMARY_LENGTH
    )
