"""What `broadsheet top` shows of each stage, from two looks at its processors: nothing here asks or prints."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from broadsheet.cli.quantiles import quantile
from broadsheet.cli.scrapes import Scrape

STATES = ("halted", "retrying", "starting", "stopping", "working", "waiting")
"""What a processor may be doing, what needs a look first."""

Pair = tuple[Scrape, Scrape]
"""Two looks at one processor."""


@dataclass(frozen=True, slots=True)
class StageRow:
    """One stage, its processors together. None stands where nothing is known, as where none has answered twice.

    Attributes:
        stage: its name.
        state: `down` where no processor answers; what one of them is doing, the worst first; `not ready` for one that is
            neither in trouble nor ready.
        up: processors that answer.
        processors: processors that there should be.
        in_per_second: records received.
        out_per_second: documents ended, dead letters among them.
        lag_records: records that wait in the partitions that the processors hold.
        lag_seconds: age of the oldest of them.
        p50_seconds: from publishing to the end of this stage, for half of the documents that ended between the looks.
        p95_seconds: the same for 95 % of them.
        page_p95_seconds: time of the stage's function itself, for 95 % of them.
        dead_letters: since the processors started.
        retries: since the processors started.
        memory_bytes: resident memory of the processors and their workers.
        problem: why a processor does not answer; None where all do.
    """

    stage: str
    state: str
    up: int
    processors: int
    in_per_second: float | None
    out_per_second: float | None
    lag_records: int | None
    lag_seconds: float | None
    p50_seconds: float | None
    p95_seconds: float | None
    page_p95_seconds: float | None
    dead_letters: int | None
    retries: int | None
    memory_bytes: int | None
    problem: str | None


def stage_rows(before: Sequence[Scrape], after: Sequence[Scrape]) -> list[StageRow]:
    """Give a row for each stage, in the order of the scrapes.

    Args:
        before: a look at every processor.
        after: a later look at the same, in the same order.
    """
    by_stage: dict[str, list[Pair]] = defaultdict(list)
    for pair in zip(before, after, strict=True):
        by_stage[pair[1].endpoint.stage].append(pair)
    return [_row(stage, pairs) for stage, pairs in by_stage.items()]


def _row(stage: str, pairs: Sequence[Pair]) -> StageRow:
    up = [now for _then, now in pairs if now.up]
    twice = [pair for pair in pairs if pair[0].up and pair[1].up]
    road, page = (_increases(twice, f"broadsheet_{name}_seconds_bucket") for name in ("road", "document"))
    return StageRow(
        stage=stage,
        state=_state(up),
        up=len(up),
        processors=len(pairs),
        in_per_second=_rate(twice, "broadsheet_records_received_total"),
        out_per_second=_rate(twice, "broadsheet_documents_total"),
        lag_records=_whole(up, lambda scrape: scrape.total("broadsheet_consumer_lag_records")),
        lag_seconds=_oldest(up),
        p50_seconds=quantile(0.5, road),
        p95_seconds=quantile(0.95, road),
        page_p95_seconds=quantile(0.95, page),
        dead_letters=_whole(up, lambda scrape: scrape.total("broadsheet_dead_letters_total")),
        retries=_whole(up, lambda scrape: scrape.total("broadsheet_retries_total")),
        memory_bytes=_whole(up, _memory),
        problem="; ".join(f"{now.endpoint.url}: {now.problem}" for _then, now in pairs if not now.up) or None,
    )


def _state(up: Sequence[Scrape]) -> str:
    doing = [state for state in STATES if any(scrape.total("broadsheet_state", state=state) for scrape in up)]
    if not up or not doing:
        return "down" if not up else "starting"
    if doing[0] in ("working", "waiting") and not all(scrape.total("broadsheet_ready") for scrape in up):
        return "not ready"
    return doing[0]


def _increase(then: float, now: float) -> float:
    """Give what was counted between two looks; a counter that fell has begun anew with its processor."""
    return now - then if now >= then else now


def _rate(pairs: Sequence[Pair], name: str) -> float | None:
    """Sum a counter's increase per second over all its series; None where no processor answered twice."""
    return sum(_counted(pair, name) / (pair[1].at - pair[0].at) for pair in pairs) if pairs else None


def _counted(pair: Pair, name: str) -> float:
    then, now = pair
    return sum(_increase(then.values.get(series, 0.0), value) for series, value in now.matching(name))


def _increases(pairs: Sequence[Pair], name: str) -> dict[float, float]:
    """Sum the increase of each bucket of a histogram, by its upper bound."""
    increases: dict[float, float] = defaultdict(float)
    for then, now in pairs:
        for series, value in now.matching(name):
            increases[float(dict(series[1])["le"])] += _increase(then.values.get(series, 0.0), value)
    return increases


def _oldest(up: Sequence[Scrape]) -> float | None:
    ages = [age for scrape in up for _series, age in scrape.matching("broadsheet_consumer_lag_seconds")]
    return max(ages, default=None)


def _memory(scrape: Scrape) -> float:
    return scrape.total("process_resident_memory_bytes") + scrape.total("broadsheet_worker_resident_memory_bytes")


def _whole(up: Iterable[Scrape], value: Callable[[Scrape], float]) -> int | None:
    """Sum a whole number over the processors; None where there is none."""
    values = [value(scrape) for scrape in up]
    return round(sum(values)) if values else None
