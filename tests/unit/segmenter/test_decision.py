"""Each line has its most probable role, with what must hold for the page as a whole."""

import numpy as np
import pytest

from broadsheet.segmenter.decision import MIN_ARTICLE_TITLE, MIN_BODY, MIN_TITLE, SURE_ALONE, decide, title_chance
from broadsheet.segmenter.lines import Markup, Page
from broadsheet.segmenter.roles import Role
from unit.segmenter.html_lines import read
from unit.segmenter.made import PROSE, page_of, probabilities

SURE_BODY = {Role.BODY: 0.97}


def roles_of(page: Page, *lines: dict[Role, float]) -> tuple[Role, ...]:
    return decide(probabilities(*lines), page).roles


def test_each_line_has_its_most_probable_role() -> None:
    page = page_of(PROSE, PROSE, "Ferry is back", "Home")
    said = probabilities(
        SURE_BODY, {Role.BODY: 0.6, Role.SUMMARY: 0.4}, {Role.HEADLINE: 0.7, Role.HEADER: 0.2}, {Role.HEADER: 0.1}
    )
    decision = decide(said, page)

    assert decision.roles == (Role.BODY, Role.BODY, Role.HEADLINE, Role.OTHER)
    assert decision.begins is said.begins


@pytest.mark.parametrize("markup", [None, Markup("p")], ids=["text", "html"])
def test_one_title_at_most_the_most_probable_and_the_others_are_what_else_they_may_be(markup: Markup | None) -> None:
    page = page_of("Ferry is back", "Ferry is back, says mayor", PROSE, PROSE, markup=markup)
    lines = ({Role.TITLE: 0.1, Role.HEADLINE: 0.8}, {Role.TITLE: 0.8, Role.BODY: 0.1}, SURE_BODY, SURE_BODY)

    assert roles_of(page, *lines) == (Role.HEADLINE, Role.TITLE, Role.BODY, Role.BODY)


@pytest.mark.parametrize(("markup", "title"), [(None, 0), (Markup("p"), 1)], ids=["text", "html"])
def test_of_titles_that_are_nearly_as_likely_the_first_of_a_text_is_taken(markup: Markup | None, title: int) -> None:
    page = page_of("Ferry is back", "Ferry is back, says mayor", PROSE, PROSE, markup=markup)
    lines = ({Role.TITLE: 0.4, Role.HEADLINE: 0.3}, {Role.TITLE: 0.5, Role.BODY: 0.1}, SURE_BODY, SURE_BODY)

    assert roles_of(page, *lines).index(Role.TITLE) == title


@pytest.mark.parametrize("markup", [None, Markup("p")], ids=["text", "html"])
def test_a_title_needs_no_majority_but_a_fair_chance(markup: Markup | None) -> None:
    page = page_of("Ferry is back", PROSE, PROSE, "Bridge is shut", markup=markup)
    fair, poor = ({Role.TITLE: MIN_ARTICLE_TITLE + step, Role.HEADLINE: 0.6} for step in (0.01, -0.01))

    assert roles_of(page, fair, SURE_BODY, SURE_BODY, {Role.HEADLINE: 0.9})[0] is Role.TITLE
    assert roles_of(page, poor, SURE_BODY, SURE_BODY, {Role.HEADLINE: 0.9})[0] is Role.HEADLINE


def test_paragraphs_that_are_nearly_believed_to_be_an_article_are_one() -> None:
    page = page_of(PROSE, f"Then: {PROSE}", "Home", PROSE)
    assert roles_of(page, {Role.BODY: 0.48}, {Role.BODY: 0.45}, {}, {Role.BODY: 0.48})[:2] == (Role.BODY, Role.BODY)


def test_a_body_of_a_few_words_is_no_headline_either_that_needs_a_better_chance() -> None:
    page = page_of("Ferry is back", "Home", "Sport")
    assert set(roles_of(page, {Role.BODY: 0.6, Role.HEADLINE: 0.35}, {}, {})) == {Role.OTHER}


def test_an_item_below_an_article_in_doubt_is_no_part_of_it() -> None:
    page = page_of(PROSE, PROSE, PROSE, "Chess prodigy draws", PROSE, "Ferry is back")
    doubtful, item = {Role.BODY: 0.45}, ({Role.HEADLINE: 0.94, Role.BODY: 0.06}, {Role.SUMMARY: 0.94, Role.BODY: 0.06})
    roles = roles_of(page, doubtful, doubtful, doubtful, *item, {Role.HEADLINE: 0.9})

    assert roles == (*[Role.BODY] * 3, Role.HEADLINE, Role.SUMMARY, Role.HEADLINE)


def test_a_teaser_inside_the_article_that_names_itself_is_no_part_of_it() -> None:
    page = page_of(PROSE, "READ MORE: Ferry is back", PROSE, "Advertisement", PROSE)
    roles = roles_of(page, *[SURE_BODY] * 5)

    assert roles == (Role.BODY, Role.HEADLINE, Role.BODY, Role.OTHER, Role.BODY)


