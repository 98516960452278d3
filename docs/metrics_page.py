"""`docs/metrics.md`, made from the metrics that a processor declares."""

from collections.abc import Iterator, Sequence

from prometheus_client.metrics import MetricWrapperBase

from broadsheet.runtime import label_values as values
from broadsheet.runtime import metrics
from broadsheet.runtime.metrics import Metrics
from broadsheet.runtime.settings import DEFAULT_HTTP_PORTS

INTRODUCTION = """\
<!-- Written by docs/generate_pages.py from runtime/metrics.py; not to be edited by hand. -->

# Metrics

Each processor serves these at `/metrics`, beside those of its process (`process_...`, `python_info`). Labels have bounded value
sets; none holds text, an id or a URL of a document. A histogram has `_bucket`, `_sum` and `_count`.

| metric | type | labels | meaning |
| --- | --- | --- | --- |
"""


LABELS = """
## Labels

| label | values |
| --- | --- |
"""

VALUES = {
    "stage": sorted(DEFAULT_HTTP_PORTS),
    "topic": "the topic that the stage reads, with the installation's prefix",
    "partition": "a partition that the processor holds",
    "consumergroup": "`broadsheet-` and the stage, with the installation's prefix",
    "outcome": values.OUTCOMES,
    "direction": values.DIRECTIONS,
    "code": "see [errors.md](errors.md)",
    "cause": values.RETRY_CAUSES,
    "reason": values.RESTART_REASONS,
    "state": values.STATES,
    "request": values.INDEX_REQUESTS,
    "ending": values.WRITE_ENDINGS,
    "language": "a code of ISO 639-1, `und` or `other`",
    **{name: label.values for name, label in metrics.LABELS.items() if name != "language"},
    "version": "the release",
    "model": "name of the stage's model, empty without one",
    "model_version": "its version",
    "model_sha256": "digest of its file",
}
"""What each label may hold: a closed set, or in words."""

SETS = {name: frozenset(given) for name, given in VALUES.items() if not isinstance(given, str)} | {
    "code": frozenset(values.DEAD_LETTER_CODES),
    "language": frozenset((*values.LANGUAGES, values.OTHER)),
}
"""The labels that hold one of a closed set, with those that the page tells in words for their length."""


def render() -> str:
    """Give the whole page."""
    rows = "".join(_row(metric) for metric in declared())
    return INTRODUCTION + rows + LABELS + "".join(_label_row(name, given) for name, given in VALUES.items())


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


def _label_row(name: str, given: str | Sequence[str]) -> str:
    told = given if isinstance(given, str) else ", ".join(f"`{value}`" for value in given)
    return f"| `{name}` | {told} |\n"
