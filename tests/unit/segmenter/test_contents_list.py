"""A list of the article's own sections is no list of other items."""

import pytest

from broadsheet.segmenter.contents_list import FEWEST, without_contents
from broadsheet.segmenter.items import find_items
from broadsheet.segmenter.roles import Role
from unit.segmenter.made import PROSE, decided, page_of

SECTIONS = ("How bees swarm", "Where they go:", "Who to call")


def kept(listed: tuple[str, ...], *, also: tuple[str, ...] = (), headings: tuple[str, ...] = SECTIONS) -> list[str]:
    """Give the headlines that are left of a list above an article with these headings, and of a list below it."""
    body = [text for heading in headings for text in (heading, PROSE)]
    texts = [*listed, *body, *also]
    roles = [Role.HEADLINE] * len(listed) + [Role.BODY] * len(body) + [Role.HEADLINE] * len(also)
    page = page_of(*texts)
    items = find_items(decided(roles, [0.9] * len(texts)), page.lines)
    return [texts[item.headline.start] for item in without_contents(items, roles, page.lines)]


@pytest.mark.parametrize("also", [(), ("Ferry is back", "Bridge is shut")])
def test_a_list_whose_every_item_is_a_heading_of_the_body_is_left_out(also: tuple[str, ...]) -> None:
    assert kept(("HOW BEES SWARM", "Where they go", "Who to call"), also=also) == list(also)


def test_a_list_that_names_other_items_too_is_kept() -> None:
    listed = (*SECTIONS, "Ferry is back")
    assert kept(listed) == list(listed)


def test_a_list_of_few_items_is_kept() -> None:
    listed = SECTIONS[: FEWEST - 1]
    assert kept(listed) == list(listed)


def test_short_lists_of_sections_are_left_out_where_the_page_has_no_others() -> None:
    assert kept(SECTIONS[:2], also=SECTIONS[2:]) == []


def test_a_page_without_items_has_none() -> None:
    assert kept(()) == []
