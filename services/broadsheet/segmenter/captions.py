"""Captions of pictures among the paragraphs, which say what they are: by a credit, or by standing there twice.

A credit is a word for a picture and a name, and begins a clause: "The photo by Ann Lee is famous" is a sentence. HTML that says so
with `<figcaption>` alone keeps its captions, as blocks of that kind.

Measured on the lines of the training corpora from three above the gold body to three below it: of 419 lines of news pages that name
who took a picture none is body, of 222 of guides and blogs (wcxb) 4 are. Of 53 lines that the next one says again 4 are, all in
wcxb and none in news; a page shows a caption below its picture and in its gallery.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.lines import Line
from broadsheet.segmenter.roles import Role

MAX_CAPTION = 800
"""Longest caption, in code points."""

END = 110
"""How far from the end of a line a credit may begin, in code points."""

MIN_REPEATED, MAX_ADDED = 40, 60
"""Shortest line that is no chance when it stands there twice, and the longest credit that the second one adds, in code points."""

MOST = 0.75
"""Share of the body up to which it may be captions: what is made of them, or shows each paragraph twice, is left alone."""

_PICTURES = (
    "Photo",
    "Photograph",
    "Image",
    "Picture",
    "Illustration",
    "Screenshot",
    "Foto",
    "Fotografía",
    "Imagen",
    "Imagem",
    "Immagine",
    "Bild",
    "Archivfoto",
    "Symbolfoto",
    "Symbolbild",
    "Фото",
)
_CREDITS = ("Credit", "Crédit", "Crédito", "Copyright")
_AGENCIES = (
    "AP|AFP|Reuters|REUTERS|EPA|EFE|dpa|Getty|Shutterstock|imago|Imago|IMAGO|iStock|Alamy|Bloomberg|Associated Press|Anadolu|Xinhua"
    "|ZUMA|Adobe Stock|Unsplash"
)


def _any(*words: str) -> str:
    """Give a pattern of some words as captions write them: with a capital, or in capitals."""
    return "|".join(form for word in words for form in (word, word.upper()))


_PICTURE, _AGENCY = f"(?:{_any(*_PICTURES)})", f"(?:{_AGENCIES})(?: Images)?"
_CLAUSE = r"(?:^|(?<=[.!?…”\"’'»)(\[|/–—-])|(?<=[.!?…”\"’'»)|/–—-]\s)|(?<=[a-z]))"  # noqa: RUF001 - as pages print them
_NAME = r"[^\Wa-z][^.!?]{1,70}[).\]]?$"
_HINT = re.compile(f"{_PICTURE}|{_any(*_CREDITS)}|[Cc]ourtesy|Source|{_AGENCIES}|©")
"""What a credit has at least. To look for one where this is not takes six times as long."""

_CREDIT = re.compile(
    rf"{_CLAUSE}(?:{_PICTURE}s?(?: [Cc]redits?| [Cc]ourtesy)?(?: by| of| via| von| de)?|(?:{_any(*_CREDITS)})[sS]?)"
    rf"\s?[:|]\s?[@(]?(?:dpa|imago|{_NAME})"  # Photo credit: Ann Lee
    rf"|{_CLAUSE}{_PICTURE}s?(?: by| courtesy of| von| via) (?:the )?{_NAME}"  # Photo by Ann Lee
    r"|(?<=[a-z.!?”\"’)])Source: ?[A-Z]"  # noqa: RUF001 - glued: a box of its own
    rf"|{_CLAUSE}[Cc]ourtesy (?:of )?(?:the )?{_NAME}"
    rf"|\w(?<!AP)(?<!AFP)(?<!dpa)(?<!Reuters) ?[/|] ?{_AGENCY}\b[^.!?]{{0,40}}[).\]]?$"  # Ann Lee/AFP
    r"|\bAP Photo\b|(?:[/(,–—.]\s?|via )Getty Images\W{0,3}$"  # noqa: RUF001 - dashes as pages print them
    rf"|[A-Z][\w’'-]+(?:, ?| ?[–—] ?){_AGENCY}\)?$"  # noqa: RUF001 - dashes as pages print them
    r"|©\s?(?:dpa|imago|[^\Wa-z])"
)
_OPENING = re.compile(
    rf"(?:FILE|FILE PHOTO|File photo|{_any('Photo', 'Foto', 'Image')})\s?[-–—:]\s?[^\Wa-z]"  # noqa: RUF001 - dashes as pages print them
    r"|In this (?:.{0,60}\b)?photo(?:graph)?\b|In this (?:.{0,40}\b)?(?:image|picture) (?:from|made|provided|released|taken)\b"
)


def mend_captions(roles: NDArray[np.int64], lines: Sequence[Line], sizes: NDArray[np.int64]) -> None:
    """Take captions out of the body.

    Args:
        roles: the role of each line; changed.
        lines: the page's lines.
        sizes: what each line counts in the share of captions.
    """
    is_body = (roles == Role.BODY).tolist()
    body = [place for place, inside in enumerate(is_body) if inside]
    captions = {place for place in body if has_credit(lines[place].text)}
    for place in body:
        if is_body[place + 1 : place + 2] == [True] and _say_the_same(lines[place].text, lines[place + 1].text):
            captions |= {place, place + 1}
    found = sorted(captions)
    if sizes[found].sum() <= MOST * sizes[body].sum():
        roles[found] = Role.OTHER


def has_credit(text: str) -> bool:
    """Tell whether a line names who took a picture, or begins as captions do."""
    if len(text) > MAX_CAPTION:
        return False
    end = max(len(text) - END, 0)
    return bool(_OPENING.match(text) or (_HINT.search(text, end) and _CREDIT.search(text, end)))


def _say_the_same(text: str, other: str) -> bool:
    """Tell whether two lines say the same, or one of them what the other says and a credit."""
    shorter, longer = sorted((text, other), key=len)
    if not MIN_REPEATED <= len(shorter) <= MAX_CAPTION or len(longer) - len(shorter) > MAX_ADDED:
        return False
    said = shorter.rstrip(" .")
    added = longer[len(said) :].lstrip(" .")
    return longer.startswith(said) and (not added or added[0] in "([|/–—" or added[0].isupper())  # noqa: RUF001 - dashes as pages print them
