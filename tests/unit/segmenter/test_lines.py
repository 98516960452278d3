"""The line model and plain text."""

from broadsheet.segmenter.lines import read_text


def test_lines_have_single_spaces_and_their_place_and_gaps_are_kept_as_one() -> None:
    page = read_text("\n \n  First\tline  \nSecond\u00a0line\r\n\n \n\nThird\n\n")

    assert page.text == "First line\nSecond line\n\nThird"
    assert [(line.text, line.start, line.end, line.gap) for line in page.lines] == [
        ("First line", 0, 10, False),
        ("Second line", 11, 22, False),
        ("Third", 24, 29, True),
    ]


def test_a_page_without_anything_visible_has_no_lines() -> None:
    page = read_text(" \n\t\n")
    assert (page.text, page.lines) == ("", ())
