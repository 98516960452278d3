"""The states of the United States: their names, their abbreviations, and what says that "Georgia" is the state.

Abbreviations are those of the AP Stylebook ("state names") and of the postal service (USPS Publication 28, appendix B).
They are read as states only where a name is known to be a place's: "OR" and "ME" are words elsewhere.
"""

from collections.abc import Iterable

from broadsheet.tagger.joining.folding import fold, listed

_STATES = """
Alabama/Ala/AL, Alaska//AK, Arizona/Ariz/AZ, Arkansas/Ark/AR, California/Calif/CA, Colorado/Colo/CO, Connecticut/Conn/CT,
Delaware/Del/DE, District of Columbia/D.C/DC, Florida/Fla/FL, Georgia/Ga/GA, Hawaii//HI, Idaho//ID, Illinois/Ill/IL,
Indiana/Ind/IN, Iowa//IA, Kansas/Kan/KS, Kentucky/Ky/KY, Louisiana/La/LA, Maine//ME, Maryland/Md/MD, Massachusetts/Mass/MA,
Michigan/Mich/MI, Minnesota/Minn/MN, Mississippi/Miss/MS, Missouri/Mo/MO, Montana/Mont/MT, Nebraska/Neb/NE, Nevada/Nev/NV,
New Hampshire/N.H/NH, New Jersey/N.J/NJ, New Mexico/N.M/NM, New York/N.Y/NY, North Carolina/N.C/NC, North Dakota/N.D/ND,
Ohio//OH, Oklahoma/Okla/OK, Oregon/Ore/OR, Pennsylvania/Pa/PA, Rhode Island/R.I/RI, South Carolina/S.C/SC,
South Dakota/S.D/SD, Tennessee/Tenn/TN, Texas/Tex/TX, Utah//UT, Vermont/Vt/VT, Virginia/Va/VA, Washington/Wash/WA,
West Virginia/W.Va/WV, Wisconsin/Wis/WI, Wyoming/Wyo/WY
"""
_ROWS = [tuple(part.strip() for part in row.split("/")) for row in _STATES.split(",")]
_CITIES_TOO = frozenset({"Washington", "New York"})
"""States that share their name with a city: an abbreviation means the state, the bare name the city."""

_SHORT = {
    short.replace(".", ""): f"{name} state" if name in _CITIES_TOO else name
    for name, *abbreviations in _ROWS
    for short in abbreviations
    if short and short != "LA"
}
"""By abbreviation without dots, case kept: "La." is Louisiana, "LA" and "L.A." Los Angeles."""

STATES = frozenset(fold(name) for name, *_ in _ROWS)
"""The states' names, folded."""

GEORGIAN_CITIES = frozenset({"atlanta", "savannah", "augusta", "macon", "columbus", "athens", "marietta"})
CAUCASUS = listed(
    """
    tbilisi batumi abkhazia south-ossetia armenia azerbaijan yerevan baku caucasus
    """
)


def state_of(name: str) -> str | None:
    """Give the full name of the state that an abbreviation means ("Calif.", "Ga.", "D.C.", "TX"), else None."""
    bare = name.strip()
    short = bare.replace(".", "").replace(" ", "")
    return _SHORT.get(short) if short.isupper() or bare.endswith(".") else None


def is_state_georgia(places: Iterable[str]) -> bool:
    """Tell from the places that a page names whether its "Georgia" is the American state.

    It is when the page names another state or one of Georgia's cities, and nothing of the Caucasus. "Washington" and
    "New York" say nothing: as a rule they are the cities.

    Args:
        places: the folded names of the page's places; states by their full name.
    """
    named = frozenset(places)
    american = (STATES | GEORGIAN_CITIES) - {"georgia", *map(fold, _CITIES_TOO)}
    return bool(named & american) and not named & CAUCASUS
