"""Acronyms that a page introduces: "European Union (EU)", "EU (European Union)"."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from broadsheet.tagger.joining.organisation_names import acronym
from broadsheet.tagger.joining.surfaces import name_in, without_article
from broadsheet.tagger.named import Named


def introductions(found: Sequence[Named], text: str) -> Iterator[tuple[int, int]]:
    """Give pairs of mentions, as indices: an acronym, and the name that it stands for.

    Of two neighbours, the second in brackets, one must be an acronym whose letters come in order in the other, from its
    first letter on (after Schwartz and Hearst 2003, "A simple algorithm for identifying abbreviation definitions").

    Args:
        found: mentions of one type, in order of the text.
        text: the page's text.
    """
    for (place, left), (_, right) in pairwise(enumerate(found)):
        if text[left.end : right.start].strip() == "(" and text[right.end : right.end + 1] == ")":
            names = [without_article(name_in(text[one.start : one.end])) for one in (left, right)]
            if _stands_for(names[1], names[0]):
                yield place + 1, place
            elif _stands_for(names[0], names[1]):
                yield place, place + 1


def _stands_for(short: str, name: str) -> bool:
    letters, written = acronym(short), iter(name.casefold())
    return (
        bool(letters)
        and len(name) > len(short)
        and name[:1].casefold() == letters[0]
        and all(one in written for one in letters)
    )
