from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.indexer.documents import index_source, text_of
from broadsheet.indexer.layout import BETWEEN_BLOCKS
from broadsheet_schemas.enriched import EnrichedDocument
from unit.indexer.laid_out import laid_out
from unit.indexer.pages import documents, page

LINES = st.lists(st.text("ab \U0001f309", max_size=12), max_size=4)


def surfaces(source: dict[str, Any]) -> list[tuple[str, str]]:
    """Read every stored mention back: its field, and what stands there."""
    return [
        (field, value_at(source, field)[start:end])
        for part in ("body", "teasers")
        for entry in source["entities"][part]["listed"]
        for field, places in entry["places"].items()
        for start, end in places
    ]


def value_at(source: Any, field: str) -> str:
    for key in field.split("."):
        source = source[int(key) if key.isdigit() else key]
    return source if isinstance(source, str) else text_of(source) or ""


@given(st.none() | st.text("ab", min_size=1, max_size=9), LINES, st.lists(st.tuples(st.text("ab"), st.text("ab"))))
def test_every_stored_mention_is_where_it_says(
    title: str | None, blocks: list[str], teasers: list[tuple[str, str]]
) -> None:
    document = laid_out(title, blocks, teasers, names=(("ab", "PERSON"), ("b\U0001f309", "ORG")))
    found = surfaces(index_source(document))
    mentions = [mention for entity in document.entities for mention in entity.mentions]
    assert sorted(text for _, text in found) == sorted(mention.text for mention in mentions)


@given(documents)
def test_what_does_not_stand_where_it_says_has_no_place(document: EnrichedDocument) -> None:
    names = {mention.text for entity in document.entities for mention in entity.mentions}
    assert {text for _, text in surfaces(index_source(document))} <= names


@given(LINES)
def test_the_body_is_cut_into_its_blocks_again(blocks: list[str]) -> None:
    source = index_source(laid_out(None, blocks))
    body, read = text_of(source["body"]) or "", []
    for _, length in source["blocks"]:
        read.append(body[:length])
        body = body[length + len(BETWEEN_BLOCKS) :]
    assert (read, body) == (blocks, "")


def test_the_rest_is_kept_and_told_apart() -> None:
    source = index_source(laid_out("T", ["b"], rest=["Home | World", "12 comments"]))
    assert source["rest"] == [
        {"kind": "navigation", "text": "Home | World"},
        {"kind": "navigation", "text": "12 comments"},
    ]


def test_a_mention_has_the_field_it_stands_in() -> None:
    document = laid_out("Ada Field", ["Of Ada Field."], [("Fair", "Ada Field sails")], names=(("Ada Field", "PERSON"),))
    entities = index_source(document)["entities"]
    assert entities["body"]["listed"][0]["places"] == {"title": [[0, 9]], "body": [[3, 12]]}
    assert entities["teasers"]["listed"][0]["places"] == {"teasers.0.summary": [[0, 9]]}


def test_a_title_that_the_page_does_not_show_has_no_places() -> None:
    assert index_source(page())["entities"]["body"]["listed"][0]["places"] == {}
