"""The bulk request: lines of JSON for each write, requests of bounded size, and what an answer says of each write."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import orjson

from broadsheet.indexer.batch import Plan, Stored
from broadsheet.indexer.client import NO_INDEX, reason
from broadsheet.indexer.teaser_groups import Group
from broadsheet.indexer.versions import Version

W = TypeVar("W", Plan, Group)

MOST_PAGES = 512
"""Pages listed and exactly counted in a teaser's entry: at most 0.4 MB of it, 40 KB in practice. Of more pages those with
the lowest digests are listed, and their count is estimated from these, with a standard error of 1 / sqrt(512): 4.4 %."""

MOST_DOMAINS = 200
MOST_NAMES = 100
"""Domains of an entry, and its names of one type; of more, the first in order are kept."""

SHARED_BYTES = 256 * 1024
"""Least bytes of a request when a batch is divided among several: below, what a request costs by itself outweighs the rest."""

RETRIES_ON_CONFLICT = 10
"""How often OpenSearch itself repeats a merge that met another indexer's on the same entry."""

NO_SCRIPT = "resource_not_found_exception"
"""OpenSearch's type of the cause of an error (400) that a stored script is not there."""

VERSION_FIELDS = ("revision", "version")
"""What of a stored document deciding needs."""

CLOSED = "index_closed_exception"

Ending = Literal["done", "refused", "busy", "missing"]
"""How a write ended: acknowledged, never possible, to be tried again, or without an index or a script to go by."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What OpenSearch said of one write.

    Attributes:
        ending: what it means.
        index: name of the index written to; empty unless done.
        why: OpenSearch's reason; empty when done.
        kind: OpenSearch's type of the error; empty when done.
    """

    ending: Ending
    index: str = ""
    why: str = ""
    kind: str = ""


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


def merge_lines(group: Group, script: str) -> bytes:
    """Give the two lines that add a group of sightings to its teaser's entry, made if it is not there.

    The script runs where the entry lies, so two indexers that see a teaser at once both count, without reading first.
    """
    meta = {"_id": group.key, "retry_on_conflict": RETRIES_ON_CONFLICT}
    limits = {"most_pages": MOST_PAGES, "most_domains": MOST_DOMAINS, "most_names": MOST_NAMES}
    change = {"scripted_upsert": True, "upsert": {}, "script": {"id": script, "params": limits | group.merged}}
    return orjson.dumps({"update": meta}) + b"\n" + orjson.dumps(change) + b"\n"


def request_bytes(total: int, at_once: int, most: int) -> int:
    """Give how many bytes a request of a batch of `total` may have, so that `at_once` requests share it evenly.

    At most `most`, and at least `SHARED_BYTES`: a batch that is smaller than that is one request.
    """
    return min(most, max(SHARED_BYTES, -(-total // at_once)))


def requests(writes: Iterable[tuple[W, bytes]], max_bytes: int, max_writes: int) -> Iterator[list[tuple[W, bytes]]]:
    """Divide writes into requests of at most `max_bytes` and `max_writes`; a single larger one is a request of its own."""
    request: list[tuple[W, bytes]] = []
    size = 0
    for write, body in writes:
        if request and (size + len(body) > max_bytes or len(request) == max_writes):
            yield request
            request, size = [], 0
        request.append((write, body))
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
    cause = error.get("caused_by") or {}
    kind = error.get("type") or ""
    return Answer(_ending(item["status"], kind, cause.get("type")), why=reason(error), kind=kind)


def _ending(status: int, kind: str, cause: str | None) -> Ending:
    """Only a 400 that is about the document is final; all else ends when an operator or time mends it.

    404 is an index or a document deleted meanwhile, 409 another indexer's write, 403 a block on the index (a full disk).
    """
    if kind == NO_INDEX or cause == NO_SCRIPT:
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


def joined(request: Sequence[tuple[W, bytes]]) -> bytes:
    """Give the body of a request."""
    return b"".join(body for _, body in request)
