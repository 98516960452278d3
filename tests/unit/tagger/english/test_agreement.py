"""What one text says of a name helps elsewhere."""

from broadsheet.tagger.english.agreement import agree
from broadsheet.tagger.english.spans import GROUPS, Span, Words, find_spans
from unit.tagger.english.test_spans import words_of

ORG, PERSON = GROUPS.index("ORG"), GROUPS.index("PERSON")


def groups(*texts: tuple[str, Words]) -> list[list[tuple[str, str]]]:
    """Give the words and the group of each name after the second look."""
    spelled = [words.spelled(text) for text, words in texts]
    agreed = agree([words for _, words in texts], spelled, [find_spans(words) for _, words in texts])
    return [
        [(" ".join(own[span.first : span.last]), GROUPS[span.group]) for span in spans]
        for own, spans in zip(spelled, agreed, strict=True)
    ]


def test_an_unsure_name_follows_the_sure_ones() -> None:
    sure = ("Norvik grew", words_of("Norvik grew", {"B-ORG": 0.99}, {}))
    unsure = ("at Norvik", words_of("at Norvik", {}, {"B-PERSON": 0.5, "B-ORG": 0.4}))
    assert groups(unsure)[0] == [("Norvik", "PERSON")]
    assert groups(sure, unsure)[1] == [("Norvik", "ORG")]


def test_a_name_that_was_missed_is_found_by_the_others() -> None:
    sure = ("Norvik grew", words_of("Norvik grew", {"B-ORG": 0.999}, {}))
    missed = ("at Norvik", words_of("at Norvik", {}, {"B-ORG": 0.3}))
    assert groups(missed)[0] == []
    assert groups(sure, missed)[1] == [("Norvik", "ORG")]


def test_a_word_in_small_letters_is_not_taken_for_the_name() -> None:
    sure = ("Apple grew", words_of("Apple grew", {"B-ORG": 0.999}, {}))
    fruit = ("an apple", words_of("an apple", {}, {"B-ORG": 0.3}))
    assert groups(sure, fruit)[1] == []


def test_a_surname_follows_the_full_name() -> None:
    full = ("Ada Field spoke", words_of("Ada Field spoke", {"B-PERSON": 0.99}, {"I-PERSON": 0.99}, {}))
    alone = ("for Field", words_of("for Field", {}, {"B-PERSON": 0.3, "B-ORG": 0.6}))
    assert groups(alone)[0] == [("Field", "ORG")]
    assert groups(full, alone)[1] == [("Field", "PERSON")]


def test_many_names_that_begin_alike_end_in_time() -> None:
    text = " ".join(f"Norvik Bank{number}" for number in range(3_000))
    words = words_of(text, *[{"B-ORG": 0.99}, {"I-ORG": 0.99}] * 3_000)
    assert len(groups((text, words))[0]) == 3_000


def test_a_missed_name_at_the_end_of_a_text_ends_with_the_text() -> None:
    long = ("Norvik Bank grew", words_of("Norvik Bank grew", {"B-ORG": 0.99}, {"I-ORG": 0.99}, {}))
    short = ("Norvik grew", words_of("Norvik grew", {"B-ORG": 0.999}, {}))
    missed = ("at Norvik", words_of("at Norvik", {}, {"B-ORG": 0.3}))
    texts = (long, short, missed)
    spelled = [words.spelled(text) for text, words in texts]
    agreed = agree([words for _, words in texts], spelled, [find_spans(words) for _, words in texts])
    assert agreed[2] == [Span(1, 2, ORG)]
