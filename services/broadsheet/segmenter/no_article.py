"""Why a page has no body: told from its words and its form, in an order from sure to unsure."""

import re

from broadsheet.segmenter.lines import Page
from broadsheet_schemas import NoArticleReason

LOOKED_AT = 3000
"""Code points from the start of a page in which an error or a wall names itself."""

MAX_SIGN, MAX_NOTICE = 60, 200
"""Longest line in which an error names itself, in code points: in words that nothing else has; in a sentence or two."""

MIN_TEASERS = 5
"""Teasers from which a page without an article is a list of them."""

MIN_WALL = 0.2
"""Share of what is looked at in lines on consent or payment that makes a wall; every footer has a few words of it."""

TOO_SHORT = 400
"""Code points of a page that could not hold an article and its surroundings."""

_PAGE = r"\b(?:page|article|site|story|seite|artikel|página|artículo|pagina|страница|halaman)\b"
_GONE = (
    r"(?:not found(?! guilty)|(?:could not|cannot|can['’]t) be found|can['’]t find|no longer (?:exists|available)"  # noqa: RUF001 - apostrophes as pages print them
    r"|does not exist|doesn['’]t exist|nicht gefunden|existiert nicht|nicht mehr verfügbar|no encontrad[ao]|no existe"  # noqa: RUF001 - likewise
    r"|introuvable|n['’]existe (?:pas|plus)|non trovata|não encontrada|não existe|не найдена|niet gevonden|tidak ditemukan)\b"  # noqa: RUF001 - likewise
)
_STATUS = r"\b(?:40[0134]|410|429|50[0234])\b"
_ERROR = re.compile(
    rf"{_STATUS}\W{{1,5}}(?:\w+ server )?(?:(?:error|forbidden|gone|unavailable)\b|{_GONE})|\berror\W{{0,3}}{_STATUS}"
    rf"|{_PAGE}.{{0,40}}{_GONE}|{_GONE}.{{0,12}}{_PAGE}"
    r"|\b(?:access (?:to this page has been )?denied|internal server error|bad gateway|gateway time-?out|service unavailable"
    r"|verify (?:that )?you are (?:a )?human|are you a robot|unusual traffic|checking your browser|request blocked"
    r"|too many requests)\b",
    re.IGNORECASE,
)
_WALL = re.compile(
    r"\b(?:cookies?|consent|gdpr|datenschutz|einwilligung|zustimmung|privacy (?:policy|choices|settings)|accept all"
    r"|(?:alle|alles) (?:akzeptieren|annehmen)|aceptar todo|tout accepter|accetta tutt[io]"
    r"|(?:subscribe|log ?in|sign in|register) to (?:read|continue|keep reading)|subscribers? only|already a subscriber"
    r"|create a free account|weiterlesen|abonnez-vous|suscríbete|suscríbase|assine|abbonati)\b",
    re.IGNORECASE,
)


def no_article_reason(page: Page, teasers: int) -> NoArticleReason:
    """Tell why a page has no body.

    Args:
        page: the page.
        teasers: how many teasers it has; pages of errors show some, too.
    """
    shown = [line.text for line in page.lines if line.end <= LOOKED_AT]
    if _names_error(shown, MAX_SIGN):
        return "error_page"
    if teasers >= MIN_TEASERS:
        return "home_page"
    if _names_error(shown, MAX_NOTICE):
        return "error_page"
    if _wall_share(shown) >= MIN_WALL:
        return "consent_wall"
    return "too_short" if len(page.text) < TOO_SHORT else "no_prose"


def _names_error(lines: list[str], longest: int) -> bool:
    return any(len(text) <= longest and _ERROR.search(text) for text in lines)


def _wall_share(lines: list[str]) -> float:
    wall = sum(len(text) for text in lines if _WALL.search(text))
    return wall / max(sum(map(len, lines)), 1)
