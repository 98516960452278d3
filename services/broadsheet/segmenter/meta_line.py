"""Reading a line of labels: category, author and date that publishers print with an item, in one line or in several.

`POLITICS BY OCTOBER 18, 2025` is a kicker and a date whose byline is empty; `By Ann Lee | 2 hours ago` a byline and a date.
"""

from dataclasses import dataclass

from broadsheet.segmenter.dates import find_date
from broadsheet.segmenter.meta_parts import SEPARATOR, Range, around_by, before_date, has_lead_in, strip_lead_in, trim

__all__ = ["MAX_LENGTH", "MAX_WORDS", "MetaLine", "Range", "byline_name", "read_meta_line"]

MAX_LENGTH = 120
"""Longest line that can be labels alone, in code points: a kicker, a name and a date with its time."""

MAX_WORDS = 6
"""Most words of a kicker or of a byline."""


@dataclass(frozen=True, slots=True)
class MetaLine:
    """What a line of labels holds; each part is a range of the line, or None."""

    kicker: Range | None = None
    byline: Range | None = None
    date: Range | None = None
    headline: Range | None = None


def read_meta_line(text: str) -> MetaLine | None:
    """Read a line as labels, or give None when it is something else (prose, a headline, a lone label)."""
    if len(text) > MAX_LENGTH:
        return None
    date = find_date(text)
    if date is None:
        return _byline_alone(text)
    before, after = before_date(text, 0, date[0]), trim(text, date[1], len(text))
    kicker, byline = around_by(text, before)
    if after:
        later_kicker, later_byline = around_by(text, after)
        kicker, byline = kicker or later_kicker, byline or later_byline
    return MetaLine(kicker, byline, date) if _only_labels(text, before, after, date) else None


def byline_name(text: str) -> str | None:
    """Give the name in a byline, without "By", "Von", "文/" and the like; None when none is left ("By")."""
    part = trim(text, 0, len(text))
    name = strip_lead_in(text, part) if part else None
    return text[slice(*name)] if name else None


def _byline_alone(text: str) -> MetaLine | None:
    part = trim(text, 0, len(text))
    name = strip_lead_in(text, part) if part and has_lead_in(text, part) else None
    if name is None or not _short(text, name) or text[name[0]].islower() or text.endswith((".", "!", "?")):
        return None
    return MetaLine(byline=name)


def _only_labels(text: str, before: Range | None, after: Range | None, date: Range) -> bool:
    """Tell labels from a sentence that has a date in it: set off by a separator, in capitals, or by the word "by"."""
    return (before is None or _is_label(text, before, text[before[1] : date[0]])) and (
        after is None or _is_label(text, after, text[date[1] : after[0]])
    )


def _is_label(text: str, part: Range, between: str) -> bool:
    if not _short(text, part):
        return False
    return text[slice(*part)].isupper() or around_by(text, part)[0] != part or bool(SEPARATOR.search(between))


def _short(text: str, part: Range) -> bool:
    return len(text[slice(*part)].split()) <= MAX_WORDS
