"""Boxes set into an article: what stands below a headline that leads elsewhere is its summary."""

import numpy as np
import pytest

from broadsheet.segmenter.insets import mend_insets
from broadsheet.segmenter.lines import Markup
from broadsheet.segmenter.roles import Role
from unit.segmenter.html_lines import read
from unit.segmenter.made import page_of

LINK = "<a href=/ferry>The ferry is back</a>"
SUMMARY = "<p>It sails at noon."
BODY = "<p>The bridge was sold.</p>"


def mended(html: str, headline: str = "The ferry is back") -> Role:
    """Give what becomes of the line below the headline; all other lines are taken for body."""
    page = read(html)
    place = next(place for place, line in enumerate(page.lines) if headline in line.text)
    roles = np.full(len(page.lines), Role.BODY, np.int64)
    roles[place] = Role.HEADLINE
    mend_insets(roles, page)
    assert [role for at, role in enumerate(roles) if at not in {place, place + 1}] == [Role.BODY] * (len(roles) - 2)
    return Role(int(roles[place + 1]))


def test_below_a_link_in_a_small_box_stands_its_summary() -> None:
    assert mended(f"{BODY}<div><p>Related<div>{LINK}</div><div>{SUMMARY}</div></div>{BODY}") is Role.SUMMARY


def test_a_box_of_five_lines_may_be_a_section_of_the_article() -> None:
    assert mended(f"{BODY}<div><p>One<p>Two<p>{LINK}{SUMMARY}</div>{BODY}") is Role.SUMMARY
    assert mended(f"{BODY}<div><p>One<p>Two<p>Three<p>{LINK}{SUMMARY}</div>{BODY}") is Role.BODY


def test_what_stands_behind_the_box_is_the_article() -> None:
    assert mended(f"{BODY * 4}<div>{LINK}</div>{SUMMARY}{BODY * 4}") is Role.BODY


@pytest.mark.parametrize("headline", ["<h2>The ferry is back</h2>", "<a href=/ferry>Related: The ferry is back</a>"])
def test_a_heading_or_a_headline_that_leads_in_has_no_summary(headline: str) -> None:
    assert mended(f"{BODY}<div>{headline}{SUMMARY}</div>{BODY}") is Role.BODY


def test_without_boxes_the_page_is_the_box() -> None:
    page = page_of(
        "The ferry is back",
        "It sails at noon.",
        "The bridge was sold.",
        "Home",
        "Sport",
        markup=Markup("p", link_share=1),
    )
    roles = np.array([Role.HEADLINE, *[Role.BODY] * 4], np.int64)
    mend_insets(roles, page)

    assert roles.tolist() == [Role.HEADLINE, *[Role.BODY] * 4]


def test_a_byline_below_the_headline_stays_one() -> None:
    page = read(f"{BODY}<div>{LINK}<p>By Ada Field</div>{BODY}")
    roles = np.array([Role.BODY, Role.HEADLINE, Role.BYLINE, Role.BODY], np.int64)
    mend_insets(roles, page)

    assert roles.tolist() == [Role.BODY, Role.HEADLINE, Role.BYLINE, Role.BODY]


def test_a_box_between_other_lines_or_around_the_whole_page_is_not_set_into_an_article() -> None:
    box = f"<div>{LINK}{SUMMARY}</div>"
    assert mended(f"{BODY}{box}{BODY}") is Role.SUMMARY
    assert mended(f"{box}{BODY}") is Role.BODY
    assert mended(f"{BODY}{box}") is Role.BODY
    assert mended(f"{LINK}{SUMMARY}") is Role.BODY


def test_sections_that_follow_each_other_are_a_list_or_an_article() -> None:
    page = read(BODY + f"<section><h2>{LINK}</h2>{SUMMARY}</section>" * 2 + BODY)
    roles = np.array([Role.BODY, *[Role.HEADLINE, Role.BODY] * 2, Role.BODY], np.int64)
    mend_insets(roles, page)

    assert roles.tolist() == [Role.BODY, Role.HEADLINE, Role.BODY, Role.HEADLINE, Role.SUMMARY, Role.BODY]


def test_all_paragraphs_of_the_box_are_the_summary() -> None:
    page = read(f"{BODY}<div>{LINK}{SUMMARY}<p>It is full.</div>{BODY}")
    roles = np.array([Role.BODY, Role.HEADLINE, Role.BODY, Role.BODY, Role.BODY], np.int64)
    mend_insets(roles, page)
    assert roles.tolist() == [Role.BODY, Role.HEADLINE, Role.SUMMARY, Role.SUMMARY, Role.BODY]

    roles = np.array([Role.BODY, Role.HEADLINE, Role.BODY, Role.BYLINE, Role.BODY], np.int64)
    mend_insets(roles, page)
    assert roles.tolist() == [Role.BODY, Role.HEADLINE, Role.SUMMARY, Role.BYLINE, Role.BODY]


def test_a_box_above_the_article_is_not_set_into_it() -> None:
    page = read(f"<p>Menu</p><div>{LINK}{SUMMARY}</div>{BODY}")
    roles = np.array([Role.OTHER, Role.HEADLINE, Role.BODY, Role.BODY], np.int64)
    mend_insets(roles, page)

    assert roles.tolist() == [Role.OTHER, Role.HEADLINE, Role.BODY, Role.BODY]
