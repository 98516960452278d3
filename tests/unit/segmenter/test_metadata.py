"""What a page's head says."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from broadsheet.segmenter.authors import author_names
from broadsheet.segmenter.metadata import PageFacts, read_facts
from broadsheet.segmenter.titles import candidates

DAY = dt.date(2026, 5, 3)
ARTICLE = {"@type": "NewsArticle", "headline": "A tunnel", "datePublished": "2026-05-03T10:00:00Z"}
FACTS = PageFacts(titles=("A tunnel",), published_on=DAY, is_article=True)


def facts(html: str) -> PageFacts:
    return read_facts(LexborHTMLParser(html))


def json_ld(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


@pytest.mark.parametrize(
    "data",
    [
        ARTICLE,
        [ARTICLE],
        [[ARTICLE]],
        {"@graph": [{"@type": "WebSite", "headline": "no"}, ARTICLE]},
        {"@type": "WebPage", "mainEntity": ARTICLE},
        {**ARTICLE, "@type": ["Thing", "https://schema.org/ReportageNewsArticle"]},
    ],
)
def test_json_ld_is_read_wherever_the_article_stands(data: object) -> None:
    assert facts(json_ld(data)) == FACTS


@pytest.mark.parametrize(
    "text",
    [
        '{"@type": "NewsArticle", "headline": "A\ntunnel", "datePublished": "2026-05-03"}',
        '<!-- {"@type": "NewsArticle", "headline": "A tunnel", "datePublished": "2026-05-03"} -->',
        '{"@type": "NewsArticle", "headline": "A tunnel", "datePublished": "2026-05-03"};',
    ],
)
def test_json_ld_that_is_broken_in_the_usual_ways_is_read(text: str) -> None:
    assert facts(f'<script type="application/ld+json">{text}</script>') == FACTS


@pytest.mark.parametrize("text", ["{", "[" * 5000, '"text"', "null", '{"@type": 3}', '{"@graph": {"@graph": []}}'])
def test_broken_or_foreign_json_says_nothing(text: str) -> None:
    assert facts(f'<script type="application/ld+json">{text}</script>') == PageFacts()


def test_the_article_that_the_page_is_named_for_comes_before_those_it_lists() -> None:
    other = {"@type": "NewsArticle", "headline": "A bridge", "datePublished": "2026-01-01", "author": "Bo Marsh"}
    found = facts("<title>A tunnel</title>" + json_ld([other, {**ARTICLE, "author": "Ada Field"}]))
    assert (found.titles, found.published_on, found.authors) == (("A tunnel",), DAY, ("Ada Field",))


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Ada Field", ("Ada Field",)),
        ({"name": " Ada  Field "}, ("Ada Field",)),
        ([{"name": "Ada Field"}, "Bo Marsh", {"name": None}, 3], ("Ada Field", "Bo Marsh")),
        ({"name": ["Ada Field", "Bo Marsh"]}, ("Ada Field", "Bo Marsh")),
        ({"name": "Ada O&#039;Field"}, ("Ada O'Field",)),
        ("By Ada Field, Bo Marsh and Cy Dee", ("Ada Field", "Bo Marsh", "Cy Dee")),
        (None, ()),
    ],
)
def test_authors_are_read_in_every_form(author: object, names: tuple[str, ...]) -> None:
    assert facts(json_ld({**ARTICLE, "author": author})).authors == names


@pytest.mark.parametrize(
    ("stated", "names"),
    [
        ("Ada Feld und Bo Marsch", ("Ada Feld", "Bo Marsch")),
        ("Ada Field; Bo Marsh | Ada Field", ("Ada Field", "Bo Marsh")),
        ("Ada Field, Senior Editor", ("Ada Field",)),
        ("Ada Field, CFA", ("Ada Field, CFA",)),
        ("The Hill & Dale", ("The Hill & Dale",)),
        ("https://social.example/ada", ()),
        ("@ada", ()),
        ("admin", ()),
        ("x" * 200, ()),
    ],
)
def test_names_are_taken_out_of_what_is_stated(stated: str, names: tuple[str, ...]) -> None:
    assert author_names([stated]) == names


def test_meta_elements_and_title_serve_where_json_ld_is_missing() -> None:
    found = facts(
        "<title>A tunnel | The Paper</title><meta property='og:title' content='A tunnel'>"
        "<meta name='Author' content='Ada Field'><meta property='article:published_time' content='2026-05-03'>"
    )
    assert found == PageFacts(("A tunnel", "A tunnel | The Paper"), DAY, ("Ada Field",), is_article=True)


@pytest.mark.parametrize(
    "html",
    [
        "<meta name='parsely-pub-date' content='2026-05-03T10:00:00Z'>",
        "<meta name='DC.date.issued' content='2026-05-03'>",
        "<meta name='sailthru.date' content='May 3, 2026'>",
        "<meta itemprop='datePublished' content='20260503'>",
        "<span itemprop='datePublished dateline' content='2026-05-03'>3 May</span>",
        "<span itemprop='datePublished'>3 May 2026</span>",
        "<time datetime='2026-01-01'></time><time pubdate datetime='2026-05-03'></time>",
        "<time datetime='2026-05-03'></time><time datetime='2026-01-01'></time>",
        "<meta name='date' content='soon'><time datetime='2026-05-03'></time>",
        json_ld({"@type": "WebPage", "datePublished": "2026-05-03"}),
    ],
)
def test_the_day_is_read_from_every_place_that_states_it(html: str) -> None:
    assert facts(html).published_on == DAY


def test_what_tells_of_changes_is_no_day_of_publication() -> None:
    assert facts("<meta property='article:modified_time' content='2026-05-03'>").published_on is None


@pytest.mark.parametrize(
    ("html", "is_article"),
    [
        ("<meta property='og:type' content='article'>", True),
        ("<meta property='og:type' content='website'>", None),
        ("<meta property='og:type' content='profile'>", False),
        ("", None),
    ],
)
def test_pages_say_whether_they_are_articles(html: str, is_article: bool | None) -> None:  # noqa: FBT001 - expected
    assert facts(html).is_article is is_article


def test_a_title_in_a_drawing_is_not_the_pages() -> None:
    assert facts("<body><svg><title>Logo</title></svg>").titles == ()


@pytest.mark.parametrize(
    ("stated", "element", "site", "first"),
    [
        ([], "A tunnel opens | The Paper", "", "A tunnel opens"),
        ([], "A tunnel opens - Town - The Paper", "", "A tunnel opens"),
        ([], "The Paper - A tunnel", "The Paper", "A tunnel"),
        ([], "A tunnel | Paper.com", "The Paper", "A tunnel"),
        ([], "Tunnel - Paper", "", "Tunnel - Paper"),
        (["A tunnel opens - at last"], "A tunnel opens - at last | The Paper", "", "A tunnel opens - at last"),
        (["A tunnel | The Paper"], "", "The Paper", "A tunnel"),
    ],
)
def test_titles_come_without_the_sites_name_first_and_as_stated_too(
    stated: list[str], element: str, site: str, first: str
) -> None:
    found = candidates(stated, element, site)
    assert found[0] == first
    assert {*stated, element} - {""} <= set(found)


def test_endless_titles_and_authors_are_passed_over() -> None:
    assert candidates(["A | " * 100_000], "A - " * 100_000, "B") == ()
    assert author_names(["A, " * 100_000]) == ()


@given(st.lists(st.text()), st.text(), st.text())
def test_titles_and_authors_are_made_of_any_text(stated: list[str], element: str, site: str) -> None:
    assert all(candidates(stated, element, site))
    assert all(author_names(stated))


@given(st.text() | st.text(st.sampled_from('<>="/ metaconptbdi2026-')))
def test_any_page_is_read(html: str) -> None:
    assert isinstance(facts(html), PageFacts)
