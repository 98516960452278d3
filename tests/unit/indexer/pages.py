"""Enriched documents for tests of the index: made by hand, or generated."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args

from hypothesis import strategies as st

from broadsheet.indexer.transform import index_record
from broadsheet.runtime.records import Record
from broadsheet.runtime.stage import Product
from broadsheet_schemas.accepted import Language, Source
from broadsheet_schemas.enriched import EnrichedDocument, Entity, EntityType, Mention, Tagger
from broadsheet_schemas.segmented import Block, NoArticleReason, Producer, PublishedField, Teaser, Title
from broadsheet_schemas.spans import TextSpan

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)
BRIDGE = "The old bridge over the Tarn is open again, said mayor Ada Field."
FERRY = "Ferry strike ends"
PILOT = "Rolf Sund steers the first boat"


def at(minutes: float) -> datetime:
    """Give a moment some minutes after noon."""
    return NOON + timedelta(minutes=minutes)


def page(
    document_id: str = "bridge", *, body: str = BRIDGE, revision: str = "a" * 64, **fields: Any
) -> EnrichedDocument:
    """Make a page on a bridge whose teaser is about a ferry, and names a person that the article does not."""
    given: dict[str, Any] = {
        "document_id": document_id,
        "revision": revision,
        "source": Source(url="https://news.example/bridge", domain="news.example"),
        "content_type": "text/plain",
        "language": Language(code="en", confidence=1),
        "received_at": at(0),
        "text": f"Bridge reopens\n{body}\n{FERRY}\n{PILOT}",
        "title": Title(text="Bridge reopens"),
        "body": (Block(kind="paragraph", start=15, end=15 + len(body), text=body),),
        "teasers": (ferry(),),
        "published_on": date(2026, 1, 30),
        "authors": ("Jo Quill",),
        "entities": (
            entity("Ada Field", "PERSON", ("Ada Field", "body")),
            entity("Rolf Sund", "PERSON", ("Sund", "teaser:0")),
        ),
        "metadata": {"feed": "local"},
        "segmenter": Producer(name="rules", version="1"),
        "tagger": Tagger(name="rules", version="1"),
    }
    return EnrichedDocument(**given | fields)


def ferry() -> Teaser:
    """Make a teaser."""
    return Teaser(
        start=81,
        end=130,
        headline=span(FERRY, 81),
        summary=span(PILOT, 99),
        published=PublishedField(start=0, end=7, text="JAN. 29", date=date(2026, 1, 29)),
        url="https://news.example/ferry",
    )


def entity(name: str, kind: EntityType, *mentions: tuple[str, str], salience: float = 0.5) -> Entity:
    """Make an entity from mentions (surface, part)."""
    return Entity(
        id=f"{kind.lower()}:{name.lower().replace(' ', '-')}",
        name=name,
        type=kind,
        salience=salience,
        mentions=tuple(Mention(start=0, end=len(text), text=text, part=part) for text, part in mentions),
    )


def span(text: str, start: int = 0) -> TextSpan:
    """Make a span that holds a text."""
    return TextSpan(start=start, end=start + len(text), text=text)


def record(document: EnrichedDocument) -> Record:
    """Make the record that carries a document."""
    value = document.model_dump_json().encode()
    return Record("documents.enriched", 0, 0, 0, document.document_id.encode(), value)


def product(document: EnrichedDocument) -> Product:
    """Take a document through the pure part of the stage."""
    return index_record(record(document))


texts = st.text(max_size=30)
spans = texts.map(span)
moments = st.datetimes(timezones=st.sampled_from([UTC]) | st.timezones())
teasers = st.builds(
    lambda headline, fields: Teaser(start=0, end=30, headline=headline, **fields),
    spans,
    st.fixed_dictionaries(
        {},
        optional={
            "kicker": spans,
            "summary": spans,
            "byline": spans,
            "url": texts,
            "published": st.builds(
                PublishedField, start=st.just(0), end=st.just(9), text=texts, date=st.none() | st.dates()
            ),
        },
    ),
)
parts = st.sampled_from(["title", "body", "teaser:0", "teaser:1", "teaser:7"])
entities = st.builds(
    Entity,
    id=texts,
    name=st.text(min_size=1, max_size=20),
    type=st.sampled_from(get_args(EntityType)),
    salience=st.floats(0, 1),
    mentions=st.lists(
        st.builds(Mention, start=st.just(0), end=st.just(5), text=texts, part=parts), min_size=1, max_size=4
    ),
)
documents = st.builds(
    EnrichedDocument,
    document_id=st.text(min_size=1, max_size=512),
    revision=st.text("0123456789abcdef", min_size=64, max_size=64),
    source=st.builds(Source, url=st.none() | texts, canonical_url=st.none() | texts, domain=st.none() | texts),
    content_type=st.sampled_from(["text/plain", "text/html"]),
    language=st.builds(Language, code=st.sampled_from(["en", "cs", "und"]), confidence=st.floats(0, 1)),
    received_at=moments,
    fetched_at=st.none() | moments,
    published_at=st.none() | moments,
    metadata=st.dictionaries(texts, texts, max_size=3),
    text=texts,
    title=st.none() | st.builds(Title, text=st.text(min_size=1, max_size=20), start=st.none(), end=st.none()),
    body=st.lists(
        st.builds(Block, start=st.just(0), end=st.just(9), text=texts, kind=st.just("paragraph")), max_size=3
    ),
    teasers=st.lists(teasers, max_size=3),
    published_on=st.none() | st.dates(),
    authors=st.lists(texts, max_size=2),
    entities=st.lists(entities, max_size=4),
    confidence=st.none() | st.floats(0, 1),
    no_article=st.none() | st.sampled_from(get_args(NoArticleReason)),
    segmenter=st.builds(Producer, name=st.just("rules"), version=st.just("1"), sha256=st.none() | st.just("0" * 64)),
    tagger=st.builds(Tagger, name=st.just("rules"), version=st.just("1")),
)
"""Documents of every shape that the contract allows."""
