"""One form for the characters of a page, whatever machine wrote it; the page is otherwise kept as it came."""

import re
import unicodedata

# CR LF and CR; and what Unicode too takes as the end of a line (UAX 14, classes BK and NL): vertical tab, form feed (page
# breaks of converted PDFs; dropping them would join two words), next line, line separator, paragraph separator.
_NEWLINES = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")

# C0 and C1 but tab and newline, and DEL; surrogates stand alone here and are no characters.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

BYTE_ORDER_MARK = "\ufeff"


def normalize(text: str) -> str:
    r"""Give `text` with `\n` newlines, without control characters, lone surrogates and leading byte order marks, in NFC.

    Normalising twice is normalising once. Tabs stay; a vertical tab, a form feed and Unicode's line separators are newlines.
    """
    text = _CONTROLS.sub("", _NEWLINES.sub("\n", text))
    return unicodedata.normalize("NFC", text.lstrip(BYTE_ORDER_MARK))


def count_controls(text: str) -> int:
    """Count the characters that `normalize` removes as controls (newlines of any kind are none)."""
    return sum(1 for _ in _CONTROLS.finditer(_NEWLINES.sub("\n", text)))
