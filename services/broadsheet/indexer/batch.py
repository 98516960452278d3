"""A batch on its way into the index: which write each document needs, and how each product of the batch ended. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from broadsheet.indexer.teaser_groups import Group, grouped
from broadsheet.indexer.transform import Draft
from broadsheet.indexer.versions import Decision, Version, decide
from broadsheet.runtime.errors import DocumentError
from broadsheet.runtime.stage import Product
from broadsheet_schemas.errors import ErrorCode
from broadsheet_schemas.receipt import IndexReceipt


@dataclass(frozen=True, slots=True)
class Stored:
    """What the index holds of a document.

    Attributes:
        version: which state of it.
        index: name of the index that holds it, not of an alias.
        seq_no: OpenSearch's sequence number of that state; a write names it and fails if another came between.
        primary_term: belongs to `seq_no`.
    """

    version: Version
    index: str
    seq_no: int
    primary_term: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What one round does for one document.

    Attributes:
        stored: what the index held when the plan was made, or None.
        positions: the products of the batch that are this document, in order.
        decisions: what becomes of each of them, were they written one after another.
        write: position of the one that is written, or None where nothing is.
        draft: the draft of that position.
        whole: whether the whole document is written, or its version alone.
    """

    stored: Stored | None
    positions: tuple[int, ...]
    decisions: tuple[Decision, ...]
    write: int | None
    draft: Draft
    whole: bool


class Batch:
    """The products of one call of `IndexEffect.apply`, and how each ended so far."""

    def __init__(self, products: Sequence[Product]) -> None:
        self._products = products
        self._drafts = [Draft.read(product.data) for product in products]
        self._results: list[Product | DocumentError | None] = [None] * len(products)
        self._unseen = {group.place: group for group in grouped([draft.sightings for draft in self._drafts])}

    def carries(self, products: Sequence[Product]) -> bool:
        """Tell whether this is the batch of these very products, which were handed in before."""
        return self._products is products

    @property
    def pending(self) -> dict[str, tuple[int, ...]]:
        """Positions that have not ended yet, in order, by the document's id in the index."""
        positions = [number for number, result in enumerate(self._results) if result is None]
        by_id = sorted(positions, key=lambda number: self._drafts[number].id)
        return {key: tuple(group) for key, group in groupby(by_id, key=lambda number: self._drafts[number].id)}

    @property
    def unseen(self) -> list[Group]:
        """Sightings that the index of teasers does not hold yet, by teaser."""
        return list(self._unseen.values())

    def seen(self, group: Group) -> None:
        """Note that a teaser's sightings are in the index."""
        del self._unseen[group.place]

    def _unsee(self, position: int) -> None:
        """Forget what a page shows: it is refused, and must not count."""
        left = (group.without(position) for group in self._unseen.values())
        self._unseen = {group.place: group for group in left if group.sightings}

    def refuse_teaser(self, group: Group, why: str) -> None:
        """Take a refusal of a teaser: of one page, as that page's dead letter; of several, as a cause to ask one by one.

        The page itself is in the index by then (see `IndexEffect`); its dead letter, replayed, brings the teaser.
        """
        del self._unseen[group.place]
        if len(group.sightings) > 1:
            self._unseen |= {alone.place: alone for alone in group.alone()}
            return
        for position in group.sightings:
            self._results[position] = DocumentError(
                ErrorCode.INDEX_REFUSED, f"OpenSearch holds it, and refused a teaser of it: {why}"
            )

    @property
    def results(self) -> list[Product | DocumentError]:
        """How each product ended, in order; call it when nothing is pending."""
        return [result for result in self._results if result is not None]

    def plans(self, stored: Mapping[str, Stored]) -> Iterator[Plan]:
        """Plan the pending documents, given what the index holds of them."""
        for key, positions in self.pending.items():
            yield plan(stored.get(key), {position: self._drafts[position] for position in positions})

    def settle(self, done: Plan, index: str, now: datetime) -> None:
        """End every product of a plan with its receipt: its write, if any, has been acknowledged at `now`."""
        for position, decision in zip(done.positions, done.decisions, strict=True):
            product = self._products[position]
            receipt = IndexReceipt(
                document_id=product.document_id,
                revision=self._drafts[position].version.revision,
                index=index,
                action=decision.action,
                indexed_at=now,
            )
            labels = {**product.labels, "action": decision.action}
            self._results[position] = replace(product, data=receipt.model_dump_json().encode(), labels=labels)

    def refuse(self, failed: Plan, why: str) -> None:
        """End the written product of a plan as a dead letter, unseen; the others of its document are planned anew."""
        if failed.write is not None:
            self._results[failed.write] = DocumentError(ErrorCode.INDEX_REFUSED, f"OpenSearch refused it: {why}")
            self._unsee(failed.write)


def plan(stored: Stored | None, drafts: Mapping[int, Draft]) -> Plan:
    """Decide one document's drafts, in order, and fold them into one write: the last that replaces what was there."""
    current = stored.version if stored else None
    decisions: list[Decision] = []
    write = max(drafts)
    for position, draft in drafts.items():
        decisions.append(decide(current, draft.version))
        if decisions[-1].write != "nothing":
            current, write = draft.version, position
    kinds = {decision.write for decision in decisions}
    return Plan(
        stored=stored,
        positions=tuple(drafts),
        decisions=tuple(decisions),
        write=None if kinds == {"nothing"} else write,
        draft=drafts[write],
        whole="document" in kinds,
    )
