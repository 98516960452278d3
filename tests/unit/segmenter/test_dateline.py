"""The article's day and authors are read off the lines around its start."""

import datetime as dt

import pytest

from broadsheet.segmenter.dateline import OPENING, read_dateline
from broadsheet.segmenter.roles import Role
from unit.segmenter.made import PROSE, day_reader, page_of

MAY_3, NOTHING = dt.date(2026, 5, 3), (None, ())
TITLE, BODY, END = (Role.TITLE, "Ferry is back"), (Role.BODY, PROSE), (Role.BODY, PROSE)
BYLINE, DATE = (Role.OTHER, "By Ada Field"), (Role.OTHER, "3 May 2026")


def read(*lines: tuple[Role, str]) -> tuple[dt.date | None, tuple[str, ...]]:
    return read_dateline(page_of(*(text for _, text in lines)), [role for role, _ in lines], day_reader())


@pytest.mark.parametrize(
    "lines",
    [
        (TITLE, BYLINE, DATE, BODY),
        (DATE, BYLINE, TITLE, BODY),
        (TITLE, (Role.OTHER, "By Ada Field | 3 May 2026"), BODY),
        (TITLE, (Role.OTHER, "Share"), BYLINE, (Role.OTHER, "Updated: 3 May 2026"), BODY),
        (BYLINE, DATE, BODY),
        (TITLE, (Role.BYLINE, "By Ada Field"), (Role.DATE, "3 May 2026"), BODY),
        (TITLE, (Role.BODY, "A standfirst says why"), BYLINE, DATE, BODY),
    ],
    ids=["below", "above", "one line", "among others", "no title", "labels by role", "below the standfirst"],
)
def test_day_and_authors_stand_around_the_title(lines: tuple[tuple[Role, str], ...]) -> None:
    assert read(*lines, END) == (MAY_3, ("Ada Field",))


def test_the_first_date_counts_and_every_author_once() -> None:
    assert read(
        TITLE, BYLINE, (Role.OTHER, "By Bo Marsh and Ada Field"), DATE, (Role.OTHER, "Updated 5 May 2026"), BODY, END
    ) == (MAY_3, ("Ada Field", "Bo Marsh"))


def test_labels_of_teasers_are_not_the_article_s() -> None:
    teaser = ((Role.HEADLINE, "Market bans plastic"), (Role.DATE, "3 May 2026"), (Role.BYLINE, "By Ada Field"))
    assert read(*teaser, BODY, END) == NOTHING
    assert read(TITLE, BODY, END, BYLINE, DATE) == NOTHING


def test_what_stands_far_from_the_article_s_start_is_not_its_dateline() -> None:
    far = [(Role.OTHER, "Share")] * 12
    assert read(DATE, BYLINE, *far, BODY, END) == NOTHING
    assert read(DATE, BYLINE, *far[:2], TITLE, BODY, END) == NOTHING
    assert read(TITLE, *[BODY] * OPENING, DATE, BYLINE, END) == NOTHING


def test_a_page_without_an_article_has_no_dateline() -> None:
    assert read(TITLE, BYLINE, DATE) == NOTHING
    assert read() == NOTHING


def test_prose_with_a_date_in_it_is_no_label() -> None:
    assert read(TITLE, (Role.OTHER, "The ferry was launched on 3 May 2026 by the mayor's wife."), BODY, END) == NOTHING
