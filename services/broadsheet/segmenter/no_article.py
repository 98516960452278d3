"""Why a page has no body: told from its words and its form, in an order from sure to unsure."""

import re

from broadsheet.segmenter.lines import Page
from broadsheet_schemas import NoArticleReason

LOOKED_AT = 3000
"""Code points from the start of a page in which an error or a wall names itself."""

MIN_TEASERS = 5
"""Teasers from which a page without an article is a list of them."""

TOO_SHORT = 400
"""Code points of a page that could not hold an article and its surroundings."""

_ERROR = re.compile(
    r"\b(?:404|403|410|500|502|503)\b.{0,40}\b(?:error|not found|forbidden|gone|unavailable|denied)\b"
    r"|\b(?:page|article|site|story|seite|página|page demandée)\b.{0,40}"
    r"\b(?:not found|could not be found|can(?:'|’)?t be found|cannot be found|no longer (?:exists|available)|does not exist"  # noqa: RUF001 - apostrophes as pages print them
    r"|doesn(?:'|’)t exist|nicht gefunden|existiert nicht|no encontrada|no existe|introuvable|non trovata|não encontrada)\b"  # noqa: RUF001 - likewise
    r"|\b(?:access denied|internal server error|bad gateway|service unavailable|verify (?:that )?you are (?:a )?human"
    r"|are you a robot|enable javascript|unusual traffic|checking your browser|request blocked|oops)\b",
    re.IGNORECASE,
)
_WALL = re.compile(
    r"\b(?:cookies?|consent|gdpr|datenschutz|einwilligung|zustimmung|privacy (?:policy|choices|settings)|subscribe to (?:read|continue)"
    r"|subscribers? only|already a subscriber|log in to (?:read|continue)|sign in to (?:read|continue)|create a free account"
    r"|jetzt weiterlesen|zum weiterlesen|accept all|alle akzeptieren|aceptar (?:todo|cookies)|tout accepter|abonnez-vous"
    r"|suscríbete|assine)\b",
    re.IGNORECASE,
)
MIN_WALL = 2
"""Words of consent or payment that make a wall; one stands in nearly every footer."""


def no_article_reason(page: Page, teasers: int) -> NoArticleReason:
    """Tell why a page has no body.

    Args:
        page: the page.
        teasers: how many teasers it has.
    """
    shown = page.text[:LOOKED_AT]
    if teasers >= MIN_TEASERS:
        return "home_page"
    if _ERROR.search(shown):
        return "error_page"
    if len(_WALL.findall(shown)) >= MIN_WALL:
        return "consent_wall"
    return "too_short" if len(page.text) < TOO_SHORT else "no_prose"
