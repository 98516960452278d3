"""What an article may be called: the titles that a page states, each also without the name of the site."""

import re
from collections.abc import Iterable

MAX_TITLE = 500
"""Longest text that is a title, in code points; longer ones are passed over."""

MAX_SITE_WORDS = 5
"""Most words of a site's name, where the page does not state it."""

MIN_TITLE_WORDS = 3
"""Fewest words that are left of a title when a part that may be the site's name is taken off."""

_CUT = re.compile(r"\s+[|·•»«]+\s+|\s+::\s+|\s+[-–—]+\s+|\s*\|\s*")  # noqa: RUF001 - dashes as pages print them


def candidates(stated: Iterable[str], element: str, site: str) -> tuple[str, ...]:
    """Give the different titles of a page, best first.

    Args:
        stated: what meta data call the article, most reliable first.
        element: the text of `<title>`, which names the site as a rule.
        site: the site's name, or empty.

    Returns:
        Each without the site's name, then those that had it as they are stated. Where the site's name is not known, a short
        part at the end of `<title>` is taken for it; last come the others without such a part, which may well be their own.
    """
    texts = [text for text in stated if 0 < len(text) <= MAX_TITLE]
    element = element if len(element) <= MAX_TITLE else ""
    cores = [without_site(text, site) for text in texts]
    whole = without_site(element, site)
    guess = _without_end(whole) if whole == element and element not in texts else whole
    return tuple(dict.fromkeys(filter(None, [*cores, guess, *texts, element, *map(_without_end, cores)])))


def without_site(title: str, site: str) -> str:
    """Give a title without the site's name before or after it, or as it is where there is none."""
    cuts = [match.span() for match in _CUT.finditer(title)] if site else []
    for start, end in cuts:
        if _same(title[end:], site):
            return title[:start]
    return title[cuts[0][1] :] if cuts and _same(title[: cuts[0][0]], site) else title


def _without_end(title: str) -> str:
    """Take short parts off the end of a title as long as enough is left; the last may be a section, the one after the site."""
    cuts = [match.span() for match in _CUT.finditer(title)]
    for start, end in reversed(cuts):
        short = len(title[end:].split()) <= MAX_SITE_WORDS
        if not short or len(title[:start].split()) < MIN_TITLE_WORDS:
            break
        title = title[:start]
    return title


def _same(one: str, other: str) -> bool:
    return _letters(one) == _letters(other)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold())).removeprefix("the").removesuffix("com")
