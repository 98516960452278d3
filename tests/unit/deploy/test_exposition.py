"""What a processor serves at `/metrics`, judged by Prometheus' own tool."""

import subprocess

from prometheus_client import Counter, Gauge, Histogram
from prometheus_client.exposition import generate_latest

from broadsheet.runtime.metrics import Metrics
from programs import needed


def observed() -> str:
    """The exposition of a processor that has counted, set and observed each of its metrics once."""
    metrics = Metrics("tagger")
    for metric in list(metrics.registry._collector_to_names):
        if isinstance(metric, Counter | Gauge | Histogram):
            series = metric.labels(*("a" for _ in metric._labelnames)) if metric._labelnames else metric
            series.observe(1) if isinstance(series, Histogram) else series.inc()
    return generate_latest(metrics.registry).decode()


def test_every_metric_is_observed() -> None:
    lines = observed().splitlines()
    families = {line.split()[2] for line in lines if line.startswith("# TYPE broadsheet_")}
    with_samples = {
        name for name in families if any(line.startswith((f"{name}{{", f"{name}_count{{")) for line in lines)
    }
    assert families == with_samples
    assert len(families) > 10


def test_the_metrics_pass_prometheus_own_check() -> None:
    answer = subprocess.run(
        [needed("promtool"), "check", "metrics"], input=observed(), capture_output=True, text=True, check=False
    )
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")
