"""Every code has its line, and says what to do."""

import pytest

from broadsheet_schemas.errors import ERRORS, ErrorCode
from unit.schemas.golden import GOLDEN, load


def test_every_code_is_described() -> None:
    assert set(ERRORS) == set(ErrorCode)


@pytest.mark.parametrize("code", ErrorCode)
def test_a_description_is_made_of_sentences(code: ErrorCode) -> None:
    assert ERRORS[code].meaning.endswith(".")
    assert ERRORS[code].action.endswith(".")


def test_codes_are_words_fit_for_labels() -> None:
    assert all(code.replace("_", "").isalpha() and code.islower() for code in ErrorCode)


def test_a_released_code_stays() -> None:
    assert set(load(GOLDEN / "error-codes.json")) <= set(ErrorCode)
