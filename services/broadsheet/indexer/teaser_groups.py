"""The sightings of a batch by teaser: pages of one site show the same teasers, and each entry is written once. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from broadsheet.indexer.sightings import Sighting


@dataclass(frozen=True, slots=True)
class Group:
    """What a batch has seen of one teaser.

    Attributes:
        key: the id of the teaser's entry.
        sightings: by the position in the batch of the page that shows it, the sightings as lines of JSON.
    """

    key: str
    sightings: Mapping[int, tuple[bytes, ...]]

    @property
    def place(self) -> tuple[str, int]:
        """What tells it from every other group of its batch: the teaser, and the first page that shows it."""
        return self.key, min(self.sightings)

    def alone(self) -> list["Group"]:
        """Give each page's sightings as a group of their own."""
        return [Group(self.key, {position: lines}) for position, lines in self.sightings.items()]

    @property
    def lines(self) -> list[bytes]:
        """Every sighting, once."""
        return list(dict.fromkeys(line for lines in self.sightings.values() for line in lines))


def grouped(batch: Sequence[Sequence[Sighting]]) -> list[Group]:
    """Group the sightings of the pages of a batch by teaser."""
    groups: defaultdict[str, dict[int, tuple[bytes, ...]]] = defaultdict(dict)
    for position, sightings in enumerate(batch):
        for sighting in sightings:
            of_teaser = groups[sighting.key]
            of_teaser[position] = (*of_teaser.get(position, ()), sighting.data)
    return [Group(key, of_teaser) for key, of_teaser in groups.items()]
