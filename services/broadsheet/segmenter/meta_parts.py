"""Parts of a line of labels: cut at separators, rid of "By", of "Published on" and of reading times."""

import re
from collections.abc import Iterator

Range = tuple[int, int]
"""Start and end within the line, in code points."""

EDGES = " \t\xa0|·•–—/,;:-()"  # noqa: RUF001 - dashes as pages print them
SEPARATOR = re.compile(r"\s*[|·•–—/;]\s*|\s+-\s+|,\s*$|^\s*,")  # noqa: RUF001 - likewise
INNER_BY = re.compile(r"(?:^|(?<=\s))by(?=\s|$)", re.IGNORECASE)
"""The word between a kicker and a byline; "von" and its like are parts of names there."""

_LEAD_IN = re.compile(
    r"""(?:
        (?:(?:written|posted|reported|reporting|story|words|text|opinion|analysis|review|published)\s+)?by
      | (?:(?:ein\s+)?(?:kommentar|interview|gastbeitrag|analyse|text|essay|kolumne)\s+)?von
      | (?:escrito\s+|publicado\s+)?por | (?:publié\s+)?par | a\s+cura\s+di | oleh | przez
      | (?:text|autore?|autora|author|auteur|reporter|автор|penulis|yazan)\s*:
    )(?=\s|$|(?<=:))\s*
    | (?:文|撰文|作者|記者|记者|기자)\s*[/:：]\s*
    """,  # noqa: RUF001 - the full-width colon is what stands there
    re.IGNORECASE | re.VERBOSE,
)
_LEAD_IN_TO_NAMES = re.compile(r"(?:di|door|av|af)\s+(?=\S+\s+\S)", re.IGNORECASE)
"""What leads in too, but begins headlines and names as well: taken off a byline of two more words alone."""

_ABOUT_DATE = re.compile(
    r"""(?:\b(?:first|last|published|updated|posted|created|modified|edited|uploaded|date|since|until|on|about
    |veröffentlicht|aktualisiert|erstellt|geändert|zuletzt|datum|stand|am|vom|etwa
    |publicad[oa]|actualizad[oa]|atualizad[oa]|fecha|em|el|publié|mis\s+à\s+jour|le|pubblicato|aggiornato|il
    |diterbitkan|diperbarui|gepubliceerd|opublikowano|publisert|oppdatert|publicerad|uppdaterad|опубликовано|обновлено)\b[\s:/]*)+$""",
    re.IGNORECASE | re.VERBOSE,
)
_NOISE = re.compile(
    r"""\W*(?:
        (?:\d+\W*)?(?:min(?:ute)?s?|minuten?|minutos?)\.?\s?(?:read|to\s+read|watch|listen|lesezeit|de\s+lect(?:ura|ure)|de\s+leitura)
      | \d+\W*(?:comments?|kommentare?|views?|shares?|likes?|diggs?)? | read\s+more
    )?\W*""",
    re.IGNORECASE | re.VERBOSE,
)
"""What says nothing of kicker and byline: reading times, counts, lone signs."""


def trim(text: str, start: int, end: int) -> Range | None:
    """Move both ends past separators and spaces; None when nothing is left."""
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES:
        end -= 1
    return (start, end) if start < end else None


def before_date(text: str, start: int, end: int) -> Range | None:
    """Give what stands before a date that begins at `end`, without words such as "Published on"."""
    trimmed = trim(text, start, end)
    if trimmed is None:
        return None
    about = _ABOUT_DATE.search(text, *trimmed)
    return trim(text, trimmed[0], about.start()) if about else trimmed


def segments(text: str, part: Range | None) -> Iterator[Range]:
    """Cut a part at its separators and give what says something: no reading times, counts and lone signs."""
    if part is None:
        return
    start, lead = part[0], _LEAD_IN.match(text, *part)
    cuts = SEPARATOR.finditer(text, lead.end() if lead else start, part[1])
    for cut in [*(match.span() for match in cuts), (part[1], part[1])]:
        piece = trim(text, start, cut[0])
        start = cut[1]
        if piece and not _NOISE.fullmatch(text, *piece):
            yield piece


def strip_lead_in(text: str, part: Range) -> Range | None:
    """Take "By" and its like in other languages off the front of a byline; None when no name is left."""
    lead = _LEAD_IN.match(text, *part) or _LEAD_IN_TO_NAMES.match(text, *part)
    return trim(text, lead.end() if lead else part[0], part[1])


def has_lead_in(text: str, part: Range) -> bool:
    """Tell whether a part begins as a byline does."""
    return bool(_LEAD_IN.match(text, *part))


def around_by(text: str, part: Range | None) -> tuple[Range | None, Range | None]:
    """Split a part into the kicker before the word "by" and the byline after it; all is kicker where there is none."""
    if part is None:
        return None, None
    if has_lead_in(text, part):
        return None, strip_lead_in(text, part)
    by = INNER_BY.search(text, *part)
    return (trim(text, part[0], by.start()), trim(text, by.end(), part[1])) if by else (part, None)
