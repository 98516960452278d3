"""The words and the parts of patterns that English dates are made of."""

import re

from broadsheet.tagger.values.date_forms import MAYBE_SPACE, SPACE

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
"""Number of the month by its name and its short forms, in lower case and without a dot."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORT_WEEKDAYS = ("mon", "tues", "tue", "wed", "thurs", "thur", "thu", "fri", "sat", "sun")
TURNS = {"last": -1, "past": -1, "this": 0, "coming": 1, "next": 1}
"""Which of several is meant, by the word: the last before the page, the one about it, the next."""

HALVES = ("early", "late", "mid", "earlier", "later")
SEASONS = ("summer", "fall", "autumn", "winter", "spring")
NAMED_DAYS = ("black", "good", "super", "bloody", "ash", "cyber", "palm", "easter", "holy", "maundy")
"""What makes a weekday one of its own: Good Friday, Super Tuesday."""

ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
    "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth", "twenty-first",
)  # fmt: skip
"""Centuries by their word."""


def _cased(words: tuple[str, ...] | list[str]) -> str:
    """Give a pattern of words as names are written: `May` or `MAY`, never `may`."""
    return "|".join(f"{word.capitalize()}|{word.upper()}" for word in words)


def _either(words: tuple[str, ...] | list[str]) -> str:
    """Give a pattern of words as they stand in a sentence or begin one."""
    return "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in words)


_SHORT = 4
LONG_MONTH = _cased([name for name in MONTHS if len(name) > _SHORT or name in {"may", "june", "july"}])
_SHORT_MONTH = _cased([name for name in MONTHS if len(name) <= _SHORT and name not in {"may", "june", "july"}])
MONTH = rf"(?P<month>(?:{LONG_MONTH})(?![^\W\d_])|(?:{_SHORT_MONTH})(?![^\W\d_])\.?)"
"""A month by its name or its short form with the dot."""

WEEKDAY = _cased(WEEKDAYS)
ON_WEEKDAY = rf"(?:(?P<on>{WEEKDAY}|{_cased(SHORT_WEEKDAYS)})\b\.?,?{SPACE}(?:the{SPACE})?)?"
NAMED_DAY = rf"(?:{_cased(NAMED_DAYS)}){SPACE}(?:{WEEKDAY})(?!\w)"
DASH = r"[-–—]"  # noqa: RUF001 - as pages print it
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?![\d:%]|\.\d|,\d(?!\d\d\d\b)|[a-z])"
_SECOND_DAY = r"\d{1,2}(?:st|nd|rd|th)?(?![\w:%]|[.,]\d)"
_AFTER_DAYS = r"(?:in|at|on|for|to|and|with|when|after|before|the|by|that|as|were|was|from|of)\b"


def to_day(following: str) -> str:
    """Give the pattern of a second day ("2-3 May", "May 2 and 3"), after "and" and "to" only before what may follow a date."""
    dashed = rf"{MAYBE_SPACE}{DASH}{MAYBE_SPACE}{_SECOND_DAY}"
    worded = rf"{SPACE}(?:and|to|through){SPACE}{_SECOND_DAY}(?={following})"
    return rf"(?P<to>{dashed}|{worded})?"


AFTER_DAYS = rf"$|[^\w\s]|\s{_AFTER_DAYS}"
BEFORE_MONTH = rf"{SPACE}(?:{LONG_MONTH})"

HALF = rf"(?:(?:{_either(['early', 'late', 'mid'])})(?:{SPACE}|-{MAYBE_SPACE}))?"
LEAD = rf"(?P<half>(?:{_either(HALVES)})(?:{SPACE}|-))?"
TURN = r"(?P<turn>[Ll]ast|[Nn]ext|[Tt]his(?: past| coming)?|[Pp]ast|[Cc]oming)"
SEASON = _either(SEASONS)
ERA = r"(?P<era>[Bb]\.?[Cc]\.?(?:[Ee]\b\.?)?|[Cc]\.[Ee]\.|CE|[Aa]\.[Dd]\.|AD)(?!\w)"
UNIT = r"(?P<unit>days?|weeks?|months?|years?|decades?|centur(?:y|ies))"
SPELLED_DECADE = "twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties"
ORDINAL_WORD = "|".join(sorted((f"{_either([word])}" for word in ORDINALS), key=len, reverse=True))

NOT_TITLED = (
    rf"(?!{SPACE}(?:Night|Times|Telegraph|Mirror|Mail|Herald|Express|Post|Independent|Star|World|Review|Football)\b)"
)
"""What makes the weekday before it part of a title: the Sunday Times."""

NOT_COUNTED = (
    rf"(?!{SPACE}(?:people|men|women|children|troops|soldiers|feet|meters|metres|miles|kilometers|kilometres|acres|square"
    r"|tons|tonnes|pounds|kg|km|mg|ml|cc|rpm|calories|homes|houses|jobs|points|votes|members|workers|employees|students"
    r"|times|years?|days?|hours?|words|pages|degrees|units|copies|barrels|a\.m|p\.m)\b)"
)
"""What makes the number before it a count and no year: 2000 people."""

IS_ATTACKS = re.compile(rf",?{SPACE}(?:terror(?:ist)?{SPACE})?(?:attacks?|hijack|terror)")
IS_ANNOUNCED = re.compile(
    r"\b(?:in|since|until|till|of|by|from|to|through|during|between|before|after|for|and|every|each|or)\s\Z",
    re.IGNORECASE,
)
"""Searched before May and March, which are verbs too."""

IS_NAME_AFTER = re.compile(r"\s[A-Z]['’a-z]|-[A-Z]|['’]s\s[A-Z]")  # noqa: RUF001 - as pages print it
"""What makes the month before it a name: June Carter."""

IS_YEAR_AFTER = re.compile(
    r"(?:\b(?:in|since|until|till|of|by|from|to|through|during|between|before|after|and|or|the|year|around|about|circa|early|late"
    r"|spring|summer|autumn|winter)\s|[(\[–-]|\b(?:c|ca|b|d)\.\s?|\d\s?[–-]\s|[a-z],\s)\Z",  # noqa: RUF001
    re.IGNORECASE,
)
"""Searched before a number that may be an early year."""
