"""Taking a line apart whose roles are known: which words are the kicker, which the byline, the date, the headline."""

import re

from broadsheet.segmenter.dates import find_date
from broadsheet.segmenter.meta_line import MAX_LENGTH, MetaLine
from broadsheet.segmenter.meta_parts import Range, around_by, before_date, has_lead_in, segments, strip_lead_in, trim

MAX_SPLIT = 1_000
"""Longest line that is taken apart, in code points; a longer one is given to one role whole, a headline before others."""

MAX_GLUED = 80
"""How far into a line a kicker that is glued to its headline may reach, in code points."""

MAX_NAME_WORDS = 5
"""Most words of a kicker or a byline that a separator sets off from a headline."""

_OF_DATES = (frozenset({"date"}), frozenset({"byline", "date"}))
"""Roles of a line that `_word_and_date` corrects: no marked line of a name and a date has one word for the name.

On the development sites, with and without it for lines taken for a byline and a date, from text: bylines 0.67 and 0.58, kickers 0.57 and
0.53; on another quarter of the sites neither changes.
"""

_SOURCES = frozenset(
    {
        "afp",
        "ani",
        "ansa",
        "antara",
        "ap",
        "bbc",
        "bloomberg",
        "cnn",
        "dpa",
        "efe",
        "ians",
        "interfax",
        "kyodo",
        "pti",
        "reuters",
        "staff",
        "tass",
        "upi",
        "xinhua",
        "yonhap",
    }
)
"""What signs articles by one word, in lower case: agencies, broadcasters, the staff."""

_SEPARATOR = re.compile(r"\s+[|·•–—-]\s+")  # noqa: RUF001 - dashes as pages print them
_BY_NAME = re.compile(r"(?<=\s)[Bb][Yy]\s[A-Z][^\s]*(?:\s[^\s]+){0,4}$")
_DOMAIN = re.compile(r"(?<!\S)[a-z0-9-]+(?:\.[a-z0-9-]+){1,3}(?!\S)")
_GLUED_START = re.compile(r"(?<=[^\W\d_A-ZÄÖÜ])(?=[A-ZÄÖÜ«„“‘][^\W\d_])")  # noqa: RUF001 - quotes as pages print them
_GLUED_NAME = re.compile(r"(?<=[^\W\d_A-ZÄÖÜ]|[?!.’”*])(?=[A-ZÄÖÜ][\w.'’-]+(?:\s[A-Z][\w.'’-]+){1,3}$)")  # noqa: RUF001


def split_meta(text: str, roles: frozenset[str]) -> MetaLine:
    """Give the part of each role.

    Args:
        text: the line.
        roles: what it is known to hold, of `kicker`, `byline`, `date` and `headline`; others are passed over.

    Returns:
        The ranges of just those roles, but for a date with one word before it, which is a kicker. A line of one role is given
        whole, a byline without a name ("By") not at all. Of a line of several each gets its own words, without "By",
        "Published on", reading times and separators; a role for which no words are left has none, except that the words are
        never all lost: a headline keeps what nothing else has.
    """
    whole = trim(text, 0, len(text))
    known = roles & {"kicker", "byline", "date", "headline"}
    if whole is None or not known:
        return MetaLine()
    if len(text) > MAX_SPLIT:
        known = frozenset({next(role for role in ("headline", "kicker", "byline", "date") if role in known)})
    if known in _OF_DATES and (labelled := _word_and_date(text, sourced="byline" in known)):
        return labelled
    if len(known) == 1:
        name = strip_lead_in(text, whole) if known == {"byline"} else whole
        return MetaLine(**{role: whole for role in known if name})
    date = find_date(text, certain=True) if "date" in known else None
    rest: list[Range | None] = [before_date(text, 0, date[0]), _after(text, date[1])] if date else [whole]
    if "headline" in known:
        return _with_headline(text, known, max(rest, key=_length), date)
    return _labels(text, known, rest, date)


