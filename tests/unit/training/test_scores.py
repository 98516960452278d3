"""The scores, on cases reckoned by hand."""

import pytest

from training.segmenter.scores import TeaserScore, distinct, gold_items, harmonic, mean_f1, precision_recall, shingles


def test_shingles_are_runs_of_four_words_and_a_short_text_is_one() -> None:
    assert shingles("One two, three four five") == {
        ("One", "two", "three", "four"): 1,
        ("two", "three", "four", "five"): 1,
    }
    assert shingles("just two") == {("just", "two"): 1}
    assert not shingles("")


@pytest.mark.parametrize(
    ("gold", "got", "expected"),
    [
        ("a b c d e", "a b c d e", (1.0, 1.0)),
        ("a b c d e", "", (0.0, 0.0)),
        ("", "", (1.0, 1.0)),
        ("", "a b c d", (0.0, 1.0)),
        ("a b c d e", "a b c d", (1.0, 0.5)),
    ],
)
def test_precision_and_recall_of_a_body(gold: str, got: str, expected: tuple[float, float]) -> None:
    assert precision_recall(gold, got) == expected


def test_the_mean_is_taken_before_the_f1() -> None:
    assert mean_f1([(1.0, 0.5), (0.5, 1.0)]) == pytest.approx(0.75)
    assert harmonic(0.0, 0.0) == 0.0


def test_teasers_are_matched_by_their_headlines_one_to_one() -> None:
    score = TeaserScore()
    gold = [
        {"headline": "Bees stop the match", "kicker": "Sport"},
        {"headline": "Bees stop the match", "date": "2 May"},
    ]
    score.add(gold, [{"headline": "Bees Stop the Match", "kicker": "Sport desk"}, {"headline": "Something else"}], "")

    assert (score.found, score.spurious, score.missed) == (1, 1, 1)
    assert score.field_f1("kicker") == pytest.approx(2 / 3)
    assert score.fields["date"] == []


def test_what_lies_in_ambiguous_lines_does_not_count() -> None:
    score = TeaserScore()
    score.add([], [{"headline": "Perhaps an item"}], "Perhaps an item or not")
    score.add([], [{"headline": "None at all"}], "")

    assert (score.spurious, score.empty, score.left_empty) == (1, 2, 1)


def test_a_headline_that_an_item_shows_twice_is_given_as_marked_or_once() -> None:
    lines = ["Bees stop the match", "Sport", "Bees stop the match", "It rained"]
    row = {"teasers": [{"headline": [0, 2], "kicker": [1], "summary": [3]}]}

    (marked,), (once,) = gold_items(row, lines), gold_items(row, lines, once=True)

    assert marked == {
        "headline": "Bees stop the match Bees stop the match",
        "summary": "It rained",
        "kicker": "Sport",
        "byline": "",
        "date": "",
    }
    assert once == marked | {"headline": "Bees stop the match"}


def test_of_items_with_one_headline_the_first_is_kept() -> None:
    first, other = {"headline": "Bees stop the match", "kicker": "Sport"}, {"headline": "It rained"}

    assert distinct([first, other, {"headline": "BEES stop the match"}]) == [first, other]
