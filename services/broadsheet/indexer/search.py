"""Searching the index, and getting one document of it."""

import hashlib
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from opensearchpy import AsyncOpenSearch
from opensearchpy.exceptions import NotFoundError, TransportError

from broadsheet.indexer.client import NO_INDEX, explain
from broadsheet.indexer.documents import Source, index_id
from broadsheet.indexer.languages import OTHER, text_field
from broadsheet.indexer.names import Names
from broadsheet.indexer.queries import SearchRequest, checked_words, search_body, words_body
from broadsheet.indexer.refusals import refusal_of
from broadsheet.indexer.results import Hit, SearchResult, read_result, unknown_words
from broadsheet.runtime.errors import OperatorError, UnavailableError
from broadsheet_schemas.errors import ErrorCode

MOST_LANGUAGES = 10
"""Languages searched by stem: 10 words in 10 languages are 1,000 pairs of word and field, and OpenSearch takes 1,024."""


KEPT_OPEN = "1m"
"""How long a point in time outlives the last request for it: a reader that pauses longer has gone."""


async def search(client: AsyncOpenSearch, request: SearchRequest, *, prefix: str = "broadsheet") -> SearchResult:
    """Search one installation's documents.

    What finds nothing is searched again with near spellings of those of its words that no page has in any part. A word
    that is in the index is never taken for a slip: a name that stands in teasers alone never finds pages by their body.

    Args:
        client: see `client.connect`.
        request: what is searched for.
        prefix: the installation's `index_prefix`.

    Raises:
        OperatorError: there is no index yet (`not_found`), OpenSearch refuses this client or the request, or the cursor
            is none (`usage`).
        UnavailableError: OpenSearch cannot be reached or is busy.
    """
    alias = Names(prefix).read
    with named_errors(alias):
        languages = await used_languages(client, alias)
        result = await _search(client, request, alias, languages)
        if result.total == 0 and (loose := await _unknown(client, request, alias, languages)):
            return await _search(client, request, alias, languages, loose)
    return result


async def search_all(
    client: AsyncOpenSearch, request: SearchRequest, *, prefix: str = "broadsheet"
) -> AsyncIterator[Hit]:
    """Give every hit of a search, as the index was when it began, whatever is written meanwhile.

    `size` is how many are asked for at a time; near spellings are not tried.

    Raises:
        OperatorError, UnavailableError: as `search`.
    """
    alias = Names(prefix).read
    with named_errors(alias):
        languages = await used_languages(client, alias)
        opened = await client.create_pit(index=alias, params={"keep_alive": KEPT_OPEN})
        moment = {"pit": {"id": opened["pit_id"], "keep_alive": KEPT_OPEN}}
        try:
            page: SearchRequest | None = request
            while page is not None:
                result = read_result(await client.search(body=search_body(page, languages) | moment), page)
                for hit in result.hits:
                    yield hit
                page = page.model_copy(update={"after": result.next}) if result.next else None
        finally:
            await client.delete_pit(body={"pit_id": [opened["pit_id"]]})


async def get_document(client: AsyncOpenSearch, document_id: str, *, prefix: str = "broadsheet") -> Source | None:
    """Get what the index holds of a document (see `documents.index_source`), or None where it holds nothing.

    Raises:
        OperatorError: there is no index yet (`not_found`), or OpenSearch refuses this client.
        UnavailableError: OpenSearch cannot be reached or is busy.
    """
    alias = Names(prefix).read
    with named_errors(alias):
        try:
            response = await client.get(index=alias, id=index_id(document_id))
        except NotFoundError as error:
            if error.error == NO_INDEX:
                raise
            return None
    source: Source = response["_source"]
    return source


async def _search(
    client: AsyncOpenSearch, request: SearchRequest, alias: str, languages: list[str], loose: tuple[str, ...] = ()
) -> SearchResult:
    body = search_body(request, languages, loose)
    response: Mapping[str, Any] = await client.search(body=body, index=alias, params={"preference": _copy(request)})
    return read_result(response, request, loose)


async def _unknown(
    client: AsyncOpenSearch, request: SearchRequest, alias: str, languages: list[str]
) -> tuple[str, ...]:
    """Name the words of the query that no page has."""
    words = checked_words(request)
    if not words:
        return ()
    response: Mapping[str, Any] = await client.search(body=words_body(request, languages), index=alias)
    return unknown_words(response, words)


def _copy(request: SearchRequest) -> str:
    """Name the copy of the index that answers: always the same for one query, as scores differ a little between copies."""
    return hashlib.sha256((request.query or "").encode(errors="replace")).hexdigest()[:16]


async def used_languages(client: AsyncOpenSearch, alias: str) -> list[str]:
    """Name the language fields that the index uses; the commonest `MOST_LANGUAGES`, as a search can ask so many."""
    counted = {"size": 0, "aggs": {"language": {"terms": {"field": "language", "size": 2 * MOST_LANGUAGES}}}}
    response: Mapping[str, Any] = await client.search(body=counted, index=alias, params={"request_cache": "true"})
    codes = (text_field(bucket["key"]) for bucket in response["aggregations"]["language"]["buckets"])
    return list(dict.fromkeys(codes))[:MOST_LANGUAGES] or [OTHER]


@contextmanager
def named_errors(alias: str) -> Iterator[None]:
    """Turn the client's errors into ours.

    Raises:
        OperatorError: there is no index yet (`not_found`), or OpenSearch refuses this client or the request.
        UnavailableError: OpenSearch cannot be reached or is busy.
    """
    try:
        yield
    except NotFoundError as error:
        message = f"there is no index {alias} yet: an indexer makes it when it starts"
        raise OperatorError(ErrorCode.NOT_FOUND, message) from error
    except TransportError as error:
        refusal = refusal_of(error, "OpenSearch")
        if refusal is not None:
            raise refusal from error
        kind = OperatorError if error.status_code in (400, 413) else UnavailableError
        raise kind(ErrorCode.INDEX_UNAVAILABLE, f"OpenSearch: {explain(error)}") from error
