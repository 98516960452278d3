"""Numbers of a line by itself."""

import numpy as np
import pytest

from broadsheet.segmenter.features.characters import read_characters
from broadsheet.segmenter.features.line_counts import count_lines
from broadsheet.segmenter.features.line_numbers import line_numbers
from broadsheet.segmenter.features.words import read_words


def numbers(*lines: str) -> dict[str, list[float]]:
    characters = read_characters(lines)
    lengths = np.array([len(line) for line in lines], np.int64)
    columns = line_numbers(count_lines(characters, read_words(characters)), lengths)
    return {name: column.tolist() for name, column in columns.items()}


def test_length_and_words() -> None:
    found = numbers("The ferry is back", "—")

    assert found["length"] == pytest.approx([np.log1p(17), np.log1p(1)])
    assert found["words"] == pytest.approx([np.log1p(4), 0])
    assert found["word_length"] == pytest.approx([14 / 4 / 10, 0])


def test_words_of_a_line_too_long_to_be_read_whole_are_reckoned() -> None:
    assert numbers("word " * 100_000)["words"][0] == pytest.approx(np.log1p(100_000), rel=0.01)


def test_shares_and_counts_of_kinds_of_character() -> None:
    found = numbers("A 1, 2, 3.", "“Ja!” (島) | €5")

    assert found["share_digit"][0] == pytest.approx(0.3)
    assert found["share_comma"][0] == pytest.approx(0.2)
    assert found["some_comma"] == [0.5, 0]
    assert found["some_quote"] == [0, 0.5]
    assert found["some_bar"] == [0, 0.25]
    assert found["some_bracket"] == [0, 0.5]
    assert found["some_currency"] == [0, 0.25]
    assert found["share_ideograph"][1] == pytest.approx(1 / 14)


def test_shapes_of_words() -> None:
    found = numbers("POLITICS by Ada Field", "24 December 2025", "on 2024 and 2025")

    assert found["share_capitals_words"] == pytest.approx([0.25, 0, 0])
    assert found["capitalised"] == pytest.approx([0.75, 1 / 3, 0])
    assert found["has_year"] == [0, 0.5, 1]


@pytest.mark.parametrize(
    ("line", "end"),
    [
        ("Back.", "stop"),
        ("“Back.”", "stop"),
        ("(Back.)", "stop"),
        ("Back:", "colon"),
        ("Back…", "ellipsis"),
        ("Back 7", "digit"),
        ("Back", "lower"),
        ("BACK", "upper"),
        ("島だ。", "stop"),
        ("”", None),
    ],
)
def test_a_line_ends_with_a_kind_and_a_closing_mark_shows_what_it_closes(line: str, end: str | None) -> None:
    found = {name: column[1] for name, column in numbers("Before", line, "After").items()}
    ends = [name for name, value in found.items() if name.startswith("ends_") and name != "ends_question" and value]

    assert ends == ([f"ends_{end}"] if end else [])
    assert found["closes"] == float(line[-1] in "”)")


@pytest.mark.parametrize("line", ["Back?", "戻った？", "؟"])  # noqa: RUF001 - question marks of other scripts
def test_questions(line: str) -> None:
    assert numbers(line)["ends_question"] == [1]
    assert numbers("Back.")["ends_question"] == [0]


@pytest.mark.parametrize(
    ("line", "kind"),
    [("ferry", "lower"), ("Ferry", "upper"), ("7 days", "digit"), ("“So", "quote"), ("• So", "bar"), ("#so", "other")],
)
def test_a_line_begins_with_a_kind(line: str, kind: str) -> None:
    found = numbers(line)
    assert [name for name, (value,) in found.items() if name.startswith("begins_") and value] == [f"begins_{kind}"]


def test_words_of_the_lexicon_by_share_and_by_number() -> None:
    found = numbers("The ferry told them", "Cookies, privacy, terms")

    assert found["word_function"] == pytest.approx([0.25, 0])
    assert found["word_legal"] == pytest.approx([0, 1])
    assert found["some_word_legal"] == [0, 1]
    assert found["some_word_said"] == [0.5, 0]
    assert "some_word_function" not in found


def test_stops_and_commas_tell_prose_in_long_lines_alone() -> None:
    assert numbers("A. B. C. D.", "He came, he saw, and he went home. Nobody knew.")["long_prose"] == pytest.approx(
        [0, 0.4]
    )
