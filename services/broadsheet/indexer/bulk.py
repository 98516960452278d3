"""The bulk request: lines of JSON for each write, requests of bounded size, and what an answer says of each write."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import orjson

from broadsheet.indexer.batch import Plan, Stored
from broadsheet.indexer.client import NO_INDEX, reason
from broadsheet.indexer.versions import Version

VERSION_FIELDS = ("revision", "version")
"""What of a stored document deciding needs."""

CLOSED = "index_closed_exception"

Ending = Literal["done", "refused", "busy", "missing"]
"""How a write ended: acknowledged, never possible, to be tried again, or without an index to go to."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What OpenSearch said of one write.

    Attributes:
        ending: what it means.
        index: name of the index written to; empty unless done.
        why: OpenSearch's reason; empty when done.
    """

    ending: Ending
    index: str = ""
    why: str = ""


def lines(plan: Plan) -> bytes:
    """Give the two lines of a plan's write.

    The first write of a document is `create`, which fails where another indexer was first; every later one names the
    state it was decided on (`if_seq_no`), and fails where another came between. Both failures are decided anew.
    """
    meta: dict[str, Any] = {"_id": plan.draft.id}
    if plan.stored is None:
        return orjson.dumps({"create": meta}) + b"\n" + plan.draft.source + b"\n"
    meta |= {"if_seq_no": plan.stored.seq_no, "if_primary_term": plan.stored.primary_term}
    if plan.whole:
        return orjson.dumps({"index": meta}) + b"\n" + plan.draft.source + b"\n"
    return orjson.dumps({"update": meta}) + b"\n" + orjson.dumps({"doc": _moved(plan)}) + b"\n"


def requests(plans: Iterable[Plan], max_bytes: int) -> Iterator[list[tuple[Plan, bytes]]]:
    """Divide writes into requests of at most `max_bytes`; a single larger write is a request of its own."""
    request: list[tuple[Plan, bytes]] = []
    size = 0
    for plan in plans:
        body = lines(plan)
        if request and size + len(body) > max_bytes:
            yield request
            request, size = [], 0
        request.append((plan, body))
        size += len(body)
    if request:
        yield request


def answers(response: Mapping[str, Any]) -> list[Answer]:
    """Read what a bulk response says of each write, in the order of the request."""
    return [_answer(next(iter(item.values()))) for item in response["items"]]


def stored(response: Mapping[str, Any]) -> dict[str, Stored]:
    """Read the documents that a multi-get found, by their ids in the index."""
    return {entry["_id"]: _stored(entry) for entry in response["docs"] if entry.get("found")}


def read_failures(response: Mapping[str, Any]) -> list[Answer]:
    """Read the failures of a multi-get: the index missing, or a shard away."""
    errors = [entry["error"] for entry in response["docs"] if "error" in entry]
    return [Answer("missing" if error.get("type") == NO_INDEX else "busy", why=reason(error)) for error in errors]


def _answer(item: Mapping[str, Any]) -> Answer:
    error = item.get("error")
    if error is None:
        return Answer("done", index=item["_index"])
    return Answer(_ending(item["status"], error.get("type")), why=reason(error))


def _ending(status: int, kind: str | None) -> Ending:
    """Only a 400 that is about the document is final; all else ends when an operator or time mends it.

    404 is an index or a document deleted meanwhile, 409 another indexer's write, 403 a block on the index (a full disk).
    """
    if kind == NO_INDEX:
        return "missing"
    return "refused" if status in (400, 413) and kind != CLOSED else "busy"


def _stored(entry: Mapping[str, Any]) -> Stored:
    source = entry["_source"]
    return Stored(
        version=Version(revision=source["revision"], **source["version"]),
        index=entry["_index"],
        seq_no=entry["_seq_no"],
        primary_term=entry["_primary_term"],
    )


def _moved(plan: Plan) -> dict[str, Any]:
    """Give the fields that change when the same page is seen again."""
    version = plan.draft.version
    return {**plan.draft.moments, "version": {"order": version.order, "received": version.received}}


def joined(request: Sequence[tuple[Plan, bytes]]) -> bytes:
    """Give the body of a request."""
    return b"".join(body for _, body in request)
