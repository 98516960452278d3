"""The page that the examples of all fields are about, and what the stages make of it; our own invention.

Offsets are looked up, not counted: `text[start:end]` is the surface in the examples too.
"""

import hashlib

PAGE = """\
Bridge reopens after two years
By Omar Reyes
The old bridge is open again, mayor Ada Field said.
More stories
TRAVEL
Ferry timetable
The winter timetable starts on Sunday.
By Lena Holt
30 January 2026"""

Json = dict[str, object]


def _offsets(surface: str) -> tuple[int, int]:
    start = PAGE.index(surface)
    return start, start + len(surface)


def _span(surface: str) -> Json:
    start, end = _offsets(surface)
    return {"start": start, "end": end}


def _text_span(surface: str) -> Json:
    return {**_span(surface), "text": surface}


SOURCE_URL = "https://news.example/2026/bridge?utm_source=x"
CANONICAL_URL = "https://news.example/2026/bridge"
SOURCE: Json = {"url": SOURCE_URL, "canonical_url": CANONICAL_URL, "domain": "news.example"}
REVISION = hashlib.sha256(PAGE.encode()).hexdigest()
LANGUAGE: Json = {"code": "en", "confidence": 0.99}

HEADING = "Bridge reopens after two years"
HEADING_START, HEADING_END = _offsets(HEADING)
TITLE = _text_span(HEADING)
BODY = [{**_text_span("The old bridge is open again, mayor Ada Field said."), "kind": "paragraph"}]

HEADLINE_TEXT = "Ferry timetable"
HEADLINE_START, HEADLINE_END = _offsets(HEADLINE_TEXT)
HEADLINE = _text_span(HEADLINE_TEXT)
KICKER = _text_span("TRAVEL")
SUMMARY = _text_span("The winter timetable starts on Sunday.")
BYLINE = _text_span("Lena Holt")
PUBLISHED: Json = {**_text_span("30 January 2026"), "date": "2026-01-30"}
TEASER: Json = {
    "start": KICKER["start"],
    "end": PUBLISHED["end"],
    "headline": HEADLINE,
    "kicker": KICKER,
    "summary": SUMMARY,
    "byline": BYLINE,
    "published": PUBLISHED,
}
REST = [{**_span("By Omar Reyes"), "kind": "other"}, {**_span("More stories"), "kind": "navigation"}]

MODEL_SHA256 = hashlib.sha256(b"the model's file").hexdigest()
SEGMENTER: Json = {"name": "broadsheet-lines", "version": "1", "sha256": MODEL_SHA256}
TAGGER: Json = {"name": "rules", "version": "1", "languages": ["en"]}
MENTION: Json = {**_text_span("Ada Field"), "part": "body"}
ENTITY: Json = {"id": "person:ada-field", "name": "Ada Field", "type": "PERSON", "salience": 0.7, "mentions": [MENTION]}
