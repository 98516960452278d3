"""Items become teasers: each field from its lines, and an item that is shown twice is one teaser."""

import datetime as dt
from collections.abc import Sequence

import pytest

from broadsheet.segmenter.items import find_items
from broadsheet.segmenter.lines import Markup, Page
from broadsheet.segmenter.roles import Role
from broadsheet.segmenter.teasers import PageAddress, make_teasers
from broadsheet_schemas import Teaser
from unit.segmenter.made import day_reader, decided, html_page_of, page_of

URL = "https://www.news.example/town/today"
HEADLINE = "The ferry to Skerry Point is back in service"
SUMMARY = "Half of the island was on the quay to see it."


def teasers_of(page: Page, roles: Sequence[Role], begins: Sequence[float] = ()) -> tuple[list[Teaser], set[int]]:
    items = find_items(decided(roles, begins), page.lines)
    return make_teasers(page, roles, items, PageAddress(URL, day_reader()))


def one(*lines: tuple[Role, str]) -> Teaser:
    page = page_of(*(text for _, text in lines))
    (teaser,), _ = teasers_of(page, [role for role, _ in lines])
    for field in (teaser.headline, teaser.kicker, teaser.summary, teaser.byline, teaser.published):
        assert field is None or field.text == page.text[field.start : field.end]
        assert field is None or teaser.start <= field.start < field.end <= teaser.end
    return teaser


def fields(teaser: Teaser) -> dict[str, str]:
    found = {name: getattr(teaser, name) for name in ("headline", "summary", "kicker", "byline", "published")}
    return {name: field.text for name, field in found.items() if field}


def test_each_field_has_a_line_of_its_own() -> None:
    teaser = one(
        (Role.KICKER, "Islands"),
        (Role.HEADLINE, HEADLINE),
        (Role.SUMMARY, SUMMARY),
        (Role.BYLINE, "By Ada Field"),
        (Role.DATE, "DECEMBER 24, 2025"),
    )

    assert fields(teaser) == {
        "kicker": "Islands",
        "headline": HEADLINE,
        "summary": SUMMARY,
        "byline": "Ada Field",
        "published": "DECEMBER 24, 2025",
    }
    assert teaser.published
    assert teaser.published.date == dt.date(2025, 12, 24)


@pytest.mark.parametrize(
    "lines",
    [
        ((Role.HEADLINE, HEADLINE), (Role.SUMMARY, HEADLINE), (Role.SUMMARY, SUMMARY)),
        ((Role.HEADLINE, HEADLINE), (Role.SUMMARY, HEADLINE), (Role.META, "More"), (Role.SUMMARY, SUMMARY)),
        ((Role.SUMMARY, HEADLINE), (Role.META, "More"), (Role.HEADLINE, HEADLINE), (Role.SUMMARY, SUMMARY)),
        ((Role.KICKER, HEADLINE), (Role.HEADLINE, HEADLINE), (Role.SUMMARY, SUMMARY)),
    ],
)
def test_a_field_is_what_stands_beside_the_headlines_showings(lines: tuple[tuple[Role, str], ...]) -> None:
    assert fields(one(*lines)) == {"headline": HEADLINE, "summary": SUMMARY}


@pytest.mark.parametrize("role", [Role.SUMMARY, Role.KICKER])
def test_a_line_that_says_the_headline_again_is_no_other_field(role: Role) -> None:
    assert fields(one((Role.HEADLINE, HEADLINE), (role, HEADLINE.upper()), (Role.BYLINE, "By Ada Field"))) == {
        "headline": HEADLINE,
        "byline": "Ada Field",
    }


@pytest.mark.parametrize(
    ("role", "text", "expected"),
    [
        (Role.KICKER_DATE, "POLITICS | OCTOBER 18, 2025", {"kicker": "POLITICS", "published": "OCTOBER 18, 2025"}),
        (Role.KICKER_DATE, "POLITICS BY OCTOBER 18, 2025", {"kicker": "POLITICS", "published": "OCTOBER 18, 2025"}),
        (Role.BYLINE_DATE, "By Ada Field | 2 hours ago", {"byline": "Ada Field", "published": "2 hours ago"}),
        (Role.KICKER_BYLINE, "Islands by Ada Field", {"kicker": "Islands", "byline": "Ada Field"}),
        (
            Role.DATE,
            "Islands by Ada Field, 3 May 2026",
            {"kicker": "Islands", "byline": "Ada Field", "published": "3 May 2026"},
        ),
        (Role.META, "5 min read", {}),
    ],
)
def test_fields_that_share_a_line_are_split(role: Role, text: str, expected: dict[str, str]) -> None:
    assert fields(one((Role.HEADLINE, HEADLINE), (role, text))) == {"headline": HEADLINE} | expected


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Yesterday", dt.date(2026, 5, 19)),
        ("2 hours ago", dt.date(2026, 5, 20)),
        ("3 May", dt.date(2026, 5, 3)),
        ("24 December", dt.date(2025, 12, 24)),
        ("31 February 2026", None),
    ],
)
def test_a_date_is_resolved_against_when_the_page_was_seen(text: str, day: dt.date | None) -> None:
    published = one((Role.HEADLINE, HEADLINE), (Role.DATE, text)).published
    assert published
    assert (published.text, published.date) == (text, day)


