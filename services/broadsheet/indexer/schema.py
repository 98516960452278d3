"""The index itself: its names, and making its template, its first version and its aliases."""

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from opensearchpy import AsyncOpenSearch, RequestError

from broadsheet.indexer.languages import ANALYZERS

MAPPING_VERSION = 1
"""Version of `mapping.json`; a change of the mapping that the index cannot take in place is a new version."""

EVERY_LANGUAGE = "*"
"""In `mapping.json`, the member that stands for one of each language of `languages.ANALYZERS`."""

ALREADY_EXISTS = "resource_already_exists_exception"


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one installation's index.

    Attributes:
        prefix: first part of them all (`BROADSHEET_INDEX_PREFIX`).
    """

    prefix: str

    @property
    def read(self) -> str:
        """The alias that searches use."""
        return f"{self.prefix}-documents"

    @property
    def write(self) -> str:
        """The alias that the indexer writes to: always one index, and gets by id see their own writes there."""
        return f"{self.prefix}-documents-write"

    @property
    def index(self) -> str:
        """The index that a fresh installation starts with."""
        return f"{self.prefix}-documents-v{MAPPING_VERSION}"

    @property
    def template(self) -> str:
        """The index template, which gives every version of the index its mapping and settings."""
        return f"{self.prefix}-documents"


def mapping() -> dict[str, Any]:
    """Read `mapping.json`: `settings` and `mappings` of the index, with a field of its own for each language."""
    text = files(__package__).joinpath("mapping.json").read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(text, object_hook=_with_languages)
    return content


def _with_languages(member: dict[str, Any]) -> dict[str, Any]:
    """Put one member for each language in the place of the member `*`."""
    if EVERY_LANGUAGE not in member:
        return member
    field = member[EVERY_LANGUAGE]
    return {code: {**field, "analyzer": analyzer} for code, analyzer in ANALYZERS.items()}


async def create(client: AsyncOpenSearch, names: Names) -> None:
    """Make what is missing of template, index and aliases. Any number of indexers may do so at once.

    Where the write alias exists, nothing is made: a later version of the index may stand behind it by then.

    Raises:
        TransportError: OpenSearch refuses or cannot be reached.
    """
    await client.indices.put_index_template(name=names.template, body=_template(names))
    if await client.indices.exists_alias(name=names.write):
        return
    try:
        await client.indices.create(index=names.index, body={"aliases": _aliases(names)})
    except RequestError as error:
        if error.error != ALREADY_EXISTS:
            raise
        await _add_aliases(client, names)


async def _add_aliases(client: AsyncOpenSearch, names: Names) -> None:
    """Put the aliases on the index that another indexer made, or that lost them; a no-op where they are."""
    actions = [{"add": {"index": names.index, "alias": alias, **body}} for alias, body in _aliases(names).items()]
    await client.indices.update_aliases(body={"actions": actions})


def _aliases(names: Names) -> dict[str, dict[str, bool]]:
    return {names.read: {}, names.write: {"is_write_index": True}}


def _template(names: Names) -> dict[str, Any]:
    return {
        "index_patterns": [f"{names.prefix}-documents-v*"],
        "template": mapping(),
        "version": MAPPING_VERSION,
        "_meta": {"description": "Broadsheet: enriched news documents, article and teasers apart."},
    }
