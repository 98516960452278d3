"""Lists of an article's own sections, which look like lists of headlines.

Measured on the pages of the development sites whose teasers are marked, where every headline of a list stands again as a line of
the body: from plain text three lists of two pages, 24 items and not one a teaser; on HTML none, where the links tell. Lists of
which some lines do so are lists of related articles that the article names too.
"""

from collections.abc import Iterator, Sequence

from broadsheet.segmenter.items import Item, said
from broadsheet.segmenter.lines import Line
from broadsheet.segmenter.roles import Role

FEWEST = 3
"""Items of a list from which all of them standing in the body again is no chance."""


def without_contents(items: Sequence[Item], roles: Sequence[Role], lines: Sequence[Line]) -> list[Item]:
    """Leave out the lists whose every item is the heading of a section of the article.

    Args:
        items: the page's items, in order.
        roles: the role of each line.
        lines: the page's lines.
    """
    body = {_name(line.text) for line, role in zip(lines, roles, strict=True) if role is Role.BODY} if items else set()

    def are_sections(found: Sequence[Item]) -> bool:
        return len(found) >= FEWEST and all(_name(lines[item.headline.start].text) in body for item in found)

    if are_sections(items):
        return []
    return [item for found in _lists(items) if not are_sections(found) for item in found]


def _lists(items: Sequence[Item]) -> Iterator[list[Item]]:
    """Give the items that follow one another without another line between, together."""
    found: list[Item] = []
    for item in items:
        if found and found[-1].lines.stop != item.lines.start:
            yield found
            found = []
        found.append(item)
    if found:
        yield found


def _name(text: str) -> str:
    """Give a heading as it is compared: a list may write it with a colon or without."""
    return said(text).strip(" .:")
