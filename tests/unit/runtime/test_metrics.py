from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import Metric
from prometheus_client.exposition import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from broadsheet.runtime import label_values
from broadsheet.runtime.metrics import COUNTS, LABELS, Metrics
from broadsheet.runtime.stage import Product
from broadsheet_schemas import Producer


def test_every_declared_count_and_label_can_be_observed() -> None:
    metrics = Metrics("tagger")
    chosen = {name: label.values[0] for name, label in LABELS.items()}
    metrics.observe(Product("a", b"", 0, dict.fromkeys(COUNTS, 3), chosen))

    for count in COUNTS.values():
        assert metrics.registry.get_sample_value(f"broadsheet_{count.metric}_sum", {"stage": "tagger"}) == 3
    for name, label in LABELS.items():
        labels = {"stage": "tagger", name: label.values[0]}
        assert metrics.registry.get_sample_value(f"broadsheet_{label.metric}_total", labels) == 1


def test_the_build_info_tells_release_and_model() -> None:
    metrics, plain = Metrics("tagger"), Metrics("intake")
    metrics.build("1.0", Producer(name="names", version="2", sha256="0" * 64))
    plain.build("1.0")
    told = {"version": "1.0", "model": "names", "model_version": "2", "model_sha256": "0" * 64}
    assert metrics.registry.get_sample_value("broadsheet_build_info", {"stage": "tagger", **told}) == 1
    none = {"version": "1.0", "model": "", "model_version": "", "model_sha256": ""}
    assert plain.registry.get_sample_value("broadsheet_build_info", {"stage": "intake", **none}) == 1


def test_an_undeclared_count_is_an_error() -> None:
    with pytest.raises(KeyError):
        Metrics("tagger").observe(Product("a", b"", 0, {"adverbs": 1}))


def test_names_follow_the_conventions() -> None:
    metrics = Metrics("intake")
    metrics.build("1.0")
    for family in text_string_to_metric_families(generate_latest(metrics.registry).decode()):
        if not family.name.startswith("broadsheet_"):
            continue
        assert family.documentation.endswith("."), family.name
        assert not family.name.endswith(("_ms", "_milliseconds", "_kb", "_count")), family.name


def families(metrics: Metrics) -> Iterator[Metric]:
    """Give what Prometheus reads of Broadsheet's own metrics."""
    for family in text_string_to_metric_families(generate_latest(metrics.registry).decode()):
        if family.name.startswith("broadsheet_"):
            yield family


SERIES = sum(len(label.values) + 1 for label in LABELS.values())
"""Most series that products can make at one stage, over all the labels they tell."""


@given(st.lists(st.text(max_size=40), min_size=1, max_size=50))
def test_what_pages_say_makes_no_series_beyond_the_declared(texts: list[str]) -> None:
    metrics = Metrics("segmenter")
    for text in texts:
        metrics.observe(Product(text, text.encode(), 0, labels=dict.fromkeys(LABELS, text)))

    by_label = {label.metric for label in LABELS.values()}
    samples = [
        sample
        for family in families(metrics)
        if family.name.removeprefix("broadsheet_") in by_label
        for sample in family.samples
    ]
    assert sum(sample.value for sample in samples) == len(texts) * len(LABELS), "none is lost"
    assert len(samples) <= SERIES
    allowed = {value for label in LABELS.values() for value in label.values} | {"segmenter", label_values.OTHER}
    assert {value for sample in samples for value in sample.labels.values()} <= allowed


def test_an_index_cannot_make_series_either() -> None:
    metrics = Metrics("indexer")
    for number in range(100):
        metrics.requested(f"request {number}", 0.1)
        metrics.wrote(f"request {number}", 10, [f"ending {number}"])

    other = {"stage": "indexer", "request": "other"}
    value = metrics.registry.get_sample_value
    assert value("broadsheet_index_request_seconds_count", other) == 100
    assert value("broadsheet_index_request_bytes_sum", other) == 1000
    assert value("broadsheet_index_writes_total", {**other, "ending": "other"}) == 100


def test_what_goes_wrong_first_is_an_increase() -> None:
    found = {
        family.name: {tuple(sample.labels.values()) for sample in family.samples}
        for family in families(Metrics("tagger"))
    }

    assert len(found["broadsheet_dead_letters"]) == len(label_values.DEAD_LETTER_CODES) > 10
    assert len(found["broadsheet_retries"]) == 2
    assert len(found["broadsheet_worker_restarts"]) == len(label_values.RESTART_REASONS)
    assert len(found["broadsheet_documents"]) == 2
    assert found["broadsheet_documents_by_tagging_coverage"] == {
        (value, "tagger") for value in ("full", "part", "values")
    }
    assert found["broadsheet_documents_by_index_action"] == set(), "is the indexer's"
