import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.intake.normalization import MAX_MARKS, normalize, normalize_counting

ANYTHING = st.text(st.characters(codec=None, exclude_categories=()))
MARKS = st.text("ae\u0301\u0316\u0344\u0958\u034f", max_size=200)


@pytest.mark.parametrize(
    ("raw", "normal"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\r\r\nb", "a\n\nb"),
        ("page one\fpage two\vc\x85d\u2028e\u2029f", "page one\npage two\nc\nd\ne\nf"),
        ("a\x00b\x07c\x1bd\x7fe\x9ff", "abcdef"),
        ("tab\there", "tab\there"),
        ("cafe\u0301", "caf\u00e9"),
        ("\ufeff\ufeffA", "A"),
        ("\x00\ufeffA", "A"),
        ("A\ufeffB", "A\ufeffB"),
        ("cut \ud83d in two", "cut  in two"),
        ("  kept \u00a0 as it came\u200b ", "  kept \u00a0 as it came\u200b "),
    ],
)
def test_each_rule(raw: str, normal: str) -> None:
    assert normalize(raw) == normal


def test_controls_are_counted_and_newlines_are_none() -> None:
    assert normalize_counting("a\r\nb\fc\x00d\ud800") == ("a\nb\nc" + "d", 2)


@given(st.one_of(ANYTHING, MARKS))
def test_twice_is_once(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode()


@given(ANYTHING)
def test_no_control_is_left(text: str) -> None:
    left = [character for character in normalize(text) if unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}]
    assert set(left) <= {"\n", "\t"}


def test_a_long_run_of_marks_is_broken_so_that_composing_stays_linear() -> None:
    text = normalize("e" + "\u0301\u0316" * 100_000)  # quadratic without the break: minutes, so that the test times out
    runs = text.split("\u034f")
    assert max(len(run) for run in runs) <= MAX_MARKS + 1
    assert text.count("\u0316") == 100_000
