"""One form for the characters of a page, whatever machine wrote it; the page is otherwise kept as it came."""

import re
import unicodedata

# CR LF and CR; and what Unicode too takes as the end of a line (UAX 14, classes BK and NL): vertical tab, form feed (page
# breaks of converted PDFs; dropping them would join two words), next line, line separator, paragraph separator.
_NEWLINES = ("\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029")

# C0 and C1 but tab and newline, and DEL; surrogates stand alone here and are no characters.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

BYTE_ORDER_MARK = "\ufeff"

MAX_MARKS = 30
"""Most combining marks in a row in text that is not NFC yet; a longer run is broken by `GRAPHEME_JOINER`, which shows nothing.

This is Unicode's Stream-Safe Text Process (UAX 15, section 13). Without it NFC sorts a run in quadratic time: 400,000 marks
on one letter, a page of 800 KB, took more than ten minutes. No language needs more than a few.
"""

GRAPHEME_JOINER = "\u034f"

# Combining marks stand between these code points (Unicode 16), and are neither letters nor digits. The exact pattern takes a
# microsecond a character, so that it is tried only where the cheap one, of 40 nanoseconds, has found something like a run.
_MARK = f"[{''.join(chr(point) for point in range(0x300, 0x1F000) if unicodedata.combining(chr(point)))}]"
_LONG_RUN = re.compile(f"({_MARK}{{{MAX_MARKS}}})(?={_MARK})")
_MAYBE_LONG_RUN = re.compile(rf"[^\w\x00-\u02ff]{{{MAX_MARKS + 1}}}")


def normalize(text: str) -> str:
    r"""Give `text` with `\n` newlines, without control characters, lone surrogates and leading byte order marks, in NFC.

    Normalising twice is normalising once. Tabs stay; a vertical tab, a form feed and Unicode's line separators are newlines.
    """
    return normalize_counting(text)[0]


def normalize_counting(text: str) -> tuple[str, int]:
    """Do as `normalize`, and give the number of control characters removed as well."""
    for newline in _NEWLINES:  # a pass each, and still a quarter of the time of one regular expression
        text = text.replace(newline, "\n")
    text, removed = _CONTROLS.subn("", text)
    return _compose(text.lstrip(BYTE_ORDER_MARK)), removed


def _compose(text: str) -> str:
    if unicodedata.is_normalized("NFC", text):
        return text
    if _MAYBE_LONG_RUN.search(text):
        text = _LONG_RUN.sub(rf"\1{GRAPHEME_JOINER}", text)
    return unicodedata.normalize("NFC", text)
