"""Names without case, accents and punctuation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.tagger.joining.folding import LONGEST, fold, folded_words
from broadsheet.tagger.joining.surfaces import is_shouted, name_in, without_article
from broadsheet.tagger.joining.titles import gender_before, without_titles


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("U.S.", "us"),
        ("Jos\u00e9 Field", "jose-field"),
        ("O\u2019Brien", "obrien"),
        ("O'Brien", "obrien"),
        ("al-Said", "al-said"),
        ("Wa\u0142\u0119sa", "walesa"),
        ("\u0130stanbul", "istanbul"),
        ("Stra\u00dfe", "strasse"),
        ("A. B. Field", "a-b-field"),
        ("++ +", "++-+"),
        ("", "-"),
    ],
)
def test_folding(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(st.text(max_size=300))
def test_any_name_folds_to_something_bounded_that_folds_to_itself(name: str) -> None:
    folded = fold(name)
    assert folded
    assert not any(map(str.isspace, folded))
    assert all(folded_words(name))
    assert len(folded) <= 18 * LONGEST  # one code point decomposes to 18 at most


@pytest.mark.parametrize(
    ("surface", "name"),
    [
        ("Field's", "Field"),
        ("Field\u2019s", "Field"),
        ("Fields\u2019", "Fields"),
        ("Field 's", "Field"),
        ("\u201cField\u201d", "Field"),
        ("(EU)", "EU"),
        ("Ada\n  Field,", "Ada Field"),
        ("Acme Corp.", "Acme Corp."),
        ("'s", "s"),
        ("--", "--"),
    ],
)
def test_the_name_in_a_surface(surface: str, name: str) -> None:
    assert name_in(surface) == name


def test_articles_and_capitals() -> None:
    assert [without_article(name) for name in ("the Hague", "The", "Theo Field")] == ["Hague", "The", "Theo Field"]
    assert [is_shouted(name) for name in ("ADA FIELD", "A", "U.S.", "Ada")] == [True, False, True, False]


@pytest.mark.parametrize(
    ("name", "bare", "gender"),
    [
        ("President Joe Biden", "Joe Biden", ""),
        ("Former Prime Minister Ada Field", "Ada Field", ""),
        ("Mrs. Field", "Field", "f"),
        ("President", "President", ""),
        ("Dean Field", "Dean Field", ""),
        ("Ada Field", "Ada Field", ""),
    ],
)
def test_titles(name: str, bare: str, gender: str) -> None:
    assert without_titles(name) == (bare, gender)


@pytest.mark.parametrize(
    ("before", "gender"), [("said Mr. ", "m"), ("Ms ", "f"), ("Mrs.\n", "f"), ("said ", ""), ("Amr. ", ""), ("", "")]
)
def test_a_courtesy_title_before_a_name(before: str, gender: str) -> None:
    assert gender_before(before + "Field", len(before)) == gender
