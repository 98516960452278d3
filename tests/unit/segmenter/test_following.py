"""Articles and comments below the article's own element are no part of it."""

import numpy as np
import pytest

from broadsheet.segmenter.following import MIN_LINES, MIN_SIZE, drop_following
from broadsheet.segmenter.lines import Markup
from broadsheet.segmenter.roles import Role
from unit.segmenter.html_lines import read
from unit.segmenter.made import page_of

ARTICLE = "<article>" + "<p>The ferry is back." * MIN_LINES + "</article>"
NEXT = "<div><h2>Bridge</h2><p>It was sold.<p>Twice.</div>"


def roles_of(html: str, between: Role = Role.HEADLINE, size: int = MIN_SIZE // MIN_LINES) -> list[Role]:
    """Give what becomes of lines that are all taken for body but those that say "Bridge", and "Title"."""
    page, taken = read(html), {"Bridge": between, "Title": Role.TITLE}
    roles = np.array([taken.get(line.text, Role.BODY) for line in page.lines], np.int64)
    drop_following(roles, page, np.full(len(roles), size))
    return [Role(role) for role in roles.tolist()]


@pytest.mark.parametrize("between", [Role.HEADLINE, Role.HEADER, Role.COMMENT])
def test_what_follows_in_another_element_is_another_article(between: Role) -> None:
    assert roles_of(ARTICLE + NEXT + NEXT, between) == [
        *[Role.BODY] * MIN_LINES,
        *[between, Role.OTHER, Role.OTHER] * 2,
    ]


def test_what_is_set_into_the_article_does_not_end_it() -> None:
    html = ARTICLE.replace("</article>", f"{NEXT}<p>The end.</article>")
    assert roles_of(html).count(Role.OTHER) == 0


def test_an_article_may_go_on_in_another_element_without_a_headline() -> None:
    assert roles_of(ARTICLE + NEXT, Role.BODY).count(Role.OTHER) == 0
    assert roles_of(ARTICLE + NEXT, Role.META).count(Role.OTHER) == 0


def test_an_article_goes_on_in_elements_of_the_same_kind() -> None:
    section, other = (
        "<section>" + "<p>The ferry is back." * MIN_LINES + "</section>",
        NEXT.replace("<div>", "<div id=next>"),
    )
    assert roles_of(f"{section}<h2>Bridge</h2>{section}").count(Role.OTHER) == 0

    found = roles_of(f"<article>{section}<h2>Bridge</h2>{section}</article>{other}")
    assert found[: 2 * MIN_LINES + 1].count(Role.OTHER) == 0
    assert found[2 * MIN_LINES + 1 :] == [Role.HEADLINE, Role.OTHER, Role.OTHER]


def test_a_short_beginning_is_an_opening() -> None:
    assert roles_of(ARTICLE.replace("<p>The ferry is back.", "", 1) + NEXT, size=MIN_SIZE).count(Role.OTHER) == 0
    assert roles_of(ARTICLE + NEXT, size=MIN_SIZE // MIN_LINES - 1).count(Role.OTHER) == 0


def test_a_headline_outside_the_element_of_the_first_paragraphs_ends_the_article() -> None:
    opening = "<div><p>One.<p>Two.<p>Three.<p>Four.</div><h2>Bridge</h2><p>Five."
    assert roles_of(f"<article>{opening}</article>") == [*[Role.BODY] * 4, Role.HEADLINE, Role.OTHER]


def test_much_of_what_stands_in_one_block_with_the_title_is_its_second_part() -> None:
    inset, rest = "<aside><h3>Bridge</h3></aside>", "<div class=rest>" + "<p>The ferry is back." * MIN_LINES + "</div>"
    halves = f"<h1>Title</h1>{ARTICLE}{inset}{rest}"
    assert roles_of(f"<main>{halves}</main>").count(Role.OTHER) == 0

    little = halves.replace(
        "<p>The ferry is back." * MIN_LINES + "</div>", "<p>The ferry is back." * (MIN_LINES // 2) + "</div>"
    )
    assert roles_of(f"<main>{little}</main>").count(Role.OTHER) == MIN_LINES // 2
    assert roles_of(f"<main><h1>Title</h1>{ARTICLE}</main>{inset}{rest}").count(Role.OTHER) == MIN_LINES


def test_what_stands_above_the_title_ends_no_article() -> None:
    appeal, story = (
        ARTICLE.replace("article", "section"),
        "<div><h1>Title</h1>" + "<p>The bridge was sold." * 5 + "</div>",
    )
    assert roles_of(f"{appeal}<h2>Bridge</h2>{story}").count(Role.OTHER) == 0


def test_without_boxes_nothing_is_known() -> None:
    page = page_of(*["The ferry is back."] * 5, "Bridge", "It was sold.", markup=Markup("p"))
    roles = np.array([*[Role.BODY] * 5, Role.HEADLINE, Role.BODY], np.int64)
    drop_following(roles, page, np.full(7, MIN_SIZE))
    assert roles[-1] == Role.BODY