def test_a_headline_and_a_summary_of_several_lines_are_one_field_each() -> None:
    teaser = one(
        (Role.HEADLINE, "The ferry to Skerry Point"),
        (Role.HEADLINE, "is back in service"),
        (Role.SUMMARY, SUMMARY),
        (Role.SUMMARY, "And the bar was open."),
    )

    assert fields(teaser) == {
        "headline": "The ferry to Skerry Point\nis back in service",
        "summary": f"{SUMMARY}\nAnd the bar was open.",
    }


def test_of_a_field_that_comes_twice_the_first_is_taken() -> None:
    teaser = one(
        (Role.DATE, "3 May 2026"),
        (Role.HEADLINE, HEADLINE),
        (Role.SUMMARY, SUMMARY),
        (Role.DATE, "4 May 2026"),
        (Role.SUMMARY, "More."),
    )
    assert fields(teaser) == {"headline": HEADLINE, "summary": SUMMARY, "published": "3 May 2026"}


TWICE = [Role.HEADLINE, Role.DATE, Role.OTHER, Role.HEADLINE, Role.DATE, Role.OTHER, Role.HEADLINE, Role.DATE]


def test_an_item_shown_again_is_the_same_teaser_and_its_lines_are_not_taken() -> None:
    page = page_of(
        HEADLINE, "3 May 2026", "More", HEADLINE.upper(), "4 May 2026", "More", "Another item of the day", "5 May 2026"
    )
    teasers, taken = teasers_of(page, TWICE)

    assert [teaser.headline.text for teaser in teasers] == [HEADLINE, "Another item of the day"]
    assert [page.text[span.start : span.end] for span in teasers[0].also_at] == [f"{HEADLINE.upper()}\n4 May 2026"]
    assert teasers[0].published
    assert teasers[0].published.text == "3 May 2026"
    assert teasers[1].also_at == ()
    assert taken == {0, 1, 6, 7}


def linked(*links: str | None) -> list[Teaser]:
    """Teasers of a page that shows one headline with these links, in one list each."""
    more = ("More of this", Markup("a", link="/more"))
    page = html_page_of(*(line for link in links for line in ((HEADLINE, Markup("a", link=link)), more)))
    return teasers_of(page, [Role.HEADLINE, Role.OTHER] * len(links))[0]


def test_an_item_with_another_target_is_another_item_whatever_its_headline() -> None:
    assert [(teaser.url, len(teaser.also_at)) for teaser in linked("/a", "/b", "/a", "/b#top")] == [
        ("https://www.news.example/a", 1),
        ("https://www.news.example/b", 1),
    ]


def test_a_showing_without_a_target_is_the_first_one_and_one_with_a_target_gives_it() -> None:
    (teaser,) = linked(None, "../ferry", None)

    assert teaser.url == "https://www.news.example/ferry"
    assert len(teaser.also_at) == 2


def test_the_address_is_that_of_any_showing_of_the_headline_before_that_of_a_label() -> None:
    page = html_page_of(
        (HEADLINE, Markup("p")), ("Islands", Markup("a", link="/islands")), (HEADLINE, Markup("a", link="/ferry"))
    )
    ((teaser,), _) = teasers_of(page, [Role.HEADLINE, Role.KICKER, Role.HEADLINE])

    assert teaser.url == "https://www.news.example/ferry"


def test_the_address_is_that_of_the_headline_else_of_any_link_that_leads_somewhere() -> None:
    page = html_page_of(
        ("Islands", Markup("a", link="/islands")),
        (HEADLINE, Markup("a", link="/ferry")),
        ("More", Markup("a", link="/more")),
    )
    bare = html_page_of(
        ("Islands", Markup("a", link="javascript:void(0)")),
        (HEADLINE, Markup("h3")),
        ("More", Markup("a", link="/more")),
    )
    roles = [Role.KICKER, Role.HEADLINE, Role.META]

    assert teasers_of(page, roles)[0][0].url == "https://www.news.example/ferry"
    assert teasers_of(bare, roles)[0][0].url == "https://www.news.example/more"
    assert one((Role.HEADLINE, HEADLINE)).url is None
