"""Making the indices: their templates, first versions, aliases, and the script that merges sightings of teasers."""

from typing import Any

from opensearchpy import AsyncOpenSearch, RequestError

from broadsheet.indexer.mappings import mapping, mapping_version, merge_script
from broadsheet.indexer.names import KINDS, Names

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
    """
    body = {"script": {"lang": "painless", "source": merge_script()}}
    await client.put_script(id=names.merge_script, body=body)
    for kind in KINDS:
        await _create(client, Names(names.prefix, kind))


async def _create(client: AsyncOpenSearch, names: Names) -> None:
    await put_template(client, names)
    if await client.indices.exists_alias(name=names.write):
        return
    index = names.version(mapping_version(names.kind))
    try:
        await client.indices.create(index=index, body={"aliases": _aliases(names)})
    except RequestError as error:
        if error.error != ALREADY_EXISTS:
            raise
        await _add_aliases(client, names, index)


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
    actions = [{"add": {"index": index, "alias": alias, **body}} for alias, body in _aliases(names).items()]
    await client.indices.update_aliases(body={"actions": actions})


def _aliases(names: Names) -> dict[str, dict[str, Any]]:
    return {names.read: {}, names.write: {"is_write_index": True}}
