"""What the tagger does: a segmented page in, the same page with its entities out."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from broadsheet.tagger.engines import engine_for, languages_of
from broadsheet.tagger.joining.entities import join_mentions
from broadsheet.tagger.name import Name
from broadsheet.tagger.named import ARTICLE, Named
from broadsheet.tagger.parts import page_date, parts_of
from broadsheet.tagger.values import Value, find_values
from broadsheet_schemas import EnrichedDocument, EntityType, SegmentedDocument


def tag(document: SegmentedDocument, engines: str = "") -> EnrichedDocument:
    """Tag the entities of title, body and each teaser.

    Every mention's text is `text[start:end]` of the page, and the same document gives the same result. What teasers say
    changes nothing in the article. Any text will do.

    Args:
        document: the page.
        engines: which engine tags which language beside English, see `engines.parse_engines`.

    Raises:
        OperatorError: the model or a pipeline cannot be loaded (`model_unusable`, `configuration`).
    """
    language = document.language.code
    engine = engine_for(language, engines)
    parts = sorted(parts_of(document), key=lambda part: part[0] not in ARTICLE)
    article = [text for part, _, text in parts if part in ARTICLE]
    findings = engine.find(article, [text for _, _, text in parts[len(article) :]])
    day = page_date(document)
    found = [
        replace(mention, start=offset + mention.start, end=offset + mention.end, part=part)
        for (part, offset, text), own in zip(parts, findings.names, strict=True)
        for mention in _mentions(text, own, language, day)
    ]
    body = range(document.body[0].start, document.body[-1].end) if document.body else range(0)
    return EnrichedDocument(
        **{name: getattr(document, name) for name in SegmentedDocument.model_fields},
        entities=join_mentions(found, document.text, body, language),
        tagger=engine.tagger if findings.complete else engine.tagger.model_copy(update={"coverage": "part"}),
    )


def tag_text(text: str, language: str, engines: str = "") -> list[tuple[int, int, EntityType]]:
    """Tag one text: start and end in code points and type of every mention, in order, none overlapping another.

    Args:
        text: any text.
        language: ISO 639-1 code; languages without an engine get the language-free types alone.
        engines: as for `tag`.

    Raises:
        OperatorError: as `tag`.
    """
    (names,) = engine_for(language, engines).find([text], []).names
    return [(found.start, found.end, found.type) for found in _mentions(text, names, language, None)]


def warm_up(engines: str = "") -> None:
    """Load what tagging needs; once in each worker process.

    Raises:
        OperatorError: as `tag`.
    """
    for language in languages_of(engines):
        tag_text("Ada Field paid $5 in Oslo on Monday.", language, engines)


def _mentions(text: str, names: Sequence[Name], language: str, day: dt.date | None) -> Iterator[Named]:
    """Give names and values of a text; of two that overlap the longer one, of two as long the value."""
    values = find_values(text, language=language, page_date=day)
    yield from _apart(
        [
            *(_value(found) for found in values),
            *(Named(name.start, name.end, name.kind, "", name.probability) for name in names),
        ]
    )


def _value(found: Value) -> Named:
    return Named(found.start, found.end, found.kind, value=found)


def _apart(found: Iterable[Named]) -> list[Named]:
    """Give the mentions in order of the text; of those that overlap, the longest."""
    kept: list[Named] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
        elif one.end - one.start > kept[-1].end - kept[-1].start:
            kept[-1] = one
    return kept
