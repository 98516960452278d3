"""How late the event loop is: the first thing that suffers when work that belongs in a worker runs on it."""

import asyncio

from broadsheet.runtime.metrics import Metrics

INTERVAL_SECONDS = 0.25
"""How often it is looked at: four samples a second are 60 between two scrapes, and cost 0.1 % of a core."""


async def watch_loop_delay(metrics: Metrics) -> None:
    """Sleep and observe how much longer it took, until cancelled."""
    delay = metrics.loop_delay.labels(metrics.stage)
    clock = asyncio.get_running_loop().time
    while True:
        due = clock() + INTERVAL_SECONDS
        await asyncio.sleep(INTERVAL_SECONDS)
        delay.observe(max(0.0, clock() - due))
