"""Titles of persons: words beside a name that are no part of it, and what they say of the person.

The list has the courtesy titles and offices that newspapers print before names (AP Stylebook, "titles"; "courtesy titles").
Titles that are given names as well ("Dean", "Earl", "Duke", "Major", "Baron") are left out.
"""

import re

from broadsheet.tagger.joining.folding import fold, listed

GENDERS = {
    "mr": "m", "sir": "m", "lord": "m", "mister": "m", "señor": "m", "monsieur": "m", "herr": "m",
    "mrs": "f", "ms": "f", "miss": "f", "madam": "f", "lady": "f", "dame": "f", "frau": "f", "madame": "f",
}  # fmt: skip
"""The gender that a courtesy title states, m or f."""

TITLES = frozenset(GENDERS) | listed(
    """
    president vice prime minister premier chancellor dr senator sen representative rep congressman congresswoman gov
    governor lt mayor judge justice chief captain capt general gen colonel col sergeant sgt lieutenant commander
    admiral professor prof king queen prince princess pope secretary chairman chairwoman chairperson director coach
    ambassador speaker commissioner inspector detective officer attorney reverend rev father sister bishop
    archbishop cardinal rabbi imam sheikh shaikh sheik ayatollah ceo cfo deputy former acting foreign defence
    defense finance interior health education state assistant lawmaker councillor councilman councilwoman alderman
    manager midfielder striker goalkeeper defender quarterback actor actress author analyst spokesman spokeswoman
    """
)
SUFFIXES = listed(
    """
    jr sr ii iii iv phd md esq
    """
)
"""What may follow a name; of these `KIN` tell two of one name apart."""

KIN = frozenset({"jr", "sr", "ii", "iii", "iv"})

BEFORE = 16
"""Code points before a name that are read for a courtesy title."""

_COURTESY = re.compile(r"(?<!\w)([^\W\d_]{2,8})\.?\s{1,3}$")


def without_titles(name: str) -> tuple[str, str]:
    """Give a person's name without the titles at its front, and the gender that they state (m, f or nothing).

    >>> without_titles("President Joe Biden")
    ('Joe Biden', '')
    """
    words, gender = name.split(" "), ""
    while len(words) > 1 and (title := fold(words[0])) in TITLES:
        gender = GENDERS.get(title, gender)
        words = words[1:]
    return " ".join(words), gender


def gender_before(text: str, start: int) -> str:
    """Give the gender that a courtesy title right before a name states: m, f or nothing."""
    found = _COURTESY.search(text[max(0, start - BEFORE) : start])
    return GENDERS.get(found[1].lower(), "") if found else ""
