import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from broadsheet.indexer.queries import SearchRequest, search_body

FREE_TEXT = {"query", "term"}
"""Keys of a search body under which OpenSearch reads words, not syntax."""


def places(value: object, text: str, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Tell where in a body a text stands."""
    if isinstance(value, dict):
        return [place for key, item in value.items() for place in places(item, text, (*path, key))]
    if isinstance(value, list):
        return [place for item in value for place in places(item, text, path)]
    return [path] if value == text else []


@given(
    st.text(min_size=1).map("§".__add__),
    st.text(min_size=1).map("¶".__add__),
    st.sampled_from(["body", "teasers", "any"]),
)
def test_what_users_type_stands_only_where_words_are_read(query: str, entity: str, part: str) -> None:
    body = search_body(SearchRequest.model_validate({"query": query, "entity": entity, "part": part}))
    assert {path[-2:] for path in places(body, query)} == {("multi_match", "query")}
    assert {path[-2] for path in places(body, entity)} == {"term"}
    assert not {"query_string", "simple_query_string", "regexp", "wildcard", "script"} & set(keys(body))


def keys(value: object) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(key for item in value.values() for key in keys(item))]
    return [key for item in value for key in keys(item)] if isinstance(value, list) else []


@pytest.mark.parametrize(("part", "other"), [("body", "teasers"), ("teasers", "entities.body")])
def test_a_part_asks_no_field_of_the_other(part: str, other: str) -> None:
    body = search_body(SearchRequest.model_validate({"query": "x", "entity": "y", "part": part}))
    assert other not in json.dumps(body["query"])


def test_a_body_of_dates_is_json() -> None:
    request = SearchRequest.model_validate({"since": "2026-01-01", "until": "2026-01-31"})
    bounds = search_body(request)["query"]["bool"]["filter"]
    assert json.loads(json.dumps(bounds)) == [{"range": {"published_on": {"gte": "2026-01-01", "lte": "2026-01-31"}}}]


@pytest.mark.parametrize(
    "request_", [{"size": 0}, {"size": 1001}, {"part": "rest"}, {"entity_type": "DOG"}, {"limit": 1}]
)
def test_a_request_that_makes_no_sense_is_refused(request_: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        SearchRequest.model_validate(request_)
