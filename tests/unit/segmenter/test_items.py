"""Lines of teasers are cut into items, each with one headline."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.segmenter.items import SURE, find_items
from broadsheet.segmenter.roles import TEASER_ROLES, Role
from unit.segmenter.made import decided

H, S, K, B, D, M, O = (  # noqa: E741 - as short as the lists below need them
    *(Role.HEADLINE, Role.SUMMARY, Role.KICKER, Role.BYLINE, Role.DATE, Role.META),
    Role.OTHER,
)


def items_of(roles: Sequence[Role], begins: Sequence[float] = ()) -> list[tuple[list[int], list[int]]]:
    return [(list(item.lines), list(item.headline)) for item in find_items(decided(roles, begins))]


def test_each_headline_of_a_run_is_an_item_with_the_lines_that_follow_until_the_next_beginning() -> None:
    roles = [O, K, H, S, D, K, H, S, O]
    begins = [0, 0.9, 0.1, 0, 0, 0.9, 0.1, 0, 0]

    assert items_of(roles, begins) == [([1, 2, 3, 4], [2]), ([5, 6, 7], [6])]


@pytest.mark.parametrize(
    ("begins", "cut"), [([0.9, 0, 0.8, 0.2], 2), ([0.9, 0, 0.2, 0.8], 3), ([0.9, 0.6, 0.2, 0.5], 1)]
)
def test_a_run_is_cut_where_an_item_most_probably_begins(begins: list[float], cut: int) -> None:
    first, second = items_of([H, D, D, H], begins)
    assert (first[0][-1], second[0][0]) == (cut - 1, cut)


def test_of_equal_chances_the_first_line_begins_the_next_item() -> None:
    assert [lines for lines, _ in items_of([H, D, K, H])] == [[0], [1, 2, 3]]


def test_lines_above_the_first_headline_of_a_run_belong_to_it_whatever_begins_there() -> None:
    assert items_of([K, B, H], [0.9, 0.9, 0.9]) == [([0, 1, 2], [2])]


@pytest.mark.parametrize(
    ("chance", "headlines"), [(SURE - 0.1, [[0, 1]]), (SURE, [[0], [1]]), (SURE + 0.1, [[0], [1]])]
)
def test_a_headline_of_several_lines(chance: float, headlines: list[list[int]]) -> None:
    assert [headline for _, headline in items_of([H, H], [0.9, chance])] == headlines


def test_headlines_with_a_line_between_are_two() -> None:
    assert [headline for _, headline in items_of([H, S, H], [0.9, 0, 0.1])] == [[0], [2]]


@pytest.mark.parametrize("between", sorted(set(Role) - TEASER_ROLES))
def test_any_other_role_ends_an_item(between: Role) -> None:
    assert [lines for lines, _ in items_of([H, D, between, S, H])] == [[0, 1], [3, 4]]


def test_labels_without_a_headline_are_no_item() -> None:
    assert items_of([K, D, O, S, M]) == []
    assert items_of([]) == []


@given(st.lists(st.tuples(st.sampled_from(list(Role)), st.floats(0, 1, width=32))))
@settings(deadline=None)
def test_items_hold_every_headline_once_and_never_overlap(lines: list[tuple[Role, float]]) -> None:
    roles = [role for role, _ in lines]
    items = find_items(decided(roles, [chance for _, chance in lines]))
    held = [place for item in items for place in item.lines]

    assert held == sorted(set(held))
    assert [place for item in items for place in item.headline] == [
        place for place, role in enumerate(roles) if role is Role.HEADLINE
    ]
    assert all(item.headline.start in item.lines and item.headline[-1] in item.lines for item in items)
    assert all(roles[place] in TEASER_ROLES for place in held)
