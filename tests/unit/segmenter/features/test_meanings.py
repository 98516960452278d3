"""Topics: what a line is about, by the words that the vectors know."""

import numpy as np
import pytest

from broadsheet.segmenter.features import meanings
from broadsheet.segmenter.features.page_features import read_features
from broadsheet.segmenter.features.words import word_hash
from broadsheet.segmenter.lines import Piece, lay_out

WAR = (
    "The army said that troops and tanks had crossed the border, and that the war would be over before the winter.",
    "Soldiers of both armies were killed when artillery hit the town, according to officers of the general staff.",
    "The government asked its allies for weapons, and the president met the ministers of defence in the capital.",
)
SAME = "Generals expect another attack by enemy infantry."
OTHER = "A guitarist sings the melody of her new album."


def topics(*texts: str) -> dict[str, np.ndarray[tuple[int], np.dtype[np.float32]]]:
    features = read_features(lay_out(Piece(text, gap=False) for text in texts))
    return {name: features.numbers[:, place] for place, name in enumerate(features.names) if name.startswith("topic_")}


def test_a_line_of_the_articles_topic_is_nearer_to_its_opening_than_another() -> None:
    found = topics(*WAR, SAME, OTHER)["topic_opening"]
    assert found[3] > found[4] + 0.1


def test_a_line_of_the_titles_topic_is_nearer_to_it_than_another() -> None:
    page = lay_out(Piece(text, gap=False) for text in (SAME, OTHER))
    found = read_features(page, title="war soldiers border")
    column = found.numbers[:, found.names.index("title_topic")]
    assert column[0] > column[1] + 0.1


def test_words_that_nothing_knows_count_as_nothing() -> None:
    found = topics(*WAR, "Qzxv wqjk")
    assert all(column[3] == 0 for column in found.values())


def test_likeness_is_a_cosine() -> None:
    for column in topics(*WAR, SAME, OTHER).values():
        assert (np.abs(column) <= 1.0001).all()


def test_the_vectors_know_common_words() -> None:
    known = meanings.load_meanings()
    common, other = (
        known.vectors[known.words.places(np.array([word_hash(word) for word in words], np.uint32))]
        for words in (("president", "football", "winter"), ("qzxv", "wqjk"))
    )
    assert common.any(axis=1).all()
    assert not other.any()


@pytest.mark.parametrize("block", [1, 2, 5])
def test_how_many_lines_are_compared_at_once_changes_nothing(monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    texts = [*WAR, "!", SAME, "?!", OTHER]
    whole = topics(*texts)
    monkeypatch.setattr(meanings, "BLOCK", block)
    for name, column in topics(*texts).items():
        np.testing.assert_allclose(column, whole[name], atol=1e-6)
