"""Reading distances into the past: 2 hours ago, vor 3 Stunden, 3時間前, 2h, an hour ago, yesterday at 10:15."""

from broadsheet.segmenter import date_patterns as patterns
from broadsheet.segmenter.date_values import Past, Shown, begins, ends, set_off
from broadsheet.segmenter.date_words import AGO_AFTER, AGO_BEFORE, DAY_WORDS, UNITS

MAX_YEARS = 20
"""Most years in the past of something published; 75 years ago is history."""

_REACH = 9
"""How far before a number the words for "ago" are looked for, in code points."""

_COMPACT = {"s": 59, "m": 59, "h": 48, "hr": 48, "hrs": 48, "d": 31, "w": 52, "mo": 24, "y": MAX_YEARS}
"""Largest number that is a time past when it stands alone with its unit: 2h, not 100m."""

_CHARACTERS = {
    "秒": "second", "초": "second", "分": "minute", "분": "minute", "時": "hour", "小": "hour", "시": "hour", "日": "day",
    "天": "day", "일": "day", "週": "week", "周": "week", "주": "week", "月": "month", "개": "month", "年": "year", "년": "year",
}  # fmt: skip
"""Units of Japanese, Chinese and Korean by their first character."""

_CLUES = frozenset(phrase.split()[-1] for phrase in (*DAY_WORDS, *AGO_AFTER)) | {
    phrase.split()[0] for phrase in AGO_BEFORE
}
"""A line without these words is spared the patterns."""


def counted(text: str, start: int) -> Shown | None:
    """Read a number of hours, days and so on that is said to be past, or stands alone as such (2h)."""
    match = patterns.COUNTED.match(text, start)
    unit = UNITS.get(match["unit"].casefold()) if match else None
    if match is None or unit is None:
        return None
    count, begin, end = int(match["count"]), start, match.end()
    if before := patterns.BEFORE.search(text, max(0, start - _REACH), start):
        begin = before.start()
    elif after := patterns.AFTER.match(text, end):
        end = after.end()
    elif count > _COMPACT.get(match["unit"], 0) or not set_off(text, start, end):
        return None
    history = unit == "year" and (count > MAX_YEARS or not (begins(text, begin) or ends(text, end)))
    return None if history else Shown(begin, end, Past(count, unit))


def in_characters(text: str, start: int) -> Shown | None:
    """Read a distance in Japanese, Chinese or Korean."""
    match = patterns.CHARACTERS_AGO.match(text, start)
    return Shown(start, match.end(), Past(int(match["count"]), _CHARACTERS[match["unit"]])) if match else None


def in_words(text: str) -> Shown | None:
    """Read "yesterday" where it is set off or has a time of day, and "an hour ago" anywhere."""
    if _CLUES.isdisjoint(text.casefold().replace(",", " ").split()):
        return None
    if match := patterns.DAY_WORD.search(text):
        alone = set_off(text, *match.span()) and text[match.end() : match.end() + 1] != ","
        if alone or patterns.CLOCK_AFTER.match(text, match.end()):
            return Shown(*match.span(), Past(DAY_WORDS[match[0].casefold()], "day"))
    match = patterns.ONE_AGO.search(text)
    unit = UNITS.get(match["unit"].casefold()) if match and (match["before"] or match["after"]) else None
    return Shown(*match.span(), Past(1, unit)) if match and unit else None
