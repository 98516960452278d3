"""The names of one installation's indices, aliases, templates and scripts."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["documents", "teasers"]
"""The two indices: the pages themselves, and the teasers that they show."""

KINDS: tuple[Kind, ...] = ("documents", "teasers")


@dataclass(frozen=True, slots=True)
class Names:
    """The names that belong to one of an installation's indices.

    Attributes:
        prefix: first part of them all (`BROADSHEET_INDEX_PREFIX`).
        kind: which index.
    """

    prefix: str
    kind: Kind = "documents"

    @property
    def teasers(self) -> "Names":
        """The names of the same installation's index of teasers."""
        return Names(self.prefix, "teasers")

    @property
    def read(self) -> str:
        """The alias that searches use."""
        return f"{self.prefix}-{self.kind}"

    @property
    def write(self) -> str:
        """The alias that the indexer writes to: always one index, and gets by id see their own writes there."""
        return f"{self.prefix}-{self.kind}-write"

    @property
    def template(self) -> str:
        """The index template, which gives every version of the index its mapping and settings."""
        return self.read

    @property
    def pattern(self) -> str:
        """What the names of all versions of the index match."""
        return f"{self.read}-v*"

    @property
    def merge_script(self) -> str:
        """The stored script that adds sightings to a teaser's entry."""
        return f"{self.prefix}-merge-sightings-v1"

    def held_until(self, when: str) -> str:
        """Name the lease of whoever holds up writes to the index; see `leases`."""
        return f"{self.read}-held-until-{when}"

    def version(self, number: int) -> str:
        """Name a version of the index."""
        return f"{self.read}-v{number}"

    def number(self, index: str) -> int | None:
        """Tell which version of the index a name means, or None where it means something else."""
        start, digits = f"{self.read}-v", index.rpartition("-v")[2]
        return int(digits) if index.startswith(start) and digits.isascii() and digits.isdigit() else None
