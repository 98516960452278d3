"""Every form of plain text that publishers make becomes the same lines."""

import textwrap
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.segmenter.plain_text import read_text

HEADING = "A Bridge Too Long"
PARAGRAPHS = [
    (
        "The town of Lindenau will vote on a bridge that nobody has asked for, says the mayor, who asked for it in the spring "
        "and has since changed his mind twice. The well-known engineer Ada Field drew it for nothing."
    ),
    HEADING,
    (
        "It would be four hundred metres long, cross a river of thirty and end in a field that belongs to the mayor's brother. "
        "He has promised to sell the land at a price that is fair to at least one of the two sides."
    ),
    "Three things are still missing from the plan:",
    "a road that leads to it",
    "a permit, which the district has promised for the autumn, if it is not the winter or the spring after the next election",
    "money",
    "Voters are asked on Sunday whether they want it anyway, and most of those asked so far have said that they will not go.",
]
ITEMS = slice(4, 7)


def lines_of(text: str) -> list[str]:
    return [line.text for line in read_text(text).lines]


def wrapped(bullet: str = "- ") -> list[str]:
    """The paragraphs wrapped at 72 columns, the list with hanging indents."""
    blocks = []
    for place, text in enumerate(PARAGRAPHS):
        item = range(len(PARAGRAPHS))[ITEMS].count(place)
        blocks.append(
            textwrap.fill(
                text, 72, initial_indent=bullet if item else "", subsequent_indent=" " * len(bullet) if item else ""
            )
        )
    return blocks


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r", "\u2028"], ids=["LF", "CRLF", "CR", "line separator"])
@pytest.mark.parametrize("between", [1, 2, 4])
def test_a_paragraph_a_line_with_any_line_ends_and_any_number_of_blank_lines(break_: str, between: int) -> None:
    page = read_text((break_ * between).join(PARAGRAPHS))

    assert [line.text for line in page.lines] == PARAGRAPHS
    assert {line.gap for line in page.lines[1:]} == {between > 1}


@pytest.mark.parametrize("break_", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("between", [1, 2])
@pytest.mark.parametrize("bullet", ["- ", "* ", "• ", "  ● "])
def test_a_text_wrapped_at_72_columns_has_its_paragraphs_headings_and_lists_again(
    break_: str, between: int, bullet: str
) -> None:
    text = ("\n" * between).join(wrapped(bullet)).replace("\n", break_)

    assert max(map(len, text.splitlines())) <= 72
    assert lines_of(text) == PARAGRAPHS


def test_bullets_are_marks_of_the_page_and_not_of_its_text() -> None:
    assert lines_of("• one\n  ► two\n* three\n- four\n\t• five") == ["one", "two", "three", "four", "five"]


@pytest.mark.parametrize(
    "text",
    [
        *("* * *", "-", "•", "-5 degrees", "*emphasis* of a word"),
        *("– Come in, she said.", "— Herein, sagte sie."),  # noqa: RUF001 - dashes that begin speech
    ],
)
def test_what_only_looks_like_a_bullet_stays(text: str) -> None:
    assert lines_of(text) == [text]


def test_cells_and_headlines_that_tabs_run_together_are_lines_of_their_own() -> None:
    assert lines_of("Ferry is back\tMarket bans plastic\t\tWho owns the seabed?\n\tAn indented paragraph") == [
        "Ferry is back",
        "Market bans plastic",
        "Who owns the seabed?",
        "An indented paragraph",
    ]


def test_headlines_run_together_without_a_sign_stay_one_line() -> None:
    assert lines_of("Ferry is back Market bans plastic") == ["Ferry is back Market bans plastic"]


def test_spaces_of_any_width_are_one_space() -> None:
    assert lines_of("The\u00a0ferry\u2009is\u3000back \u202f") == ["The ferry is back"]


@pytest.mark.parametrize("empty", ["", " ", "\u00a0\t", "\u200b", "\ufeff", "\u200e \u00ad", "\x0c"])
def test_a_line_that_shows_nothing_is_a_gap(empty: str) -> None:
    page = read_text(f"One\n{empty}\nTwo")

    assert page.text == "One\n\nTwo"
    assert [line.gap for line in page.lines] == [False, True]


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert read_text("\ufeffOne").text == "One"


@given(st.text())
@settings(deadline=None)
def test_any_text_is_read_with_exact_offsets_and_always_alike(text: str) -> None:
    page = read_text(text)

    assert page == read_text(text)
    assert all(line.text == page.text[line.start : line.end] and line.text == line.text.strip() for line in page.lines)
    assert all(above.end < below.start for above, below in pairwise(page.lines))


@given(st.lists(st.sampled_from("aZ é1.-漢\ud800😀"), min_size=1).map("".join))
@settings(deadline=None)
def test_every_visible_character_is_kept(text: str) -> None:
    assert "".join(read_text(f"x{text}").text.split()) == "".join(f"x{text}".split())
