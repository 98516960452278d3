from collections.abc import Mapping, Sequence

import orjson
import pytest

from broadsheet.indexer.batch import Batch, Plan, Stored, plan
from broadsheet.indexer.transform import draft_of
from broadsheet.runtime.errors import DocumentError
from broadsheet.runtime.stage import Product
from broadsheet_schemas.enriched import EnrichedDocument
from broadsheet_schemas.errors import ErrorCode
from broadsheet_schemas.receipt import IndexReceipt
from unit.indexer.pages import at, ferry, page, product

OLD, NEW = (
    page(fetched_at=at(1), body="Old.", revision="a" * 64),
    page(fetched_at=at(2), body="New.", revision="b" * 64),
)
OTHER = ferry().model_copy(update={"url": None})
OLD_AGAIN = page(fetched_at=at(3), body="Old.", revision="a" * 64)


def held(document: EnrichedDocument) -> Stored:
    return Stored(draft_of(document).version, "broadsheet-documents-v1", seq_no=7, primary_term=1)


def planned(*documents: EnrichedDocument, stored: EnrichedDocument | None = None) -> Plan:
    drafts = {number: draft_of(document) for number, document in enumerate(documents)}
    return plan(held(stored) if stored else None, drafts)


def actions(plan: Plan) -> list[str]:
    return [decision.action for decision in plan.decisions]


@pytest.mark.parametrize(
    ("stored", "documents", "expected", "write", "whole"),
    [
        (None, [OLD], ["created"], 0, True),
        (None, [OLD, NEW], ["created", "updated"], 1, True),
        (None, [NEW, OLD], ["created", "stale"], 0, True),
        (None, [OLD, OLD], ["created", "unchanged"], 0, True),
        (OLD, [OLD], ["unchanged"], None, False),
        (OLD, [OLD_AGAIN], ["unchanged"], 0, False),
        (OLD, [NEW, OLD_AGAIN], ["updated", "updated"], 1, True),
        (OLD, [NEW, NEW], ["updated", "unchanged"], 0, True),
        (NEW, [OLD], ["stale"], None, False),
        (NEW, [OLD, OLD_AGAIN], ["stale", "updated"], 1, True),
    ],
)
def test_a_documents_versions_fold_into_one_write(
    stored: EnrichedDocument | None,
    documents: Sequence[EnrichedDocument],
    expected: list[str],
    write: int | None,
    whole: bool,  # noqa: FBT001 - a row of the table
) -> None:
    made = planned(*documents, stored=stored)
    assert (actions(made), made.write, made.whole) == (expected, write, whole)


def test_receipts_come_in_the_order_of_the_products() -> None:
    batch = Batch([product(page(name)) for name in ("c", "a", "b", "a")])
    for made in batch.plans({}):
        batch.settle(made, "broadsheet-documents-v1", at(9))
    receipts = [IndexReceipt.model_validate_json(result.data) for result in succeeded(batch)]
    assert [(receipt.document_id, receipt.action) for receipt in receipts] == [
        ("c", "created"),
        ("a", "created"),
        ("b", "created"),
        ("a", "unchanged"),
    ]
    assert receipts[0].indexed_at == at(9)


def test_a_receipt_replaces_the_draft_and_labels_the_action() -> None:
    batch = Batch([product(OLD)])
    settle_all(batch, {})
    (result,) = succeeded(batch)
    assert orjson.loads(result.data)["index"] == "broadsheet-documents-v1"
    assert result.labels == {"action": "created"}
    assert result.counts["teasers"] == 1


def test_a_refused_version_leaves_the_others_of_its_document_to_another_round() -> None:
    batch = Batch([product(OLD), product(NEW)])
    (first,) = batch.plans({})
    batch.refuse(first, "failed to parse field [x]")
    assert batch.pending == {"bridge": (0,)}
    settle_all(batch, {})
    kept, refused = batch.results
    assert not isinstance(kept, DocumentError)
    assert isinstance(refused, DocumentError)
    assert refused.code is ErrorCode.INDEX_REFUSED
    assert "[x]" in refused.message


def test_teasers_are_grouped_over_the_pages_of_a_batch() -> None:
    batch = Batch([product(page("a")), product(page("b", teasers=(ferry(), OTHER))), product(page("c", teasers=()))])
    assert [set(group.sightings) for group in batch.unseen] == [{0, 1}, {1}]
    for group in batch.unseen:
        batch.seen(group)
    assert batch.unseen == []


def test_a_refused_teaser_is_asked_for_page_by_page_and_refuses_its_page_alone() -> None:
    batch = Batch([product(page("a")), product(page("b"))])
    (group,) = batch.unseen
    batch.refuse_teaser(group, "failed to parse field [x]")
    first, second = batch.unseen
    batch.seen(first)
    batch.refuse_teaser(second, "failed to parse field [x]")
    assert (batch.unseen, batch.pending) == ([], {"a": (0,)})
    settle_all(batch, {})
    assert isinstance(batch.results[1], DocumentError)
    assert "[x]" in batch.results[1].message


def test_a_refused_page_shows_no_teaser_any_more() -> None:
    batch = Batch([product(page("a")), product(page("b", teasers=(ferry(), OTHER)))])
    first, second = batch.plans({})
    assert (first.draft.id, second.draft.id) == ("a", "b")
    batch.refuse(second, "failed to parse field [x]")
    assert [set(group.sightings) for group in batch.unseen] == [{0}]
    batch.refuse(first, "failed to parse field [x]")
    assert batch.unseen == []


def test_a_batch_knows_the_products_that_it_was_made_of() -> None:
    products = [product(page())]
    batch = Batch(products)
    assert batch.carries(products)
    assert not batch.carries(list(products))


def settle_all(batch: Batch, stored: Mapping[str, Stored]) -> None:
    for made in batch.plans(stored):
        batch.settle(made, "broadsheet-documents-v1", at(9))


def succeeded(batch: Batch) -> list[Product]:
    results = [result for result in batch.results if not isinstance(result, DocumentError)]
    assert len(results) == len(batch.results)
    return results
