"""Writing to OpenSearch: the stage's effect. Reads what is there, decides, writes in bulk, and answers with receipts."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

import orjson
from opensearchpy import AsyncOpenSearch
from opensearchpy.exceptions import SerializationError, TransportError
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from broadsheet.indexer import bulk, schema
from broadsheet.indexer.batch import Batch, Stored
from broadsheet.indexer.client import BLOCKED, connect, unavailable
from broadsheet.indexer.leases import let_go
from broadsheet.indexer.names import KINDS, Names
from broadsheet.indexer.refusals import refusal_of
from broadsheet.indexer.sending import Sender
from broadsheet.indexer.settings import IndexerSettings
from broadsheet.indexer.teaser_groups import Group
from broadsheet.runtime.errors import DocumentError, UnavailableError
from broadsheet.runtime.stage import Meter, Product, Unmetered
from broadsheet_schemas.errors import ErrorCode

TRIES = 5
"""Rounds in which a batch gets past a busy shard or another indexer's write before it is handed back to the runtime."""

FIRST_WAIT_SECONDS = 0.05
LONGEST_WAIT_SECONDS = 1.0
"""Short, so that one call ends within seconds: the long waits, and being unready meanwhile, are the runtime's."""


class BusyError(UnavailableError):
    """Some writes of a round must be tried again; those that ended are remembered."""


class IndexEffect:
    """The part of the indexer that touches the world; see `runtime.stage.Effect`.

    Args:
        settings: how to reach OpenSearch, and the size of requests.
        clock: gives the present moment, aware UTC.
    """

    def __init__(self, settings: IndexerSettings, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._settings = settings
        self._names = Names(settings.index_prefix)
        self._clock = clock
        self._connected: AsyncOpenSearch | None = None
        self._unfinished: Batch | None = None
        self._meter: Meter = Unmetered()
        self._sender = Sender(lambda: self._client, settings, lambda: self._meter)

    def measure(self, meter: Meter) -> None:
        """Tell `meter` of each request from now on."""
        self._meter = meter

    async def start(self) -> None:
        """Make template, index and aliases where they are missing.

        Raises:
            UnavailableError: OpenSearch cannot be reached, or is not ready.
            OperatorError: it does not take this client (`tls_failed`, `credentials_refused`, `access_denied`): a person must
                act, so the processor does not start.
        """
        try:
            with self._named():
                await schema.create(self._client, self._names)
        except UnavailableError as error:
            cause = error.__cause__
            refusal = refusal_of(cause, self._where) if isinstance(cause, TransportError) else None
            raise refusal or error from cause

    async def apply(self, products: Sequence[Product]) -> Sequence[Product | DocumentError]:
        """Index a batch: for each product, in order, its receipt, or why OpenSearch will never take it.

        Products of the same document are decided in order, as if written one after another. The same batch may come
        again: what it has written is then `unchanged`. The very list whose last call ended with `UnavailableError` is
        gone on with: what had ended keeps its receipt, so that nothing that was `created` is told as `unchanged`.

        Raises:
            UnavailableError: OpenSearch is away, busy, or refuses this client. Credentials that are withdrawn while
                the processor runs make it wait, unready, and lose nothing; a restart then says what is wrong.
        """
        batch = self._batch(products)
        retrying = AsyncRetrying(
            retry=retry_if_exception_type(BusyError),
            stop=stop_after_attempt(TRIES),
            wait=wait_random_exponential(multiplier=FIRST_WAIT_SECONDS, max=LONGEST_WAIT_SECONDS),
            reraise=True,
        )
        with self._named():
            await retrying(self._finish, batch)
        self._unfinished = None
        return batch.results

    def _batch(self, products: Sequence[Product]) -> Batch:
        batch = self._unfinished
        if batch is None or not batch.carries(products):
            batch = self._unfinished = Batch(products)
        return batch

    async def ready(self) -> bool:
        """Tell whether OpenSearch answers and has the indices."""
        exists = self._client.indices.exists_alias
        try:
            return bool(await exists(name=self._names.write) and await exists(name=self._names.teasers.write))
        except TransportError:
            return False

    async def stop(self) -> None:
        """Close the connections."""
        if self._connected is not None:
            await self._connected.close()
            self._connected = None

    @property
    def _client(self) -> AsyncOpenSearch:
        """The client, made with the first use: it belongs to the event loop that runs then."""
        if self._connected is None:
            self._connected = connect(self._settings)
        return self._connected

    async def _finish(self, batch: Batch) -> None:
        """Do rounds until nothing is pending, then add the teasers of what is in the index: a refused page shows none.

        A refused write leaves its document's other versions to another round. A page that is not written, because it is
        unchanged or older, has been seen all the same; so after a crash between the two its sightings are added.
        """
        while batch.pending:
            await self._round(batch)
        await self._merge_teasers(batch)

    async def _round(self, batch: Batch) -> None:
        """Read what the index holds of the pending documents, decide, and write."""
        plans = list(batch.plans(await self._read(batch.pending)))
        for plan in plans:
            if plan.write is None and plan.stored is not None:
                batch.settle(plan, plan.stored.index, self._clock())
        writes = ((plan, bulk.lines(plan)) for plan in plans if plan.write is not None)
        problems = await self._sender.write(
            "documents",
            writes,
            self._names.write,
            done=lambda plan, index: batch.settle(plan, index, self._clock()),
            refused=batch.refuse,
        )
        await self._check(problems)

    async def _merge_teasers(self, batch: Batch) -> None:
        while batch.unseen:
            problems = await self._sender.write(
                "teasers",
                self._merges(batch),
                self._names.teasers.write,
                done=lambda group, _index: batch.seen(group),
                refused=batch.refuse_teaser,
            )
            await self._check(problems)

    def _merges(self, batch: Batch) -> Iterator[tuple[Group, bytes]]:
        """Give the write of each teaser; one whose sightings are no JSON is refused as if OpenSearch had refused it."""
        for group in batch.unseen:
            try:
                lines = bulk.merge_lines(group, self._names.merge_script)
            except orjson.JSONDecodeError as error:
                batch.refuse_teaser(group, str(error))
                continue
            yield group, lines

    async def _read(self, ids: Iterable[str]) -> dict[str, Stored]:
        response = await self._sender.read(ids, self._names.write)
        await self._check(bulk.read_failures(response))
        return bulk.stored(response)

    async def _check(self, problems: Sequence[bulk.Answer]) -> None:
        """Raise `BusyError` if there are problems, having made the index anew where it was missing.

        Writes that a rebuild holds up which has died are let go on.
        """
        if any(problem.ending == "missing" for problem in problems):
            await schema.create(self._client, self._names)
        if any(problem.kind == BLOCKED for problem in problems):
            for kind in KINDS:
                await let_go(self._client, Names(self._names.prefix, kind))
        if problems:
            raise BusyError(
                ErrorCode.INDEX_UNAVAILABLE,
                f"OpenSearch at {self._settings.opensearch_url}: {len(problems)} documents wait; {problems[0].why}",
            )

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Turn the client's errors into `UnavailableError`: what ends here is about the world, not about a document."""
        url = self._settings.opensearch_url
        try:
            yield
        except TransportError as error:
            told = refusal_of(error, self._where) or unavailable(error, url)
            raise UnavailableError(ErrorCode.INDEX_UNAVAILABLE, told.message) from error
        except SerializationError as error:
            raise UnavailableError(ErrorCode.INDEX_UNAVAILABLE, f"{url} answers, but not as OpenSearch does") from error

    @property
    def _where(self) -> str:
        return f"OpenSearch at {self._settings.opensearch_url}"
