"""What a page's markup says about its article: JSON-LD, meta elements, `<title>`, `<time>`, microdata."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from broadsheet.segmenter import json_ld
from broadsheet.segmenter.authors import author_names
from broadsheet.segmenter.head_elements import DATE_PROPERTY, Head, gather
from broadsheet.segmenter.stated_dates import stated_day
from broadsheet.segmenter.titles import candidates

_TITLES = (
    "og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title", "citation_title",
)  # fmt: skip
_DATES = (
    "article:published_time", "article:published", "article:published:time", "og:published_time",
    "og:article:published_time", "datepublished",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.issued", "dc.date",
    "dcterms.date", "dcterms.created", "dc.date.created", "citation_publication_date", "citation_date", "publish-date",
    "publishdate", "publish_date", "publication_date", "publication-date", "pubdate", "published", "article_date_original",
    "article.published", "vr:published_time", "datecreated", "date",
)  # fmt: skip
"""Names of meta elements that give the day, most reliable first; what tells of changes is not among them."""

_AUTHORS = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "byl",
)
_ARTICLE_TYPES = frozenset({"article", "news", "blog", "newsarticle", "post", "story"})
_OTHER_TYPES = frozenset({"profile", "product", "book", "music.song"})


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What is told about an article outside its text.

    Attributes:
        titles: what it may be called, best first: without the site's name, then as stated.
        published_on: the day it is dated, as written there, whatever the offset from UTC.
        authors: who wrote it.
        is_article: whether the page says to be an article; None where it says neither.
    """

    titles: tuple[str, ...] = ()
    published_on: dt.date | None = None
    authors: tuple[str, ...] = ()
    is_article: bool | None = None


def read_facts(tree: LexborHTMLParser) -> PageFacts:
    """Read the facts of a parsed page; what is missing or malformed is left out."""
    head = gather(tree)
    items = json_ld.objects(head.blocks)
    articles = _main_first([item for item in items if json_ld.is_article(item)], head)
    site = next(head.get(("og:site_name", "application-name")), "")
    titles = [json_ld.plain(item.get("headline")) for item in articles] + [
        *head.get(_TITLES),
        *_texts(head, "headline"),
    ]
    return PageFacts(
        titles=candidates(titles, head.title, site),
        published_on=next(filter(None, map(stated_day, _dates(head, articles, items))), None),
        authors=_authors(head, articles),
        is_article=_is_article(head, stated=bool(articles)),
    )


def _main_first(articles: list[dict[str, Any]], head: Head) -> list[dict[str, Any]]:
    """Put the article that the page itself is named for before those it only lists."""
    stated = " ".join([head.title, *head.get(_TITLES)]).casefold()
    named = [item for item in articles if (title := json_ld.plain(item.get("headline"))) and title.casefold() in stated]
    return named[:1] or articles[:1]


def _dates(head: Head, articles: list[dict[str, Any]], items: list[dict[str, Any]]) -> Iterator[str]:
    """Give what may be the day of publication, most reliable first."""
    yield from (json_ld.plain(item.get("datePublished")) for item in articles)
    yield from head.get(_DATES)
    for node in head.properties.get(DATE_PROPERTY, ())[:1]:
        yield node.attributes.get("datetime") or node.attributes.get("content") or json_ld.plain(node.text())
    yield from (json_ld.plain(item.get("datePublished")) for item in items)
    yield from (json_ld.plain(item.get("dateCreated")) for item in articles)
    yield from head.times[:1]


def _authors(head: Head, articles: list[dict[str, Any]]) -> tuple[str, ...]:
    """Give the authors of the first source that names any."""
    sources = [[name for item in articles for name in json_ld.names(item.get("author") or item.get("creator"))]]
    sources += [head.meta.get(name, []) for name in _AUTHORS]
    return next((found for stated in sources if (found := author_names(stated))), ()) or author_names(
        _texts(head, "author")
    )


def _texts(head: Head, name: str) -> list[str]:
    """Give the text of the first element with a property of microdata."""
    return [json_ld.plain(node.text()) for node in head.properties.get(name, ())[:1]]


def _is_article(head: Head, *, stated: bool) -> bool | None:
    kind = next(head.get(("og:type",)), "").casefold()
    if stated or kind in _ARTICLE_TYPES or "article:published_time" in head.meta:
        return True
    return False if kind in _OTHER_TYPES else None
