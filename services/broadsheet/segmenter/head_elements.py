"""The elements of a page that say something about it as a whole, gathered by one query."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from broadsheet.segmenter.json_ld import plain

_QUERY = 'meta[content], title, script[type*="ld+json"], time[datetime], [itemprop]'

DATE_PROPERTY = "datepublished"
"""The property of microdata that a `pubdate` attribute stands for."""


@dataclass(slots=True)
class Head:
    """What a page says about itself, in the order of the page.

    Attributes:
        meta: contents of meta elements by their name in lower case.
        blocks: texts of JSON-LD scripts.
        title: text of the `<title>` element.
        times: what `<time>` elements mean.
        properties: elements by the property of microdata that they give, in lower case.
    """

    meta: dict[str, list[str]] = field(default_factory=dict)
    blocks: list[str] = field(default_factory=list)
    title: str = ""
    times: list[str] = field(default_factory=list)
    properties: dict[str, list[LexborNode]] = field(default_factory=dict)

    def get(self, names: Iterable[str]) -> Iterator[str]:
        """Give the contents of meta elements of these names, in the order of the names."""
        return (text for name in names for text in self.meta.get(name, ()))


def gather(tree: LexborHTMLParser) -> Head:
    """Gather the elements of a parsed page."""
    head = Head()
    for node in tree.css(_QUERY):
        attributes = node.attributes
        if node.tag == "meta":
            text = plain(attributes.get("content"))
            for key in ("property", "name", "itemprop"):
                if text and (name := attributes.get(key)):
                    head.meta.setdefault(name.lower(), []).append(text)
        elif node.tag == "script":
            head.blocks.append(node.text())
        elif node.tag == "title":
            in_drawing = node.parent is not None and node.parent.tag == "svg"
            head.title = head.title or ("" if in_drawing else plain(node.text()))
        else:
            if node.tag == "time" and "pubdate" in attributes:
                head.properties.setdefault(DATE_PROPERTY, []).append(node)
            if node.tag == "time":
                head.times.append(attributes.get("datetime") or "")
            for name in (attributes.get("itemprop") or "").lower().split():
                head.properties.setdefault(name, []).append(node)
    return head
