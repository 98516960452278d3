"""Lines of teasers are cut into items, each with one headline."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.segmenter.items import MOST_BETWEEN, SURE, find_items
from broadsheet.segmenter.lines import Markup
from broadsheet.segmenter.roles import TEASER_ROLES, Role
from unit.segmenter.made import decided, html_page_of, page_of

H, S, K, B, D, M, O = (  # noqa: E741 - as short as the lists below need them
    *(Role.HEADLINE, Role.SUMMARY, Role.KICKER, Role.BYLINE, Role.DATE, Role.META),
    Role.OTHER,
)


def items_of(
    roles: Sequence[Role], begins: Sequence[float] = (), texts: Sequence[str] = ()
) -> list[tuple[list[int], list[int]]]:
    """Give the lines and headlines of the items; without texts, no two lines say the same."""
    lines = page_of(*(texts or (f"Line {place}" for place in range(len(roles))))).lines
    return [(list(item.lines), list(item.headline)) for item in find_items(decided(roles, begins), lines)]


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


def test_a_list_is_cut_in_one_way_wherever_the_roles_between_are_the_same() -> None:
    begins = [0.9, 0.2, 0.6, 0.7, 0.4, 0.1, 0.9]  # of the second date alone it is said that it begins an item
    assert [lines for lines, _ in items_of([H, D, H, D, H, D, H], begins)] == [[0, 1], [2, 3], [4, 5], [6]]


@pytest.mark.parametrize(
    ("roles", "items"),
    [
        ([H, D, H, D], [[0, 1], [2, 3]]),
        ([D, H, D, H], [[0, 1], [2, 3]]),
        ([K, H, D, K, H], [[0, 1, 2], [3, 4]]),
        ([H, D, K, H, D], [[0, 1], [2, 3, 4]]),
    ],
)
def test_how_the_first_item_begins_or_the_last_one_ends_tells_of_the_others(
    roles: list[Role], items: list[list[int]]
) -> None:
    against = [0.1 if place in {item[0] for item in items} else 0.6 for place in range(len(roles))]
    assert [lines for lines, _ in items_of(roles, against)] == items


@pytest.mark.parametrize(
    ("roles", "sure", "starts"),
    [
        ([H, K, H, K, H, K, H, K], 0.8, [0, 2, 4, 6]),
        ([H, K, H, K, H, K, H, K], 0.9, [0, 1, 3, 5]),  # the network is too sure of something else
        ([H, K, H, K, H, D, H, K], 0.8, [0, 1, 3, 5]),  # they would not be alike
        ([K, H, K, H, K, H, K, H, K], 0.8, [0, 2, 4, 6]),  # nor here, with a label too many
    ],
)
def test_that_all_items_would_be_alike_tells_of_each(roles: list[Role], sure: float, starts: list[int]) -> None:
    begins = [0.1 if role is H else sure for role in roles]
    assert [lines[0] for lines, _ in items_of(roles, begins)] == starts


def test_a_summary_belongs_to_the_headline_above_it() -> None:
    assert [lines for lines, _ in items_of([H, S, D, H], [0.9, 0.9, 0.1, 0.2])] == [[0, 1, 2], [3]]


def test_of_equal_chances_the_first_line_begins_the_next_item() -> None:
    assert [lines for lines, _ in items_of([H, D, K, H])] == [[0], [1, 2, 3]]


def test_lines_above_the_first_headline_of_a_run_belong_to_it_whatever_begins_there() -> None:
    assert items_of([K, B, H], [0.9, 0.9, 0.9]) == [([0, 1, 2], [2])]


@pytest.mark.parametrize(
    ("below", "chance", "headlines"),
    [
        ("goes on below", SURE - 0.1, [[0, 1]]),
        ("iPhones are dear", SURE, [[0], [1]]),
        ("Another item", SURE - 0.1, [[0], [1]]),
        ("Another item", 0.0, [[0], [1]]),
    ],
)
def test_a_headline_below_a_headline_goes_on_with_it_where_it_is_written_so(
    below: str, chance: float, headlines: list[list[int]]
) -> None:
    assert [headline for _, headline in items_of([H, H], [0.9, chance], ["A headline that", below])] == headlines


@pytest.mark.parametrize("between", [[], [K], [K, D], [M]])
def test_a_headline_that_is_shown_again_below_its_labels_is_no_second_item(between: list[Role]) -> None:
    labels = [f"Label {place}" for place in range(len(between))]
    texts = ["Bees stop the match", *labels, "BEES stop the match", "It rained"]

    assert items_of([H, *between, H, H], [0.9] * len(texts), texts) == [
        (list(range(len(texts) - 1)), [0]),
        ([len(texts) - 1], [len(texts) - 1]),
    ]


@pytest.mark.parametrize("role", [S, K, M])
def test_what_says_the_headline_below_is_its_headline_whatever_it_was_taken_for(role: Role) -> None:
    texts = ["Ferry is back", "3 May", "Bees stop the match", "Sport", "Bees stop the match", "It rained"]

    assert items_of([H, D, role, K, H, S], [0.9, 0, 0.5, 0.4, 0.1, 0], texts) == [([0, 1], [0]), ([2, 3, 4, 5], [2])]


def test_what_says_a_headline_far_below_is_what_it_was_taken_for() -> None:
    labels = [f"Label {place}" for place in range(MOST_BETWEEN + 1)]
    (first,) = items_of([S, *[K] * len(labels), H], texts=["Bees", *labels, "Bees"])

    assert first[1] == [len(labels) + 1]


@pytest.mark.parametrize("first", [["Ferry is back"], ["Ferry is back", "says the mayor"]])
def test_a_headline_is_its_first_showing_whatever_goes_on_below_a_later_one(first: list[str]) -> None:
    texts = [*first, "Sport", "Ferry is back", "says the mayor"]
    roles = [*[H] * len(first), K, H, H]

    (item,) = items_of(roles, texts=texts)
    assert item == (list(range(len(texts))), list(range(len(first))))


def test_a_headline_far_below_is_another_item_though_it_says_the_same() -> None:
    labels = [f"Label {place}" for place in range(MOST_BETWEEN + 1)]
    items = items_of([H, *[M] * len(labels), H], texts=["Bees", *labels, "Bees"])

    assert [headline for _, headline in items] == [[0], [len(labels) + 1]]


def test_a_label_that_leads_elsewhere_is_a_label_though_it_says_what_the_headline_says() -> None:
    lines = html_page_of(("Sport", Markup("a", link="/sport")), ("Sport", Markup("a", link="/2026/sport"))).lines
    (item,) = find_items(decided([K, H]), lines)

    assert list(item.headline) == [1]


def test_a_headline_with_another_link_is_another_item() -> None:
    lines = html_page_of(*(("Bees", Markup("a", link=link)) for link in ("/a", None, "/a", "/b"))).lines
    items = find_items(decided([H] * 4), lines)

    assert [list(item.lines) for item in items] == [[0, 1, 2], [3]]


@pytest.mark.parametrize("between", [S, H])
def test_a_headline_that_is_shown_again_below_more_than_labels_is_a_second_item(between: Role) -> None:
    headlines = [headline for _, headline in items_of([H, between, H], [0.9, 0, 0.9], ["Bees", "A line", "Bees"])]
    assert headlines == ([[0], [1], [2]] if between is H else [[0], [2]])


def test_headlines_with_a_line_between_are_two() -> None:
    assert [headline for _, headline in items_of([H, S, H], [0.9, 0, 0.1])] == [[0], [2]]


@pytest.mark.parametrize("between", sorted(set(Role) - TEASER_ROLES))
def test_any_other_role_ends_an_item(between: Role) -> None:
    assert [lines for lines, _ in items_of([H, D, between, S, H])] == [[0, 1], [3, 4]]


def test_labels_without_a_headline_are_no_item() -> None:
    assert items_of([K, D, O, S, M]) == []
    assert items_of([]) == []


@given(st.lists(st.tuples(st.sampled_from(list(Role)), st.floats(0, 1, width=32), st.sampled_from("ABc"))))
@settings(deadline=None)
def test_items_hold_every_headline_once_and_never_overlap(lines: list[tuple[Role, float, str]]) -> None:
    roles = [role for role, _, _ in lines]
    items = find_items(
        decided(roles, [chance for _, chance, _ in lines]), page_of(*(text for _, _, text in lines)).lines
    )
    held = [place for item in items for place in item.lines]

    assert held == sorted(set(held))
    assert {place for place, role in enumerate(roles) if role is Role.HEADLINE} <= set(held)
    assert all(item.headline.start in item.lines and item.headline[-1] in item.lines for item in items)
    assert all(roles[place] is Role.HEADLINE for item in items for place in item.headline[1:])
    assert all(roles[place] in TEASER_ROLES for place in held)
