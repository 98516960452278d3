"""The demo's way of the sample pages: published, followed on the topics until each has ended, and checked."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from broadsheet.cli.documents import Document, read_documents
from broadsheet.cli.raw_records import PageFacts, raw_record
from broadsheet.cli.reading import to_record
from broadsheet.runtime.clients import opened
from broadsheet.runtime.deadletters import DeadLetter, parse_dead_letter
from broadsheet.runtime.kafka import new_consumer, new_producer
from broadsheet.runtime.records import Record
from broadsheet.runtime.settings import KafkaSettings
from broadsheet_schemas.enriched import EnrichedDocument
from broadsheet_schemas.headers import DOCUMENT_ID
from broadsheet_schemas.receipt import IndexReceipt
from broadsheet_schemas.spans import TextSpan
from broadsheet_schemas.topics import DEAD_LETTER, ENRICHED, INDEXED, MAX_PAGE_BYTES, RAW

SAMPLES = Path(__file__).parent / "samples"
SITE = "https://tideway-courier.example"
"""Where the samples claim to be fetched; the domain is reserved for examples."""

PATIENCE_SECONDS = 120.0
"""How long all samples together may take; they need under 2 s on an idle machine."""

CLIENT_ID = "broadsheet-demo"


@dataclass(slots=True)
class Journey:
    """What became of one sample.

    Attributes:
        name: its document id, the file's name without ending.
        published_at: timestamp of its record in `documents.raw`.
        enriched: its enriched event, if it came so far.
        receipt: its index receipt, if it came so far.
        dead_letter: its dead letter, if it became one.
    """

    name: str
    published_at: datetime
    enriched: EnrichedDocument | None = None
    receipt: IndexReceipt | None = None
    dead_letter: DeadLetter | None = None

    @property
    def ended(self) -> bool:
        """Whether it is in the index and enriched, or a dead letter."""
        return self.dead_letter is not None or (self.receipt is not None and self.enriched is not None)

    @property
    def seconds(self) -> float | None:
        """Time from publish to index, or None for what is not in the index."""
        return None if self.receipt is None else (self.receipt.indexed_at - self.published_at).total_seconds()


def sample_pages() -> list[Document]:
    """Read the samples, in order of their names."""
    paths = sorted(str(path) for path in SAMPLES.iterdir() if path.suffix != ".md")
    found = read_documents(paths, max_bytes=MAX_PAGE_BYTES, form="auto", any_file=True)
    return [document for document in found if isinstance(document, Document)]


async def publish(settings: KafkaSettings, pages: Sequence[Document]) -> dict[str, Journey]:
    """Publish pages as a user would, and give their journeys by document id."""
    journeys: dict[str, Journey] = {}
    async with opened(new_producer(settings, CLIENT_ID)) as producer:
        for page in pages:
            name = Path(page.path).stem
            record = raw_record(page, PageFacts(url=f"{SITE}/{name}", document_id=name))
            topic = RAW.prefixed(settings.topic_prefix)
            sent = await producer.send_and_wait(topic, record.value, key=name.encode(), headers=list(record.headers))
            journeys[name] = Journey(name, datetime.fromtimestamp(sent.timestamp / 1000, UTC))
    return journeys


async def follow(settings: KafkaSettings, journeys: dict[str, Journey]) -> None:
    """Read what the processors write until every journey has ended.

    Raises:
        TimeoutError: some have not after `PATIENCE_SECONDS`.
    """
    async with asyncio.timeout(PATIENCE_SECONDS):
        async for record in _ends(settings):
            _note(settings, record, journeys)
            if all(journey.ended for journey in journeys.values()):
                return


async def _ends(settings: KafkaSettings) -> AsyncIterator[Record]:
    async with opened(new_consumer(settings, CLIENT_ID)) as consumer:
        consumer.subscribe([topic.prefixed(settings.topic_prefix) for topic in (ENRICHED, INDEXED, DEAD_LETTER)])
        async for record in consumer:
            yield to_record(record)


def _note(settings: KafkaSettings, record: Record, journeys: dict[str, Journey]) -> None:
    if record.topic == DEAD_LETTER.prefixed(settings.topic_prefix):
        letter = parse_dead_letter(record)
        journey = journeys[letter.record.header(DOCUMENT_ID) or ""]
        journey.dead_letter = letter
        return
    journey = journeys[(record.key or b"").decode()]
    if record.topic == ENRICHED.prefixed(settings.topic_prefix):
        journey.enriched = EnrichedDocument.model_validate_json(record.value or b"")
    else:
        journey.receipt = IndexReceipt.model_validate_json(record.value or b"")


def wrong_spans(document: EnrichedDocument) -> list[TextSpan]:
    """Give every span of a document whose text is not what stands at its place in the page."""
    fields = [
        field
        for teaser in document.teasers
        for field in (teaser.headline, teaser.kicker, teaser.summary, teaser.byline, teaser.published)
        if field is not None
    ]
    mentions = [mention for entity in document.entities for mention in entity.mentions]
    spans: list[TextSpan] = [*document.body, *fields, *mentions]
    return [span for span in spans if document.text[span.start : span.end] != span.text]
