"""From a record in `documents.raw` to the index, through four real processes."""

import base64
from datetime import date
from pathlib import Path

import orjson
import pytest

from broadsheet.cli import demo_road
from broadsheet.indexer.client import connect
from broadsheet.indexer.names import Names
from broadsheet.indexer.queries import SearchRequest
from broadsheet.indexer.search import search
from broadsheet.runtime.deadletters import parse_dead_letter
from broadsheet.runtime.records import Record
from broadsheet_schemas import EnrichedDocument, IndexReceipt
from broadsheet_schemas.topics import ACCEPTED, DEAD_LETTER, ENRICHED, INDEXED, SEGMENTED
from e2e.commands import broadsheet
from e2e.journeys import about, arrive, publish
from e2e.talks_page import PAGE
from roads import Road

pytestmark = pytest.mark.e2e

BRIDGE = (demo_road.SAMPLES / "harbour-bridge.txt").read_bytes()
HTML = b"""<html><head><title>Ferry late again</title></head><body><nav><a href="/">Home</a></nav><article><h1>Ferry late again</h1>
<p>The morning ferry to Oslo left an hour late on Monday, for the third time this month, its owner said.</p>
<p>Passengers were offered coffee. Most of them said that they would rather have been offered a ferry.</p></article></body></html>"""


def enriched(record: Record) -> EnrichedDocument:
    return EnrichedDocument.model_validate_json(record.value or b"")


def receipt(record: Record) -> IndexReceipt:
    return IndexReceipt.model_validate_json(record.value or b"")


async def test_a_bare_page_comes_out_told_apart(road: Road) -> None:
    sent = await publish(road, BRIDGE)

    def is_it(record: Record) -> bool:
        return enriched(record).received_at.timestamp() == float(sent.timestamp) / 1000

    (record,) = await arrive(road, ENRICHED, is_it)
    document = enriched(record)

    assert document.text.rstrip() == BRIDGE.decode().rstrip()
    assert document.document_id.startswith("content-")
    assert [teaser.published.date for teaser in document.teasers if teaser.published] == [
        date(2026, 3, 3),
        date(2026, 2, 27),
        date(2026, 2, 24),
        date(2026, 2, 22),
        date(2026, 2, 19),
    ]
    body = "\n".join(block.text for block in document.body)
    assert len(document.teasers) == 5
    for teaser in document.teasers:
        assert teaser.headline.text not in body
    assert demo_road.wrong_spans(document) == []
    brandt = [entity for entity in document.entities if "Brandt" in entity.name]
    assert brandt
    assert all(mention.part.startswith("teaser:") for entity in brandt for mention in entity.mentions)


async def test_the_entities_of_article_and_teasers_are_apart(road: Road) -> None:
    await publish(road, PAGE.encode(), {"document-id": "talks"})
    (record,) = await arrive(road, ENRICHED, about("talks"))
    document = enriched(record)
    body = {(one.type, one.name, one.country) for one in document.entities if one.salience > 0}
    teasers = {(one.type, one.name) for one in document.entities if one.salience == 0}

    assert len(document.teasers) == 5
    assert {
        ("PERSON", "Volodymyr Zelensky", None),
        ("PERSON", "Biden", None),
        ("GPE", "Ukraine", "UA"),
        ("GPE", "Russia", "RU"),
        ("GPE", "United States", "US"),
        ("GPE", "Washington", None),
        ("GPE", "Kyiv", None),
    } <= body
    assert {"NATO", "Congress", "White House"} <= {name for _, name, _ in body}
    assert {
        ("PERSON", name) for name in ("Koepka", "Skenes", "Skubal", "Kevin McCarthy", "Trump", "Scott Bessent")
    } <= teasers
    assert ("ORG", "Supreme Court") in teasers
    states = next(one for one in document.entities if one.name == "United States")
    assert {mention.text for mention in states.mentions} == {"United States", "U.S."}
    for one in document.entities:
        if one.salience == 0:
            assert all(mention.part.startswith("teaser:") for mention in one.mentions)


async def test_a_name_in_a_teaser_does_not_find_the_page_as_if_it_were_about_it(road: Road) -> None:
    await publish(road, BRIDGE, {"document-id": "separation"})
    await arrive(road, INDEXED, about("separation"))

    async with connect(road.opensearch) as client:
        await client.indices.refresh(index=Names(road.opensearch.index_prefix).read)
        found = {
            part: {hit.id for hit in (await search(client, request, prefix=road.opensearch.index_prefix)).hits}
            for part in ("body", "teasers")
            for request in [SearchRequest.model_validate({"query": "Odalys Brandt", "part": part})]
        }

    assert "separation" not in found["body"]
    assert "separation" in found["teasers"]


@pytest.mark.parametrize(
    ("name", "value", "headers"),
    [
        ("json", orjson.dumps({"content": BRIDGE.decode(), "document_id": "form-json"}), {}),
        ("html", HTML, {"content-type": "text/html; charset=utf-8", "Document-Id": "form-html"}),
        ("sniffed-html", HTML, {"document-id": "form-sniffed-html"}),
        (
            "latin-1",
            "Café fermé".encode("latin-1"),
            {"content-type": "text/plain; charset=latin-1", "document-id": "form-latin-1"},
        ),
        (
            "binary",
            orjson.dumps({"content": BRIDGE.decode()}),
            {
                "ce_specversion": "1.0",
                "ce_id": "1",
                "ce_source": "test",
                "ce_type": "broadsheet.document.raw.v1",
                "ce_subject": "form-binary",
                "content-type": "application/json",
            },
        ),
        (
            "structured",
            orjson.dumps(
                {
                    "specversion": "1.0",
                    "id": "1",
                    "source": "test",
                    "type": "broadsheet.document.raw.v1",
                    "subject": "form-structured",
                    "datacontenttype": "text/html",
                    "data_base64": base64.b64encode(HTML).decode(),
                }
            ),
            {"content-type": "application/cloudevents+json"},
        ),
    ],
)
async def test_every_form_of_input_reaches_the_index(
    road: Road, name: str, value: bytes, headers: dict[str, str]
) -> None:
    await publish(road, value, headers)

    (record,) = await arrive(road, INDEXED, about(f"form-{name}"))

    assert receipt(record).action == "created"


