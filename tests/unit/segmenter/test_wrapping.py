"""Wrapped text is told from text with a paragraph a line, and its paragraphs are found again."""

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.segmenter.wrapping import unwrap, wrap_column

SENTENCES = [
    "The ferry to Skerry Point is back in service after a winter on the slip, and half of the island was there to see it.",
    "Its new engine burns less, smokes less and, to the regret of the older passengers, can hardly be heard on the upper deck.",
    "Tickets cost what they did before; the council pays the rest, for the first three years at least, from a fund for roads.",
    "Nobody on the quay could say why a ship is a road, but nobody asked for long, because the bar had opened and it was cold.",
]
ARTICLE = [" ".join(SENTENCES[:2]), " ".join(SENTENCES[2:])]


def wrap(*paragraphs: str, width: int = 72) -> list[str]:
    return [line for text in paragraphs for line in textwrap.wrap(text, width)]


@pytest.mark.parametrize("width", [55, 65, 72, 80, 100])
def test_the_column_is_found_and_the_paragraphs_come_back(width: int) -> None:
    paragraphs = [*ARTICLE, *(text.replace("ferry", "old ferry") for text in ARTICLE)]
    written = wrap(*paragraphs, width=width)

    assert wrap_column(written) == max(map(len, written))
    assert unwrap(written) == paragraphs


def test_blank_lines_stay_and_lines_longer_than_the_column_are_left_alone() -> None:
    menu = "Home | " * 30 + "Contact"
    address = "https://www.news.example/" + "island/" * 20
    written = [menu, "", *wrap(ARTICLE[0]), "", *wrap(ARTICLE[1]), "", address, "and this is where it is"]

    assert unwrap(written) == [menu, "", ARTICLE[0], "", ARTICLE[1], "", address, "and this is where it is"]


def test_short_lines_of_a_wrapped_page_stay_apart() -> None:
    chrome = ["Home", "News", "By Ada Field", "3 May 2026", *["our sport", "all of today's sport."] * 5]
    assert unwrap([*chrome, *wrap(*ARTICLE)]) == [*chrome, *ARTICLE]


def test_a_wrapped_headline_is_one_line_and_the_date_below_a_long_one_another() -> None:
    long = "Skerry Point Celebrates Its Ferry, Its Engine and Above All Its Bar"
    longer = "Skerry Point Celebrates Its Ferry, Its Engine and Above All the Bar That Opened Early"
    written = [*wrap(*ARTICLE), "", long, "DECEMBER 24, 2025", "", *wrap(longer), "", long, "By Ada Field", ""]

    assert unwrap(written) == [*ARTICLE, "", long, "DECEMBER 24, 2025", "", longer, "", long, "By Ada Field", ""]


def test_a_date_at_the_end_of_a_paragraph_belongs_to_it() -> None:
    council = "The council of the island had decided on the new engine and its bar in a"
    session = "session that was long, loud and for once open to all; it was held on the"
    assert len(council) == len(session) == 72

    assert unwrap([*wrap(*ARTICLE), council, session, "3 May 2025"])[-1] == f"{council} {session} 3 May 2025"


@pytest.mark.parametrize(
    ("end", "below", "joined"),
    [
        ("a well-", "known word", "a well-known word"),
        ("the pre-", "and post-war years", "the pre- and post-war years"),
        ("the day-", "to-day life", "the day-to-day life"),
        ("a dash --", "it goes on", "a dash -- it goes on"),
        ("the dash--", "it goes on", "the dash--it goes on"),
        ("a dash", "– and it goes on", "a dash – and it goes on"),  # noqa: RUF001 - the dash of many languages
    ],
)
def test_hyphens_and_dashes_at_a_line_end(end: str, below: str, joined: str) -> None:
    above = (
        ("this line of the text is as long as it may be and ends in the midst of a sentence with a"[: 71 - len(end)])
        + f" {end}"
    )

    assert len(above) == 72
    assert unwrap([*wrap(*ARTICLE), "", above, below])[-1].endswith(joined)


