"""The name and the id of an entity, and what else it carries."""

from collections import Counter
from collections.abc import Iterable, Sequence

from broadsheet.tagger.joining.folding import LONGEST, fold, singular
from broadsheet.tagger.joining.surfaces import is_shouted, name_in, without_article
from broadsheet.tagger.joining.titles import without_titles
from broadsheet.tagger.value import Value
from broadsheet_schemas import EntityType


def fullest(surfaces: Iterable[str], kind: EntityType) -> str:
    """Give the fullest name that is used, without possessive, a person's title, or an article.

    Of a people, it is the name used most. Else it has the most words; then it is not in capitals alone, has no article, is
    longer, used more, and earlier in the alphabet.
    """
    uses = Counter(_shown(surface, kind) for surface in surfaces)
    if kind == "NORP":
        return min(uses, key=lambda name: (-uses[name], name))
    return min(uses, key=lambda name: (*_rank(name, kind), -uses[name], name))


def _rank(name: str, kind: EntityType) -> tuple[int, bool, bool, int]:
    bare = without_article(name)
    shouted = is_shouted(bare) and (kind == "PERSON" or " " in bare)
    return -len(bare.split()), shouted, bare != name, -len(bare)


def _shown(surface: str, kind: EntityType) -> str:
    name = name_in(surface)
    if kind == "PERSON":
        return without_titles(name)[0]
    return name if name.startswith("The ") else without_article(name)


def entity_id(kind: EntityType, name: str) -> str:
    """Give the id of an entity by its name: `person:ada-field`."""
    folded = fold(without_article(name))
    return f"{kind.lower()}:{singular(folded) if kind == 'NORP' else folded}"


def value_id(value: Value) -> str | None:
    """Give the id of what a date, amount or percentage comes to: `date:2025-12-24`, `money:usd-1500000`, `percent:4.5`."""
    kind = value.kind.lower()
    if value.date is not None:
        return f"{kind}:{value.date}"
    if value.amount is None:
        return None
    amount = f"{value.amount:.15g}" if abs(value.amount) < 1e15 else f"{value.amount:.0f}"  # noqa: PLR2004 - doubles are exact to here
    return f"{kind}:{value.currency.lower()}-{amount}" if value.currency else f"{kind}:{amount}"


def surface_id(kind: EntityType, surface: str) -> str:
    """Give the id of a date, amount or percentage that comes to nothing known: its words, signs kept ("$" is not "€")."""
    return f"{kind.lower()}:{'-'.join(surface[:LONGEST].casefold().split())}"


def numbered(ids: Sequence[str]) -> list[str]:
    """Give ids that are all different: the second of two namesakes gets "-2"."""
    taken: set[str] = set()
    last: dict[str, int] = {}
    given = []
    for wanted in ids:
        one = wanted
        while one in taken:
            last[wanted] = last.get(wanted, 1) + 1
            one = f"{wanted}-{last[wanted]}"
        taken.add(one)
        given.append(one)
    return given
