"""What is searched for, and the query that finds it: a pure function from a request to the body of a search."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from broadsheet.indexer.cursors import read_cursor
from broadsheet.indexer.documents import Part
from broadsheet.indexer.facets import aggregations
from broadsheet.indexer.full_text import EVERY, Query, in_teasers, text_query, word_query
from broadsheet.indexer.highlights import highlight
from broadsheet.indexer.terms import Terms, read_terms
from broadsheet_schemas.enriched import EntityType

LISTED = ("document_id", "title", "url", "domain", "language", "published_on", "revision")
"""What of a found document the result shows."""

MOST_WORDS = 32
"""Words of a query that are looked up for slips; a longer one is no question but a text."""

Sort = Literal["relevance", "date"]


class SearchRequest(BaseModel):
    """What is searched for. Every condition given must hold; without any, every document is found, newest first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    query: str | None = Field(
        default=None,
        description='Words to find in the text of the part, "phrases" in quotes, and beginnings of words with a star.',
    )
    entity: str | None = Field(
        default=None, description="Name of an entity that the part mentions, in full or as written; case is ignored."
    )
    entity_type: EntityType | None = Field(default=None, description="Type of the entity.")
    since: dt.date | None = Field(default=None, description="Earliest day of publication.")
    until: dt.date | None = Field(default=None, description="Last day of publication.")
    domain: str | None = Field(default=None, description="Registered domain of the source.")
    language: str | None = Field(default=None, description="ISO 639-1 code of the page's language.")
    part: Literal["body", "teasers", "any"] = Field(
        default="any", description="Where query and entity must stand: title and body, the teasers, or either."
    )
    sort: Sort | None = Field(
        default=None, description="Best first, or newest first; by default best where there is a query, else newest."
    )
    size: int = Field(default=10, ge=1, le=1000, description="Most hits to give.")
    after: str | None = Field(default=None, description="Go on after this cursor of an earlier result (`next`).")
    facets: bool = Field(default=False, description="Whether to count entities, domains and days of all that is found.")

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts that are searched."""
        return ("body", "teasers") if self.part == "any" else (self.part,)

    @property
    def order(self) -> Sort:
        """The order of the hits."""
        return self.sort or ("relevance" if self.query is not None else "date")

    @property
    def terms(self) -> Terms:
        """The query, read."""
        return read_terms(self.query or "")


def search_body(request: SearchRequest, languages: Sequence[str] = (EVERY,), loose: Collection[str] = ()) -> Query:
    """Give the body of the search. What users type stands only where OpenSearch takes plain text, never a syntax.

    Args:
        request: what is searched for.
        languages: the fields of `languages.ANALYZERS` to search; OpenSearch takes 1,024 pairs of word and field at most.
        loose: those words of the query whose near spellings are found too.

    Raises:
        OperatorError: the cursor is none, or of another order (`usage`).
    """
    conditions = [*_query(request, languages, loose), *_entity(request)]
    return {
        "size": request.size,
        "_source": list(LISTED),
        "track_total_hits": True,
        "query": {"bool": {"must": conditions or [{"match_all": {}}], "filter": _filters(request)}},
        "sort": _sort(request),
        "track_scores": True,
        "highlight": highlight(["title.*", "body.*"]),
        **({"search_after": read_cursor(request.order, request.after)} if request.after is not None else {}),
        **({"aggs": aggregations(request.parts)} if request.facets else {}),
    }


def words_body(request: SearchRequest, languages: Sequence[str] = (EVERY,)) -> Query:
    """Give the body of a search that counts, for each word of the query, the pages that have it in whatever part."""
    words = checked_words(request)
    filters = {str(number): word_query(word, languages) for number, word in enumerate(words)}
    return {"size": 0, "aggs": {"words": {"filters": {"filters": filters}}}}


def checked_words(request: SearchRequest) -> list[str]:
    """Name the words of the query that may be slips, each once."""
    return list(dict.fromkeys(request.terms.words))[:MOST_WORDS]


def _query(request: SearchRequest, languages: Sequence[str], loose: Collection[str]) -> list[Query]:
    if request.query is None:
        return []
    return [_either([text_query(part, request.terms, languages, loose) for part in request.parts])]


def _entity(request: SearchRequest) -> list[Query]:
    """Match a name, or any name of the type; in the teasers also the teaser that it stands in, to show it."""
    if request.entity is None and request.entity_type is None:
        return []
    return [_either([_entity_in(part, request) for part in request.parts])]


def _entity_in(part: Part, request: SearchRequest) -> Query:
    kinds = [request.entity_type] if request.entity_type else list(get_args(EntityType))
    fields = [f"entities.{part}.surface.{kind}" for kind in kinds]
    if request.entity is None:
        return _either([{"exists": {"field": field}} for field in fields], name=f"{part}:entity")
    named = _either([{"term": {field: request.entity}} for field in fields], name=f"{part}:entity")
    if part == "body":
        return named
    shown = in_teasers({"term": {"teasers.names": request.entity}}, hits="named")
    return {"bool": {"must": [named], "should": [shown]}}


def _filters(request: SearchRequest) -> list[Query]:
    terms = {"domain": request.domain, "language": request.language}
    filters: list[Query] = [{"term": {field: value}} for field, value in terms.items() if value is not None]
    days = {"gte": request.since, "lte": request.until}
    bounds = {name: day.isoformat() for name, day in days.items() if day is not None}
    return [*filters, {"range": {"published_on": bounds}}] if bounds else filters


def _sort(request: SearchRequest) -> list[Any]:
    """By relevance, then the newest first; the id last, so that the order is always the same."""
    newest = [{"published_on": {"order": "desc", "missing": "_last"}}, {"document_id": "asc"}]
    return ["_score", *newest] if request.order == "relevance" else newest


def _either(clauses: Sequence[Query], *, name: str | None = None) -> Query:
    """Match any of the clauses, scored by the best of them."""
    query: Query = {"queries": list(clauses)}
    return {"dis_max": query | ({"_name": name} if name else {})}
