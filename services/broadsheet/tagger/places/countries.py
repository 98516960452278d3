"""The ISO 3166-1 code of a country's name.

Names come from the Unicode CLDR by way of Babel, in English and in the page's language. What news prints beside them is the
table below: CLDR's own short and variant names (alt="short", alt="variant" of its English territory names), which Babel
leaves out, and the long forms of the United Nations' list of member states.
"""

import re
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from broadsheet.tagger.joining.folding import fold, listed

_NEWS = """
AE uae, emirates. BA bosnia, bosnia and herzegovina. BN brunei darussalam. BO plurinational state of bolivia. BS bahamas.
CD dr congo, drc, drcongo, democratic republic of congo, democratic republic of the congo, congo-kinshasa.
CG republic of congo, republic of the congo, congo-brazzaville. CI ivory coast, cote d'ivoire. CN people's republic of china, prc.
CV cape verde. CZ czech republic. FM micronesia. GB uk, britain, great britain. GM gambia. HK hong kong. KP dprk, n korea,
democratic people's republic of korea. KR republic of korea, s korea. MK macedonia, fyrom. MM burma, myanmar. MO macau, macao.
NL holland. PS palestine, state of palestine. RU russian federation. SZ swaziland. TL east timor. TR turkey. TT trinidad.
US us, usa, u s, u s a, united states of america, america. VA vatican, holy see. VN viet nam.
"""
NOT_OFFICIAL = listed(
    """
    AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ
    """
)
"""Codes of CLDR that ISO 3166-1 assigns to no country. Kosovo's XK is kept: ISO leaves it to users, and all use it so."""

GEORGIA = "GE"
"""The country whose name is a state's as well."""

AMBIGUOUS = frozenset({"congo", "korea"})
"""Names of two countries: no code."""

_LOCALE = re.compile(r"^[a-z]{2,3}$")
_SMALL = frozenset({"and", "the"})


def country_of(name: str, language: str = "en") -> str | None:
    """Give the ISO 3166-1 alpha-2 code of the country that a name means, or None.

    Args:
        name: the name as printed, without possessive; case, accents, dots and a leading "the" do not matter.
        language: ISO 639-1 code of the page; its names are tried before the English ones.
    """
    key = _key(name)
    return _names(language).get(key) or _names("en").get(key)


def country_name(code: str) -> str:
    """Give the English name of a country as news prints it, by its code."""
    return _english()[code]


def _key(name: str) -> str:
    words = [word for word in fold(name).split("-") if word not in _SMALL]
    return " ".join("st" if word == "saint" else word for word in words)


@lru_cache(maxsize=16)
def _names(language: str) -> dict[str, str]:
    """Give the countries by name; an unknown language has none. A language costs 0.2 MB here and 1.1 MB within Babel."""
    known = _territories(language)
    names = {
        _key(part): code
        for code, name in known.items()
        for part in re.split(r" \((?=[^()]{1,80}\)$)|\)$", name)
        if part
    }
    if language == "en":
        names |= {_key(name): code for code, names_used in _news() for name in names_used}
    return {name: code for name, code in names.items() if name and name not in AMBIGUOUS}


def _news() -> list[tuple[str, list[str]]]:
    entries = (entry.strip().partition(" ") for entry in " ".join(_NEWS.split()).split(".") if entry.strip())
    return [(code, [name.strip() for name in names.split(",")]) for code, _, names in entries]


def _territories(language: str) -> dict[str, str]:
    if not _LOCALE.match(language):
        return {}
    try:
        names = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        return {}
    return {code: name for code, name in names.items() if len(code) == 2 and code not in NOT_OFFICIAL}  # noqa: PLR2004 - alpha-2


@lru_cache(maxsize=1)
def _english() -> dict[str, str]:
    shown = {code: re.sub(r" (?:SAR China|\([^()]*\))$", "", name) for code, name in _territories("en").items()}
    return shown | {"CD": "DR Congo", "CG": "Republic of Congo", "CI": "Ivory Coast", "PS": "Palestine", "TR": "Turkey"}
