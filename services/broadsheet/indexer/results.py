"""What a search found: a pure function from OpenSearch's answer to typed hits with snippets."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import Field

from broadsheet.indexer.cursors import write_cursor
from broadsheet.indexer.documents import Part, text_of
from broadsheet.indexer.facets import FacetCount, read_facets
from broadsheet.indexer.found import Found, FoundPage
from broadsheet.indexer.highlights import MARK_END, MARK_START
from broadsheet.indexer.queries import SearchRequest

MARKED = re.compile(f"{MARK_START}(.*?){MARK_END}", re.DOTALL)


class Snippet(Found):
    """A stretch of a page's text that shows why it was found."""

    part: Part = Field(description="The part it stands in; the title belongs to the body.")
    text: str = Field(description="The text.")
    marks: tuple[tuple[int, int], ...] = Field(
        default=(), description="What matched: start and end (exclusive), code points of `text`."
    )
    teaser: int | None = Field(default=None, description="Index of the teaser that it stands in, from 0.")


class Hit(FoundPage):
    """One document that was found."""

    revision: str = Field(description="Revision of the content that is indexed.")
    score: float = Field(description="Relevance; compares hits of one search only.")
    parts: tuple[Part, ...] = Field(description="The parts where query or entity was found; empty without either.")
    snippets: tuple[Snippet, ...] = Field(description="Why it was found, body first.")


class SearchResult(Found):
    """What a search found."""

    hits: tuple[Hit, ...] = Field(description="The best hits.")
    total: int = Field(description="How many documents there are in all.")
    took_ms: int = Field(description="How long OpenSearch worked on it, milliseconds.")
    next: str | None = Field(default=None, description="Cursor (`after`) of the hits that follow; null at the end.")
    loose: tuple[str, ...] = Field(
        default=(), description="Words of the query that no page has, and that were searched with near spellings."
    )
    facets: tuple[FacetCount, ...] = Field(default=(), description="Counts over all that was found, if asked for.")


def read_result(response: Mapping[str, Any], request: SearchRequest, loose: Sequence[str] = ()) -> SearchResult:
    """Read the answer to a search whose body is from `queries.search_body`."""
    hits = response["hits"]
    counted = response.get("aggregations")
    return SearchResult(
        hits=tuple(_hit(hit) for hit in hits["hits"]),
        total=hits["total"]["value"],
        took_ms=response["took"],
        next=_next(hits["hits"], request),
        loose=tuple(loose),
        facets=read_facets(counted, request.parts) if counted else (),
    )


def unknown_words(response: Mapping[str, Any], words: Sequence[str]) -> tuple[str, ...]:
    """Read the answer to a search whose body is from `queries.words_body`: the words that no page has."""
    counted = response["aggregations"]["words"]["buckets"]
    return tuple(word for number, word in enumerate(words) if counted[str(number)]["doc_count"] == 0)


def _next(hits: Sequence[Mapping[str, Any]], request: SearchRequest) -> str | None:
    return write_cursor(request.order, hits[-1]["sort"]) if len(hits) == request.size else None


def _hit(hit: Mapping[str, Any]) -> Hit:
    source = {name: hit["_source"].get(name) for name in Hit.model_fields if name != "id"}
    matched = {name.partition(":")[0] for name in hit.get("matched_queries", ())}
    return Hit(
        **source
        | {
            "id": hit["_source"]["document_id"],
            "title": text_of(hit["_source"].get("title")),
            "score": hit["_score"],
            "parts": [part for part in ("body", "teasers") if part in matched],
            "snippets": [*_snippets(hit.get("highlight", {}), "body"), *_teasers(hit.get("inner_hits", {}))],
        }
    )


def _teasers(inner: Mapping[str, Any]) -> Iterator[Snippet]:
    """Show each teaser that matched, once, by what matched in it, else by its headline."""
    shown: set[int] = set()
    for group in inner.values():
        for hit in group["hits"]["hits"]:
            number = hit["_nested"]["offset"]
            if number not in shown:
                shown.add(number)
                snippets = _snippets(hit.get("highlight", {}), "teasers", teaser=number)
                headline = Snippet(part="teasers", text=text_of(hit["_source"]["headline"]) or "", teaser=number)
                yield from snippets or [headline]


def _snippets(highlight: Mapping[str, Sequence[str]], part: Part, *, teaser: int | None = None) -> list[Snippet]:
    """Read highlights; of a field as written and by its stems the one that is there, as written first."""
    best: dict[str, Sequence[str]] = {}
    for field in sorted(highlight, reverse=True):
        best.setdefault(field.removesuffix(".plain"), highlight[field])
    return [_snippet(text, part, teaser) for field in sorted(best, key=_place) for text in best[field]]


def _place(field: str) -> int:
    """Titles and headlines first."""
    return 0 if field.startswith(("title.", "teasers.headline.")) else 1


def _snippet(marked: str, part: Part, teaser: int | None) -> Snippet:
    """Take the marks out of a highlight and remember where they stood; two characters go with each."""
    marks = [
        (match.start() - 2 * number, match.end() - 2 * number - 2)
        for number, match in enumerate(MARKED.finditer(marked))
    ]
    text = MARKED.sub(lambda match: match[1], marked)
    return Snippet(part=part, text=text, marks=tuple(marks), teaser=teaser)
