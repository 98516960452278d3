"""Numbers as languages write them: 1,234.5 and 1.234,5 and 1 234,5."""

import re
from contextlib import suppress
from functools import lru_cache

from babel import UnknownLocaleError
from babel.numbers import get_decimal_symbol, get_group_symbol

NUMBER = re.compile(
    r"""(?:\d{1,3}(?:(?P<group>[,.'’\u00a0\u202f\u2009 ])\d{3}(?:(?P=group)\d{3}){0,5})(?:(?P<fraction>[.,])\d{1,6})?
    |\d{1,2}(?:,\d\d){1,4},\d{3}(?:\.\d{1,2})?
    |\d{1,18}(?:(?P<mark>[.,])\d{1,6})?
    |\.\d{1,6})
    (?!\d|[.,]\d)""",  # noqa: RUF001 - as pages print it
    re.VERBOSE,
)
"""A number with groups of three, in Indian groups, or without groups; one in more parts is none (1.2.3)."""

_UNGROUPED = re.compile(r"(?P<group>(?!))?(?P<fraction>(?!))?\d{1,18}(?:(?P<mark>[.,])\d{1,6})?(?!\d|[.,]\d)")
"""The same without groups; its groups of those names never match."""

_SPACES = "\u00a0\u202f\u2009 "


class Numerals:
    """How a language writes numbers.

    Args:
        language: ISO 639-1 code; for one that the CLDR does not know, only what can be read in one way has a value.
    """

    def __init__(self, language: str) -> None:
        self._decimal: str | None = None
        self._spaced = False
        if language == "und":  # which Babel takes for the root of all languages
            return
        with suppress(UnknownLocaleError, ValueError):
            self._decimal = get_decimal_symbol(language)
            self._spaced = get_group_symbol(language) in _SPACES

    def match(self, text: str, start: int) -> re.Match[str] | None:
        """Give the number at a place. "500 000" is one number where the language groups by spaces, else two."""
        match = NUMBER.match(text, start)
        if match and match["group"] == " " and not self._spaced:
            return _UNGROUPED.match(text, start)
        return match

    def value(self, match: re.Match[str]) -> float | None:
        """Give the value of a number, or None where it may be either of two: 1.234 in a language that nobody knows."""
        digits = match[0]
        if digits[0] == ".":
            return float(digits)
        group, mark = match["group"], match["fraction"] or match["mark"]
        if group in {",", "."} and not match["fraction"] and digits.count(group) == 1:
            if self._decimal is None:
                return None
            if group == self._decimal:
                return float(digits.replace(group, "."))
        if mark:
            whole, _, fraction = digits.rpartition(mark)
            return float(f"{_plain(whole)}.{fraction}")
        return float(_plain(digits))


def _plain(digits: str) -> str:
    return "".join(digit for digit in digits if digit.isdigit())


@lru_cache(maxsize=64)
def numerals(language: str) -> Numerals:
    """Give how a language writes numbers."""
    return Numerals(language)
