"""What the running processors serve, against what is declared: names, types, labels, and that all of it is counted."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp
import pytest
from prometheus_client.metrics import MetricWrapperBase
from prometheus_client.parser import text_string_to_metric_families

import metrics_page
from broadsheet.cli.demo_road import sample_pages
from broadsheet_schemas.topics import DEAD_LETTER, INDEXED
from e2e.journeys import about, arrive, publish
from roads import Road

pytestmark = pytest.mark.e2e

HOSTILE = 'a"} 1\nbroadsheet_ready{stage="intake"} 0 \\ é'
"""An id that would forge a sample if a label held it and were not escaped."""

MOST_SERIES = 800
"""Series of one processor, over all histogram buckets; about 400 to 600, by its stage."""


PAGES = 2
"""Pages that go all the way."""


@dataclass(frozen=True, slots=True)
class Served:
    """A metric as a processor serves it: its type, its samples by their labels."""

    type: str
    samples: Mapping[tuple[str, tuple[tuple[str, str], ...]], float]


async def scrape(url: str) -> dict[str, Served]:
    """Give what a processor serves, by name."""
    async with aiohttp.ClientSession() as client, client.get(f"{url}/metrics") as answer:
        text = await answer.text()
    return {
        family.name: Served(
            family.type,
            {(sample.name, tuple(sorted(sample.labels.items()))): sample.value for sample in family.samples},
        )
        for family in text_string_to_metric_families(text)
    }


async def counted(road: Road) -> dict[str, dict[str, Served]]:
    """Give what each processor serves once everything that is declared has been counted by one of them."""
    served: dict[str, dict[str, Served]] = {}
    async with asyncio.timeout(120):
        while True:
            for processor in road.processors.all:
                served[processor.stage] = await scrape(processor.url)
            missing = [name for name in map(name_of, metrics_page.declared()) if not is_counted(name, served)]
            if not missing and all(finished(metrics) >= PAGES for metrics in served.values()):
                return served
            await asyncio.sleep(0.5)


def finished(metrics: Mapping[str, Served]) -> float:
    """Give how many records the group is past, as far as this processor's gauges have come."""
    return sum(metrics["kafka_consumergroup_current_offset"].samples.values())


def name_of(metric: MetricWrapperBase) -> str:
    return next(iter(metric.describe())).name


def is_counted(name: str, served: Mapping[str, Mapping[str, Served]]) -> bool:
    """Whether a processor has a sample of a metric; of a histogram, an observation."""
    found = [processor[name] for processor in served.values() if name in processor]
    counts = [value for one in found for (sample, _), value in one.samples.items() if sample.endswith("_count")]
    return any(counts) if counts else any(one.samples for one in found)


@pytest.fixture(scope="module")
async def served(road: Road) -> dict[str, dict[str, Served]]:
    """What the four serve after a page with all there is, one with a hostile id, and one that is refused."""
    page = next(page for page in sample_pages() if page.path.endswith("flood-defences.html"))
    await publish(road, page.value, {"document-id": "measured"})
    await publish(road, page.value, {"document-id": HOSTILE})
    await publish(road, b"\n", {"document-id": "measured-empty"})
    await arrive(road, INDEXED, about("measured"))
    await arrive(road, INDEXED, about(HOSTILE))
    await arrive(road, DEAD_LETTER, lambda record: record.header("document-id") == "measured-empty")
    return await counted(road)


async def test_the_processors_serve_what_is_declared_and_nothing_else(served: dict[str, dict[str, Served]]) -> None:
    declared = {name_of(metric): next(iter(metric.describe())).type for metric in metrics_page.declared()}
    assert len(declared) > 40
    for stage, metrics in served.items():
        own = {name: one.type for name, one in metrics.items() if name.startswith(("broadsheet_", "kafka_"))}
        assert own == declared, stage
        others = metrics.keys() - own.keys()
        assert {name.split("_")[0] for name in others} == {"process", "python"}


async def test_samples_have_the_labels_that_are_declared(served: dict[str, dict[str, Served]]) -> None:
    declared = {name_of(metric): set(metric._labelnames) for metric in metrics_page.declared()}
    for stage, metrics in served.items():
        for name, labels in declared.items():
            found = {frozenset(dict(pairs)) - {"le"} for _, pairs in metrics[name].samples}
            assert found <= {frozenset(labels)}, (stage, name)


async def test_every_label_has_a_value_of_its_set(served: dict[str, dict[str, Served]]) -> None:
    for metrics in served.values():
        for name, one in metrics.items():
            for _, pairs in one.samples:
                for label, value in pairs:
                    assert value in metrics_page.SETS.get(label, {value}) | {"other"}, (name, label, value)


async def test_no_label_holds_anything_of_a_document_and_series_are_few(served: dict[str, dict[str, Served]]) -> None:
    for stage, metrics in served.items():
        values = {value for one in metrics.values() for _, pairs in one.samples for _, value in pairs}
        assert not [value for value in values if "measured" in value or '"' in value or "flood" in value.lower()]
        assert sum(len(one.samples) for one in metrics.values()) < MOST_SERIES, stage


async def test_the_numbers_of_the_page_are_right(served: dict[str, dict[str, Served]]) -> None:
    def value(stage: str, name: str, **labels: str) -> float:
        family = name.removesuffix("_total").removesuffix("_sum").removesuffix("_count")
        return served[stage][family].samples[name, tuple(sorted({"stage": stage, **labels}.items()))]

    assert value("intake", "broadsheet_dead_letters_total", code="empty_page") >= 1
    assert value("segmenter", "broadsheet_document_teasers_sum") >= PAGES * 4
    assert value("indexer", "broadsheet_index_writes_total", request="documents", ending="done") >= PAGES
    assert value("indexer", "broadsheet_index_request_seconds_count", request="read") >= 1
    for stage in served:
        assert value(stage, "broadsheet_records_received_total") >= PAGES
        assert value(stage, "broadsheet_documents_total", outcome="emitted") >= PAGES
        assert value(stage, "broadsheet_worker_processes") == 1
        assert value(stage, "broadsheet_worker_resident_memory_bytes") > 20_000_000
        assert value(stage, "broadsheet_worker_cpu_seconds_total") > 0
        assert value(stage, "broadsheet_assigned_partitions") >= 1
        assert (
            value(stage, "broadsheet_state", state="waiting") + value(stage, "broadsheet_state", state="working") == 1
        )
        offsets = served[stage]["kafka_consumergroup_current_offset"].samples
        assert {dict(pairs)["consumergroup"] for _, pairs in offsets} == {f"broadsheet-{stage}"}
