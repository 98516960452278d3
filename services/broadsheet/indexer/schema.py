"""Making the indices: their templates, first versions, aliases, and the script that merges sightings of teasers."""

from collections.abc import Mapping
from typing import Any

from opensearchpy import AsyncOpenSearch, RequestError

from broadsheet.indexer.client import explain
from broadsheet.indexer.leases import let_go
from broadsheet.indexer.mappings import mapping, mapping_version, merge_script
from broadsheet.indexer.names import KINDS, Names
from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode

ADVICE = "`broadsheet index reindex` builds the next version from it"

ALREADY_EXISTS = "resource_already_exists_exception"

DESCRIPTIONS = {
    "documents": "Broadsheet: enriched news documents, article and teasers apart.",
    "teasers": "Broadsheet: teasers, and where and when they were seen.",
}


async def create(client: AsyncOpenSearch, names: Names) -> None:
    """Make what is missing of templates, indices, aliases and script. Any number of indexers may do so at once.

    Where a write alias exists, its index is left alone: a later version may stand behind it by then.

    Args:
        client: see `client.connect`.
        names: any of the installation's.

    Raises:
        TransportError: OpenSearch refuses or cannot be reached.
        OperatorError: an index cannot take this release's mapping (`index_differs`).
    """
    body = {"script": {"lang": "painless", "source": merge_script()}}
    await client.put_script(id=names.merge_script, body=body)
    for kind in KINDS:
        await _create(client, Names(names.prefix, kind))


async def _create(client: AsyncOpenSearch, names: Names) -> None:
    await put_template(client, names)
    if await client.indices.exists_alias(name=names.write):
        await let_go(client, names)
        await _take_additions(client, names)
        return
    index = names.version(mapping_version(names.kind))
    try:
        await client.indices.create(index=index, body={"aliases": _aliases(names)})
    except RequestError as error:
        if error.error != ALREADY_EXISTS:
            raise
        await _add_aliases(client, names, index)


async def _take_additions(client: AsyncOpenSearch, names: Names) -> None:
    """Give an index made by an earlier release the fields that this one adds; one of a later release is left alone.

    Raises:
        OperatorError: this release's mapping cannot be taken in place (`index_differs`): without it every document would
            become a dead letter.
    """
    wanted = mapping(names.kind)
    ((index, state),) = (await client.indices.get(index=names.write)).items()
    meta = state["mappings"].get("_meta", {})
    if meta.get("sha256") == wanted["mappings"]["_meta"]["sha256"] or _is_later(meta, names):
        return
    try:
        if state["settings"]["index"].get("analysis") != wanted["settings"]["index"]["analysis"]:
            raise OperatorError(ErrorCode.INDEX_DIFFERS, f"{index} has other analyzers than this release: {ADVICE}")
        await client.indices.put_mapping(index=index, body=wanted["mappings"])
    except RequestError as error:
        message = f"{index} cannot take this release's mapping ({explain(error)}): {ADVICE}"
        raise OperatorError(ErrorCode.INDEX_DIFFERS, message) from error


def _is_later(meta: Mapping[str, Any], names: Names) -> bool:
    return int(meta.get("version", 0)) > mapping_version(names.kind)


async def put_template(client: AsyncOpenSearch, names: Names) -> None:
    """Store the template of an index, so that a version made from now on has this release's mapping."""
    body = {
        "index_patterns": [names.pattern],
        "template": mapping(names.kind),
        "version": mapping_version(names.kind),
        "_meta": {"description": DESCRIPTIONS[names.kind]},
    }
    await client.indices.put_index_template(name=names.template, body=body)


async def _add_aliases(client: AsyncOpenSearch, names: Names, index: str) -> None:
    """Put the aliases on the index that another indexer made, or that lost them; a no-op where they are."""
    await client.indices.update_aliases(body={"actions": alias_actions(names, index)})


def alias_actions(names: Names, index: str) -> list[dict[str, Any]]:
    """Give the actions that put the aliases on an index."""
    return [{"add": {"index": index, "alias": alias, **body}} for alias, body in _aliases(names).items()]


def _aliases(names: Names) -> dict[str, dict[str, Any]]:
    return {names.read: {}, names.write: {"is_write_index": True}}
