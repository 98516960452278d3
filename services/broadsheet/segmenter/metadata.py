"""What a page's head says about its article: JSON-LD, meta elements, `<title>`."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from selectolax.lexbor import LexborHTMLParser

from broadsheet.segmenter.dates import iso_day


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What is told about an article outside its text.

    Attributes:
        titles: what it may be called, best source first.
        published_on: the day it is dated.
        authors: who wrote it.
    """

    titles: tuple[str, ...] = ()
    published_on: dt.date | None = None
    authors: tuple[str, ...] = ()


def read_facts(tree: LexborHTMLParser) -> PageFacts:
    """Read the facts of a parsed page; what is missing or malformed is left out."""
    articles = [item for item in _json_ld(tree) if _is_article(item)]
    titles = [_text(item.get("headline")) for item in articles]
    titles += [_meta(tree, "og:title"), _element_text(tree, "title")]
    dates = [_text(item.get("datePublished")) for item in articles]
    dates += [_meta(tree, "article:published_time"), _meta(tree, "date")]
    authors = [name for item in articles for name in _names(item.get("author"))] or [_meta(tree, "author")]
    return PageFacts(
        titles=tuple(filter(None, titles)),
        published_on=next((day for text in dates if (day := iso_day(text))), None),
        authors=tuple(dict.fromkeys(filter(None, authors))),
    )


def _json_ld(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    """Give every object of the page's JSON-LD blocks that stands at the top, in a list or in a `@graph`."""
    for script in tree.css('script[type="application/ld+json"]'):
        try:
            waiting = [orjson.loads(script.text())]
        except orjson.JSONDecodeError:
            continue  # pages do write broken JSON; their text is read all the same
        while waiting:
            item = waiting.pop()
            if isinstance(item, list):
                waiting.extend(reversed(item))
            elif isinstance(item, dict):
                yield item
                waiting.append(item.get("@graph"))


def _is_article(item: dict[str, Any]) -> bool:
    kinds = item.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and name.endswith(("Article", "BlogPosting")) for name in names)


def _names(value: object) -> list[str]:
    """Give the names in a JSON-LD `author`: a name, a person, or a list of them."""
    people = value if isinstance(value, list) else [value]
    return [name for one in people if (name := _text(one.get("name") if isinstance(one, dict) else one))]


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _meta(tree: LexborHTMLParser, name: str) -> str:
    node = tree.css_first(f'meta[property="{name}"], meta[name="{name}"]')
    return _text(node.attributes.get("content")) if node else ""


def _element_text(tree: LexborHTMLParser, tag: str) -> str:
    node = tree.css_first(tag)
    return _text(node.text()) if node else ""
