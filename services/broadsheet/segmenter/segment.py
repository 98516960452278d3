"""What the segmenter does: an accepted page in, its title, body, teasers and rest out."""

from selectolax.lexbor import LexborHTMLParser

from broadsheet.segmenter.assemble import make_body, make_rest, make_title, read_dateline
from broadsheet.segmenter.dates import DayReader
from broadsheet.segmenter.lines import Page, read_text
from broadsheet.segmenter.markup import read_html
from broadsheet.segmenter.metadata import PageFacts, read_facts
from broadsheet.segmenter.roles import assign_roles
from broadsheet.segmenter.teasers import find_teasers
from broadsheet_schemas import AcceptedDocument, DocumentOrigin, Producer, SegmentedDocument

PRODUCER = Producer(name="rules", version="1")
"""How pages are segmented; raise the version whenever the same page may come out otherwise."""


def segment(document: AcceptedDocument) -> SegmentedDocument:
    """Tell a page's title, body, teasers and rest apart.

    Every visible character of the page lies in exactly one of them, every span's text is `text[start:end]`, and the same
    document gives the same result. Any text will do: a page without an article has an empty body.
    """
    page, facts = _read(document)
    titles = [title for title in (document.title, *facts.titles) if title]
    days = DayReader(document.fetched_at or document.received_at, document.language.code)
    roles = assign_roles(page.lines, titles)
    groups = find_teasers(page, roles, document.source.url, days)
    shown_day, shown_authors = read_dateline(page, roles, days)
    given_day = document.published_at.date() if document.published_at else facts.published_on
    return SegmentedDocument(
        **{name: getattr(document, name) for name in DocumentOrigin.model_fields},
        text=page.text,
        title=make_title(page, roles, titles),
        body=make_body(page, roles),
        teasers=tuple(group.teaser for group in groups),
        rest=make_rest(page, roles, groups),
        published_on=given_day or shown_day,
        authors=facts.authors or shown_authors,
        segmenter=PRODUCER,
    )


def _read(document: AcceptedDocument) -> tuple[Page, PageFacts]:
    """Read the page's lines and what its markup says about the article, by its content type."""
    if document.content_type == "text/plain":
        return read_text(document.content), PageFacts()
    tree = LexborHTMLParser(document.content)
    return read_html(tree), read_facts(tree)
