"""Pages whose body is nearly the same, whatever teasers stand round it: found by the bands of its signature, then compared."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from opensearchpy import AsyncOpenSearch
from pydantic import Field

from broadsheet.indexer.documents import Source, text_of
from broadsheet.indexer.found import FoundPage
from broadsheet.indexer.names import Names
from broadsheet.indexer.search import get_document, named_errors
from broadsheet.indexer.shingles import Overlap, overlap, shingles
from broadsheet.indexer.signatures import bands

CONTAINED = 0.5
"""Of the shorter body, the share that the longer must have. A follow-up that repeats the background of an article has about
a third of it, and a copy with cut ends, a dateline, an agency line and a paragraph written anew two thirds or more."""

JACCARD = 0.25
"""Of both bodies together, the share that both must have: a brief that a long report holds as a box is no copy of it. A copy
of half an article with one paragraph in eight written anew has 0.4. On 150 generated stories (seed 7) 0.3 and 0.6 above
lost a copy in 25, 0.2 and 0.5 took a follow-up in 800 for one (`tests/benchmarks/syndication.py`)."""

CANDIDATES = 500
"""Most pages that are compared: those that share most bands. Of a story that is printed more often the best are given."""

AT_ONCE = 50
"""Bodies asked for at a time; of 8 MB each, the largest that intake takes, they are 400 MB."""

LISTED = ("document_id", "title", "url", "domain", "language", "published_on", "body")


class SimilarPage(FoundPage):
    """A page whose body is nearly the same."""

    jaccard: float = Field(description="Of the runs of five words of either body, the share that both have, 0 to 1.")
    contained: float = Field(description="Of those of the shorter body, the share that the longer has, 0 to 1.")


async def similar(
    client: AsyncOpenSearch, document_id: str, *, prefix: str = "broadsheet", size: int = 10
) -> list[SimilarPage] | None:
    """Give the pages whose body is nearly that of a document, the nearest first; None where there is no such document.

    Args:
        client: see `client.connect`.
        document_id: the document.
        prefix: the installation's `index_prefix`.
        size: most pages to give.

    Raises:
        OperatorError: there is no index yet (`not_found`), or OpenSearch refuses this client.
        UnavailableError: OpenSearch cannot be reached or is busy.
    """
    document = await get_document(client, document_id, prefix=prefix)
    if document is None:
        return None
    body = text_of(document["body"]) or ""
    mine = frozenset(shingles(body))
    found = [
        page
        async for source in _candidates(client, bands(body), document_id, Names(prefix).read)
        if (page := compared(mine, source)) is not None
    ]
    return sorted(found, key=lambda page: (-page.jaccard, page.id))[:size]


def compared(mine: frozenset[str], source: Source) -> SimilarPage | None:
    """Compare the shingles of a body with another document's body, exactly; None where it is no near copy."""
    shared = overlap(mine, frozenset(shingles(text_of(source["body"]) or "")))
    if not is_near_copy(shared):
        return None
    given = {name: source.get(name) for name in ("url", "domain", "language", "published_on")}
    title = text_of(source.get("title"))
    return SimilarPage(
        id=source["document_id"], title=title, jaccard=shared.jaccard, contained=shared.contained, **given
    )


def is_near_copy(shared: Overlap) -> bool:
    """Tell whether two bodies are nearly the same."""
    return shared.contained >= CONTAINED and shared.jaccard >= JACCARD


def candidates_body(wanted: Sequence[str], document_id: str) -> dict[str, Any]:
    """Give the body of the search for the documents that share bands, those that share most first."""
    shared = [{"constant_score": {"filter": {"term": {"bands": band}}}} for band in wanted]
    others = {"must_not": [{"term": {"document_id": document_id}}]}
    return {
        "size": AT_ONCE,
        "_source": list(LISTED),
        "track_total_hits": False,
        "query": {"bool": {"should": shared, "minimum_should_match": 1, **others}},
        "sort": ["_score", {"document_id": "asc"}],
    }


async def _candidates(
    client: AsyncOpenSearch, wanted: Sequence[str], document_id: str, alias: str
) -> AsyncIterator[Source]:
    if not wanted:
        return
    body = candidates_body(wanted, document_id)
    with named_errors(alias):
        for _ in range(CANDIDATES // AT_ONCE):
            response: Mapping[str, Any] = await client.search(body=body, index=alias)
            hits = response["hits"]["hits"]
            for hit in hits:
                yield hit["_source"]
            if len(hits) < AT_ONCE:
                return
            body["search_after"] = hits[-1]["sort"]
