import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.runtime.quoting import MAX_QUOTED, quote, shorten


@given(st.text(), st.integers(1, 20))
def test_what_is_cut_ends_with_an_ellipsis(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert len(short) <= limit
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))


@pytest.mark.parametrize(
    ("value", "quoted"),
    [("a\x1b[0m\n", r"'a\x1b[0m\n'"), (7, "7"), (None, "None"), ("x" * 1_000_000, "'" + "x" * (MAX_QUOTED - 2) + "…")],
)
def test_a_value_is_quoted_without_control_characters(value: object, quoted: str) -> None:
    assert quote(value) == quoted
