"""What a word says of the name before it."""

from broadsheet.tagger.english.cues import with_cues
from broadsheet.tagger.english.spans import GROUPS, Span, find_spans
from unit.tagger.english.test_spans import words_of

PERSON = GROUPS.index("PERSON")


def test_an_administration_is_a_person_s() -> None:
    text = "the Field administration"
    words = words_of(text, {}, {"B-PERSON": 0.2}, {})
    assert find_spans(words) == []
    assert find_spans(with_cues(words, words.spelled(text))) == [Span(1, 2, PERSON)]


def test_what_is_no_person_at_all_stays() -> None:
    text = "the Aviation administration"
    words = words_of(text, {}, {"B-ORG": 0.9}, {})
    assert find_spans(with_cues(words, words.spelled(text))) == [Span(1, 2, GROUPS.index("ORG"))]


def test_without_the_cue_nothing_changes() -> None:
    text = "the Field Administration"
    words = words_of(text, {}, {"B-PERSON": 0.2}, {})
    assert with_cues(words, words.spelled(text)) is words
