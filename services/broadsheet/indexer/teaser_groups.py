"""The sightings of a batch by teaser: pages of one site show the same teasers, and each entry is written once. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

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

    def without(self, position: int) -> "Group":
        """Give the group without a page, which may leave nothing."""
        return Group(self.key, {place: lines for place, lines in self.sightings.items() if place != position})

    @property
    def merged(self) -> dict[str, Any]:
        """All sightings as one: what `merge.painless` adds to the entry."""
        lines = dict.fromkeys(line for lines in self.sightings.values() for line in lines)
        return merged([orjson.loads(line) for line in lines])


def merged(seen: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Make one of several sightings of a teaser, each as `sightings` gives it: minima, maxima and unions, as the script.

    A page that was seen twice stays twice; the script joins the two.
    """
    last = max(seen, key=lambda one: str(one["rank"]))
    return {
        "pages": _union(one["pages"] for one in seen),
        "domains": _union(one["domains"] for one in seen),
        "first_seen": min(one["first_seen"] for one in seen),
        "last_seen": max(one["last_seen"] for one in seen),
        "rank": last["rank"],
        "said": last["said"],
        "entities": {
            "id": _union(one["entities"]["id"] for one in seen),
            "name": _by_type([one["entities"]["name"] for one in seen]),
            "surface": _by_type([one["entities"]["surface"] for one in seen]),
        },
    }


def _union(lists: Iterable[Sequence[str]]) -> list[str]:
    return sorted({value for values in lists for value in values})


def _by_type(mentioned: Sequence[Mapping[str, Sequence[str]]]) -> dict[str, list[str]]:
    kinds = {kind for names in mentioned for kind in names}
    return {kind: _union(names.get(kind, ()) for names in mentioned) for kind in sorted(kinds)}


def grouped(batch: Sequence[Sequence[Sighting]]) -> list[Group]:
    """Group the sightings of the pages of a batch by teaser."""
    groups: defaultdict[str, dict[int, tuple[bytes, ...]]] = defaultdict(dict)
    for position, sightings in enumerate(batch):
        for sighting in sightings:
            of_teaser = groups[sighting.key]
            of_teaser[position] = (*of_teaser.get(position, ()), sighting.data)
    return [Group(key, of_teaser) for key, of_teaser in groups.items()]
