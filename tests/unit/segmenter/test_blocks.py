"""The article's lines become blocks, each with its kind."""

import pytest

from broadsheet.segmenter.blocks import MAX_HEADING, make_body
from broadsheet.segmenter.lines import Page
from broadsheet.segmenter.roles import Role
from unit.segmenter.made import PROSE, html_page_of, page_of, within


def kinds(page: Page) -> list[str]:
    return [block.kind for block in make_body(page, [Role.BODY] * len(page.lines))]


def test_the_body_is_the_lines_of_that_role_with_their_place() -> None:
    page = page_of("Ferry is back", PROSE, "Share this", PROSE)
    blocks = make_body(page, [Role.TITLE, Role.BODY, Role.OTHER, Role.BODY])

    assert [(block.start, block.end, block.text) for block in blocks] == [
        (line.start, line.end, line.text) for line in (page.lines[1], page.lines[3])
    ]
    assert make_body(page, [Role.OTHER] * 4) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Money Decides Where the Line Will Run",
        "With elections near and budgets tight, ministers look for a cheaper route",
        "Who pays?",
        "THE MONEY:",
        "島の暮らし",
        "x" * MAX_HEADING,
    ],
)
def test_a_short_line_of_plain_text_that_is_no_sentence_is_a_heading(text: str) -> None:
    assert kinds(page_of(PROSE, text, PROSE)) == ["paragraph", "heading", "paragraph"]


@pytest.mark.parametrize(
    "text",
    [
        "It was cold.",
        "“It was cold”",
        "島は寒かった。",
        "यह ठंडा था।",
        "He said:",
        "x" * (MAX_HEADING + 1),
        "Cold, cold,",
    ],
)
def test_a_sentence_is_no_heading(text: str) -> None:
    assert kinds(page_of(PROSE, text, PROSE)) == ["paragraph"] * 3


def test_a_heading_and_a_subheading_stand_together_and_the_article_goes_on_below() -> None:
    assert kinds(page_of("Fishermen Fear the Noise", "And the winter", PROSE, "Ada Field")) == [
        *("heading", "heading", "paragraph", "paragraph")
    ]


def test_many_short_lines_in_a_row_are_a_list_also_at_the_end() -> None:
    dates = ["3 May, Lindenau", "4 May, Calder", "5 May, Skerry Point"]
    assert kinds(page_of(PROSE, *dates, PROSE, *dates)) == [
        "paragraph",
        *["list_item"] * 3,
        "paragraph",
        *["list_item"] * 3,
    ]


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (("p",), "paragraph"),
        (("h2",), "heading"),
        (("h6",), "heading"),
        (("blockquote", "p"), "quote"),
        (("li", "p"), "list_item"),
        (("figure", "figcaption"), "caption"),
        (("blockquote", "li"), "quote"),
        (("li", "h3"), "heading"),
        (("figcaption", "li"), "caption"),
    ],
)
def test_markup_tells_the_kind_whatever_the_line_looks_like(names: tuple[str, ...], kind: str) -> None:
    page = html_page_of(("Fishermen fear the noise", within(*names)), (PROSE, within(*names)), (PROSE, within("p")))
    assert kinds(page) == [kind, kind, "paragraph"]


def test_a_short_line_in_bold_is_a_heading_of_html_and_a_plain_one_is_not() -> None:
    bold, part = within("p", strong_share=1.0), within("p", strong_share=0.5)
    page = html_page_of(
        (PROSE, bold), ("The noise", bold), (PROSE, part), ("The noise", part), (PROSE, part), ("The end", bold)
    )

    assert kinds(page) == ["paragraph", "heading", *["paragraph"] * 4]
