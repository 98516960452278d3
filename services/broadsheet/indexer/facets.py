"""Facets: which entities, domains and days the found pages have most; the question and its answer. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from pydantic import Field

from broadsheet.indexer.documents import Part
from broadsheet.indexer.found import Found
from broadsheet_schemas.enriched import EntityType

NAMED: tuple[EntityType, ...] = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT")
"""Types of entities that are counted: names. Days, amounts and percentages are values, of which every page has its own."""

TOP = 10
DAYS = 14
"""The newest days that have a page: two weeks where every day has one."""


class FacetCount(Found):
    """How many of the found pages have something."""

    facet: Literal["entity", "domain", "day"] = Field(description="What is counted.")
    value: str = Field(description="The entity's name, the domain, or the day (ISO 8601).")
    count: int = Field(description="How many of the found pages have it.")
    type: EntityType | None = Field(default=None, description="Type of an entity.")
    part: Part | None = Field(default=None, description="The part that mentions an entity.")


def aggregations(parts: Sequence[Part]) -> dict[str, Any]:
    """Ask for the facets of what a search finds; of entities, apart for each part that is searched."""
    entities = {
        f"{part}.{kind}": {"terms": {"field": f"entities.{part}.name.{kind}", "size": TOP}}
        for part in parts
        for kind in NAMED
    }
    domain = {"terms": {"field": "domain", "size": TOP}}
    day = {"terms": {"field": "published_on", "size": DAYS, "order": {"_key": "desc"}}}
    return {**entities, "domain": domain, "day": day}


def read_facets(answer: Mapping[str, Any], parts: Sequence[Part]) -> tuple[FacetCount, ...]:
    """Read the answer: entities of each part, most frequent first, then domains likewise, then days in order."""
    found = [count for part in parts for count in _entities(answer, part)]
    found += [FacetCount(facet="domain", value=value, count=count) for value, count in _buckets(answer["domain"])]
    days = [FacetCount(facet="day", value=value, count=count) for value, count in _buckets(answer["day"])]
    return (*found, *reversed(days))


def _entities(answer: Mapping[str, Any], part: Part) -> list[FacetCount]:
    counts = [
        FacetCount(facet="entity", value=value, count=count, type=kind, part=part)
        for kind in NAMED
        for value, count in _buckets(answer[f"{part}.{kind}"])
    ]
    return sorted(counts, key=lambda count: (-count.count, count.value, count.type))[:TOP]


def _buckets(answer: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    return ((bucket.get("key_as_string", bucket["key"]), bucket["doc_count"]) for bucket in answer["buckets"])
