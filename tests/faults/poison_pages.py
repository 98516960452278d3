"""Hostile records for `documents.raw`, made from a seed: bytes of every kind that has broken a reader of pages somewhere."""

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass

from faults.poison_kinds import HUGE, SMALL, Headers, Maker

KINDS = len(SMALL)


@dataclass(frozen=True, slots=True)
class Poison:
    """One hostile record.

    Attributes:
        document_id: its id, in the header that intake honours.
        kind: what is hostile about it.
        value: the page's bytes.
        key: the record's key, different for each record.
        headers: all headers, the id among them.
    """

    document_id: str
    kind: str
    value: bytes
    key: bytes
    headers: Headers


def poison(count: int, seed: int, *, huge: int | None = None) -> Iterator[Poison]:
    """Give `count` hostile records, all kinds by turns; the same seed gives the same records.

    Args:
        count: how many.
        seed: of the random choices.
        huge: how many of them may be of the kinds that are megabytes large; all that come by turns when None.
    """
    random_ = random.Random(seed)
    kinds = itertools.cycle(SMALL)
    large = iter(itertools.cycle(HUGE)) if huge is None else iter(list(itertools.islice(itertools.cycle(HUGE), huge)))
    every = max(2, count // huge) if huge else 8
    for number in range(count):
        make = next(large, None) if number % every == every - 1 else None
        yield _record(f"poison-{number:05}", make or next(kinds), random_)


def _record(document_id: str, make: Maker, random_: random.Random) -> Poison:
    made = make(random_)
    headers: Headers = (("document-id", document_id.encode()),)
    if made.declared is not None:
        headers += (("content-type", made.declared),)
    kind = make.__name__.strip("_").replace("_", " ")
    return Poison(document_id, kind, made.value, document_id.encode() + made.more_key, headers + made.headers)