def _word_and_date(text: str, *, sourced: bool) -> MetaLine | None:
    """Give the parts of a date with one word before it, which is a kicker: `Comment 4 November 2025`.

    Where the line was taken for a byline and a date (`sourced`), a word that a sign sets off is left to be the source (`Newswire - May 3`).
    All 62 such lines that are marked are a kicker and a date. Of two words as many are a name, and an agency is one of one word.
    """
    date = find_date(text) if len(text) <= MAX_LENGTH else None
    kicker = before_date(text, 0, date[0]) if date else None
    if date is None or kicker is None or trim(text, date[1], len(text)):
        return None
    word, between = text[slice(*kicker)], text[kicker[1] : date[0]]
    if sourced and between.strip():
        return None
    if (
        not word.isalpha()
        or not word[0].isupper()
        or word.casefold() in _SOURCES
        or ":" in between
        or has_lead_in(text, kicker)
    ):
        return None
    return MetaLine(kicker=kicker, date=date)


def _after(text: str, start: int) -> Range | None:
    """Give what stands after a date, past a second date right after it ("4 days ago2 months ago")."""
    part = trim(text, start, len(text))
    again = find_date(text[part[0] :]) if part else None
    return trim(text, part[0] + again[1], len(text)) if part and again and again[0] == 0 else part


def _length(part: Range | None) -> int:
    return part[1] - part[0] if part else 0


def _labels(text: str, roles: frozenset[str], rest: list[Range | None], date: Range | None) -> MetaLine:
    pieces = [piece for part in rest for piece in segments(text, part)]
    if "byline" not in roles:
        return MetaLine(kicker=_joined(pieces, date), date=date)
    if "kicker" not in roles:
        return MetaLine(byline=strip_lead_in(text, pieces[0]) if pieces else None, date=date)
    for index, piece in enumerate(pieces):
        kicker, byline = around_by(text, piece)
        if kicker != piece:
            others = pieces[:index] + pieces[index + 1 :]
            return MetaLine(kicker=kicker or next(iter(others), None), byline=byline, date=date)
    if pieces and (source := _DOMAIN.search(text, *pieces[0])):
        kicker = trim(text, source.end(), pieces[0][1]) or trim(text, pieces[0][0], source.start())
        return MetaLine(kicker=kicker, byline=source.span(), date=date)
    kicker, byline = [*pieces[:2], None, None][:2]
    return MetaLine(kicker=kicker, byline=byline, date=date)


def _joined(pieces: list[Range], date: Range | None) -> Range | None:
    """Give the pieces of the first side of the date that has any, as one part."""
    if not pieces:
        return None
    side = [piece for piece in pieces if date is None or (piece[0] < date[0]) == (pieces[0][0] < date[0])]
    return side[0][0], side[-1][1]


def _with_headline(text: str, roles: frozenset[str], part: Range | None, date: Range | None) -> MetaLine:
    """Cut a kicker off the front of a headline and a byline off its end, where a sign or a change of case shows the place."""
    headline, kicker, byline = part, None, None
    if headline and "kicker" in roles:
        kicker, headline = _cut(text, headline, _kicker_end(text, headline))
    if headline and "byline" in roles:
        headline, byline = _cut(text, headline, _byline_start(text, headline))
        byline = strip_lead_in(text, byline) if byline else None
        headline, byline = (headline, byline) if headline else (byline, None)
    headline, kicker = (headline, kicker) if headline else (kicker, None)
    return MetaLine(kicker=kicker, byline=byline, date=date, headline=headline)


def _cut(text: str, part: Range, place: int | None) -> tuple[Range | None, Range | None]:
    return (trim(text, part[0], place), trim(text, place, part[1])) if place else (None, part)


def _kicker_end(text: str, part: Range) -> int | None:
    limit = min(part[1], part[0] + MAX_GLUED)
    glued = [match.start() for match in _GLUED_START.finditer(text, part[0] + 1, limit)]
    if glued:
        return glued[-1]
    cut = _SEPARATOR.search(text, part[0], limit)
    return cut.start() if cut and len(text[part[0] : cut.start()].split()) <= MAX_NAME_WORDS else None


def _byline_start(text: str, part: Range) -> int:
    """Give where the byline at the end of a headline begins; the end of the part where nothing shows it."""
    if (by := _BY_NAME.search(text, *part)) or (by := _GLUED_NAME.search(text, *part)):
        return by.start()
    cuts = [match.end() for match in _SEPARATOR.finditer(text, *part)]
    short = cuts and len(text[cuts[-1] : part[1]].split()) <= MAX_NAME_WORDS
    return cuts[-1] if short else part[1]
