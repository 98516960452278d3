"""Pages written with their mentions marked: `[PERSON Ada Field] went to [GPE@teaser:0 Oslo]`."""

import re

from broadsheet.tagger.joining.entities import join_mentions
from broadsheet.tagger.named import Named
from broadsheet_schemas import Entity

_MARK = re.compile(r"\[([A-Z]+)(?:@([a-z]+(?::\d+)?))? ([^\]]+)\]")


def marked(page: str) -> tuple[list[Named], str]:
    """Give the mentions and the text of a marked page."""
    found, text, reached = [], "", 0
    for mark in _MARK.finditer(page):
        text += page[reached : mark.start()]
        found.append(Named(len(text), len(text) + len(mark[3]), mark[1], mark[2] or "body"))  # type: ignore[arg-type]
        text += mark[3]
        reached = mark.end()
    return found, text + page[reached:]


def entities(page: str, language: str = "en") -> tuple[Entity, ...]:
    """Join a marked page."""
    found, text = marked(page)
    return join_mentions(found, text, range(len(text)), language)


def joined(page: str) -> dict[str, list[str]]:
    """Give the surfaces of each entity by its id."""
    return {entity.id: [mention.text for mention in entity.mentions] for entity in entities(page)}
