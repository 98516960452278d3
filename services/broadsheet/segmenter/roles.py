"""The part that each line plays on the page.

The roles are the interface between finding out what a line is (here by rule) and building the event from it
(`teasers.py`, `assemble.py`), which does not care how they were found.
"""

from collections.abc import Sequence
from enum import StrEnum

from broadsheet.segmenter.body import find_body
from broadsheet.segmenter.lines import Line
from broadsheet.segmenter.meta_line import read_meta_line
from broadsheet.segmenter.shapes import Shape, in_chrome, is_link, shape_of


class Role(StrEnum):
    """What a line is for. Two roles name lines that are two things at once."""

    TITLE = "title"
    BODY = "body"
    HEADLINE = "headline"
    SUMMARY = "summary"
    KICKER = "kicker"
    BYLINE = "byline"
    DATE = "date"
    KICKER_DATE = "kicker_date"
    BYLINE_DATE = "byline_date"
    META = "meta"
    HEADER = "header"
    NAVIGATION = "navigation"
    COMMENT = "comment"
    OTHER = "other"


TITLE_REACH = 8
"""How many lines above the article its title may stand."""

MIN_LIST_WORDS, MIN_LINK_WORDS = 5, 4
"""Fewest words of a headline that has nothing with it: in a list of headlines, and where it is a link."""

MAX_HEADER_WORDS = 6
"""Most words of a list's own title: "More from the Wexmoor Post"."""

MAX_SUMMARY = 600
"""Longest summary of a teaser, in code points."""


def assign_roles(lines: Sequence[Line], titles: Sequence[str] = ()) -> list[Role]:
    """Give every line its role.

    Args:
        lines: the page.
        titles: what the article may be called, best source first; a line that says so is the title.
    """
    shapes = [shape_of(line) for line in lines]
    body = find_body(lines, shapes)
    roles = [_outside_role(lines, shapes, index) for index in range(len(lines))]
    for index in body:
        roles[index] = _inside_role(lines, shapes, index)
    title = find_title(lines, shapes, body, titles)
    if title is not None:
        roles[title] = Role.TITLE
        for index in range(max(title + 1, body.start - TITLE_REACH), body.start):
            roles[index] = Role.BODY if shapes[index] in {Shape.PROSE, Shape.HEADLINE} else Role.OTHER
    _mark_comments(shapes, roles, body.stop)
    _mark_kickers(roles)
    return roles


def find_title(lines: Sequence[Line], shapes: Sequence[Shape], body: range, titles: Sequence[str]) -> int | None:
    """Give the line that is the article's title, or None: a known title, else the heading or headline above the body."""
    known = [" ".join(title.split()).casefold() for title in titles]
    above = range(body.start - 1, -1, -1) if body else range(len(lines))
    for index in above:
        if lines[index].text.casefold() in known or (body and _is_top_heading(lines[index])):
            return index
    reach = above[:TITLE_REACH] if body else ()
    nearest = next((index for index in reach if _may_be_title(lines[index], shapes[index])), None)
    if nearest and _may_be_title(lines[nearest - 1], shapes[nearest - 1]):
        return nearest - 1  # what stands between is a standfirst without a final mark
    return nearest


def _may_be_title(line: Line, shape: Shape) -> bool:
    return shape is Shape.HEADLINE and not in_chrome(line) and not is_link(line)


def _is_top_heading(line: Line) -> bool:
    return line.markup is not None and "h1" in line.markup.within and len(line.text.split()) > 1


def _inside_role(lines: Sequence[Line], shapes: Sequence[Shape], index: int) -> Role:
    """Give the role of a line within the article: nearly always body."""
    shape, line = shapes[index], lines[index]
    if shape is Shape.READ_MORE or (is_link(line) and len(line.text.split()) >= MIN_LINK_WORDS):
        return Role.HEADLINE
    if in_chrome(line):
        return _outside_role(lines, shapes, index)
    return Role.OTHER if shape in {Shape.META, Shape.BOILERPLATE} else Role.BODY


def _outside_role(lines: Sequence[Line], shapes: Sequence[Shape], index: int) -> Role:
    """Give the role of a line outside the article."""
    shape = shapes[index]
    if shape is Shape.META:
        return _meta_role(lines[index].text)
    if shape is Shape.HEADLINE:
        if _presents_item(lines, shapes, index):
            return Role.HEADLINE
        return Role.HEADER if len(lines[index].text.split()) <= MAX_HEADER_WORDS else Role.OTHER
    if shape is Shape.READ_MORE:
        return Role.HEADLINE if len(lines[index].text.split()) > MIN_LIST_WORDS else Role.META
    if shape is Shape.PROSE:
        return Role.SUMMARY if _is_summary(lines, shapes, index) else Role.OTHER
    return Role.NAVIGATION


def _presents_item(lines: Sequence[Line], shapes: Sequence[Shape], index: int) -> bool:
    """Tell whether a headline presents an item: it is a link, has something with it, or stands in a list of its kind."""
    words = len(lines[index].text.split())
    if lines[index].markup is not None and is_link(lines[index]):
        return words >= MIN_LINK_WORDS - 1
    below = shapes[index + 1] if index + 1 < len(shapes) else None
    above = shapes[index - 1] if index else None
    if (below is Shape.META and not _glued_below(lines, index + 1)) or above is Shape.META:
        return True
    if below is Shape.PROSE and _is_summary(lines, shapes, index + 1):
        return True
    return words >= MIN_LIST_WORDS and lines[index].markup is None and Shape.HEADLINE in (above, below)


def _glued_below(lines: Sequence[Line], index: int) -> bool:
    """Tell whether a line belongs to the next one rather than to the one above: a gap above it and none below."""
    return lines[index].gap and index + 1 < len(lines) and not lines[index + 1].gap


def _is_summary(lines: Sequence[Line], shapes: Sequence[Shape], index: int) -> bool:
    """Tell whether a paragraph belongs to the headline above it, with at most a line of labels between."""
    above = list(shapes[max(0, index - 2) : index])
    under_headline = above[-1:] == [Shape.HEADLINE] or above == [Shape.HEADLINE, Shape.META]
    return under_headline and len(lines[index].text) <= MAX_SUMMARY


def _meta_role(text: str) -> Role:
    meta = read_meta_line(text)
    if meta is None or meta.date is None:
        return Role.BYLINE
    if meta.kicker:
        return Role.KICKER_DATE
    return Role.BYLINE_DATE if meta.byline else Role.DATE


def _mark_comments(shapes: Sequence[Shape], roles: list[Role], start: int) -> None:
    """Below a line that says "Comments", what is not a headline list is what readers wrote, up to the next label."""
    within = False
    for index in range(start, len(roles)):
        if shapes[index] is Shape.COMMENTS:
            within = True
        elif shapes[index] is Shape.LABEL and roles[index - 1] is not Role.COMMENT:
            within = False
        elif within:
            roles[index] = Role.COMMENT


def _mark_kickers(roles: list[Role]) -> None:
    """Labels above most headlines are their kickers; a lone one is the title of a list."""
    headlines = [index for index, role in enumerate(roles) if role is Role.HEADLINE]
    labelled = [index - 1 for index in headlines if index and roles[index - 1] is Role.NAVIGATION]
    kind = Role.KICKER if len(labelled) > 1 and 2 * len(labelled) >= len(headlines) else Role.HEADER
    for index in labelled:
        roles[index] = kind
