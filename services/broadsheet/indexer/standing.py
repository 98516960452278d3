"""Which versions of an index there are, which of them the aliases mean, and what of it all is not as it should be."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from opensearchpy import AsyncOpenSearch
from opensearchpy.exceptions import NotFoundError

from broadsheet.indexer.leases import held_until
from broadsheet.indexer.mappings import mapping, merge_script
from broadsheet.indexer.names import Names
from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode


class Difference(NamedTuple):
    """Something that is not as this release expects it."""

    name: str
    what: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an index.

    Attributes:
        index: its name.
        number: its number.
        aliases: the aliases that mean it.
        sha256: digest of the mapping that it was made with (see `mappings.mapping`).
        analysis: its analyzers.
        writes_blocked: whether it refuses writes.
    """

    index: str
    number: int
    aliases: frozenset[str]
    sha256: str | None
    analysis: Mapping[str, Any]
    writes_blocked: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """The versions of an index, by number."""

    names: Names
    versions: tuple[Version, ...]

    @property
    def current(self) -> str:
        """The version that is written to.

        Raises:
            OperatorError: there is none (`not_found`).
        """
        return self._current.index

    @property
    def _current(self) -> Version:
        for version in self.versions:
            if self.names.write in version.aliases:
                return version
        message = f"no index stands behind {self.names.write}: `broadsheet index create` makes one"
        raise OperatorError(ErrorCode.NOT_FOUND, message)

    @property
    def highest(self) -> int:
        """The highest number there is."""
        return max(version.number for version in self.versions)

    @property
    def previous(self) -> str | None:
        """The newest version before the one that is written to."""
        before = [version.index for version in self.versions if version.number < self._current.number]
        return before[-1] if before else None

    def unfinished(self, sha256: str) -> str | None:
        """The newest version after the one that is written to, if it was made with the mapping of this digest."""
        newest = self.versions[-1]
        return newest.index if newest.number > self._current.number and newest.sha256 == sha256 else None

    def differences(self) -> Iterator[Difference]:
        """Say what is not as this release expects it."""
        try:
            current = self._current
        except OperatorError:
            yield Difference(self.names.write, "alias", "on one index", "on none")
            return
        for alias in (self.names.read, self.names.write):
            found = ", ".join(version.index for version in self.versions if alias in version.aliases)
            if found != current.index:
                yield Difference(alias, "alias", f"on {current.index}", f"on {found or 'none'}")
        expected = mapping(self.names.kind)
        sha256 = expected["mappings"]["_meta"]["sha256"]
        if current.sha256 != sha256:
            yield Difference(current.index, "mapping", sha256[:12], (current.sha256 or "unknown")[:12])
        if current.analysis != expected["settings"]["index"]["analysis"]:
            yield Difference(current.index, "analysis", "this release's", "another")
        if current.writes_blocked:
            until = held_until(self.names, current.aliases)
            found = "refused" if until is None else f"held up by a rebuild, until {until:%H:%M:%S} UTC if it has died"
            yield Difference(current.index, "writes", "taken", found)


async def standing(client: AsyncOpenSearch, names: Names) -> Standing:
    """Ask which versions of an index there are."""
    try:
        response = await client.indices.get(index=names.pattern)
    except NotFoundError:
        response = {}
    found = [_version(names, index, state) for index, state in response.items() if names.number(index) is not None]
    return Standing(names, tuple(sorted(found, key=lambda version: version.number)))


async def script_difference(client: AsyncOpenSearch, names: Names) -> Iterator[Difference]:
    """Say whether the stored script is this release's."""
    try:
        stored = (await client.get_script(id=names.merge_script))["script"]["source"]
    except NotFoundError:
        stored = None
    if stored == merge_script():
        return iter(())
    found = "none" if stored is None else "another"
    return iter([Difference(names.merge_script, "script", "this release's", found)])


def _version(names: Names, index: str, state: Mapping[str, Any]) -> Version:
    settings = state["settings"]["index"]
    return Version(
        index=index,
        number=names.number(index) or 0,
        aliases=frozenset(state["aliases"]),
        sha256=state["mappings"].get("_meta", {}).get("sha256"),
        analysis=settings.get("analysis", {}),
        writes_blocked=settings.get("blocks", {}).get("write") == "true",
    )
