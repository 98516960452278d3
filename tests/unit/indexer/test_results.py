from hypothesis import given
from hypothesis import strategies as st

from broadsheet.indexer.queries import MARK_END, MARK_START
from broadsheet.indexer.results import read_result

PLAIN = st.text(st.characters(exclude_characters=MARK_START + MARK_END, exclude_categories=["Cs"]), max_size=9)


def answer(**hit: object) -> dict[str, object]:
    source = {"document_id": "bridge", "title": None, "language": "en", "revision": "r", "published_on": "2026-01-30"}
    hits = {"total": {"value": 7}, "hits": [{"_score": 1.5, "_source": source, **hit}]}
    return {"took": 3, "hits": hits}


@given(st.lists(st.tuples(PLAIN, PLAIN), max_size=4), PLAIN)
def test_marks_enclose_exactly_what_matched(pieces: list[tuple[str, str]], tail: str) -> None:
    marked = "".join(f"{before}{MARK_START}{match}{MARK_END}" for before, match in pieces) + tail
    (hit,) = read_result(answer(highlight={"body.en": [marked]})).hits
    (snippet,) = hit.snippets
    assert snippet.text == "".join(before + match for before, match in pieces) + tail
    assert [snippet.text[start:end] for start, end in snippet.marks] == [match for _, match in pieces]


def test_a_field_is_shown_once_as_written_and_the_title_first() -> None:
    highlight = {"body.en.plain": ["b"], "body.en": ["stem"], "title.en": ["t"]}
    (hit,) = read_result(answer(highlight=highlight)).hits
    assert [snippet.text for snippet in hit.snippets] == ["t", "b"]


def test_a_teaser_that_matched_twice_is_shown_once() -> None:
    teaser = {"hits": {"hits": [{"_nested": {"offset": 2}, "_source": {"headline": {"en": "Ferry"}}}]}}
    (hit,) = read_result(answer(inner_hits={"found": teaser, "named": teaser})).hits
    assert [(snippet.text, snippet.teaser) for snippet in hit.snippets] == [("Ferry", 2)]


def test_the_parts_are_those_whose_queries_matched() -> None:
    (hit,) = read_result(answer(matched_queries=["teasers:found", "body:entity"])).hits
    assert hit.parts == ("body", "teasers")


def test_total_and_time_are_opensearchs() -> None:
    result = read_result(answer())
    assert (result.total, result.took_ms, result.hits[0].score) == (7, 3, 1.5)