@pytest.mark.parametrize(("chance", "role"), [(SURE_ALONE + 0.01, Role.HEADLINE), (SURE_ALONE - 0.01, Role.OTHER)])
def test_the_only_headline_of_a_page_needs_a_better_chance(chance: float, role: Role) -> None:
    page = page_of(PROSE, PROSE, "Ferry is back", "3 May 2026")
    assert roles_of(page, SURE_BODY, SURE_BODY, {Role.HEADLINE: chance}, {Role.DATE: 0.9})[2] is role


@pytest.mark.parametrize(("chance", "role"), [(0.35, Role.BODY), (0.1, Role.SUMMARY)])
def test_a_last_section_of_one_paragraph_is_part_of_the_article_where_it_may_well_be(chance: float, role: Role) -> None:
    page = page_of(PROSE, PROSE, "A longer wait", PROSE, "Chess prodigy draws", PROSE)
    section = ({Role.HEADLINE: 0.6, Role.BODY: chance}, {Role.SUMMARY: 0.6, Role.BODY: chance})
    item = ({Role.HEADLINE: 0.9}, {Role.SUMMARY: 0.9})

    assert roles_of(page, SURE_BODY, SURE_BODY, *section, *item)[3:] == (role, Role.HEADLINE, Role.SUMMARY)


def test_the_title_of_a_page_without_an_article_needs_a_better_chance() -> None:
    page = page_of("Ferry is back", "Bridge is shut")
    for chance, role in ((MIN_TITLE + 0.01, Role.TITLE), (MIN_TITLE - 0.01, Role.HEADLINE)):
        assert roles_of(page, {Role.TITLE: chance, Role.HEADLINE: 0.6}, {Role.HEADLINE: 0.9})[0] is role


def test_a_body_of_a_few_words_is_none() -> None:
    page = page_of("Ferry is back", "It was the engine.")
    assert roles_of(page, {Role.HEADLINE: 0.9}, {Role.BODY: 0.8, Role.SUMMARY: 0.15}) == (Role.HEADLINE, Role.SUMMARY)


@pytest.mark.parametrize(("letter", "enough"), [("a", MIN_BODY), ("船", MIN_BODY // 3 + 1), ("я", MIN_BODY)])
def test_how_short_a_body_may_be_goes_by_the_script(letter: str, enough: int) -> None:
    for length, role in ((enough, Role.BODY), (enough - 2, Role.OTHER)):
        assert roles_of(page_of(letter * length), SURE_BODY) == (role,)


def test_lines_of_a_short_body_count_together() -> None:
    page = page_of(*["He came and saw and left."] * 8)
    assert set(roles_of(page, *[SURE_BODY] * 8)) == {Role.BODY}


def test_what_the_model_said_is_not_changed() -> None:
    said = probabilities({Role.TITLE: 0.8}, {Role.BODY: 0.8})
    before = said.roles.copy()
    decide(said, page_of("Ferry is back", "Short."))

    assert np.array_equal(said.roles, before)


def test_the_chance_of_a_title_is_shared_between_the_lines_and_having_none() -> None:
    assert title_chance(probabilities({Role.TITLE: 0.3}, {Role.TITLE: 0.6})) == pytest.approx(0.6)
    assert title_chance(probabilities({}, {})) == pytest.approx(0, abs=1e-6)


def test_captions_are_not_part_of_the_article() -> None:
    page = page_of(PROSE, "The old ferry leaves for the last time. Photo: Ann Lee", f"Then: {PROSE}")
    assert roles_of(page, {Role.BODY: 0.9}, {Role.BODY: 0.9}, {Role.BODY: 0.9}) == (Role.BODY, Role.OTHER, Role.BODY)


@pytest.mark.parametrize(("markup", "role"), [(None, Role.BODY), (Markup("p"), Role.OTHER)])
def test_a_standfirst_of_plain_text_is_part_of_the_article(markup: Markup | None, role: Role) -> None:
    page = page_of(
        "Ferry is gone",
        "The last boat leaves in October, and nobody knows what comes after it",
        PROSE,
        f"Then: {PROSE}",
        markup=markup,
    )
    chances = ({Role.TITLE: 0.9}, {Role.BODY: 0.3, Role.OTHER: 0.7}, {Role.BODY: 1.0}, {Role.BODY: 1.0})
    assert roles_of(page, *chances) == (Role.TITLE, role, Role.BODY, Role.BODY)


def test_on_html_what_stands_in_elements_of_its_own_is_told_from_the_article() -> None:
    inset = "<div><a href=/bridge>Bridge is shut</a><p>It was sold.</div>"
    article = f"<article>{f'<p>{PROSE}' * 3}{inset}{f'<p>{PROSE}' * 3}</article>"
    page = read(f"{article}<div><h2><a href=/harbour>Harbour is open</a></h2><p class=next>{PROSE}</div>")
    body, headline = SURE_BODY, {Role.HEADLINE: 0.9}
    said = (*[body] * 3, headline, *[body] * 4, headline, body)

    assert roles_of(page, *said) == (
        *(*[Role.BODY] * 3, Role.HEADLINE, Role.SUMMARY, *[Role.BODY] * 3),
        *(Role.HEADLINE, Role.OTHER),
    )
    plain = page_of(*(line.text for line in page.lines))
    assert roles_of(plain, *said).count(Role.BODY) == len(said)
