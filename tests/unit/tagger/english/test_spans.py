"""Names from the probabilities of tags."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from broadsheet.tagger.english.pieces import read_pieces
from broadsheet.tagger.english.spans import GROUPS, Span, Words, find_spans, read_words
from broadsheet.tagger.english.tags import TAGS

TEXT = "Ada Field of Norvik Bank met Bo"


def words_of(text: str, *said: dict[str, float]) -> Words:
    """Make words whose tags have these probabilities; what is left is for being outside."""
    pieces = read_pieces(text)
    tags = np.full((len(pieces), len(TAGS)), 1e-6)
    for place, given_tags in zip(np.flatnonzero(pieces.first), said, strict=True):
        for tag, probability in given_tags.items():
            tags[place, TAGS.index(tag)] = probability
        tags[place, 0] = max(1e-6, 1 - sum(given_tags.values()))
    return read_words(pieces, np.log(tags).astype(np.float32))


def test_names_are_read_with_their_group() -> None:
    words = words_of(
        TEXT, {"B-PERSON": 0.9}, {"I-PERSON": 0.8}, {}, {"B-ORG": 0.7}, {"I-ORG": 0.9}, {}, {"B-PERSON": 0.6}
    )
    assert find_spans(words) == [Span(0, 2, 0), Span(3, 5, 1), Span(6, 7, 0)]


def test_a_name_that_only_goes_on_begins_where_it_is_likeliest() -> None:
    words = words_of(TEXT, {"B-PERSON": 0.4}, {"I-PERSON": 0.9}, {}, {}, {}, {}, {})
    assert find_spans(words) == [Span(0, 2, 0)]


def test_kinds_of_place_compete_as_one() -> None:
    words = words_of(TEXT, {"B-GPE": 0.25, "B-LOC": 0.2, "B-ORG": 0.35}, {}, {}, {}, {}, {}, {})
    (span,) = find_spans(words)
    assert GROUPS[span.group] == "PLACE"
    assert words.places[0].argmax() == 0


@given(arrays(np.float32, (7, len(TAGS)), elements=st.floats(-20, 0, width=32)))
def test_names_never_overlap(tags: np.ndarray) -> None:
    pieces = read_pieces(TEXT)
    words = read_words(pieces, np.repeat(tags, 2, axis=0)[: len(pieces)])
    reached = 0
    for span in find_spans(words):
        assert reached <= span.first < span.last <= len(words.starts)
        reached = span.last


def test_no_words_have_no_names() -> None:
    assert find_spans(read_words(read_pieces(""), np.zeros((0, len(TAGS)), np.float32))) == []