@pytest.mark.parametrize(
    ("code", "value", "headers"),
    [
        ("empty_page", b" \n", {}),
        ("empty_page", None, {}),
        ("page_too_large", b"word " * 2_000_000, {"content-type": "text/plain"}),
        ("not_text", b"\x89PNG\r\n\x1a\n" + bytes(100), {}),
        ("invalid_json", b'{"content": ', {"content-type": "application/json"}),
        ("invalid_document", b'{"content": 1}', {"content-type": "application/json"}),
        ("unknown_content_type", b"x", {"content-type": "audio/ogg"}),
        ("invalid_date", b"page", {"content-type": "text/plain", "fetched-at": "yesterday"}),
        ("undecodable", b"\x81\x8d\x8f" * 9, {}),
        ("unsupported_event", b"{}", {"ce_specversion": "2.0", "ce_id": "1", "ce_source": "s", "ce_type": "x"}),
    ],
)
async def test_bad_input_becomes_a_dead_letter_with_its_bytes(
    road: Road, code: str, value: bytes | None, headers: dict[str, str]
) -> None:
    sent = await publish(road, value, headers, key=b"my key")

    def is_it(record: Record) -> bool:
        letter = parse_dead_letter(record)
        return (letter.record.partition, letter.record.offset) == (sent.partition, sent.offset)

    (record,) = await arrive(road, DEAD_LETTER, is_it)
    letter = parse_dead_letter(record)

    assert (letter.code, letter.stage, letter.attempts) == (code, "intake", 1)
    assert (record.key, record.value) == (b"my key", value)
    assert dict(letter.record.headers) == {name: text.encode() for name, text in headers.items()}
    assert letter.message


async def test_redelivery_is_recognised_and_the_newest_page_wins(road: Road) -> None:
    old, new = "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"
    actions = []
    for number, (value, fetched_at) in enumerate([(BRIDGE, old), (BRIDGE, old), (HTML, new), (BRIDGE, old)], 1):
        await publish(road, value, {"document-id": "versions", "fetched-at": fetched_at})
        actions.append(receipt((await arrive(road, INDEXED, about("versions"), number))[-1]).action)
    assert actions == ["created", "unchanged", "updated", "stale"]

    first, second, third, _ = await arrive(road, ENRICHED, about("versions"), 4)
    assert first.header("ce_id") == second.header("ce_id") != third.header("ce_id")


TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.mark.parametrize(
    ("name", "value", "headers"),
    [
        ("by-header", BRIDGE, {"traceparent": TRACE}),
        ("by-attribute", BRIDGE, {"ce_traceparent": TRACE}),
        (
            "in-envelope",
            orjson.dumps(
                {
                    "specversion": "1.0",
                    "id": "1",
                    "source": "test",
                    "type": "broadsheet.document.raw.v1",
                    "traceparent": TRACE,
                    "data": {"content": BRIDGE.decode()},
                }
            ),
            {"content-type": "application/cloudevents+json"},
        ),
    ],
)
async def test_events_are_cloudevents_and_carry_the_trace_to_the_end(
    road: Road, name: str, value: bytes, headers: dict[str, str]
) -> None:
    await publish(road, value, {"document-id": f"traced-{name}"} | headers)

    for topic in (ACCEPTED, SEGMENTED, ENRICHED, INDEXED):
        (record,) = await arrive(road, topic, about(f"traced-{name}"))
        assert record.header("ce_specversion") == "1.0"
        assert record.header("ce_type") == topic.event_type
        assert record.header("ce_subject") == f"traced-{name}"
        assert record.header("content-type") == "application/json"
        assert record.header("traceparent") == TRACE


async def test_a_page_as_large_as_allowed_goes_through(road: Road) -> None:
    line = 'The harbour was quiet on Monday, "quoted" words and all, said the mayor of Oslo to the press.\n'
    await publish(road, (line * (8 * 1024 * 1024 // len(line) - 1)).encode(), {"document-id": "large"})

    (record,) = await arrive(road, INDEXED, about("large"))

    assert receipt(record).action == "created"


async def test_the_command_shows_the_road_as_a_user_sees_it(road: Road, tmp_path: Path) -> None:
    page = tmp_path / "bridge.txt"
    page.write_bytes(BRIDGE)

    published = await broadsheet(road, "publish", str(page), "--document-id", "by-command")
    assert published.split() == [b"by-command"]
    await arrive(road, INDEXED, about("by-command"))

    (line,) = (await broadsheet(road, "consume", "documents.enriched", "--document", "by-command")).splitlines()
    assert orjson.loads(line)["value"]["document_id"] == "by-command"
    stages = [orjson.loads(row) for row in (await broadsheet(road, "status")).splitlines()]
    assert [row["stage"] for row in stages if row.get("stage")][:4] == ["intake", "segmenter", "tagger", "indexer"]
