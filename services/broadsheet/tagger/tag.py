"""What the tagger does: a segmented page in, the same page with its entities out."""

from collections.abc import Iterable, Iterator

from broadsheet.tagger.entities import join_mentions
from broadsheet.tagger.names import find_names
from broadsheet.tagger.parts import parts_of
from broadsheet.tagger.values import find_values
from broadsheet_schemas import EnrichedDocument, EntityType, Mention, SegmentedDocument, Tagger

Found = tuple[int, int, EntityType]
"""Start and end in code points, and the type."""

TAGGER = Tagger(name="rules", version="1", languages=("en",))
"""How pages are tagged; raise the version whenever the same page may come out otherwise."""


def tag(document: SegmentedDocument) -> EnrichedDocument:
    """Tag the entities of title, body and each teaser, every part by itself.

    Every mention's text is `text[start:end]` of the page, and the same document gives the same result. Any text will do.
    """
    body = range(document.body[0].start, document.body[-1].end) if document.body else range(0)
    return EnrichedDocument(
        **{name: getattr(document, name) for name in SegmentedDocument.model_fields},
        entities=join_mentions(_mentions(document), body),
        tagger=TAGGER,
    )


def tag_text(text: str, language: str) -> list[tuple[int, int, EntityType]]:
    """Tag one text: start and end in code points and type of every mention, in order, none overlapping another.

    Args:
        text: any text.
        language: ISO 639-1 code; other than the tagger's own languages get the language-free types alone.
    """
    return _tag(text, language, _surnames(_persons(text, language)))


def _persons(text: str, language: str) -> list[str]:
    """Give the persons that a text names by itself."""
    if language not in TAGGER.languages:
        return []
    return [text[start:end] for start, end, kind in find_names(text) if kind == "PERSON"]


def _tag(text: str, language: str, surnames: frozenset[str]) -> list[Found]:
    english = language in TAGGER.languages
    values = find_values(text, language=language)
    found: list[Found] = [(value.start, value.end, value.kind) for value in values]
    if english:
        found += find_names(text, surnames)
    return list(_apart(found))


def _mentions(document: SegmentedDocument) -> Iterator[tuple[EntityType, Mention]]:
    """Tag every part, knowing the surnames of the persons named in full; what only teasers name the article does not know."""
    language, parts = document.language.code, list(parts_of(document))
    persons = [(part.startswith("teaser"), name) for part, _, text in parts for name in _persons(text, language)]
    everywhere = _surnames(name for _, name in persons)
    article = _surnames(name for in_teaser, name in persons if not in_teaser)
    for part, offset, text in parts:
        for start, end, kind in _tag(text, language, everywhere if part.startswith("teaser") else article):
            yield kind, Mention(start=offset + start, end=offset + end, text=text[start:end], part=part)


def _surnames(names: Iterable[str]) -> frozenset[str]:
    """Give the last words of names that have more than one."""
    return frozenset(name.rpartition(" ")[2] for name in names if " " in name)


def _apart(found: list[Found]) -> Iterator[Found]:
    """Give the finds in order of the text; of two that overlap, the one that begins first, then the longer one."""
    reached = 0
    for start, end, kind in sorted(found, key=lambda item: (item[0], -item[1])):
        if start >= reached and end > start:
            yield start, end, kind
            reached = end
