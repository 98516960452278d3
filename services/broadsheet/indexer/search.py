"""Searching the index, and getting one document of it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from opensearchpy import AsyncOpenSearch
from opensearchpy.exceptions import NotFoundError, TransportError

from broadsheet.indexer.client import NO_INDEX, explain, is_refusal
from broadsheet.indexer.documents import Source, index_id
from broadsheet.indexer.languages import OTHER, text_field
from broadsheet.indexer.queries import SearchRequest, search_body
from broadsheet.indexer.results import SearchResult, read_result
from broadsheet.indexer.schema import Names
from broadsheet.runtime.errors import OperatorError, UnavailableError
from broadsheet_schemas.errors import ErrorCode

MOST_LANGUAGES = 10
"""Languages searched by stem: 10 words in 10 languages are 1,000 pairs of word and field, and OpenSearch takes 1,024."""


async def search(client: AsyncOpenSearch, request: SearchRequest, *, prefix: str = "broadsheet") -> SearchResult:
    """Search one installation's documents.

    Args:
        client: see `client.connect`.
        request: what is searched for.
        prefix: the installation's `index_prefix`.

    Raises:
        OperatorError: there is no index yet (`not_found`), or OpenSearch refuses this client or the request.
        UnavailableError: OpenSearch cannot be reached or is busy.
    """
    alias = Names(prefix).read
    with _named(alias):
        languages = await _languages(client, alias)
        response: Mapping[str, Any] = await client.search(body=search_body(request, languages), index=alias)
    return read_result(response)


async def get_document(client: AsyncOpenSearch, document_id: str, *, prefix: str = "broadsheet") -> Source | None:
    """Get what the index holds of a document (see `documents.index_source`), or None where it holds nothing.

    Raises:
        OperatorError: there is no index yet (`not_found`), or OpenSearch refuses this client.
        UnavailableError: OpenSearch cannot be reached or is busy.
    """
    alias = Names(prefix).read
    with _named(alias):
        try:
            response = await client.get(index=alias, id=index_id(document_id))
        except NotFoundError as error:
            if error.error == NO_INDEX:
                raise
            return None
    source: Source = response["_source"]
    return source


async def _languages(client: AsyncOpenSearch, alias: str) -> list[str]:
    """Name the language fields that the index uses; the commonest `MOST_LANGUAGES`, as a search can ask so many."""
    counted = {"size": 0, "aggs": {"language": {"terms": {"field": "language", "size": 2 * MOST_LANGUAGES}}}}
    response: Mapping[str, Any] = await client.search(body=counted, index=alias, params={"request_cache": "true"})
    codes = (text_field(bucket["key"]) for bucket in response["aggregations"]["language"]["buckets"])
    return list(dict.fromkeys(codes))[:MOST_LANGUAGES] or [OTHER]


@contextmanager
def _named(alias: str) -> Iterator[None]:
    """Turn the client's errors into ours."""
    try:
        yield
    except NotFoundError as error:
        message = f"there is no index {alias} yet: an indexer makes it when it starts"
        raise OperatorError(ErrorCode.NOT_FOUND, message) from error
    except TransportError as error:
        final = is_refusal(error) or error.status_code in (400, 413)
        kind = OperatorError if final else UnavailableError
        raise kind(ErrorCode.INDEX_UNAVAILABLE, f"OpenSearch: {explain(error)}") from error
