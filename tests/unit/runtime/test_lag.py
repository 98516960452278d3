from broadsheet.runtime.lag import Lag
from broadsheet.runtime.metrics import Metrics
from broadsheet.runtime.records import Record

PARTITION = ("documents.raw", 0)


def record(offset: int, timestamp_ms: int = 0) -> Record:
    return Record("documents.raw", 0, offset, timestamp_ms, None, b"")


def gauges(metrics: Metrics) -> tuple[float | None, float | None]:
    labels = {"stage": "intake", "topic": "documents.raw", "partition": "0"}
    value = metrics.registry.get_sample_value
    return value("broadsheet_consumer_lag_records", labels), value("broadsheet_consumer_lag_seconds", labels)


def test_lag_counts_what_is_written_and_not_yet_released() -> None:
    metrics = Metrics("intake")
    lag = Lag(metrics, now=lambda: 50.0)
    lag.update(PARTITION, end_offset=10, position=4)
    assert gauges(metrics) == (6, 0)

    lag.delivered(record(4, timestamp_ms=20_000))
    lag.delivered(record(5, timestamp_ms=30_000))
    lag.update(PARTITION, end_offset=10, position=10)
    assert gauges(metrics) == (6, 30)

    lag.released(record(4))
    lag.update(PARTITION, end_offset=10, position=10)
    assert gauges(metrics) == (5, 20)


def test_a_partition_that_is_caught_up_has_no_lag() -> None:
    metrics = Metrics("intake")
    lag = Lag(metrics, now=lambda: 50.0)
    lag.delivered(record(9))
    lag.released(record(9))
    lag.update(PARTITION, end_offset=10, position=10)
    assert gauges(metrics) == (0, 0)


def test_partitions_that_were_given_away_are_not_reported() -> None:
    metrics = Metrics("intake")
    lag = Lag(metrics, now=lambda: 50.0)
    lag.update(PARTITION, end_offset=10, position=4)
    lag.forget_all()
    assert gauges(metrics) == (None, None)
