"""What the worker processes take: their memory and processor time, read where the operating system shows it."""

from collections.abc import Collection, Mapping

from prometheus_client.process_collector import ProcessCollector

from broadsheet.runtime.metrics import Metrics

MEMORY = "process_resident_memory_bytes"
PROCESSOR_TIME = "process_cpu_seconds"


class WorkerUsage:
    """Keeps the metrics of the worker processes.

    Where the operating system has no `/proc`, as on macOS, only their number is known, as `process_...` is not there either.
    """

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._looked_at = 0
        self._collector = ProcessCollector(pid=lambda: self._looked_at, registry=None)
        self._seconds: dict[int, float] = {}

    def update(self, pids: Collection[int]) -> None:
        """Look at the workers that run."""
        usages = {pid: usage for pid in pids if (usage := self._usage(pid))}
        stage = self._metrics.stage
        self._metrics.workers.labels(stage).set(len(pids))
        self._metrics.worker_memory.labels(stage).set(sum(usage[MEMORY] for usage in usages.values()))
        seconds = {pid: usage[PROCESSOR_TIME] for pid, usage in usages.items()}
        used = sum(max(0.0, total - self._seconds.get(pid, 0.0)) for pid, total in seconds.items())
        self._metrics.worker_cpu.labels(stage).inc(used)
        self._seconds = seconds

    def _usage(self, pid: int) -> Mapping[str, float]:
        """Give what prometheus-client tells of a process; nothing of one that has ended."""
        self._looked_at = pid
        families = self._collector.collect()
        found = {family.name: family.samples[0].value for family in families if family.samples}
        return found if MEMORY in found and PROCESSOR_TIME in found else {}
