"""What a page's JSON-LD says of its article; JSON that is broken in the usual ways is mended first."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import orjson

MAX_MENDED = 300_000
"""Longest broken block that is tried again with the slow, patient parser, in code points."""

MAX_OBJECTS = 2_000
"""Objects looked at per page; an archive may list thousands."""

_ARTICLES = ("Article", "BlogPosting", "LiveBlogPosting", "Report", "Review", "AdvertiserContentArticle")
_NESTED = ("@graph", "mainEntity", "mainEntityOfPage")
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|\]\]>|;)\s*$"
)


def objects(blocks: list[str]) -> list[dict[str, Any]]:
    """Give the objects of JSON-LD blocks that stand at the top, in a list, in a `@graph` or as a page's main entity."""
    found: list[dict[str, Any]] = []
    for block in blocks:
        waiting: list[object] = [_parse(block)]
        while waiting and len(found) < MAX_OBJECTS:
            item = waiting.pop()
            if isinstance(item, list):
                waiting.extend(reversed(item))
            elif isinstance(item, dict):
                found.append(item)
                waiting.extend(item.get(key) for key in _NESTED)
    return found


def is_article(item: dict[str, Any]) -> bool:
    """Tell whether an object is an article, whatever kind of one; a page about a listing or a site is none."""
    return any(name.endswith(_ARTICLES) for name in _kinds(item))


def plain(value: object) -> str:
    """Give a text with its spaces made single and entities read that were escaped twice; what is no text is empty."""
    if not isinstance(value, str):
        return ""
    return " ".join((html.unescape(value) if "&" in value else value).split())


def names(value: object) -> Iterator[str]:
    """Give the names in a value of `author`: a text, a person or an organisation, or a list of them."""
    for one in value if isinstance(value, list) else [value]:
        name = one.get("name") if isinstance(one, dict) else one
        for text in name if isinstance(name, list) else [name]:
            if found := plain(text):
                yield found


def _kinds(item: dict[str, Any]) -> list[str]:
    kinds = item.get("@type")
    return [name for name in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(name, str)]


def _parse(block: str) -> object:
    """Read one block, or give None: comments about it, line breaks within strings and a closing semicolon are forgiven."""
    try:
        return orjson.loads(block)
    except orjson.JSONDecodeError:
        pass
    if len(block) > MAX_MENDED:
        return None
    try:
        return json.loads(_WRAPPING.sub("", _WRAPPING.sub("", block)), strict=False)
    except (ValueError, RecursionError):
        return None
