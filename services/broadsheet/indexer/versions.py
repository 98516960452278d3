"""Which of two states of a document the index keeps: the newest page, whatever the order in which they arrive."""

from dataclasses import dataclass
from typing import Literal

from broadsheet_schemas.receipt import IndexAction

Write = Literal["document", "version", "nothing"]
"""What a decision writes: the whole document, its version alone, or nothing at all."""


@dataclass(frozen=True, slots=True)
class Version:
    """Which state of a document this is.

    Attributes:
        order: when the page was fetched, or, where that is unknown, received; milliseconds since the epoch.
        received: when the page was published to Broadsheet, milliseconds since the epoch; breaks ties of `order`.
        revision: digest of the page's content; breaks ties of both, so that any order of arrival ends the same.
        fingerprint: digest of what the indexed document says (see `documents.fingerprint`).
    """

    order: int
    received: int
    revision: str
    fingerprint: str

    @property
    def rank(self) -> tuple[int, int, str]:
        """What versions are compared by; equal only for two enrichments of one and the same page."""
        return (self.order, self.received, self.revision)


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of an incoming version.

    Attributes:
        action: what the receipt says.
        write: what is written.
    """

    action: IndexAction
    write: Write


CREATED = Decision("created", "document")
UPDATED = Decision("updated", "document")
UNCHANGED = Decision("unchanged", "nothing")
SEEN_AGAIN = Decision("unchanged", "version")
STALE = Decision("stale", "nothing")


def decide(existing: Version | None, incoming: Version) -> Decision:
    """Decide what becomes of `incoming`, given what the index holds.

    A redelivery is `unchanged` and writes nothing. The same page fetched again later is `unchanged` too, and only its
    version is written: were it not, a page that changed and changed back (A at 1, B at 2, A at 3) would end as B when
    B arrives last. At equal rank (the page tagged anew) the later arrival replaces the earlier.
    """
    if existing is None:
        return CREATED
    if incoming.fingerprint == existing.fingerprint:
        return SEEN_AGAIN if incoming.rank > existing.rank else UNCHANGED
    return UPDATED if incoming.rank >= existing.rank else STALE
