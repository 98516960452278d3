"""Which fault comes when: drawn from a seed, each kind once in every round."""

import random
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from broadsheet.runtime.settings import DEFAULT_HTTP_PORTS
from faults.faults import (
    Fault,
    Frozen,
    IndexBusy,
    IndexSlow,
    Joined,
    Killed,
    KilledForLong,
    ServerKilled,
    Stopped,
)

STAGES = tuple(DEFAULT_HTTP_PORTS)

BROKER_AWAY_SECONDS = 60.0
INDEX_AWAY_SECONDS = 20.0
SHORTEST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 2.0, 10.0
"""Between two faults: a processor started anew works again after about 5 s, so some faults hit one that is starting."""


def _stage(random_: random.Random) -> str:
    return random_.choice(STAGES)


KINDS: dict[str, Callable[[random.Random], Fault]] = {
    "kill": lambda random_: Killed(_stage(random_)),
    "kill-late": lambda random_: KilledForLong(_stage(random_)),
    "freeze": lambda random_: Frozen(_stage(random_)),
    "stop": lambda random_: Stopped(_stage(random_)),
    "join": lambda random_: Joined(_stage(random_)),
    "broker": lambda random_: ServerKilled("broker", random_.choice((0.0, BROKER_AWAY_SECONDS))),
    "index": lambda random_: ServerKilled("index", random_.choice((0.0, INDEX_AWAY_SECONDS))),
    "slow": lambda random_: IndexSlow(random_.uniform(0.2, 3.0)),
    "busy": lambda _: IndexBusy("requests"),
    "busy-items": lambda _: IndexBusy("items"),
}
"""How each kind is drawn, by the name that the command line knows it by."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One entry of a schedule.

    Attributes:
        pause_seconds: how long after the end of the one before.
        fault: what happens then.
    """

    pause_seconds: float
    fault: Fault


def schedule(seed: int, kinds: Collection[str]) -> Iterator[Turn]:
    """Give turns without end; the same seed and kinds give the same ones."""
    random_ = random.Random(seed)
    while True:
        for kind in random_.sample(sorted(kinds), len(kinds)):
            yield Turn(random_.uniform(SHORTEST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS), KINDS[kind](random_))
