import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from broadsheet.indexer.cursors import write_cursor
from broadsheet.indexer.queries import SearchRequest, search_body, words_body
from broadsheet.indexer.terms import read_terms
from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode

SYNTAXES = {"query_string", "simple_query_string", "regexp", "wildcard", "script"}
"""Queries of OpenSearch in which what is typed would mean more than its words."""


def request(**fields: object) -> SearchRequest:
    return SearchRequest.model_validate(fields)


def places(value: object, text: str, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Tell where in a body a text stands, as a whole value."""
    if isinstance(value, dict):
        return [place for key, item in value.items() for place in places(item, text, (*path, key))]
    if isinstance(value, list):
        return [place for item in value for place in places(item, text, path)]
    return [path] if value == text else []


def keys(value: object) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(key for item in value.values() for key in keys(item))]
    return [key for item in value for key in keys(item)] if isinstance(value, list) else []


def strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for item in value.values() for text in strings(item)]
    if isinstance(value, list):
        return [text for item in value for text in strings(item)]
    return [value] if isinstance(value, str) else []


@given(
    st.text(alphabet='ab§ "*:(\\', min_size=1, max_size=20),
    st.text(st.characters(exclude_characters="§"), min_size=1).map("¶".__add__),
    st.sampled_from(["body", "teasers", "any"]),
)
def test_what_users_type_stands_only_where_words_are_read(query: str, entity: str, part: str) -> None:
    wanted = request(query=query, entity=entity, part=part)
    body = search_body(wanted, loose=wanted.terms.words[:1])
    typed = {text for text in strings(body) if "§" in text}
    assert {path[-2:] for text in typed for path in places(body, text)} <= {("multi_match", "query")}
    assert {path[-2] for path in places(body, entity)} == {"term"}
    assert not SYNTAXES & set(keys(body))
    assert "§" not in "".join(keys(body)) + "".join(keys(words_body(wanted)))


@pytest.mark.parametrize(("part", "other"), [("body", "teasers"), ("teasers", "entities.body")])
def test_a_part_asks_no_field_of_the_other(part: str, other: str) -> None:
    body = search_body(request(query='x "y z" w*', entity="y", part=part, facets=True))
    assert other not in json.dumps([body["query"], body["aggs"]])


def test_phrases_and_beginnings_are_asked_of_words_as_written() -> None:
    (found,) = search_body(request(query='"red fox" run*', part="body"), ["en"])["query"]["bool"]["must"]
    ((phrase, prefix),) = (query["bool"]["must"] for query in found["dis_max"]["queries"])
    assert (phrase["multi_match"]["query"], phrase["multi_match"]["type"]) == ("red fox", "phrase")
    assert (prefix["multi_match"]["query"], prefix["multi_match"]["type"]) == ("run", "bool_prefix")
    assert phrase["multi_match"]["fields"] == prefix["multi_match"]["fields"] == ["title.en.plain^3", "body.en.plain"]


def test_near_spellings_are_asked_of_loose_words_alone() -> None:
    body = search_body(request(query="red fxo", part="body"), ["en"], loose=["fxo"])
    fuzzy = [path for path in places(body, "AUTO") if path[-1] == "fuzziness"]
    assert len(fuzzy) == len(places(body, "fxo")) == len(places(body, "red")) == 1
    assert "fuzziness" not in keys(search_body(request(query="red fxo")))


def test_a_query_without_a_word_still_has_a_clause_which_finds_nothing() -> None:
    (found,) = search_body(request(query="***", part="body"))["query"]["bool"]["must"]
    assert places(found, "") == [("dis_max", "queries", "bool", "must", "multi_match", "query")]


@pytest.mark.parametrize(
    ("query", "words", "phrases", "prefixes"),
    [
        ("two words", ("two", "words"), (), ()),
        ('a "quoted part" b*', ("a",), ("quoted part",), ("b",)),
        ("\u201cred fox\u201d", (), ("red fox",), ()),
        ('open "quote', ("open", "quote"), (), ()),
        ('"" * -- "..."', (), (), ()),
        ("mid*dle ends**", ("mid*dle",), (), ("ends",)),
        ("title:x AND y", ("title:x", "AND", "y"), (), ()),
    ],
)
def test_terms(query: str, words: tuple[str, ...], phrases: tuple[str, ...], prefixes: tuple[str, ...]) -> None:
    assert read_terms(query) == (words, phrases, prefixes)


def test_a_body_of_dates_is_json() -> None:
    bounds = search_body(request(since="2026-01-01", until="2026-01-31"))["query"]["bool"]["filter"]
    assert json.loads(json.dumps(bounds)) == [{"range": {"published_on": {"gte": "2026-01-01", "lte": "2026-01-31"}}}]


@pytest.mark.parametrize(
    ("given", "order"),
    [({}, "date"), ({"query": "x"}, "relevance"), ({"query": "x", "sort": "date"}, "date")],
)
def test_the_order_is_by_score_only_where_that_is_wanted(given: dict[str, object], order: str) -> None:
    wanted = request(**given)
    assert wanted.order == order
    assert ("_score" in search_body(wanted)["sort"]) == (order == "relevance")


def test_a_cursor_is_where_the_search_goes_on() -> None:
    cursor = write_cursor("date", [1769731200000, "bridge"])
    assert search_body(request(after=cursor))["search_after"] == [1769731200000, "bridge"]
    assert "search_after" not in search_body(request())


def test_a_cursor_of_another_order_is_refused() -> None:
    cursor = write_cursor("date", [1769731200000, "bridge"])
    with pytest.raises(OperatorError) as caught:
        search_body(request(query="x", after=cursor))
    assert caught.value.code is ErrorCode.USAGE


@pytest.mark.parametrize(
    "request_", [{"size": 0}, {"size": 1001}, {"part": "rest"}, {"entity_type": "DOG"}, {"limit": 1}, {"sort": "id"}]
)
def test_a_request_that_makes_no_sense_is_refused(request_: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        SearchRequest.model_validate(request_)
