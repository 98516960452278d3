"""What a stage is to the runtime: a name, two topics and one pure function. `app.py` of each stage makes one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from broadsheet.runtime.errors import DocumentError
from broadsheet.runtime.records import Headers, Record
from broadsheet_schemas import Producer
from broadsheet_schemas.topics import Topic


@dataclass(frozen=True, slots=True)
class Product:
    """What a stage made of one record.

    Attributes:
        document_id: identity of the document; key and `ce_subject` of the event.
        data: the event's data as JSON (UTF-8), exactly as it will stand in the output record.
        received_at_ms: when the document was published to Broadsheet, milliseconds since the epoch.
        counts: what to add to the stage's counters, by the names in `runtime.metrics.COUNTS` (`teasers`, `entities`, ...).
        labels: values of bounded sets to count documents by (`content_type`, `language`, ...).
        trace: the trace context as headers, where the input carries it elsewhere than in the headers of that name.
    """

    document_id: str
    data: bytes
    received_at_ms: int
    counts: Mapping[str, float] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    trace: Headers = ()


Transform = Callable[[Record], Product]
"""The pure part of a stage, run in worker processes. Raises `DocumentError` for a page that can never succeed."""


class Meter(Protocol):
    """Takes what an effect tells of its requests, for the metrics."""

    def requested(self, request: str, seconds: float) -> None:
        """Note that a request of a kind was answered, or failed, after so many seconds."""

    def wrote(self, request: str, size: int, endings: Sequence[str]) -> None:
        """Note a request that writes: the bytes of its body, and how each of its writes ended."""


class Unmetered:
    """A meter that nobody reads."""

    def requested(self, request: str, seconds: float) -> None:
        """Do nothing."""

    def wrote(self, request: str, size: int, endings: Sequence[str]) -> None:
        """Do nothing."""


class Effect(Protocol):
    """The part of a stage that touches the world, if it has one: run on the event loop, a batch at a time.

    Only the indexer has one. It must be idempotent: after a crash the same batch comes again.
    """

    def measure(self, meter: Meter) -> None:
        """Tell `meter` of each request from now on; called before `start`."""

    async def start(self) -> None:
        """Prepare (open connections). Raises `UnavailableError` while the world is away: the runtime tries again."""

    async def apply(self, products: Sequence[Product]) -> Sequence[Product | DocumentError]:
        """Carry out the batch: for each product, in order, what it became or why it never will.

        Raises:
            UnavailableError: the world is away; the runtime backs off and calls again with the same batch.
        """

    async def ready(self) -> bool:
        """Tell whether the world that the effect needs can be reached now."""

    async def stop(self) -> None:
        """Release what `start` took."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage bound to its topics.

    Attributes:
        name: `intake`, `segmenter`, `tagger` or `indexer`; label of metrics and logs, part of the consumer group's name.
        reads: the topic it consumes.
        writes: the topic of its events.
        transform: the pure function, importable by name in a fresh process (worker processes import it).
        warm_up: called once in each worker process before its first page (load a model), or None.
        effect: what touches the world after `transform`, or None.
        model: the trained model that it runs, told by the build-info metric, or None.
    """

    name: str
    reads: Topic
    writes: Topic
    transform: Transform
    warm_up: Callable[[], None] | None = None
    effect: Effect | None = None
    model: Producer | None = None
