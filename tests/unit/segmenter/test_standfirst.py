"""What stands between a title and the first paragraph, and may well be part of the article, is."""

import numpy as np
import pytest

from broadsheet.segmenter.roles import Role
from broadsheet.segmenter.standfirst import MOST, mend_standfirst
from unit.segmenter.made import PROSE, page_of

STANDFIRST = "The last boat leaves Zuidmeer in October, and nobody knows what comes after it"


def between(*texts: str, chance: float = 0.2, role: Role = Role.OTHER, first: Role = Role.BODY) -> list[Role]:
    """Give what lines between a title and a paragraph are taken for in the end."""
    lines = page_of("Ferry is gone", *texts, PROSE).lines
    roles = np.array([Role.TITLE, *(role for _ in texts), first])
    chances = np.zeros((len(lines), len(Role)), np.float32)
    chances[1:-1, Role.BODY] = chance
    mend_standfirst(roles, chances, lines, np.array([len(line.text) for line in lines]))
    assert roles[[0, -1]].tolist() == [Role.TITLE, first]
    return [Role(role) for role in roles[1:-1].tolist()]


def test_a_standfirst_is_part_of_the_article() -> None:
    assert between(STANDFIRST) == [Role.BODY]
    assert between(STANDFIRST, STANDFIRST) == [Role.BODY, Role.BODY]
    assert between("The last boat leaves Zuidmeer on 3 October 2026, and nobody knows what comes next") == [Role.BODY]
    assert between("Von Montag an fährt die alte Fähre von Zuidmeer nicht mehr.") == [Role.BODY]


@pytest.mark.parametrize(
    "text",
    [
        "The last boat leaves Zuidmeer in October",
        "By Ada Field and Ben Moor, for the Zuidmeer Post, Zuidmeer",
        "Ada Field, Zuidmeer Post, Monday, 3 May 2026, 10:15",
        f"{STANDFIRST}. Photo: Ada Field",
    ],
)
def test_labels_and_captions_are_none(text: str) -> None:
    assert between(text) == [Role.OTHER]


def test_nothing_is_a_standfirst_behind_something_else() -> None:
    assert between("Share", STANDFIRST) == [Role.OTHER, Role.OTHER]
    assert between(*[STANDFIRST] * (MOST + 1)) == [Role.BODY] * MOST + [Role.OTHER]


def test_what_is_hardly_believed_or_believed_to_be_something_else_stays_so() -> None:
    assert between(STANDFIRST, chance=0.19) == [Role.OTHER]
    assert between(STANDFIRST, role=Role.HEADLINE) == [Role.HEADLINE]


def test_a_title_without_an_article_has_no_standfirst() -> None:
    assert between(STANDFIRST, first=Role.SUMMARY) == [Role.OTHER]
    assert between(STANDFIRST, *["Share"] * 30) == [Role.OTHER] * 31


def test_a_page_without_a_title_or_with_nothing_below_it_has_none_either() -> None:
    lines = page_of(STANDFIRST).lines
    for role in (Role.OTHER, Role.TITLE):
        roles = np.array([role])
        mend_standfirst(roles, np.ones((1, len(Role)), np.float32), lines, np.array([len(STANDFIRST)]))
        assert roles.tolist() == [role]
