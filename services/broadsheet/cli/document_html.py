"""A document as one self-contained HTML page.

It is built as a tree and written by the standard library, which escapes every text and attribute: no string of a page is
ever put into markup by hand. A Content-Security-Policy forbids scripts, frames, forms and everything from elsewhere, too.
"""

import hashlib
import re
from base64 import b64encode
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from broadsheet.cli.console import safe
from broadsheet.cli.document_view import NO_TITLE, facts, types_of
from broadsheet.cli.entity_colors import COLORS, pieces
from broadsheet.indexer.stored import MarkedText, StoredBlock, StoredDocument, StoredTeaser

STYLE = r"""
body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:17px/1.5 Georgia,serif;color:#111;background:#fff}
h1{line-height:1.2}
.facts,.legend,aside,details{font-family:system-ui,sans-serif;font-size:14px;color:#333;overflow-wrap:anywhere}
aside{border:1px solid #ccc;border-radius:6px;padding:.5rem 1rem;margin:.5rem 0}
aside p{margin:.2rem 0}
pre{white-space:pre-wrap}
.list_item{margin-left:1.5rem}
.list_item::before{content:"\2022  "}
.caption{color:#555;font-size:15px}
mark{color:#000;padding:0 .15em;border-radius:3px}
""" + "".join(f".{kind}{{background:{color.page}}}\n" for kind, color in COLORS.items())

TAGS = {"heading": "h2", "paragraph": "p", "quote": "blockquote", "list_item": "p", "caption": "p"}
LANGUAGE = re.compile(r"[a-z]{2,3}")
LINKED = ("http", "https")


def document_html(document: StoredDocument) -> str:
    """Give the page, as text to be written in UTF-8."""
    html = Element("html", _language(document))
    _head(html, document)
    body = SubElement(html, "body")
    if document.title:
        _fill(SubElement(body, "h1", dir="auto"), document.title)
    else:
        _say(SubElement(body, "h1"), NO_TITLE)
    _facts(body, document)
    article = SubElement(body, "article")
    for block in document.blocks:
        _block(article, block)
    for teaser in document.teasers:
        _teaser(body, teaser)
    _rest(body, document)
    _legend(body, document)
    return "<!DOCTYPE html>\n" + tostring(html, encoding="unicode", method="html") + "\n"


def _head(html: Element, document: StoredDocument) -> None:
    head = SubElement(html, "head")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "meta", {"http-equiv": "Content-Security-Policy", "content": _policy()})
    SubElement(head, "meta", name="referrer", content="no-referrer")
    SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    _say(SubElement(head, "title"), document.title.text if document.title else document.id)
    SubElement(head, "style").text = STYLE  # our own, with nothing of the document: a style is written as it is


def _policy() -> str:
    digest = b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _facts(body: Element, document: StoredDocument) -> None:
    _say(SubElement(body, "p", {"class": "facts"}), facts(document, url=None))
    if document.url:
        _link(SubElement(body, "p", {"class": "facts"}), document.url)


def _block(article: Element, block: StoredBlock) -> None:
    _fill(SubElement(article, TAGS[block.kind], {"class": block.kind, "dir": "auto"}), block)


def _teaser(body: Element, teaser: StoredTeaser) -> None:
    aside = SubElement(body, "aside")
    _fill(SubElement(SubElement(aside, "p", dir="auto"), "strong"), teaser.headline)
    for line in (teaser.kicker, teaser.summary, teaser.byline):
        if line:
            _fill(SubElement(aside, "p", dir="auto"), line)
    if teaser.published:
        _say(SubElement(aside, "p"), teaser.published)
    if teaser.url:
        _link(SubElement(aside, "p"), teaser.url)


def _rest(body: Element, document: StoredDocument) -> None:
    if document.rest:
        details = SubElement(body, "details")
        _say(SubElement(details, "summary"), f"The rest of the page ({len(document.rest)})")
        for part in document.rest:
            _say(SubElement(details, "pre", {"class": part.kind, "dir": "auto"}), part.text)


def _legend(body: Element, document: StoredDocument) -> None:
    legend = SubElement(body, "p", {"class": "legend"})
    for kind in types_of(document):
        mark = SubElement(legend, "mark", {"class": kind})
        mark.text, mark.tail = kind, " "


def _link(parent: Element, url: str) -> None:
    """Show a URL; only one that a browser fetches becomes a link."""
    if _scheme(url) in LINKED:
        parent = SubElement(parent, "a", href=safe(url), rel="noreferrer noopener")
        _say(parent, url)
    else:
        _say(SubElement(parent, "span"), url)


def _scheme(url: str) -> str:
    try:
        return urlsplit(safe(url)).scheme
    except ValueError:
        return ""


def _language(document: StoredDocument) -> dict[str, str]:
    known = document.language != "und" and LANGUAGE.fullmatch(document.language)
    return {"lang": document.language} if known else {}


def _fill(element: Element, marked: MarkedText) -> None:
    """Put a text into an element, its entities marked."""
    element.text, last = "", None
    for piece, mark in pieces(marked):
        if mark is not None:
            last = SubElement(element, "mark", {"class": mark.type, "title": safe(f"{mark.type}: {mark.name}")})
            last.text, last.tail = safe(piece), ""
        elif last is None:
            element.text += safe(piece)
        else:
            last.tail = (last.tail or "") + safe(piece)


def _say(element: Element, text: str) -> None:
    element.text = safe(text)
