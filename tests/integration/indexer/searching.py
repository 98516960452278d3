"""Searches one installation's index, for the tests of searching."""

from opensearchpy import AsyncOpenSearch

from broadsheet.indexer.queries import SearchRequest
from broadsheet.indexer.results import Hit, SearchResult
from broadsheet.indexer.search import search


class Searcher:
    """Searches one installation."""

    def __init__(self, client: AsyncOpenSearch, prefix: str) -> None:
        self.client = client
        self.prefix = prefix

    async def result(self, **request: object) -> SearchResult:
        return await search(self.client, SearchRequest.model_validate(request), prefix=self.prefix)

    async def ids(self, **request: object) -> list[str]:
        return [hit.id for hit in (await self.result(**request)).hits]

    async def hit(self, **request: object) -> Hit:
        (hit,) = (await self.result(**request)).hits
        return hit

    async def pages(self, **request: object) -> list[list[str]]:
        """Give the ids of page after page, until there is no cursor any more."""
        found: list[list[str]] = []
        after: str | None = None
        while not found or after is not None:
            result = await self.result(**request, after=after)
            found.append([hit.id for hit in result.hits])
            after = result.next
        return found