def test_a_first_line_that_is_indented_begins_a_paragraph() -> None:
    full = "   The last line of this paragraph is as long as a line of it may be, so"
    written = [*wrap(*ARTICLE), full, "   that the indent alone shows it", full, "and it goes on here"]

    assert len(full) == 72
    assert unwrap(written)[-2:] == [f"{full} that the indent alone shows it", f"{full} and it goes on here"]
    assert unwrap([*written[:-1], "      and this one does not"])[-2:] == [full, "      and this one does not"]


def test_lines_of_scripts_without_spaces_are_joined_without_one() -> None:
    text = "島へ渡る船が冬のあいだの修理を終えて再び動き始め島の人びとの半分が港に集まってその姿を見守った" * 12 + "。"
    written = [text[start : start + 60] for start in range(0, len(text), 60)]

    assert unwrap(written) == [text]


MENU = ["home", "news", "sport", "culture", "travel", "weather", "about us", "contact", "privacy"] * 4
HEADLINES = [
    "Night Trains Return to the Coast as the Airlines Cut Their Routes",
    "Timber Prices Fall for a Fifth Month as the Builders Wait for More",
    "Rovers' Coach Leaves with a Letter to the Fans and to Nobody Else",
    "Parliament Votes on the Fishing Quota While the Fleet Is at Sea",
    "Rail Fares Rise Again Despite the Timetable That Nobody Can Read",
    "Lambing Starts Early as the Mild Winter Fools the Whole Flock",
] * 3
SMALL_HEADLINES = [text.lower() for text in HEADLINES]
VERSE = [
    "I went down to the harbour when the night was nearly done,",
    "and the ferry lay there sleeping with its one eye on the sun,",
    "but the bar was bright and crowded and the ferryman was there,",
    "with a fiddle and a bottle and some tinsel in his hair,",
    "so I sat me down beside him and I bought the man a round,",
    "and he told me of the winters and the friends that he had drowned,",
    "for the sea takes what it wants, he said, it never asks twice,",
    "and the ferry goes across her on a promise and some ice.",
]
SHORT_PARAGRAPHS = [
    "The ferry is back, and the island is glad.",
    "It cost two million, says the mayor, who paid none of it.",
    "“It is a good ferry,” a passenger told us on the quay.",
    "The bar opened at noon and closed when the beer ran out.",
    "iPhones rang all over the deck at the sound of the horn.",
    "Nobody was hurt, though a gull was seen to limp for a while.",
] * 4


WITH_SUMMARIES = [HEADLINES[0], "The airlines say that they had no choice."] * 8
JAPANESE = ["島へ渡る船が再び動く" * 5 + "春" * more for more in (1, 7, 3, 9, 2, 5, 8, 4)] + [
    "以上が本日のお知らせです。"
]
CUT_BY_MARKUP = ["The mayor of Lindenau was heard to say", "that the ferry is back."] * 10


@pytest.mark.parametrize(
    "written",
    [
        *(MENU, HEADLINES, SMALL_HEADLINES, WITH_SUMMARIES, JAPANESE, VERSE * 3, SHORT_PARAGRAPHS),
        [*CUT_BY_MARKUP, *wrap(*ARTICLE)],
        [*MENU, *ARTICLE, *HEADLINES],
    ],
    ids=[
        *("menu", "headlines", "headlines in small letters", "headlines and summaries", "Japanese headlines", "verse"),
        *("short paragraphs", "sentences cut by markup", "a page"),
    ],
)
def test_a_page_that_was_not_wrapped_is_not_touched(written: list[str]) -> None:
    assert wrap_column(written) is None
    assert unwrap(written) == written


def test_a_few_wrapped_lines_are_not_enough() -> None:
    assert wrap_column([*wrap(SENTENCES[0]), "", *wrap(SENTENCES[1])]) is None


@given(st.lists(st.text(st.sampled_from("ab A.-\u3042"), max_size=120), max_size=40))
@settings(deadline=None)
def test_no_letter_is_lost(written: list[str]) -> None:
    assert "".join("".join(unwrap(written)).split()) == "".join("".join(written).split())
