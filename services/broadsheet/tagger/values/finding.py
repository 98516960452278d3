"""Dates, amounts and percentages, by bounded patterns: the types that need no language, and what English adds."""

import re
from collections.abc import Iterator

from broadsheet_schemas import EntityType

Found = tuple[int, int, EntityType]
"""Start and end in code points, and the type."""

_NUMBER = r"(?<![\w.,])\d[\d.,]{0,20}(?<![.,])"
_SCALE = r"(?:\ ?(?:hundred|thousand|million|billion|trillion|bn|mio\.?|mrd\.?|millionen|milliarden|mill[oó]n(?:es)?)(?!\w))?"
_CURRENCY = r"(?:dollars?|euros?|pounds?|yen|yuan|rubles?|francs?|franken|pesos?|usd|eur|gbp|chf|jpy|[€$£¥])(?!\w)"
_MONTH = (
    "(?:january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan\\.|feb\\.|mar\\.|apr\\.|aug\\.|sept?\\.|oct\\.|nov\\.|dec\\.)"
)
_WEEKDAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"

_FREE: tuple[tuple[re.Pattern[str], EntityType], ...] = (
    (
        re.compile(rf"{_NUMBER}\ ?(?:%|(?:percent|per\ cent|prozent|por\ ciento|pour\ cent)(?!\w))", re.IGNORECASE),
        "PERCENT",
    ),
    (re.compile(rf"[€$£¥]\ ?\d[\d.,]{{0,20}}(?<![.,]){_SCALE}", re.IGNORECASE), "MONEY"),
    (re.compile(rf"{_NUMBER}{_SCALE}\ ?{_CURRENCY}", re.IGNORECASE), "MONEY"),
    (re.compile(r"(?<![\w.-])(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4})(?![\w-])"), "DATE"),
)
# Months and weekdays have a capital in English; asking for it first makes the search ten times faster (0.07 against 0.7 µs a character).
_ENGLISH: tuple[tuple[re.Pattern[str], EntityType], ...] = (
    (
        re.compile(
            rf"(?-i:(?=[\dADFJMNOSTW]))(?<!\w)(?:(?:{_WEEKDAY},?\ )?"
            rf"(?:{_MONTH}\ \d{{1,2}}(?:,?\ \d{{4}})?|\d{{1,2}}\ {_MONTH}(?:\ \d{{4}})?)"
            rf"|{_MONTH}\ \d{{4}}|{_WEEKDAY})(?!\w)",
            re.IGNORECASE,
        ),
        "DATE",
    ),
    (re.compile(r"(?<=\b[IiSs]n )(?:1[5-9]|20)\d{2}(?![\w.,]\d)(?!\w)"), "DATE"),
    (
        re.compile(
            r"(?<=\b[Ii]n )(?:January|February|March|April|June|July|August|September|October|November|December)\b"
        ),
        "DATE",
    ),
)


def find_values(text: str, *, english: bool) -> Iterator[Found]:
    """Find dates, amounts of money and percentages; finds may overlap, the surer pattern comes first.

    Args:
        text: any text.
        english: whether to look for the names of English months and days too.
    """
    for pattern, kind in (*_FREE, *(_ENGLISH if english else ())):
        for match in pattern.finditer(text):
            yield match.start(), match.end(), kind
