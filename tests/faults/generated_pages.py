"""Pages made from a seed, in the manner of what news sites give: as many as wanted, each different, some poison.

They are short, so that a fault suite is about faults and not about the tagger, which reads every word.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

POISON_SHARE = 0.02

REVISED_SHARE = 0.1
"""Share of the pages that are published again with other words."""

_TEXT = (
    "the council harbour voted after months of talks over a new bridge that engineers say will carry trains and buses "
    "across the river while fishermen fear for their moorings and shopkeepers hope for visitors in the spring"
)
_WORDS = _TEXT.split()
_NAMES = ("Ada Field", "Milo Hart", "Ines Calloway", "Tobias Renwick", "Marta Quillen", "Samir Holloway")
_PLACES = ("Norway", "Canada", "Kenya", "Portugal", "Toronto", "Oslo")
_TEASERS = (
    "Ferry Crews Walk Out {}\nJANUARY 14, 2025",
    "Old Lighthouse Finds A Buyer {}\nMARCH 3, 2025",
    "Orchestra Returns To Its Hall {}\nOCTOBER 22, 2025",
    "Schools Count The Cost {}\nNOVEMBER 9, 2025",
)
"""Few, as teasers are: many pages of one making show the same, and each must count once for each page."""


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
    poison: bool = False

    def revised(self) -> "Page":
        """Give a later state of the page: the same id, other words."""
        return replace(self, content=b"Corrected on the morning after.\n" + self.content)


def pages(count: int, seed: int, name: str = "page") -> Iterator[Page]:
    """Give `count` pages whose ids begin with `name`; the same seed gives the same pages.

    Of a teaser that more than 512 pages show, the index only estimates how many they are: make fewer at a time.
    """
    random_ = random.Random(seed)
    teasers = [teaser.format(" ".join(random_.choices(_WORDS, k=4)).title()) for teaser in _TEASERS]
    for number in range(count):
        poison = random_.random() < POISON_SHARE
        content = _poison(random_) if poison else _page(random_, number, teasers)
        yield Page(f"{name}-{number:06}", content, poison)


def revisions(made: Iterable[Page], random_: random.Random) -> list[Page]:
    """Give a later state of some pages, never of poison.

    Publish them a millisecond later at least: of two states in the same one, either may count as the newer.
    """
    return [page.revised() for page in made if not page.poison and random_.random() < REVISED_SHARE]


def _page(random_: random.Random, number: int, teasers: Sequence[str]) -> bytes:
    body = [_paragraph(random_, number) for _ in range(random_.randint(1, 2))]
    return "\n\n".join([*body, *random_.sample(teasers, random_.randint(0, 2))]).encode()


def _paragraph(random_: random.Random, number: int) -> str:
    sentence = " ".join(random_.choices(_WORDS, k=random_.randint(12, 25))).capitalize()
    return f"{random_.choice(_NAMES)} of {random_.choice(_PLACES)} spoke on day {number}. {sentence}."


def _poison(random_: random.Random) -> bytes:
    """Give bytes that intake refuses: a PDF, an archive, or nothing to see."""
    return random_.choice((b"%PDF-1.7\n" + random_.randbytes(200), b"PK\x03\x04" + random_.randbytes(200), b" \n\t\n"))
