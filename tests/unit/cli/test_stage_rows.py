"""Two looks at a stage's processors and the row that comes of them, on what real metrics expose."""

import pytest
from prometheus_client.exposition import generate_latest

from broadsheet.cli.scrapes import Scrape, parsed
from broadsheet.cli.settings import Endpoint
from broadsheet.cli.stage_rows import StageRow, stage_rows
from broadsheet.runtime.metrics import Metrics


class Tagger:
    """A processor's metrics, and looks at them."""

    def __init__(self, name: str = "a", *, ready: bool = True, state: str = "waiting") -> None:
        self.endpoint = Endpoint("tagger", f"http://{name}:9100")
        self.metrics = Metrics("tagger")
        self.metrics.ready.labels("tagger").set(ready)
        self.metrics.state.labels("tagger", state).set(1)

    def ends(self, documents: int, seconds: float) -> None:
        self.metrics.documents.labels("tagger", "emitted").inc(documents)
        for _ in range(documents):
            self.metrics.road_seconds.labels("tagger").observe(seconds)

    def waits(self, partition: str, records: int, seconds: float) -> None:
        self.metrics.lag_records.labels("tagger", "documents.segmented", partition).set(records)
        self.metrics.lag_seconds.labels("tagger", "documents.segmented", partition).set(seconds)

    def look(self, at: float) -> Scrape:
        return Scrape(self.endpoint, at, parsed(generate_latest(self.metrics.registry).decode()))

    def no_answer(self, at: float) -> Scrape:
        return Scrape(self.endpoint, at, {}, "connection refused")


def row(*looks: tuple[Scrape, Scrape]) -> StageRow:
    (found,) = stage_rows([then for then, _now in looks], [now for _then, now in looks])
    return found


def test_rates_and_quantiles_are_of_what_happened_between_the_looks() -> None:
    tagger = Tagger()
    tagger.ends(1000, seconds=20)
    tagger.metrics.records_received.labels("tagger").inc(1000)
    before = tagger.look(10.0)
    tagger.ends(40, seconds=0.2)
    tagger.metrics.documents.labels("tagger", "dead_letter").inc(2)
    tagger.metrics.records_received.labels("tagger").inc(60)
    found = row((before, tagger.look(12.0)))

    assert (found.in_per_second, found.out_per_second) == (30.0, 21.0)
    assert found.p50_seconds == pytest.approx(0.175)
    assert found.p95_seconds == pytest.approx(0.2425)


def test_what_a_stage_has_done_and_what_waits_is_of_the_last_look() -> None:
    tagger = Tagger(state="working")
    before = tagger.look(0)
    tagger.waits("0", 70, 3.5)
    tagger.waits("1", 30, 9.5)
    tagger.metrics.dead_letters.labels("tagger", "bug").inc(3)
    tagger.metrics.dead_letters.labels("tagger", "time_limit").inc(1)
    tagger.metrics.retries.labels("tagger", "broker_unavailable").inc(5)
    tagger.metrics.worker_memory.labels("tagger").set(10 * 2**30)
    found = row((before, tagger.look(1)))

    assert (found.state, found.up, found.processors, found.problem) == ("working", 1, 1, None)
    assert (found.lag_records, found.lag_seconds) == (100, 9.5)
    assert (found.dead_letters, found.retries) == (4, 5)
    assert found.memory_bytes is not None
    assert found.memory_bytes > 10 * 2**30


def test_processors_of_a_stage_are_added_up() -> None:
    one, other = Tagger("a"), Tagger("b")
    before = one.look(0), other.look(0.5)
    one.ends(10, seconds=0.02)
    other.ends(30, seconds=0.02)
    one.waits("0", 5, 1)
    other.waits("1", 7, 2)
    found = row((before[0], one.look(1)), (before[1], other.look(2.5)))

    assert found.out_per_second == pytest.approx(10 / 1 + 30 / 2)
    assert (found.lag_records, found.lag_seconds, found.up) == (12, 2, 2)


def test_a_processor_that_began_anew_counts_from_nothing() -> None:
    old, new = Tagger(), Tagger()
    old.ends(1000, seconds=1)
    new.ends(4, seconds=0.02)
    found = row((old.look(0), new.look(2)))
    assert found.out_per_second == 2.0
    assert found.p50_seconds == pytest.approx(0.025)


def test_a_stage_that_does_not_answer_is_down_and_nothing_of_it_is_known() -> None:
    tagger = Tagger()
    found = row((tagger.look(0), tagger.no_answer(1)))
    assert (found.state, found.up, found.processors) == ("down", 0, 1)
    assert (found.lag_records, found.out_per_second, found.p50_seconds, found.memory_bytes) == (None,) * 4
    assert found.problem == "http://a:9100: connection refused"


def test_one_of_two_is_down_and_the_other_is_shown() -> None:
    one, other = Tagger("a"), Tagger("b")
    before = one.look(0)
    one.ends(10, seconds=1)
    found = row((before, one.look(1)), (other.no_answer(0), other.no_answer(1)))
    assert (found.state, found.up, found.processors, found.out_per_second) == ("waiting", 1, 2, 10.0)
    assert found.problem == "http://b:9100: connection refused"


def test_one_that_has_just_come_up_has_no_rates_yet() -> None:
    tagger = Tagger()
    found = row((tagger.no_answer(0), tagger.look(1)))
    assert (found.state, found.out_per_second, found.p95_seconds) == ("waiting", None, None)
    assert found.lag_records == 0


@pytest.mark.parametrize(
    ("states", "shown"),
    [
        ((("working", True), ("waiting", True)), "working"),
        ((("working", True), ("retrying", False)), "retrying"),
        ((("retrying", False), ("halted", False)), "halted"),
        ((("waiting", False), ("working", True)), "not ready"),
    ],
)
def test_the_worst_state_is_shown(states: tuple[tuple[str, bool], ...], shown: str) -> None:
    taggers = [Tagger(str(number), state=state, ready=ready) for number, (state, ready) in enumerate(states)]
    assert row(*((tagger.look(0), tagger.look(1)) for tagger in taggers)).state == shown


def test_stages_come_in_the_order_of_the_looks() -> None:
    tagger = Tagger()
    indexer = Scrape(Endpoint("indexer", "http://c:1"), 0, {}, "gone")
    rows = stage_rows([tagger.look(0), indexer], [tagger.look(1), indexer])
    assert [found.stage for found in rows] == ["tagger", "indexer"]
