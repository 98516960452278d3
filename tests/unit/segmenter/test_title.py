"""The title is the line that shows it, else what is known of it."""

import pytest

from broadsheet.segmenter.title import MAX_TITLE, find_shown, make_title
from unit.segmenter.made import PROSE, page_of


def test_the_line_that_shows_a_known_title_is_found_whatever_its_case_and_marks() -> None:
    lines = page_of("News", PROSE, "FERRY TO SKERRY POINT IS BACK!", "Comments").lines
    assert find_shown(lines, ["Ferry to “Skerry Point” is back"]) == 2


def test_the_line_most_like_the_title_is_taken_and_of_equal_ones_the_first() -> None:
    like, same = "Ferry to Skerry Point is back again", "Ferry to Skerry Point is back"
    assert find_shown(page_of(like, "News", same, same).lines, [same]) == 2


def test_the_best_title_that_is_shown_counts() -> None:
    lines = page_of("Ferry is back", "The ship that came in from the cold").lines
    assert find_shown(lines, ["Nowhere to be seen", "The ship that came in from the cold", "Ferry is back"]) == 1


@pytest.mark.parametrize(
    ("shown", "title"),
    [
        ("Ferry to Skerry Point is late", "Rail fares rise again despite the timetable"),
        ("Ferry to Skerry Point", "The ship to Skerry Point is back"),
        ("Ferry", "Ferry to Skerry Point is back"),
        ("島へ渡る船が再び動く", "冬の祭りは中止になった"),
        ("-", "!"),
        ("", ""),
    ],
)
def test_a_line_with_few_words_in_common_does_not_show_the_title(shown: str, title: str) -> None:
    assert find_shown(page_of(shown).lines, [title]) is None


def test_titles_without_spaces_between_words_are_compared_by_letter() -> None:
    assert find_shown(page_of("ホーム", "島へ渡る船が再び動く").lines, ["島へ渡る船が再び動く|島新聞"]) == 1


def test_a_paragraph_is_no_title() -> None:
    text = "word " * MAX_TITLE
    assert find_shown(page_of(text).lines, [text]) is None


def test_a_shown_title_has_its_place_and_a_known_one_none() -> None:
    line = page_of("News", "Ferry is back").lines[1]
    shown, known = make_title(line, ["The ferry"]), make_title(None, ["", " \n", " The  ferry\u00a0", "Other"])

    assert shown
    assert (shown.text, shown.start, shown.end) == ("Ferry is back", 5, 18)
    assert known
    assert (known.text, known.start, known.end) == ("The ferry", None, None)
    assert make_title(None, [" "]) is None
