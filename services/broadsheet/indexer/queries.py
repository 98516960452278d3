"""What is searched for, and the query that finds it: a pure function from a request to the body of a search."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from broadsheet.indexer.documents import Part
from broadsheet_schemas.enriched import EntityType

Query = dict[str, Any]

TITLE_WEIGHT = 3
"""A word in the title counts as much as three in the body: the title says what the article is about."""

MATCH = "2<75%"
"""One or two words must all match; of more, three in four, so that a long question still finds its page."""

EVERY = "*"
"""Stands for all languages."""

MARK_START, MARK_END = "\ufdd0", "\ufdd1"
"""Round what matched in a snippet: noncharacters, which Unicode keeps for a program's own use and no page holds.

Control characters would not do: OpenSearch trims them off the ends of a snippet.
"""

HIGHLIGHT_CHARACTERS = 1_000_000
"""How much of a long text is looked at for snippets: OpenSearch's own limit, which fails the search if exceeded."""

SNIPPETS = 2
TEASERS_SHOWN = 3
LISTED = ("document_id", "title", "url", "domain", "language", "published_on", "revision")
"""What of a found document the result shows."""


class SearchRequest(BaseModel):
    """What is searched for. Every condition given must hold; without any, every document is found, newest first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    query: str | None = Field(default=None, description="Words to find in the text of the part; no syntax, just words.")
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
    size: int = Field(default=10, ge=1, le=1000, description="Most hits to give.")

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts that are searched."""
        return ("body", "teasers") if self.part == "any" else (self.part,)


def search_body(request: SearchRequest, languages: Sequence[str] = (EVERY,)) -> Query:
    """Give the body of the search. What users type stands only where OpenSearch takes plain text, never a syntax.

    Args:
        request: what is searched for.
        languages: the fields of `languages.ANALYZERS` to search; OpenSearch takes 1,024 pairs of word and field at most.
    """
    conditions = [*_query(request, languages), *_entity(request)]
    return {
        "size": request.size,
        "_source": list(LISTED),
        "track_total_hits": True,
        "query": {"bool": {"must": conditions or [{"match_all": {}}], "filter": _filters(request)}},
        "sort": _sort(request),
        "track_scores": True,
        "highlight": _highlight(["title.*", "body.*"]),
    }


def _query(request: SearchRequest, languages: Sequence[str]) -> list[Query]:
    if request.query is None:
        return []
    body, teasers = _fields(BODY_FIELDS, languages), _fields(TEASER_FIELDS, languages)
    by_part = {"body": _in_body(request.query, body), "teasers": _in_teasers(_words(request.query, teasers))}
    return [_either([by_part[part] for part in request.parts])]


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
    shown = _in_teasers({"term": {"teasers.names": request.entity}}, hits="named")
    return {"bool": {"must": [named], "should": [shown]}}


def _in_body(query: str, fields: Sequence[str]) -> Query:
    return {"bool": {"must": [_words(query, fields)], "_name": "body:query"}}


def _in_teasers(query: Query, *, hits: str = "found") -> Query:
    inner = {"name": hits, "size": TEASERS_SHOWN, "highlight": _highlight(TEASER_TEXTS)}
    return {
        "nested": {
            "path": "teasers",
            "query": query,
            "score_mode": "max",
            "inner_hits": inner,
            "_name": f"teasers:{hits}",
        }
    }


def _words(query: str, fields: Sequence[str]) -> Query:
    """Match words wherever they stand among the fields, as written or by the stems of each language."""
    kind = {"type": "cross_fields", "minimum_should_match": MATCH}
    return {"multi_match": {"query": query, **kind, "fields": list(fields)}}


def _filters(request: SearchRequest) -> list[Query]:
    terms = {"domain": request.domain, "language": request.language}
    filters: list[Query] = [{"term": {field: value}} for field, value in terms.items() if value is not None]
    days = {"gte": request.since, "lte": request.until}
    bounds = {name: day.isoformat() for name, day in days.items() if day is not None}
    return [*filters, {"range": {"published_on": bounds}}] if bounds else filters


def _sort(request: SearchRequest) -> list[Any]:
    """By relevance where there is a query, then the newest first; the id last, so that the order is always the same."""
    newest = [{"published_on": {"order": "desc", "missing": "_last"}}, {"document_id": "asc"}]
    return ["_score", *newest] if request.query is not None else newest


def _highlight(fields: Sequence[str]) -> Query:
    return {
        "pre_tags": [MARK_START],
        "post_tags": [MARK_END],
        "number_of_fragments": SNIPPETS,
        "max_analyzer_offset": HIGHLIGHT_CHARACTERS,
        "fields": {field: {} for field in fields},
    }


def _fields(patterns: Sequence[str], languages: Sequence[str]) -> list[str]:
    """Put each language in the place of the star, with all that its field holds: `body.en*` is stems and as written."""
    return [field for pattern in patterns for field in _each(pattern, languages)]


def _each(pattern: str, languages: Sequence[str]) -> list[str]:
    every = [pattern.replace("*", "*" if code == EVERY else f"{code}*") for code in languages]
    return every if "*" in pattern else [pattern]


def _either(clauses: Sequence[Query], *, name: str | None = None) -> Query:
    """Match any of the clauses, scored by the best of them."""
    query: Query = {"queries": list(clauses)}
    return {"dis_max": query | ({"_name": name} if name else {})}


TEASER_TEXTS = ("teasers.headline.*", "teasers.summary.*", "teasers.kicker", "teasers.byline")
BODY_FIELDS = (f"title.*^{TITLE_WEIGHT}", "body.*")
TEASER_FIELDS = (f"teasers.headline.*^{TITLE_WEIGHT}", *TEASER_TEXTS[1:])
