import os

from broadsheet.runtime.metrics import Metrics
from broadsheet.runtime.worker_usage import WorkerUsage


def gauges(metrics: Metrics) -> tuple[float, float, float]:
    names = ("worker_processes", "worker_resident_memory_bytes", "worker_cpu_seconds_total")
    workers, memory, seconds = (
        metrics.registry.get_sample_value(f"broadsheet_{name}", {"stage": "tagger"}) or 0.0 for name in names
    )
    return workers, memory, seconds


def test_memory_and_time_of_the_workers_are_added_up() -> None:
    metrics = Metrics("tagger")
    usage = WorkerUsage(metrics)
    usage.update([os.getpid()])
    workers, memory, seconds = gauges(metrics)
    assert workers == 1
    assert memory > 10_000_000
    assert seconds > 0

    usage.update([os.getpid(), os.getppid()])
    assert gauges(metrics)[0] == 2
    assert gauges(metrics)[1] > memory


def test_processor_time_is_counted_once_and_kept_when_a_worker_ends() -> None:
    metrics = Metrics("tagger")
    usage = WorkerUsage(metrics)
    usage.update([os.getpid()])
    first = gauges(metrics)[2]
    usage.update([os.getpid()])
    assert first <= gauges(metrics)[2] < 1.9 * first, "only what it took since"

    usage.update([])
    workers, memory, seconds = gauges(metrics)
    assert (workers, memory) == (0, 0)
    assert seconds >= first
