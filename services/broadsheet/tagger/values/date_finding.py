"""Finding the dates of a text, one place at a time."""

import re
from functools import lru_cache

from broadsheet.tagger.values.date_forms import Form, Forms, number_forms, worded_forms
from broadsheet.tagger.values.date_meaning import Meaning
from broadsheet.tagger.values.date_words import date_words
from broadsheet.tagger.values.english_dates import english_forms

_CHARACTERS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NOT_BEFORE = frozenset("$€£¥#.,:/-–—+'’_@")  # noqa: RUF001 - as pages print it
"""What makes the number after it a price, a fraction, a time, or a part of a number or an address."""


class DateForms:
    """The forms of dates in a language.

    Args:
        language: ISO 639-1 code. English has forms of its own; of a language that nobody knows there are those of numbers alone.
    """

    def __init__(self, language: str) -> None:
        worded: Forms = english_forms() if language == "en" else worded_forms(date_words(language))
        forms = (*number_forms(language), *worded.at_number)
        self._at_number = {count: tuple(form for form in forms if count in form.digits) for count in range(1, 6)}
        self._at_word = worded.at_word

    def at_number(self, text: str, start: int, digits: int) -> tuple[int, Meaning] | None:
        """Give the end and the meaning of the date that begins with the number of so many digits at a place, or None."""
        forms = self._at_number.get(digits)
        before = text[start - 1 : start]
        if not forms or before in _NOT_BEFORE or (before.isalnum() and not _CHARACTERS.match(before)):
            return None
        return _first(forms, text, start)

    def at_word(self, text: str, start: int, word: str) -> tuple[int, Meaning] | None:
        """Give the end and the meaning of the date that begins with the word at a place, or None."""
        forms = self._at_word.get(word) or self._at_word.get(word.casefold())
        if not forms or text[start - 1 : start] in {"-", "_", "@", "#"} or text[start - 1 : start].isalnum():
            return None
        return _first(forms, text, start)


def _first(forms: tuple[Form, ...], text: str, start: int) -> tuple[int, Meaning] | None:
    for form in forms:
        if (match := form.pattern.match(text, start)) and (meaning := form.read(match)):
            return match.end(), meaning
    return None


@lru_cache(maxsize=32)
def date_forms(language: str) -> DateForms:
    """Give the forms of a language; the first call for one takes some 20 ms."""
    return DateForms(language)
