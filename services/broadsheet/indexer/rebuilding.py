"""Moving an index to another version of it, while searches and writes go on: copy, catch up, verify, switch."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from opensearchpy import AsyncOpenSearch

from broadsheet.indexer import schema
from broadsheet.indexer.holding_writes import writes_held_up
from broadsheet.indexer.leases import alone
from broadsheet.indexer.mappings import mapping, mapping_version
from broadsheet.indexer.names import Names
from broadsheet.indexer.server_tasks import finished
from broadsheet.indexer.standing import standing
from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode

MOST_PASSES = 10
FEW = 500
"""Once a pass copies no more, writes are held up for the last one: it takes about a second."""

Watch = Callable[[str, int, int], None]
"""Told what is being done, how many documents are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move has done.

    Attributes:
        source: the index that the aliases meant before.
        target: the index that they mean now.
        documents: how many it holds.
        passes: how often the source was read, the last time with writes held up.
    """

    source: str
    target: str
    documents: int
    passes: int


async def reindex(client: AsyncOpenSearch, names: Names, watch: Watch) -> Moved:
    """Build a new version of an index, with this release's mapping, and put the aliases on it.

    An unfinished one of an earlier call is gone on with. The old version stays, for `rollback`.

    Raises:
        OperatorError: there is no index to build from (`not_found`), the new mapping refuses a document or the counts
            differ, or another rebuild is at work (`index_differs`); the aliases are then where they were.
    """
    await alone(client, names)
    stands = await standing(client, names)
    source = stands.current
    await schema.put_template(client, names)
    target = stands.unfinished(mapping(names.kind)["mappings"]["_meta"]["sha256"])
    if target is None:
        target = names.version(max(mapping_version(names.kind), stands.highest + 1))
        await client.indices.create(index=target)
    return await _move(client, names, source, target, watch, fields=None)


async def rollback(client: AsyncOpenSearch, names: Names, watch: Watch) -> Moved:
    """Put the aliases back on the version before, having copied to it what was written since, of the fields it knows.

    Raises:
        OperatorError: there is no version before (`not_found`), or as `reindex`.
    """
    await alone(client, names)
    stands = await standing(client, names)
    target = stands.previous
    if target is None:
        raise OperatorError(ErrorCode.NOT_FOUND, f"there is no version before {stands.current} to go back to")
    response = await client.indices.get_mapping(index=target)
    fields = sorted(_known(response[target]["mappings"]["properties"]))
    return await _move(client, names, stands.current, target, watch, fields=fields)


async def _move(
    client: AsyncOpenSearch, names: Names, source: str, target: str, watch: Watch, *, fields: list[str] | None
) -> Moved:
    copy = _Copy(client, source, target, watch, fields)
    while await copy.run() > FEW and copy.passes < MOST_PASSES:
        pass
    async with writes_held_up(client, names, source) as lease:
        await copy.run()
        documents = await _verified(client, names, source, target, more=fields is not None)
        await lease.switch(_switch(names, source, target))
    return Moved(source, target, documents, copy.passes)


class _Copy:
    """Copies what a target lacks of a source, pass by pass; each pass takes what was written since the one before.

    OpenSearch's versions of the documents go along (`external`): what the target has as new or newer is left alone.
    """

    def __init__(
        self, client: AsyncOpenSearch, source: str, target: str, watch: Watch, fields: list[str] | None
    ) -> None:
        self._client = client
        self._source = source
        self._target = target
        self._watch = watch
        self._fields = fields
        self._done = -1
        self.passes = 0

    async def run(self) -> int:
        """Do a pass; gives how many documents it copied."""
        checkpoint = await self._checkpoint()
        await self._client.indices.refresh(index=self._source)
        started = await self._client.reindex(body=self._body(), params={"wait_for_completion": "false"})
        self.passes += 1
        label = f"{self._source} to {self._target}, pass {self.passes}"
        response = await finished(self._client, started, lambda done, total: self._watch(label, done, total))
        self._done = checkpoint
        copied: int = response["created"] + response["updated"]
        return copied

    def _body(self) -> dict[str, Any]:
        source = {"index": self._source, "query": {"range": {"_seq_no": {"gt": self._done}}}}
        return {
            "conflicts": "proceed",
            "source": source if self._fields is None else {**source, "_source": self._fields},
            "dest": {"index": self._target, "version_type": "external"},
        }

    async def _checkpoint(self) -> int:
        """Give the sequence number up to which every shard has finished its writes; a refresh then shows them all."""
        response = await self._client.indices.stats(index=self._source, params={"level": "shards"})
        copies = [copy for shard in response["indices"][self._source]["shards"].values() for copy in shard]
        return min(int(copy["seq_no"]["local_checkpoint"]) for copy in copies if copy["routing"]["primary"])


async def _verified(client: AsyncOpenSearch, names: Names, source: str, target: str, *, more: bool) -> int:
    """Give the count of the target. It must be the source's, or more where old documents may have been pruned since."""
    await client.indices.refresh(index=f"{source},{target}")
    wanted, made = [(await client.count(index=index))["count"] for index in (source, target)]
    if made < wanted or (made > wanted and not more):
        raise OperatorError(
            ErrorCode.INDEX_DIFFERS,
            f"{target} holds {made} documents and {source} {wanted}: the aliases stay. If documents were deleted "
            f"meanwhile, `broadsheet index drop {names.kind} {names.number(target)}` and build it again",
        )
    return int(made)


def _switch(names: Names, source: str, target: str) -> list[Mapping[str, Any]]:
    moved: list[Mapping[str, Any]] = [
        {"remove": {"index": source, "alias": names.read}},
        {"remove": {"index": source, "alias": names.write, "must_exist": True}},
    ]
    return [*moved, *schema.alias_actions(names, target)]


def _known(properties: Mapping[str, Any], path: str = "") -> Iterator[str]:
    """Name the fields of a mapping, for a copy that leaves others out."""
    for name, field in properties.items():
        if "properties" in field:
            yield from _known(field["properties"], f"{path}{name}.")
        else:
            yield f"{path}{name}"
