"""Pieces are laid out in one text, and every line knows its place there."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.segmenter.boxes import Box
from broadsheet.segmenter.lines import LONG, Markup, Piece, lay_out, seen

PIECES = st.builds(Piece, st.text(), st.booleans())


def test_lines_have_single_spaces_their_place_and_at_most_one_gap_above() -> None:
    page = lay_out(
        [
            Piece("  First\u00a0\u2003line ", gap=True),
            Piece("Second\tline", gap=False),
            Piece(" \n", gap=True),
            Piece("", gap=False),
            Piece("Third", gap=False),
            Piece("", gap=True),
        ]
    )

    assert page.text == "First line\nSecond line\n\nThird"
    assert [(line.text, line.start, line.end, line.gap) for line in page.lines] == [
        ("First line", 0, 10, False),
        ("Second line", 11, 22, False),
        ("Third", 24, 29, True),
    ]


@pytest.mark.parametrize("text", ["\t a  b\u3000c \n", "a b c", "\x1c\u2028a\x85 b  c\u200b"])
def test_a_long_text_is_seen_as_a_short_one_is(text: str) -> None:
    assert seen(text * LONG) == " ".join((text * LONG).split())


def test_nothing_visible_is_no_line() -> None:
    page = lay_out([Piece("", gap=True), Piece(" \t\u3000", gap=False)])
    assert (page.text, page.lines) == ("", ())


def test_markup_and_boxes_are_kept() -> None:
    markup = Markup("p", link="/ferry")
    page = lay_out([Piece("The ferry is back", gap=False, markup=markup)], [Box(0, 0, 1)])

    assert page.lines[0].markup is markup
    assert tuple(page.boxes) == (Box(0, 0, 1),)


def test_a_mark_is_inside_any_of_the_landmarks_asked_for() -> None:
    assert Markup("p", within=0b101).inside(0b110)
    assert not Markup("p", within=0b101).inside(0b010)


@given(st.lists(PIECES))
@settings(deadline=None)
def test_every_line_is_where_it_says_and_nothing_visible_is_lost(pieces: list[Piece]) -> None:
    page = lay_out(pieces)

    assert all(page.text[line.start : line.end] == line.text for line in page.lines)
    assert all(page.text[line.start - 2 : line.start] == "\n\n" for line in page.lines if line.gap)
    assert "".join(page.text.split()) == "".join("".join(piece.text for piece in pieces).split())
    assert page.text == page.text.strip()
