import pytest
from prometheus_client.exposition import generate_latest
from prometheus_client.parser import text_string_to_metric_families

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
