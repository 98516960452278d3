from hypothesis import given
from hypothesis import strategies as st

from broadsheet.indexer.cursors import read_cursor
from broadsheet.indexer.highlights import MARK_END, MARK_START
from broadsheet.indexer.queries import SearchRequest
from broadsheet.indexer.results import SearchResult, read_result, unknown_words

PLAIN = st.text(st.characters(exclude_characters=MARK_START + MARK_END, exclude_categories=["Cs"]), max_size=9)


def read(response: dict[str, object], **request: object) -> SearchResult:
    return read_result(response, SearchRequest.model_validate(request))


def answer(**hit: object) -> dict[str, object]:
    source = {"document_id": "bridge", "title": None, "language": "en", "revision": "r", "published_on": "2026-01-30"}
    hits = {"total": {"value": 7}, "hits": [{"_score": 1.5, "_source": source, **hit}]}
    return {"took": 3, "hits": hits}


@given(st.lists(st.tuples(PLAIN, PLAIN), max_size=4), PLAIN)
def test_marks_enclose_exactly_what_matched(pieces: list[tuple[str, str]], tail: str) -> None:
    marked = "".join(f"{before}{MARK_START}{match}{MARK_END}" for before, match in pieces) + tail
    (hit,) = read(answer(highlight={"body.en": [marked]})).hits
    (snippet,) = hit.snippets
    assert snippet.text == "".join(before + match for before, match in pieces) + tail
    assert [snippet.text[start:end] for start, end in snippet.marks] == [match for _, match in pieces]


def test_a_field_is_shown_once_as_written_and_the_title_first() -> None:
    highlight = {"body.en.plain": ["b"], "body.en": ["stem"], "title.en": ["t"]}
    (hit,) = read(answer(highlight=highlight)).hits
    assert [snippet.text for snippet in hit.snippets] == ["t", "b"]


def test_a_teaser_that_matched_twice_is_shown_once() -> None:
    teaser = {"hits": {"hits": [{"_nested": {"offset": 2}, "_source": {"headline": {"en": "Ferry"}}}]}}
    (hit,) = read(answer(inner_hits={"found": teaser, "named": teaser})).hits
    assert [(snippet.text, snippet.teaser) for snippet in hit.snippets] == [("Ferry", 2)]


def test_the_parts_are_those_whose_queries_matched() -> None:
    (hit,) = read(answer(matched_queries=["teasers:found", "body:entity"])).hits
    assert hit.parts == ("body", "teasers")


def test_total_and_time_are_opensearchs() -> None:
    result = read(answer())
    assert (result.total, result.took_ms, result.hits[0].score) == (7, 3, 1.5)


def test_a_full_page_has_a_cursor_of_its_last_hit_and_a_last_one_none() -> None:
    response = answer(sort=[1769731200000, "bridge"])
    cursor = read(response, size=1).next
    assert cursor is not None
    assert read_cursor("date", cursor) == [1769731200000, "bridge"]
    assert read(response, size=2).next is None


def test_words_that_no_page_has_are_named() -> None:
    counts = {"0": {"doc_count": 3}, "1": {"doc_count": 0}}
    assert unknown_words({"aggregations": {"words": {"buckets": counts}}}, ["red", "fxo"]) == ("fxo",)


def test_facets_are_merged_over_types_and_days_stand_in_order() -> None:
    def buckets(**counts: int) -> dict[str, object]:
        return {"buckets": [{"key": key, "doc_count": count} for key, count in counts.items()]}

    kinds = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT")
    entities = {f"body.{kind}": buckets() for kind in kinds}
    counted = entities | {
        "body.PERSON": buckets(Ada=2),
        "body.GPE": buckets(Tarn=5, Lot=2),
        "domain": buckets(**{"news.example": 4}),
        "day": {"buckets": [{"key": n, "key_as_string": f"2026-01-0{n}", "doc_count": n} for n in (3, 2)]},
    }
    facets = read(answer() | {"aggregations": counted}, part="body", facets=True).facets
    assert [(count.value, count.count, count.type) for count in facets] == [
        ("Tarn", 5, "GPE"),
        ("Ada", 2, "PERSON"),
        ("Lot", 2, "GPE"),
        ("news.example", 4, None),
        ("2026-01-02", 2, None),
        ("2026-01-03", 3, None),
    ]
