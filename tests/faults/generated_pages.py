"""Pages made from a seed, in the manner of what news sites give: as many as wanted, each different, some poison."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

POISON_SHARE = 0.01

_TEXT = (
    "the council harbour voted after months of talks over a new bridge that engineers say will carry trains and buses "
    "across the river while fishermen fear for their moorings and shopkeepers hope for visitors in the spring"
)
_WORDS = _TEXT.split()
_NAMES = ("Ada Field", "Milo Hart", "Ines Calloway", "Tobias Renwick", "Marta Quillen", "Samir Holloway")
_PLACES = ("Norway", "Canada", "Kenya", "Portugal", "Toronto", "Oslo")
_MONTHS = ("JANUARY", "FEBRUARY", "MARCH", "OCTOBER", "NOVEMBER", "DECEMBER")


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    Attributes:
        document_id: its id.
        content: its bytes.
        poison: whether it must become a dead letter.
    """

    document_id: str
    content: bytes
    poison: bool


def pages(count: int, seed: int) -> Iterator[Page]:
    """Give `count` pages; the same seed gives the same pages."""
    random_ = random.Random(seed)
    for number in range(count):
        poison = random_.random() < POISON_SHARE
        content = _poison(random_) if poison else _page(random_, number)
        yield Page(f"page-{number:06}", content, poison)


def _page(random_: random.Random, number: int) -> bytes:
    body = [_paragraph(random_, number) for _ in range(random_.randint(3, 6))]
    teasers = [line for _ in range(random_.randint(0, 4)) for line in _teaser(random_)]
    return "\n".join([*body, *teasers]).encode()


def _paragraph(random_: random.Random, number: int) -> str:
    sentences = [" ".join(random_.choices(_WORDS, k=random_.randint(12, 25))).capitalize() for _ in range(3)]
    return f"{random_.choice(_NAMES)} of {random_.choice(_PLACES)} spoke on day {number}. {'. '.join(sentences)}."


def _teaser(random_: random.Random) -> list[str]:
    headline = " ".join(random_.choices(_WORDS, k=8)).title()
    return [headline, f"{random_.choice(_MONTHS)} {random_.randint(1, 28)}, 2025"]


def _poison(random_: random.Random) -> bytes:
    """Give bytes that intake refuses: a PDF, an archive, or nothing to see."""
    return random_.choice((b"%PDF-1.7\n" + random_.randbytes(200), b"PK\x03\x04" + random_.randbytes(200), b" \n\t\n"))
