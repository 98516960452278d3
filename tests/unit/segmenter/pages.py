"""Accepted pages for the tests of segmenter and tagger, and the promise that every segmented page keeps."""

import datetime as dt
from collections import Counter
from pathlib import Path

import broadsheet.cli
from broadsheet_schemas import AcceptedDocument, Language, SegmentedDocument, Source, Span, TextSpan

SAMPLES = Path(broadsheet.cli.__file__).parent / "samples"
SEEN_AT = dt.datetime(2026, 5, 20, 1, 30, tzinfo=dt.UTC)


def accepted(
    content: str, *, html: bool = False, url: str | None = None, language: str = "en", title: str | None = None
) -> AcceptedDocument:
    return AcceptedDocument(
        document_id="page",
        revision="0" * 64,
        content_type="text/html" if html else "text/plain",
        language=Language(code=language, confidence=1.0),
        received_at=SEEN_AT,
        content=content,
        source=Source(url=url),
        title=title,
    )


def sample(name: str) -> AcceptedDocument:
    return accepted(
        (SAMPLES / name).read_text(encoding="utf-8"),
        html=name.endswith(".html"),
        url=f"https://www.news.example/town/{name}",
        language="de" if name == "seilbahn.txt" else "en",
    )


def spans_of(document: SegmentedDocument) -> list[Span]:
    """Title, blocks, teasers and rest: the spans that share the page between them."""
    spans: list[Span] = [*document.body, *document.teasers, *document.rest]
    if document.title and document.title.start is not None and document.title.end is not None:
        spans.append(TextSpan(start=document.title.start, end=document.title.end, text=document.title.text))
    return spans


def assert_whole(document: SegmentedDocument) -> None:
    """Every visible character lies in exactly one part, and every span's text is what stands there."""
    spans = spans_of(document)
    places = Counter(place for span in spans for place in range(span.start, span.end))
    assert not [place for place, count in places.items() if count > 1]
    assert not [place for place, letter in enumerate(document.text) if not letter.isspace() and place not in places]
    fields = [
        field
        for teaser in document.teasers
        for field in (teaser.headline, teaser.kicker, teaser.summary, teaser.byline, teaser.published)
        if field
    ]
    for span in [*spans, *fields]:
        assert 0 <= span.start < span.end <= len(document.text)
        if isinstance(span, TextSpan):
            assert span.text == document.text[span.start : span.end]
    for teaser in document.teasers:
        assert teaser.start <= teaser.headline.start
        assert teaser.headline.end <= teaser.end
