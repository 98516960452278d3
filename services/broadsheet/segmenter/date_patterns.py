"""The shapes of dates: what may follow a number, and what may stand about a date.

Words are matched by shape and looked up later, so that languages cost nothing here. Every pattern is tried at one place,
or searched in a few characters.
"""

import re

from broadsheet.segmenter.date_values import SEPARATORS
from broadsheet.segmenter.date_words import AGO_AFTER, AGO_BEFORE, DAY_WORDS, ONE

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_LETTER = r"[^\W\d_]"
_YEAR_AFTER = rf"[.,]{{0,2}}[\s/.-]{{0,2}}(?:del?\s|of\s)?{_YEAR}(?!\d(?!\d?:\d\d))(?:\s?(?:г\.|года|р\.|року))?"  # noqa: RUF001
_ENDS = rf"(?=\s*(?:$|[{re.escape(SEPARATORS)}]))"
_AGO_AFTER = "|".join(sorted(AGO_AFTER, key=len, reverse=True)).replace(" ", r"\s")
_AGO_BEFORE = "|".join(AGO_BEFORE).replace(" ", r"\s")
_ZONE = r"(?:uhr|hrs?|utc|gmt|z|wib|msk|(?-i:[A-Z]{1,4}T)|[+-]\d\d:?\d\d)"
_CLOCK = rf"\d{{1,2}}[:.h]\d\d(?::\d\d(?:\.\d{{1,6}})?)?(?:\s?[ap]\.?m\b\.?)?(?:\s?{_ZONE})?(?!\w)"
_AT = r"(?:at|um|à|às|as|a\slas|kl\.?|alle|alle\sore|ore|om|saat|pukul|jam|в|о|об|w|godz\.?|klo)\s"  # noqa: RUF001


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE | re.VERBOSE)


NUMBER = re.compile(r"\d++")
"""Where a date can begin or have its day."""

WORD_AFTER = re.compile(rf"(?:st|nd|rd|th|er|[ºª.])?[\s/-]?(?:(?:de|of)\s|d['’])?({_LETTER}{{1,14}}+)")  # noqa: RUF001
"""The word that a number counts or whose day it is: `22nd of December`."""

LAST_WORD = re.compile(rf"({_LETTER}++(?:-feira)?)[.,]{{0,2}}[\s-]{{0,2}}$")
"""The word before a number, searched in a few characters."""

CAPITALISED = re.compile(r"[A-Z][a-z]+$")
"""What is glued to the word before it: `ReutersDecember`."""

YEAR_FIRST = _pattern(rf"{_YEAR}(?P<mark>\.\s?|[-/])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})(?!\d)")
YEAR_AND_WORD = _pattern(rf"{_YEAR}\.?,?\s(?P<word>{_LETTER}{{3,14}}+)\.?\s(?P<day>\d{{1,2}})(?!\d)\.?")
CHARACTERS = _pattern(
    r"""(?:(?P<year>\d{4})\s?[年년]\s?)?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日號号일]
    (?:\s?(?:[(（]\w{1,3}[)）]|\w曜日|星期\w|[周週][一二三四五六日]|\w요일))?"""  # noqa: RUF001
)
"""Japanese, Chinese and Korean, with the weekday: 2024年3月5日(火)."""

NUMERIC = _pattern(
    rf"(?P<one>\d{{1,2}})(?P<mark>\.\s?|[/-])(?P<two>\d{{1,2}})(?P=mark)(?:{_YEAR}|(?<!-)(?P<short>\d\d))(?![\d/-]|\.\d)"
)
DAY_AND_MONTH = _pattern(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.")
"""24.12. as German, Czech and Finnish pages write it."""

DAY_FIRST = _pattern(
    rf"""(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|[ºª.])?[\s/-]?(?:(?:de|of)\s|d['’])?(?P<word>{_LETTER}{{3,14}}+)\.?
    (?:{_YEAR_AFTER}|[\s-]['’]?(?P<short>\d\d){_ENDS})?"""  # noqa: RUF001
)
DAY_SECOND = _pattern(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:{_YEAR_AFTER}|,?\s?['’](?P<short>\d\d)(?!\d)|(?![:%\d]|[.,]\d))"  # noqa: RUF001
)
"""The day, and the year, after the name of a month."""

COUNTED = re.compile(rf"(?P<count>\d{{1,3}})\s?(?P<unit>[A-Z]++(?![a-z])|{_LETTER}[^\W\d_A-ZÀ-ÖØ-Þ]{{0,11}})")
"""A number and a unit; a capital ends the unit, as words are glued: `4 giorniAnna`."""

AFTER = _pattern(rf"\.?\s(?:{_AGO_AFTER})")
BEFORE = _pattern(rf"(?<!\w)(?:{_AGO_BEFORE})\s$")
CHARACTERS_AGO = re.compile(
    r"(?P<count>\d{1,3})\s?[個个ヶか카カ]?(?P<unit>[秒分時小日天週周月年초시주개년일분])[時时間间鐘钟간월]{0,2}\s?[前전]"
)
ONE_AGO = _pattern(
    rf"""(?<!\w)(?:(?P<before>{_AGO_BEFORE})\s)?(?:(?:{"|".join(ONE)})\s|un['’])(?P<unit>{_LETTER}{{1,11}}+)
    (?:\s(?P<after>{_AGO_AFTER})(?!\w))?"""  # noqa: RUF001
)
"""An hour ago, vor einer Stunde, un'ora fa."""

DAY_WORD = _pattern(
    "(?<!\\w)(?:" + "|".join(sorted((re.escape(word) for word in DAY_WORDS), key=len, reverse=True)) + ")(?!\\w)"
)
CLOCK = _pattern(_CLOCK)
CLOCK_AFTER = _pattern(
    rf""",?(?:\s[|·•–—-])?(?:\s(?:{_AT})?|T|,\s?|(?<=\d\d\d\d))
    (?:{_CLOCK}|\d{{1,2}}\s?(?:uhr|[ap]\.?m)(?!\w)\.?)"""  # noqa: RUF001
)
CLOCK_BEFORE = _pattern(rf"(?<!\w){_CLOCK},?(?:\s[|·•–—-])?\s(?:on\s)?$")  # noqa: RUF001

LOOSE = (
    re.compile(r"(?<![\w.,])\d{1,3}\s?(?:min|mo|[smhdwy])(?![a-z])"),
    CLOCK,
    _pattern(rf"(?<!\w)(?P<word>{_LETTER}{{3,14}}+)\.?(?:\s\d{{1,4}})?(?!\w)"),
    re.compile(r"(?<!\w)\d{1,4}(?!\w)"),
)
"""What is a date only where a date is known to be, surest first: 22hESPN, 12:21, March, 7. Words are to be looked up."""
