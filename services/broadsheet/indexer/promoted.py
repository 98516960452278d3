"""What is being promoted now, where, and since when: searching the index of teasers."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

import orjson
from opensearchpy import AsyncOpenSearch
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from broadsheet.indexer.documents import text_of
from broadsheet.indexer.names import Names
from broadsheet.indexer.search import named_errors, used_languages
from broadsheet_schemas.enriched import EntityType

Query = dict[str, Any]

Order = Literal["last_seen", "first_seen", "page_count", "relevance"]
"""How entries are sorted: seen last, newest, on the most pages, or best match first."""

FIELDS = ("headline.{}*^3", "summary.{}*")
MATCH = "2<75%"
"""As in a search of documents: one or two words must all match; of more, three in four."""


class PromotedRequest(BaseModel):
    """Which teasers are asked for. Every condition given must hold; without any, every teaser is found."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    query: str | None = Field(default=None, description="Words to find in headline, summary, kicker and byline.")
    entity: str | None = Field(
        default=None, description="Name that the teaser mentions, in full or as written; case is ignored."
    )
    entity_type: EntityType | None = Field(default=None, description="Type of the entity.")
    domain: str | None = Field(default=None, description="Registered domain of a page that shows it.")
    url: str | None = Field(default=None, description="Where the teaser leads.")
    language: str | None = Field(default=None, description="ISO 639-1 code of the pages' language.")
    since: AwareDatetime | None = Field(default=None, description="Only teasers last seen then or later.")
    until: AwareDatetime | None = Field(default=None, description="Only teasers first seen then or earlier.")
    order: Order = Field(default="last_seen", description="How to sort; the id breaks ties.")
    size: int = Field(default=10, ge=1, le=1000, description="Most entries to give.")


class ShownOn(BaseModel):
    """A page that shows a teaser, or has shown it."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(description="The page's document id.")
    domain: str | None = Field(description="Registered domain of the page.")
    first_seen: dt.datetime = Field(description="When the page first showed it: earliest fetch that did.")
    last_seen: dt.datetime = Field(description="When the page last showed it.")


class PromotedTeaser(BaseModel):
    """One teaser, over all pages that show it."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(description="Digest of the folded headline and the target URL.")
    headline: str = Field(description="The headline, as last seen; so are the other texts.")
    kicker: str | None = Field(description="Category or topic label.")
    summary: str | None = Field(description="A sentence or more about the item.")
    byline: str | None = Field(description="Author or source.")
    published_on: dt.date | None = Field(description="The item's date as shown.")
    url: str | None = Field(description="Where it leads, when known.")
    language: str = Field(description="ISO 639-1 code of the page, or `und`.")
    first_seen: dt.datetime = Field(description="Earliest fetch of a page that showed it.")
    last_seen: dt.datetime = Field(description="Latest fetch of a page that showed it.")
    page_count: int = Field(description="How many pages show it or have shown it.")
    more_pages: bool = Field(description="Whether there are more pages than are listed; the count is then an estimate.")
    pages: tuple[ShownOn, ...] = Field(description="The pages, seen last first; at most 512.")
    domains: tuple[str, ...] = Field(description="The domains that show it, in order; at most 200.")
    names: Mapping[EntityType, tuple[str, ...]] = Field(description="Full names of what it mentions, by type.")


class PromotedResult(BaseModel):
    """The teasers that were found."""

    model_config = ConfigDict(frozen=True)

    teasers: tuple[PromotedTeaser, ...] = Field(description="The first of them.")
    total: int = Field(description="How many there are in all.")
    took_ms: int = Field(description="How long OpenSearch worked on it, milliseconds.")


async def promoted(client: AsyncOpenSearch, request: PromotedRequest, *, prefix: str = "broadsheet") -> PromotedResult:
    """Search one installation's teasers.

    Raises:
        OperatorError: there is no index yet (`not_found`), or OpenSearch refuses this client or the request.
        UnavailableError: OpenSearch cannot be reached or is busy.
    """
    alias = Names(prefix).teasers.read
    with named_errors(alias):
        languages = await used_languages(client, alias)
        response: Mapping[str, Any] = await client.search(body=promoted_body(request, languages), index=alias)
    hits = response["hits"]
    found = tuple(read_entry(hit["_id"], hit["_source"]) for hit in hits["hits"])
    return PromotedResult(teasers=found, total=hits["total"]["value"], took_ms=response["took"])


def promoted_body(request: PromotedRequest, languages: Sequence[str] = ("",)) -> Query:
    """Give the body of the search; `languages` are the fields of `languages.ANALYZERS` to search words in."""
    words = [_words(request.query, languages)] if request.query is not None else []
    return {
        "size": request.size,
        "track_total_hits": True,
        "query": {"bool": {"must": words, "filter": [*_filters(request), *_entity(request)]}},
        "sort": [*_sort(request), {"headline_exact": {"order": "asc", "missing": "_last"}}],
        "track_scores": True,
    }


def read_entry(key: str, source: Mapping[str, Any]) -> PromotedTeaser:
    """Read an entry of the index of teasers."""
    texts = {"headline": text_of(source["headline"]) or "", "summary": text_of(source["summary"])}
    pages = sorted(map(read_page, source["pages"]), key=lambda page: (page.last_seen, page.id), reverse=True)
    return PromotedTeaser.model_validate(
        {**source, **texts, "id": key, "pages": pages, "names": source["entities"]["name"]}
    )


def read_page(line: str) -> ShownOn:
    """Read a page of an entry: digest, first seen, last seen, and id and domain as JSON."""
    _digest, first, last, page = line.split(" ", 3)
    document_id, domain = orjson.loads(page)
    return ShownOn.model_validate({"id": document_id, "domain": domain, "first_seen": first, "last_seen": last})


def _words(query: str, languages: Sequence[str]) -> Query:
    fields = [field.format(code) for field in FIELDS for code in languages]
    kind = {"type": "cross_fields", "minimum_should_match": MATCH}
    return {"multi_match": {"query": query, **kind, "fields": [*fields, "kicker", "byline"]}}


def _filters(request: PromotedRequest) -> list[Query]:
    terms = {"domains": request.domain, "url": request.url, "language": request.language}
    bounds = {"last_seen": ("gte", request.since), "first_seen": ("lte", request.until)}
    return [
        *({"term": {field: value}} for field, value in terms.items() if value is not None),
        *({"range": {field: {end: _text(moment)}}} for field, (end, moment) in bounds.items() if moment is not None),
    ]


def _entity(request: PromotedRequest) -> list[Query]:
    if request.entity is None and request.entity_type is None:
        return []
    kinds = [request.entity_type] if request.entity_type else get_args(EntityType)
    fields = [f"entities.surface.{kind}" for kind in kinds]
    asked = [{"term": {field: request.entity}} if request.entity else {"exists": {"field": field}} for field in fields]
    return [{"bool": {"should": asked, "minimum_should_match": 1}}]


def _sort(request: PromotedRequest) -> list[Any]:
    return ["_score"] if request.order == "relevance" else [{request.order: "desc"}]


def _text(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds")
