"""The processing loop as a real process on a real broker."""

import asyncio
import signal

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from broadsheet.runtime.settings import KafkaSettings
from toy_road import Road, codes, ends

pytestmark = pytest.mark.integration


async def test_every_page_ends_once_and_poison_costs_itself_alone(road: Road) -> None:
    pages = [f"page {number}" for number in range(300)]
    pages[40:45] = ["crash", "reject this", "bug", "hang", f"grow {33 * 1024 * 1024}"]
    await road.publish(pages)

    processor = road.start()
    records = await road.outputs(len(pages))

    assert codes(records) == {
        "crash": "worker_died",
        "reject this": "empty_page",
        "bug": "bug",
        "hang": "time_limit",
        f"grow {33 * 1024 * 1024}": "output_too_large",
    }
    await processor.until("health/ready", 200)
    await processor.until("health/live", 200)
    assert await processor.end(signal.SIGTERM) == 0, processor.log.read_text()
    assert await road.committed() == len(pages), processor.log.read_text()
    assert set(ends(records).values()) == {1}


async def test_a_partition_keeps_its_order(road: Road) -> None:
    await road.publish([f"page {number:04}" for number in range(400)])
    road.start()

    records = await road.outputs(400)

    by_key = {record.key: record for record in records}
    assert len(by_key) == len(records) == 400
    for partition in {record.partition for record in records}:
        numbers = [record.value for record in records if record.partition == partition]
        evens = [value for value in numbers if value and int(value[-4:]) % 2 == 0]
        assert evens == sorted(evens)


async def test_a_killed_processor_is_replaced_and_nothing_is_lost(road: Road) -> None:
    pages = [f"page {number}" for number in range(3000)]
    await road.publish(pages)
    for _ in range(3):
        processor = road.start(batch_max_records="10")
        await processor.until("health/ready", 200)
        await asyncio.sleep(0.3)
        await processor.end(signal.SIGKILL)
    road.start()

    records = await road.outputs(len(pages))

    assert {(record.value or b"").decode().lower() for record in records} == set(pages)


async def test_a_stopped_processor_hands_over_without_repeating(road: Road) -> None:
    pages = [f"page {number}" for number in range(2000)]
    await road.publish(pages)
    processor = road.start(batch_max_records="10")
    await processor.until("health/ready", 200)
    assert await processor.end(signal.SIGTERM) == 0, processor.log.read_text()
    done = await road.committed()
    road.start()

    records = await road.outputs(len(pages))

    assert len(records) == len(pages), f"repeated after a clean stop at {done}"


async def test_a_bad_deploy_halts_instead_of_draining_the_topic(road: Road) -> None:
    await road.publish(["reject"] * 1000)
    processor = road.start(dead_letter_window="100")

    reason = await processor.until("health/ready", 503, "dead_letter_ratio")

    assert "100% of the last 100 records" in reason
    assert (await processor.health("health/live"))[0] == 200
    assert await processor.end(signal.SIGTERM) == 0, processor.log.read_text()
    assert await road.committed() < 200


async def test_metrics_tell_what_happened(road: Road) -> None:
    await road.publish(["a", "b", "reject", "d"])
    processor = road.start()
    await road.outputs(4)

    async with asyncio.timeout(30):
        while True:
            async with aiohttp.ClientSession() as client, client.get(f"{processor.url}/metrics") as answer:
                samples = {
                    (sample.name, *sorted(sample.labels.items())): sample.value
                    for family in text_string_to_metric_families(await answer.text())
                    for sample in family.samples
                }
            lag = [value for (name, *_), value in samples.items() if name == "broadsheet_consumer_lag_records"]
            if len(lag) == 2 and sum(lag) == 0:
                break
            await asyncio.sleep(0.2)

    stage = ("stage", "segmenter")
    assert samples["broadsheet_documents_total", ("outcome", "emitted"), stage] == 3
    assert samples["broadsheet_dead_letters_total", ("code", "empty_page"), stage] == 1
    assert samples["broadsheet_road_seconds_count", stage] == 3
    assert samples["broadsheet_ready", stage] == 1


async def test_a_missing_topic_is_named_and_ends_the_processor(kafka_settings: KafkaSettings, road: Road) -> None:
    missing = road.start(topic_prefix="nowhere.")
    assert await asyncio.to_thread(missing.process.wait, 60) == 1
    log = missing.log.read_text()
    assert "error[topic_missing]" in log
    assert "nowhere.documents.accepted" in log
    assert "Traceback" not in log
    assert kafka_settings.topic_prefix not in log
