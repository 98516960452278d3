"""A document on a terminal and as a page: nothing that stands on the page acts on either."""

import sys
from html.parser import HTMLParser
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.cli.document_html import STYLE, document_html
from broadsheet.cli.document_view import print_document
from broadsheet.cli.entity_colors import COLORS, pieces
from broadsheet.indexer.documents import index_source
from broadsheet.indexer.stored import MarkedText, StoredDocument, read_document
from broadsheet_schemas.enriched import EnrichedDocument, EntityType
from unit.indexer.laid_out import laid_out
from unit.indexer.pages import documents

OUR_TAGS = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "h1",
    "h2",
    "p",
    "blockquote",
    "article",
    "aside",
    "strong",
}
OUR_TAGS |= {"details", "summary", "pre", "mark", "a", "span"}
OUR_ATTRIBUTES = {"charset", "http-equiv", "content", "name", "lang", "dir", "class", "title", "href", "rel"}
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\x1b]0;owned\x07\x1b[2J\u202e&lt;b&gt; \"'--></style>"


class Reader(HTMLParser):
    """Collects what a browser would see of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: dict[str, list[str]] = {}
        self.text = ""
        self.title = ""
        self._tag = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._tag = tag
        for name, value in attrs:
            self.attributes.setdefault(name, []).append(value or "")

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._tag == "title":
            self.title += data

    def handle_endtag(self, tag: str) -> None:
        self._tag = "" if tag == self._tag else self._tag


def stored(document: EnrichedDocument) -> StoredDocument:
    return read_document(index_source(document))


def read(document: StoredDocument) -> Reader:
    reader = Reader()
    reader.feed(document_html(document))
    reader.close()
    return reader


def shown(document: StoredDocument, monkeypatch: pytest.MonkeyPatch, *, rest: bool = True) -> str:
    screen = StringIO()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", screen)
        print_document(document, rest=rest)
    return screen.getvalue()


def evil(text: str) -> EnrichedDocument:
    """Make a page that says the text everywhere, and is an entity by it, too."""
    return laid_out(text, [text, text], [(text, text)], rest=[text], names=((text, "PERSON"),), document_id=text[:512])


def is_safe(text: str) -> bool:
    return all(character.isprintable() or character in "\n\t" for character in text)


@given(documents | st.text(min_size=1, max_size=20).map(evil))
def test_no_text_of_a_page_becomes_a_tag_an_attribute_or_a_control_character(document: EnrichedDocument) -> None:
    page = document_html(stored(document))
    reader = read(stored(document))
    assert reader.tags <= OUR_TAGS
    assert set(reader.attributes) <= OUR_ATTRIBUTES
    assert is_safe(page)
    assert all(url.startswith(("http:", "https:")) for url in reader.attributes.get("href", ()))


@given(document=documents | st.text(min_size=1, max_size=20).map(evil))
def test_no_text_of_a_page_controls_the_terminal(document: EnrichedDocument) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        assert is_safe(shown(stored(document), monkeypatch))


def test_an_attack_is_shown_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    document = stored(evil(EVIL))
    reader = read(document)
    assert reader.tags <= OUR_TAGS
    assert "<script>alert(1)</script>" in reader.text
    assert "&lt;b&gt;" in reader.text
    assert "<script>alert(1)</script>" in shown(document, monkeypatch).replace("\n", "")


def test_only_what_a_browser_fetches_is_linked() -> None:
    page = laid_out("T", ["b"])
    for url, linked in (("javascript:alert(1)", []), ("https://a.example/?q=\"'<", ["https://a.example/?q=\"'<"])):
        source = index_source(page) | {"url": url}
        assert read(read_document(source)).attributes.get("href", []) == linked


def test_the_policy_allows_our_style_alone() -> None:
    page = document_html(stored(laid_out("T", ["b"])))
    policy = next(text for text in read(stored(laid_out("T", ["b"]))).attributes["content"] if "default-src" in text)
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script-src" not in policy
    assert f"<style>{STYLE}</style>" in page


def test_title_body_teasers_and_rest_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    names: tuple[tuple[str, EntityType], ...] = (("Ada", "PERSON"), ("Tarn", "LOC"))
    document = stored(
        laid_out("Of Ada", ["Ada on the Tarn."], [("Fair", "Bo sings")], rest=["Home | World"], names=names)
    )
    text = shown(document, monkeypatch, rest=False)
    assert text.index("Of Ada") < text.index("Ada on the Tarn.") < text.index("teaser") < text.index("Fair")
    assert "Home | World" not in text
    assert "rest: 12 characters (1 navigation); --rest shows it" in text
    assert text.splitlines()[-1].split() == ["PERSON", "LOC"]
    assert "Home | World" in shown(document, monkeypatch)
    page = document_html(document)
    assert (
        '<p class="paragraph" dir="auto"><mark class="PERSON" title="PERSON: Ada">Ada</mark> on the <mark class="LOC"'
        in page
    )
    assert "<details><summary>" in page


def test_every_type_has_a_colour_of_its_own() -> None:
    assert len({color.page for color in COLORS.values()}) == len(COLORS)
    assert len({color.terminal for color in COLORS.values()}) == len(COLORS)


@given(st.text("ab \x1b", max_size=12))
def test_the_pieces_of_a_text_are_the_text(text: str) -> None:
    document = stored(laid_out(None, [text], names=(("ab", "PERSON"), ("ba", "ORG"))))
    block: MarkedText = document.blocks[0]
    assert "".join(piece for piece, _ in pieces(block)) == text
