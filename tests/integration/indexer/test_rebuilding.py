"""Moving the indices of a real OpenSearch to another version and back: what differs between releases, and what is refused."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from opensearchpy import AsyncOpenSearch

from broadsheet.indexer import mappings, rebuilding, schema, standing
from broadsheet.indexer.names import Kind, Names
from broadsheet.indexer.rebuilding import reindex, rollback
from broadsheet.indexer.retention import prune
from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode
from integration.indexer.conftest import Fill
from integration.indexer.moved import behind, bodies, unwatched
from unit.indexer.pages import page

pytestmark = pytest.mark.integration


@pytest.fixture
def release(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Give a function that makes this process the next release, with another mapping of documents."""

    def next_release(change: Mapping[str, Any], *, analysis: Mapping[str, Any] | None = None) -> None:
        def changed(kind: Kind = "documents") -> dict[str, Any]:
            content = mappings.mapping(kind)
            if kind == "documents":
                content["mappings"]["properties"] |= change
                content["mappings"]["_meta"]["sha256"] = "next"
                content["settings"]["index"]["analysis"]["analyzer"] |= analysis or {}
            return content

        for module in (schema, rebuilding, standing):
            monkeypatch.setattr(module, "mapping", changed)

    return next_release


NEW_FIELD = {"mood": {"type": "keyword"}}


async def test_a_release_with_a_new_field_gives_it_to_the_index_that_is_there(
    fill: Fill, client: AsyncOpenSearch, names: Names, release: Any
) -> None:
    await fill(page())
    release(NEW_FIELD)
    await schema.create(client, names)
    await client.update(index=names.write, id="bridge", body={"doc": {"mood": "calm"}})
    assert [*(await standing.standing(client, names)).differences()] == []


async def test_a_release_whose_mapping_cannot_be_taken_says_so_and_builds_it_anew(
    fill: Fill, client: AsyncOpenSearch, names: Names, release: Any
) -> None:
    await fill(page())
    release({"domain": {"type": "text"}})
    with pytest.raises(OperatorError) as caught:
        await schema.create(client, names)
    assert caught.value.code is ErrorCode.INDEX_DIFFERS
    assert "broadsheet index reindex" in caught.value.message
    assert [found.what for found in (await standing.standing(client, names)).differences()] == ["mapping"]

    await reindex(client, names, unwatched)
    assert [*(await standing.standing(client, names)).differences()] == []
    response = await client.search(index=names.read, body={"query": {"match": {"domain": "news.example"}}})
    assert response["hits"]["total"]["value"] == 1


async def test_other_analyzers_need_a_rebuild(fill: Fill, client: AsyncOpenSearch, names: Names, release: Any) -> None:
    await fill(page())
    release({}, analysis={"plain": {"type": "custom", "tokenizer": "whitespace"}})
    with pytest.raises(OperatorError, match="other analyzers"):
        await schema.create(client, names)


async def test_a_rollback_leaves_out_what_the_older_mapping_does_not_know(
    fill: Fill, client: AsyncOpenSearch, names: Names, release: Any
) -> None:
    await fill(page("old"))
    release(NEW_FIELD)
    await reindex(client, names, unwatched)
    await client.update(index=names.write, id="old", body={"doc": {"mood": "calm"}})
    await rollback(client, names, unwatched)
    source = (await client.get(index=names.read, id="old"))["_source"]
    assert "mood" not in source
    assert list(await bodies(client, names)) == ["old"]


async def test_a_document_that_the_new_mapping_refuses_leaves_the_aliases_where_they_were(
    fill: Fill, client: AsyncOpenSearch, names: Names, release: Any
) -> None:
    await fill(page())
    release({"domain": {"type": "integer"}})
    with pytest.raises(OperatorError, match=r"\[domain\]"):
        await reindex(client, names, unwatched)
    assert await behind(client, names.write) == [names.version(1)]
    await fill(page("another"))


async def test_counts_that_differ_leave_the_aliases_where_they_were_and_writes_go_on(
    fill: Fill, client: AsyncOpenSearch, names: Names
) -> None:
    await fill(page("a"))
    await client.indices.create(index=names.version(2))
    source = (await client.get(index=names.read, id="a"))["_source"]
    await client.index(index=names.version(2), id="stranger", body=source)
    with pytest.raises(OperatorError, match="holds 2 documents"):
        await reindex(client, names, unwatched)
    assert await behind(client, names.read) == [names.version(1)]
    await fill(page("b"))
    assert set(await bodies(client, names)) == {"a", "b"}


async def test_a_rebuild_that_was_cut_off_is_gone_on_with(fill: Fill, client: AsyncOpenSearch, names: Names) -> None:
    await fill(page("a"), page("b"))
    await client.indices.create(index=names.version(2))
    await client.indices.add_block(index=names.version(1), block="write")
    moved = await reindex(client, names, unwatched)
    assert (moved.target, moved.documents) == (names.version(2), 2)


async def test_without_an_index_or_a_version_before_it_is_said(client: AsyncOpenSearch, names: Names) -> None:
    with pytest.raises(OperatorError, match="index create"):
        await reindex(client, names, unwatched)
    await schema.create(client, names)
    with pytest.raises(OperatorError, match="no version before"):
        await rollback(client, names, unwatched)


async def test_what_is_older_is_pruned_in_every_version(fill: Fill, client: AsyncOpenSearch, names: Names) -> None:
    now = datetime.now(UTC)
    ages = {"old": timedelta(days=9), "young": timedelta(days=1)}
    await fill(*(page(name, received_at=now - age) for name, age in ages.items()))
    await reindex(client, names, unwatched)
    assert await prune(client, names, 3, now=now) == 2
    assert list(await bodies(client, names)) == ["young"]
    await rollback(client, names, unwatched)
    assert list(await bodies(client, names)) == ["young"]
    assert await prune(client, names.teasers, 3, now=now) == 0
    assert await prune(client, names.teasers, 0.5, now=now) == 1


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        ({"remove": "read"}, ["alias"]),
        ({"remove": "write"}, ["alias"]),
        ({"block": "write"}, ["writes"]),
    ],
)
async def test_a_check_says_what_is_wrong(
    fill: Fill, client: AsyncOpenSearch, names: Names, spoil: Mapping[str, str], what: Sequence[str]
) -> None:
    await fill(page())
    if "remove" in spoil:
        await client.indices.delete_alias(index=names.version(1), name=getattr(names, spoil["remove"]))
    else:
        await client.indices.add_block(index=names.version(1), block=spoil["block"])
    assert [found.what for found in (await standing.standing(client, names)).differences()] == what
