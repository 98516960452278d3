"""The parts of a page that are tagged, each by itself."""

import datetime as dt
from collections.abc import Iterator

from broadsheet_schemas import SegmentedDocument, Teaser


def parts_of(document: SegmentedDocument) -> Iterator[tuple[str, int, str]]:
    """Give every stretch to tag: the part's name as in `Mention.part`, where it starts, its text.

    A title without a place in the text cannot have mentions and is left out.
    """
    if document.title and document.title.start is not None:
        yield "title", document.title.start, document.title.text
    for block in document.body:
        yield "body", block.start, block.text
    for number, teaser in enumerate(document.teasers):
        for start, text in _fields(teaser):
            yield f"teaser:{number}", start, text


def page_date(document: SegmentedDocument) -> dt.date:
    """Give the day against which "Monday" and "Dec. 24" on a page are read.

    It is the day that the article is dated; without one the day it was published, fetched, or received, as the clock there says.
    """
    moment = document.published_at or document.fetched_at or document.received_at
    return document.published_on or moment.date()


def _fields(teaser: Teaser) -> list[tuple[int, str]]:
    fields = (teaser.kicker, teaser.headline, teaser.summary, teaser.byline, teaser.published)
    return sorted((field.start, field.text) for field in fields if field)
