"""Captions of pictures among the paragraphs, which say what they are: by a credit, or by standing there twice.

Measured on the lines of the training corpora from three above the gold body to three below it: of 431 lines of news pages that name
who took a picture none is body, of 198 of guides and blogs (wcxb) 4 are. Of 54 lines that the next one says again 4 are, all in wcxb
and none in news; a page shows a caption below its picture and in its gallery.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from broadsheet.segmenter.lines import Line
from broadsheet.segmenter.roles import Role

MIN_CAPTION, MAX_CAPTION = 20, 800
"""Shortest and longest line that is looked at for a credit, in code points."""

END = 110
"""Where a line is looked at for a credit, in code points from its end."""

MIN_REPEATED, MAX_ADDED = 40, 60
"""Shortest line that is no chance when it stands there twice, and the longest credit that the second one adds, in code points."""

MOST = 0.75
"""Share of the body, in code points, up to which it may be captions: what is made of them, or shows each paragraph twice, is left alone."""

SAME = 8
"""What two lines begin with alike before they are compared, in code points."""

_NO_WORD = re.compile(r"\W+")

_PICTURE = "photo|photograph|image|picture|illustration|screenshot|foto|fotografía|bild|imagen|imagem|immagine"
_AGENCIES = (
    "AP|AFP|Reuters|REUTERS|EPA|EFE|dpa|Getty|Shutterstock|Imago|IMAGO|iStock|Alamy|Bloomberg|Associated Press|Anadolu|Xinhua|ZUMA"
    "|Adobe Stock|Unsplash"
)
_AGENCY = f"(?:{_AGENCIES})(?: Images)?"
_WORDS = (*_PICTURE.split("|"), "credit", "crédit", "copyright", "courtesy", "source")
_HINT = re.compile(
    "|".join((*(form for word in _WORDS for form in (word, word.capitalize(), word.upper())), _AGENCIES, "©"))
)
"""What a credit has at least. To look for one where this is not takes thirty times as long."""

_OPENING = re.compile(
    r"(?:FILE|FOTO|PHOTO|IMAGE|FILE PHOTO|File photo|Foto|Photos?|Image|Bild|Picture)\s?[-–—:]\s?\S"  # noqa: RUF001 - dashes as pages print them
    r"|In (?:this|an?) [^.]{0,60}\b(?:photo|photograph|image|picture)\b"
)
_NAMED = (  # Photo credit: Ann Lee
    rf"\b(?i:(?:{_PICTURE})(?: credits?| courtesy)?(?: by| of| via| von| de)?|cr[eé]dit[os]?s?|copyright)\s?[:|]\s?(?!//)"
    r"[^.!?]{2,70}[).]?$"
)
_BY = (  # Photo by Ann Lee
    r"\b(?i:photo(?:graph)?s?|image|illustration|picture|foto)(?i: by| courtesy of| von| via) [^.!?]{2,60}[).]?$"
    r"|\b[Cc]ourtesy (?:of )?(?:the )?[A-Z][^.]{2,60}[).]?$"
)
_OF_AGENCY = (  # Ann Lee/AFP
    rf"[/|(,–—©-]\s?(?:The )?{_AGENCY}(?: Photo)?\W{{0,3}}$"  # noqa: RUF001 - dashes as pages print them
    rf"|[/|] ?{_AGENCY}\b|\bAP Photo\b|\bGetty Images\W{{0,3}}$"
)
_GLUED = (  # at the pier.Credit: Ann Lee, which the page shows in a box of its own
    r"[a-z.”\"’)](?:Credit|Photograph|Photo|Picture|Image|Source|Foto|Getty|Illustration)s?(?: by)?[: ]\s?"  # noqa: RUF001 - a quotation mark
    r"[^.]{2,60}\.?$"
)
_CREDIT = re.compile(rf"{_NAMED}|{_BY}|{_OF_AGENCY}|{_GLUED}|©\s?\S")
_SETTING = re.compile(r"[a-z]+: ")
"""A setting in a file that an article shows: `image: postgres:16`."""


def mend_captions(roles: NDArray[np.int64], lines: Sequence[Line], sizes: NDArray[np.int64]) -> None:
    """Take captions out of the body.

    Args:
        roles: the role of each line; changed.
        lines: the page's lines.
        sizes: size of each line in code points; those that are longer than a whole short body may be cut to it.
    """
    body = np.flatnonzero(roles == Role.BODY)
    captions = [place for place in body.tolist() if has_credit(lines[place].text) or _stands_twice(lines, place)]
    if captions and sizes[captions].sum() <= MOST * sizes[body].sum():
        roles[captions] = Role.OTHER


def has_credit(text: str) -> bool:
    """Tell whether a line names who took a picture, or begins as captions do."""
    if not MIN_CAPTION <= len(text) <= MAX_CAPTION or _SETTING.match(text):
        return False
    end = text[-END:]
    return bool(_OPENING.match(text) or (_HINT.search(end) and _CREDIT.search(end)))


def _stands_twice(lines: Sequence[Line], place: int) -> bool:
    text, near = lines[place].text, lines[max(place - 1, 0) : place + 2]
    return len(text) >= MIN_REPEATED and any(
        _say_the_same(text, line.text) for line in near if line is not lines[place]
    )


def _say_the_same(text: str, other: str) -> bool:
    """Tell whether two lines say the same, one of them with a little more."""
    if text == other:
        return True
    if text[:SAME] != other[:SAME] or abs(len(text) - len(other)) > MAX_ADDED:
        return False
    shorter, longer = sorted((_NO_WORD.sub(" ", text).rstrip(), _NO_WORD.sub(" ", other).rstrip()), key=len)
    return len(shorter) >= MIN_REPEATED and longer.startswith(shorter)
