"""What the segmenter does: an accepted page in, its title, body, teasers and rest out."""

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
from selectolax.lexbor import LexborHTMLParser

from broadsheet.segmenter.address import address_words
from broadsheet.segmenter.blocks import make_body
from broadsheet.segmenter.confidence import confidence, signs
from broadsheet.segmenter.contents_list import without_contents
from broadsheet.segmenter.dateline import read_dateline
from broadsheet.segmenter.dates import LEEWAY, DayReader
from broadsheet.segmenter.dates import warm_up as warm_up_dates
from broadsheet.segmenter.decision import Decision, decide
from broadsheet.segmenter.features.meanings import load_meanings
from broadsheet.segmenter.features.page_features import read_features
from broadsheet.segmenter.items import find_items
from broadsheet.segmenter.lines import Page
from broadsheet.segmenter.markup import read_html, read_written, write_out
from broadsheet.segmenter.metadata import PageFacts, read_facts
from broadsheet.segmenter.model import FOLDER, Model, load_model
from broadsheet.segmenter.no_article import no_article_reason
from broadsheet.segmenter.plain_text import read_text
from broadsheet.segmenter.rest import make_rest
from broadsheet.segmenter.roles import Role
from broadsheet.segmenter.swallowed import looks_swallowed, release
from broadsheet.segmenter.teasers import PageAddress, make_teasers
from broadsheet.segmenter.title import find_shown, make_title
from broadsheet_schemas import AcceptedDocument, DocumentOrigin, SegmentedDocument

LISTS_GO_ON = dt.timedelta(weeks=4)
"""How far the dates of teasers may lie after the article's own: lists beside an old article are filled anew."""


@dataclass(frozen=True, slots=True)
class _Source:
    """A page as read: its lines, what its head tells, the model for its kind, and what it is called, by its address if need be."""

    page: Page
    facts: PageFacts
    model: Model
    host: str
    titles: tuple[str, ...]
    called: str


def segment(document: AcceptedDocument, models: Path = FOLDER) -> SegmentedDocument:
    """Tell a page's title, body, teasers and rest apart.

    Args:
        document: the page.
        models: folder of the models; another than the shipped one is for measuring.

    Every visible character of the page lies in exactly one of them, every span's text is `text[start:end]`, and the same
    document gives the same result. Any text will do: a page without an article has an empty body and says why.

    Raises:
        OperatorError: `model_unusable`, the model's file is missing or is not the one that was shipped.
    """
    source = _read(document, models)
    page = source.page
    decision, sure = _understand(source)
    days = _days(document, source.facts)
    items = without_contents(find_items(decision, page.lines), decision.roles, page.lines)
    teasers, taken = make_teasers(page, decision.roles, items, PageAddress(document.source.url, days))
    shown_day, shown_authors = read_dateline(page, decision.roles, days)
    title = page.lines[decision.roles.index(Role.TITLE)] if Role.TITLE in decision.roles else None
    body = make_body(page, decision.roles)
    return SegmentedDocument(
        **{name: getattr(document, name) for name in DocumentOrigin.model_fields},
        text=page.text,
        title=make_title(title, source.titles),
        body=body,
        teasers=tuple(teasers),
        rest=make_rest(page, decision.roles, taken),
        published_on=_stated_day(document, source.facts) or shown_day,
        authors=source.facts.authors or shown_authors,
        confidence=sure,
        no_article=None if body else no_article_reason(page, len(teasers)),
        segmenter=source.model.producer,
    )


def warm_up() -> None:
    """Load both models, the word vectors and what dates need, before the first page.

    Raises:
        OperatorError: `model_unusable`, a file is missing or is not the one that was shipped.
    """
    warm_up_dates()
    load_meanings()
    load_model("text")
    load_model("html")


def _read(document: AcceptedDocument, models: Path) -> _Source:
    """Read the page's lines and what its markup says about the article, by its content type."""
    url = document.source.url
    if document.content_type == "text/plain":
        page, facts, model, host = read_text(document.content), PageFacts(), load_model("text", models), ""
    else:
        (page, facts), model, host = read_page(document.content), load_model("html", models), _host(url)
    titles = (document.title, *facts.titles) if document.title else facts.titles
    return _Source(page, facts, model, host, titles, titles[0] if titles else address_words(url))


def read_page(html: str) -> tuple[Page, PageFacts]:
    """Read the lines of an HTML page and what its head tells; a page that a missing end tag leaves blank is mended."""
    tree = LexborHTMLParser(html)
    facts = read_facts(tree)
    written = write_out(tree)
    del tree  # five to eight times the size of the page
    page = read_written(written)
    if not looks_swallowed(page.text, html):
        return page, facts
    mended = read_html(LexborHTMLParser(release(html)))
    return (mended, facts) if len(mended.text) > len(page.text) else (page, facts)


def _host(url: str | None) -> str:
    try:
        return urlsplit(url or "").netloc.lower()
    except ValueError:  # such as an unclosed [ of an IPv6 address
        return ""


def _understand(source: _Source) -> tuple[Decision, float]:
    """Ask the model what each line is; give also how sure the split is."""
    page = source.page
    if not page.lines:
        return Decision((), np.zeros(0, np.float32)), 1.0
    probabilities = source.model.predict(read_features(page, host=source.host, title=source.called))
    decision = decide(probabilities, page)
    found = signs(probabilities, decision.roles, [len(line.text) for line in page.lines])
    return _with_known_title(decision, source), confidence(found, source.model.confidence)


def _with_known_title(decision: Decision, source: _Source) -> Decision:
    """Where the model sees no title, take the line that shows a known one, unless it is part of the article."""
    if Role.TITLE in decision.roles or not source.titles:
        return decision
    place = find_shown(source.page.lines, source.titles)
    if place is None or decision.roles[place] is Role.BODY:
        return decision
    return replace(decision, roles=(*decision.roles[:place], Role.TITLE, *decision.roles[place + 1 :]))


def _stated_day(document: AcceptedDocument, facts: PageFacts) -> dt.date | None:
    """Give the article's day as its publisher or its head states it."""
    return document.published_at.date() if document.published_at else facts.published_on


def _days(document: AcceptedDocument, facts: PageFacts) -> DayReader:
    """Give what reads the page's dates: as seen when it was fetched, else on its own day, else when it was received."""
    language = document.language.code
    if document.fetched_at:
        return DayReader(document.fetched_at, language)
    own = _stated_day(document, facts)
    if own:
        return DayReader(dt.datetime.combine(own, dt.time(12), dt.UTC), language, leeway=LISTS_GO_ON)
    return DayReader(document.received_at, language, leeway=LEEWAY)
