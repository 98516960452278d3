"""What a page's head says."""

import datetime as dt
import json

import pytest
from selectolax.lexbor import LexborHTMLParser

from broadsheet.segmenter.metadata import PageFacts, read_facts


def facts(html: str) -> PageFacts:
    return read_facts(LexborHTMLParser(html))


def json_ld(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


ARTICLE = {"@type": "NewsArticle", "headline": "A tunnel", "datePublished": "2026-05-03T10:00:00Z"}


@pytest.mark.parametrize("data", [ARTICLE, [ARTICLE], {"@graph": [{"@type": "WebSite", "headline": "no"}, ARTICLE]}])
def test_json_ld_is_read_alone_in_a_list_and_in_a_graph(data: object) -> None:
    assert facts(json_ld(data)) == PageFacts(titles=("A tunnel",), published_on=dt.date(2026, 5, 3))


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Ada Field", ("Ada Field",)),
        ({"name": " Ada  Field "}, ("Ada Field",)),
        ([{"name": "Ada Field"}, "Bo Marsh", {"name": None}, 3], ("Ada Field", "Bo Marsh")),
        (None, ()),
    ],
)
def test_authors_are_read_in_every_form(author: object, names: tuple[str, ...]) -> None:
    assert facts(json_ld({**ARTICLE, "author": author})).authors == names


def test_meta_elements_and_title_serve_where_json_ld_is_missing() -> None:
    found = facts(
        "<title>A tunnel | The Paper</title><meta property='og:title' content='A tunnel'>"
        "<meta name='author' content='Ada Field'><meta property='article:published_time' content='2026-05-03'>"
    )
    assert found == PageFacts(("A tunnel", "A tunnel | The Paper"), dt.date(2026, 5, 3), ("Ada Field",))


@pytest.mark.parametrize("text", ["{", "[" * 5000, '"text"', "null", '{"@type": 3}', '{"@graph": {"@graph": []}}'])
def test_broken_or_foreign_json_says_nothing(text: str) -> None:
    assert facts(f'<script type="application/ld+json">{text}</script>') == PageFacts()
