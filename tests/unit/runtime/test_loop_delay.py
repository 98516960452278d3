import asyncio
import time

from broadsheet.runtime.loop_delay import INTERVAL_SECONDS, watch_loop_delay
from broadsheet.runtime.metrics import Metrics
from broadsheet.runtime.shutdown import cancel


async def test_work_on_the_loop_shows_as_delay() -> None:
    metrics = Metrics("tagger")

    def value(name: str) -> float:
        return (
            metrics.registry.get_sample_value(f"broadsheet_event_loop_delay_seconds_{name}", {"stage": "tagger"}) or 0
        )

    async def counted(observations: int) -> None:
        while value("count") < observations:  # noqa: ASYNC110 - a metric has no event to wait for
            await asyncio.sleep(0.01)

    watching = asyncio.create_task(watch_loop_delay(metrics))
    try:
        await counted(1)
        before = value("sum")
        time.sleep(3 * INTERVAL_SECONDS)  # noqa: ASYNC251 - what must not be done, and must be seen
        await counted(2)
        assert value("sum") - before >= INTERVAL_SECONDS
    finally:
        await cancel(watching)
