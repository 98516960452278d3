"""`docs/metrics.md`, made from the metrics that a processor declares."""

from collections.abc import Iterator

from prometheus_client.metrics import MetricWrapperBase

from broadsheet.runtime.metrics import Metrics

INTRODUCTION = """\
<!-- Written by docs/generate_pages.py from runtime/metrics.py; not to be edited by hand. -->

# Metrics

Each processor serves these at `/metrics`, beside those of its process (`process_...`). Labels have bounded value sets; none
holds text, an id or a URL of a document. A histogram has `_bucket`, `_sum` and `_count`.

| metric | type | labels | meaning |
| --- | --- | --- | --- |
"""


def render() -> str:
    """Give the whole page."""
    return INTRODUCTION + "".join(_row(metric) for metric in declared())


def declared() -> Iterator[MetricWrapperBase]:
    """Give every metric of a processor, in the order of declaration."""
    for value in vars(Metrics("intake")).values():
        members = value.values() if isinstance(value, dict) else [value]
        yield from (member for member in members if isinstance(member, MetricWrapperBase))


def _row(metric: MetricWrapperBase) -> str:
    family = next(iter(metric.describe()))
    name = f"{family.name}_total" if family.type == "counter" else family.name
    labels = ", ".join(f"`{label}`" for label in metric._labelnames)  # noqa: SLF001 - the library tells labels nowhere else
    return f"| `{name}` | {family.type} | {labels} | {family.documentation} |\n"
