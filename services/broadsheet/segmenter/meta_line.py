"""Reading a line of labels: category, author and date that publishers print with an item, in one line or in several.

`POLITICS BY OCTOBER 18, 2025` is a kicker and a date whose byline is empty; `By Ann Lee | 2 hours ago` a byline and a date.
"""

import re
from dataclasses import dataclass

from broadsheet.segmenter.dates import find_date

MAX_LENGTH = 120
"""Longest line that can be labels alone, in code points: a kicker, a name and a date with its time."""

MAX_WORDS = 6
"""Most words of a kicker or of a byline."""

_EDGES = " \t|·•–—/,;:-()"  # noqa: RUF001 - dashes as pages print them
_SEPARATOR = re.compile(r"\s*[|·•–—/;]\s*|\s+-\s+|,\s*$|^\s*,")  # noqa: RUF001 - likewise
_BY = re.compile(r"(?:^|(?<=\s))(?:by|von|por|par)(?=\s|$)", re.IGNORECASE)
_ABOUT_DATE = re.compile(
    r"(?:\b(?:first|last|published|updated|posted|on|veröffentlicht|aktualisiert|stand|am|publicado|actualizado|el|publié|le)\b[\s:]*)+$",
    re.IGNORECASE,
)

Range = tuple[int, int]
"""Start and end within the line, in code points."""


@dataclass(frozen=True, slots=True)
class MetaLine:
    """What a line of labels holds; each part is a range of the line, or None."""

    kicker: Range | None = None
    byline: Range | None = None
    date: Range | None = None


def read_meta_line(text: str) -> MetaLine | None:
    """Read a line as labels, or give None when it is something else (prose, a headline, a lone label)."""
    if len(text) > MAX_LENGTH:
        return None
    date = find_date(text)
    if date is None:
        return _byline_alone(text)
    before, after = _before_date(text, date[0]), _trim(text, date[1], len(text))
    kicker, byline = _around_by(text, before)
    if after:
        later_kicker, later_byline = _around_by(text, after)
        kicker, byline = kicker or later_kicker, byline or later_byline
    return MetaLine(kicker, byline, date) if _only_labels(text, before, after, date) else None


def _byline_alone(text: str) -> MetaLine | None:
    by = _BY.match(text)
    name = _trim(text, by.end(), len(text)) if by else None
    if name is None or not _short(text, name) or not text[name[0]].isupper() or text.endswith((".", "!", "?")):
        return None
    return MetaLine(byline=name)


def _before_date(text: str, end: int) -> Range | None:
    """Give what stands before the date, without words such as "Published on"."""
    trimmed = _trim(text, 0, end)
    if trimmed is None:
        return None
    about = _ABOUT_DATE.search(text, trimmed[0], trimmed[1])
    return _trim(text, trimmed[0], about.start()) if about else trimmed


def _around_by(text: str, part: Range | None) -> tuple[Range | None, Range | None]:
    """Split a part into the kicker before the word "by" and the byline after it."""
    if part is None:
        return None, None
    by = _BY.search(text, *part)
    if by is None:
        return part, None
    return _trim(text, part[0], by.start()), _trim(text, by.end(), part[1])


def _only_labels(text: str, before: Range | None, after: Range | None, date: Range) -> bool:
    """Tell labels from a sentence that has a date in it: set off by a separator, in capitals, or by the word "by"."""
    return (before is None or _is_label(text, before, text[before[1] : date[0]])) and (
        after is None or _is_label(text, after, text[date[1] : after[0]])
    )


def _is_label(text: str, part: Range, between: str) -> bool:
    if not _short(text, part):
        return False
    surface = text[slice(*part)]
    return surface.isupper() or bool(_BY.search(surface)) or bool(_SEPARATOR.search(between))


def _short(text: str, part: Range) -> bool:
    return len(text[slice(*part)].split()) <= MAX_WORDS


def _trim(text: str, start: int, end: int) -> Range | None:
    """Move both ends past separators and spaces; None when nothing is left."""
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return (start, end) if start < end else None
