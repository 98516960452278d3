from hypothesis import given
from hypothesis import strategies as st

from broadsheet.indexer.documents import index_source
from broadsheet.indexer.stored import StoredDocument, read_document
from broadsheet_schemas.enriched import EnrichedDocument
from unit.indexer.laid_out import laid_out
from unit.indexer.pages import documents

LINES = st.lists(st.text("ab ", max_size=12), max_size=4)


def stored(document: EnrichedDocument) -> StoredDocument:
    return read_document(index_source(document))


@given(documents)
def test_every_document_is_read_back(document: EnrichedDocument) -> None:
    found = stored(document)
    assert [(block.kind, block.text) for block in found.blocks] == [(block.kind, block.text) for block in document.body]
    assert [teaser.headline.text for teaser in found.teasers] == [teaser.headline.text for teaser in document.teasers]
    assert (found.title and found.title.text) == (document.title and document.title.text)
    assert found.id == document.document_id


@given(st.none() | st.text("ab", min_size=1, max_size=9), LINES)
def test_marks_name_what_they_enclose_and_never_overlap(title: str | None, blocks: list[str]) -> None:
    found = stored(laid_out(title, blocks, names=(("ab", "PERSON"), ("aba", "ORG"), ("b", "GPE"))))
    for text in (found.title, *found.blocks):
        ends = 0
        for mark in text.marks if text else ():
            assert text is not None
            assert text.text[mark.start : mark.end] == mark.name
            assert mark.start >= ends
            ends = mark.end


def test_of_two_names_at_one_place_the_longer_is_marked() -> None:
    found = stored(laid_out(None, ["Port Ellan port", "Ellan"], names=(("Ellan", "PERSON"), ("Port Ellan", "GPE"))))
    assert [[(mark.name, mark.type) for mark in block.marks] for block in found.blocks] == [
        [("Port Ellan", "GPE")],
        [("Ellan", "PERSON")],
    ]


def test_teasers_and_rest_are_apart() -> None:
    found = stored(laid_out("T", ["b"], [("Fair opens", "Ada sings")], rest=["Home"], names=(("Ada", "PERSON"),)))
    (teaser,) = found.teasers
    assert teaser.summary is not None
    assert [(mark.name, mark.start) for mark in teaser.summary.marks] == [("Ada", 0)]
    assert [(part.kind, part.text) for part in found.rest] == [("navigation", "Home")]
