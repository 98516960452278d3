"""Pages whose every offset is right, as the index's layout needs them."""

import re
from collections.abc import Sequence

from broadsheet_schemas.enriched import EnrichedDocument, Entity, EntityType, Mention
from broadsheet_schemas.segmented import Block, RestSpan, Teaser, Title
from broadsheet_schemas.spans import TextSpan
from unit.indexer.pages import page


class Writer:
    """Writes a page line by line and remembers where each stands."""

    def __init__(self) -> None:
        self.text = ""

    def line(self, text: str) -> TextSpan:
        """Append a line."""
        start = len(self.text)
        self.text += text + "\n"
        return TextSpan(start=start, end=start + len(text), text=text)


def laid_out(
    title: str | None,
    blocks: list[str],
    teasers: Sequence[tuple[str, str]] = (),
    *,
    rest: Sequence[str] = (),
    names: tuple[tuple[str, EntityType], ...] = (),
    document_id: str = "page",
) -> EnrichedDocument:
    """Make a page of a title, blocks, teasers (headline, summary) and rest, with each occurrence of `names` in it."""
    writer = Writer()
    head = writer.line(title) if title else None
    body = [writer.line(text) for text in blocks]
    shown = [(writer.line(headline), writer.line(summary)) for headline, summary in teasers]
    others = [writer.line(text) for text in rest]
    parts = [("title", [head] if head else []), ("body", body)]
    parts += [(f"teaser:{number}", list(fields)) for number, fields in enumerate(shown)]
    fields = {
        "text": writer.text,
        "title": Title(text=head.text, start=head.start, end=head.end) if head else None,
        "body": tuple(Block(kind="paragraph", **span.model_dump()) for span in body),
        "teasers": tuple(Teaser(start=h.start, end=s.end, headline=h, summary=s) for h, s in shown),
        "rest": tuple(RestSpan(kind="navigation", start=span.start, end=span.end) for span in others),
        "entities": tuple(entity for name, kind in names for entity in _entity(name, kind, parts)),
    }
    return page(document_id).model_copy(update=fields)


def _entity(name: str, kind: EntityType, parts: list[tuple[str, list[TextSpan]]]) -> list[Entity]:
    mentions = [
        Mention(start=span.start + place, end=span.start + place + len(name), text=name, part=part)
        for part, spans in parts
        for span in spans
        for place in (match.start() for match in re.finditer(f"(?={re.escape(name)})", span.text))
    ]
    identity = f"{kind.lower()}:{name}"
    return [Entity(id=identity, name=name, type=kind, salience=0.5, mentions=tuple(mentions))] if mentions else []
