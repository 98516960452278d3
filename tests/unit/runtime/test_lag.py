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
    lag = Lag(metrics, now=lambda: 50.0, group="group")
    lag.update(PARTITION, end_offset=10, position=4)
    assert gauges(metrics) == (6, 0)

    lag.delivered(record(4, timestamp_ms=20_000))
    lag.delivered(record(5, timestamp_ms=30_000))
    lag.update(PARTITION, end_offset=10, position=10)
    assert gauges(metrics) == (6, 30)

    lag.released(record(4))
    lag.update(PARTITION, end_offset=10, position=10)
    assert gauges(metrics) == (5, 20)


def test_a_record_that_is_not_delivered_ages_from_when_it_is_seen_to_wait() -> None:
    now = 50.0
    metrics = Metrics("intake")
    lag = Lag(metrics, now=lambda: now, group="group")
    lag.update(PARTITION, end_offset=10, position=4)
    now = 80.0
    lag.update(PARTITION, end_offset=12, position=4)
    assert gauges(metrics) == (8, 30)

    lag.released(record(4))
    lag.update(PARTITION, end_offset=12, position=12)
    assert gauges(metrics) == (7, 0), "it moved: the next one has not been seen to wait"
    now = 85.0
    lag.update(PARTITION, end_offset=12, position=12)
    assert gauges(metrics) == (7, 5)


def test_offsets_without_a_record_do_not_wait() -> None:
    """A transaction ends with a mark of its own, which takes an offset and is never delivered."""
    metrics = Metrics("intake")
    lag = Lag(metrics, now=lambda: 50.0, group="group")
    lag.delivered(record(4))
    lag.delivered(record(5))
    lag.released(record(4))
    lag.update(PARTITION, end_offset=7, position=7, handed_on=5)
    assert gauges(metrics)[0] == 2
    lag.released(record(5))
    lag.update(PARTITION, end_offset=7, position=7, handed_on=6)
    assert gauges(metrics)[0] == 1, "the record at 6 is on its way"
    lag.update(PARTITION, end_offset=7, position=7, handed_on=5)
    assert gauges(metrics) == (0, 0)
    lag.update(PARTITION, end_offset=9, position=7, handed_on=5)
    assert gauges(metrics)[0] == 2


def test_lag_has_the_names_and_labels_of_kafka_exporter_too() -> None:
    metrics = Metrics("intake")
    lag = Lag(metrics, now=lambda: 50.0, group="broadsheet-intake")
    lag.update(PARTITION, end_offset=10, position=4)

    place = {"topic": "documents.raw", "partition": "0"}
    group = {"consumergroup": "broadsheet-intake", **place}
    value = metrics.registry.get_sample_value
    assert value("kafka_consumergroup_lag", group) == 6
    assert value("kafka_consumergroup_current_offset", group) == 4
    assert value("kafka_topic_partition_current_offset", place) == 10

    lag.forget_all()
    assert value("kafka_consumergroup_lag", group) is None
    assert value("kafka_consumergroup_current_offset", group) is None
    assert value("kafka_topic_partition_current_offset", place) is None


def test_each_delivery_is_counted() -> None:
    metrics = Metrics("intake")
    lag = Lag(metrics, now=lambda: 50.0, group="group")
    lag.delivered(record(4))
    lag.delivered(record(4))
    assert metrics.registry.get_sample_value("broadsheet_records_received_total", {"stage": "intake"}) == 2


def test_a_partition_that_is_caught_up_has_no_lag() -> None:
    metrics = Metrics("intake")
    lag = Lag(metrics, now=lambda: 50.0, group="group")
    lag.delivered(record(9))
    lag.released(record(9))
    lag.update(PARTITION, end_offset=10, position=10)
    assert gauges(metrics) == (0, 0)


def test_partitions_that_were_given_away_are_not_reported() -> None:
    metrics = Metrics("intake")
    lag = Lag(metrics, now=lambda: 50.0, group="group")
    lag.update(PARTITION, end_offset=10, position=4)
    lag.forget_all()
    assert gauges(metrics) == (None, None)
