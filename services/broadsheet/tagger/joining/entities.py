"""The entities of a page. The rules and what they are worth: docs/decisions/0010-joining-names.md."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from broadsheet.tagger.joining.entity_names import entity_id, fullest, numbered, surface_id, value_id
from broadsheet.tagger.joining.folding import fold
from broadsheet.tagger.joining.groups import groups_of
from broadsheet.tagger.joining.salience import salience
from broadsheet.tagger.joining.surfaces import name_in
from broadsheet.tagger.joining.type_votes import NAMES, agreed
from broadsheet.tagger.named import Named
from broadsheet.tagger.places.countries import GEORGIA, country_name, country_of
from broadsheet.tagger.places.states import is_state_georgia, state_of
from broadsheet_schemas import Entity, Mention


def join_mentions(found: Iterable[Named], text: str, body: range, language: str = "en") -> tuple[Entity, ...]:
    """Give the entities of a page, most salient first, then in order of their first mention, in the article where it has one.

    Every mention is in exactly one entity; the order in which they come does not matter, nor do teasers to what the article names.

    Args:
        found: every mention.
        text: the page's text, which their offsets count.
        body: first to last code point of the article, for the salience.
        language: ISO 639-1 code of the page, for the names of countries.
    """
    ordered = sorted(found, key=lambda one: (one.start, one.end, one.part, one.type, -one.probability, repr(one.value)))
    page = _Page(agreed(ordered, text), text, body, language)
    things = [page.thing(group) for group in groups_of(page.mentions, text, language)]
    things.sort(key=lambda thing: (not thing.own, thing.deciding))
    ids = numbered([thing.id for thing in things])
    entities = [page.entity(thing, one) for thing, one in zip(things, ids, strict=True)]
    return tuple(sorted(entities, key=lambda entity: -entity.salience))  # those alike stay in the order of the things


@dataclass(frozen=True, slots=True)
class _Thing:
    """A group of mentions, with those that decide on its name, the article's if it has any, and what these say."""

    group: Sequence[int]
    deciding: Sequence[int]
    own: bool
    id: str
    name: str
    country: str | None


class _Page:
    """What of a page all of its entities are told by."""

    def __init__(self, mentions: Sequence[Named], text: str, body: range, language: str) -> None:
        self.mentions, self._text, self._body, self._language = mentions, text, body, language

    def thing(self, group: Sequence[int]) -> _Thing:
        """Name a group of mentions; what teasers call it does not count if the article names it."""
        article = [index for index in group if self.mentions[index].in_article]
        deciding = article or group
        first, surfaces = self.mentions[group[0]], [self._surface(index) for index in deciding]
        if first.type not in NAMES:
            wanted = value_id(first.value) if first.value else None
            return _Thing(
                group, deciding, bool(article), wanted or surface_id(first.type, surfaces[0]), surfaces[0], None
            )
        name = fullest(surfaces, first.type)
        country = self._country(surfaces, own=bool(article)) if first.type == "GPE" else None
        wanted = entity_id(first.type, country_name(country) if country else name)
        return _Thing(group, deciding, bool(article), wanted, name, country)

    def entity(self, thing: _Thing, one: str) -> Entity:
        """Give the entity of a group under an id."""
        named = [self.mentions[index] for index in thing.group]
        mentions = tuple(
            Mention(
                start=mention.start, end=mention.end, text=self._text[mention.start : mention.end], part=mention.part
            )
            for mention in named
        )
        value = next((mention.value for mention in named if mention.value), None)
        kind = named[0].type
        return Entity(
            id=one,
            name=thing.name,
            type=kind,
            salience=salience(kind, mentions, self._body),
            mentions=mentions,
            country=thing.country,
            date=value.date if value else None,
            amount=value.amount if value else None,
            currency=value.currency if value else None,
        )

    def _surface(self, index: int) -> str:
        return self._text[self.mentions[index].start : self.mentions[index].end]

    def _country(self, surfaces: Iterable[str], *, own: bool) -> str | None:
        names = {name_in(surface) for surface in surfaces}
        code = next((code for name in sorted(names) if (code := country_of(name, self._language))), None)
        if code == GEORGIA and (any(map(state_of, names)) or is_state_georgia(self._places(own=own))):
            return None
        return code

    def _places(self, *, own: bool) -> Iterable[str]:
        """Give the folded names of the places of the article, or of the whole page."""
        for index, one in enumerate(self.mentions):
            if one.type in {"GPE", "LOC"} and one.in_article >= own:
                name = name_in(self._surface(index))
                yield fold(state_of(name) or name)
