"""Joining mentions into entities: one per name and type, and a surname with the one person on the page who bears it."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from broadsheet.tagger.salience import salience
from broadsheet_schemas import Entity, EntityType, Mention

Key = tuple[EntityType, str]
"""Type and folded name: what makes two mentions one entity."""

_PARTED = re.compile(r"\W+")
_DOT = re.compile(r"(?<=[^\W\d])\.")
"""The dot of an abbreviation: "U.S." and "US" are one name."""


def join_mentions(found: Iterable[tuple[EntityType, Mention]], body: range) -> tuple[Entity, ...]:
    """Give the entities of a page, most salient first, then in order of their first mention.

    Args:
        found: every mention with its type.
        body: first to last code point of the article, for the salience.
    """
    groups: dict[Key, list[Mention]] = defaultdict(list)
    for kind, mention in found:
        groups[kind, fold(mention.text, kind)].append(mention)
    entities = [_entity(key, mentions, body) for key, mentions in _with_surnames(groups).items()]
    return tuple(sorted(entities, key=lambda entity: (-entity.salience, entity.mentions[0].start, entity.id)))


def fold(name: str, kind: EntityType) -> str:
    """Give the form of a name that does not depend on case, accents or punctuation; amounts keep their signs."""
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(letter)
    )
    if kind in {"MONEY", "PERCENT"}:
        return "-".join(plain.split())
    return _PARTED.sub("-", _DOT.sub("", plain)).strip("-") or plain


def _with_surnames(groups: dict[Key, list[Mention]]) -> dict[Key, list[Mention]]:
    """Move the mentions of a surname to the one longer name that ends in it; two bearers leave it alone."""
    bearers: dict[str, list[Key]] = defaultdict(list)
    for key in groups:
        if key[0] == "PERSON" and "-" in key[1]:
            bearers[key[1].rpartition("-")[2]].append(key)
    joined: dict[Key, list[Mention]] = {}
    for key, mentions in groups.items():
        target = _bearer(groups, mentions, bearers.get(key[1], [])) if key[0] == "PERSON" else None
        joined.setdefault(target or key, []).extend(mentions)
    return joined


def _bearer(groups: dict[Key, list[Mention]], mentions: Sequence[Mention], bearers: Sequence[Key]) -> Key | None:
    """Give the person whom a surname means: the article's only bearer, else, in teasers alone, the page's only one."""
    own = [key for key in bearers if _in_article(groups[key])]
    candidates = own if own or _in_article(mentions) else bearers
    return candidates[0] if len(candidates) == 1 else None


def _in_article(mentions: Iterable[Mention]) -> bool:
    return any(mention.part in {"title", "body"} for mention in mentions)


def _entity(key: Key, mentions: list[Mention], body: range) -> Entity:
    kind, folded = key
    ordered = tuple(sorted(mentions, key=lambda mention: mention.start))
    return Entity(
        id=f"{kind.lower()}:{folded}",
        name=_fullest(ordered),
        type=kind,
        salience=salience(kind, ordered, body),
        mentions=ordered,
    )


def _fullest(mentions: Sequence[Mention]) -> str:
    """Give the name with the most words, then the one used most, then the first."""
    uses = Counter(mention.text for mention in mentions)
    return max(uses, key=lambda name: (len(name.split()), uses[name]))
