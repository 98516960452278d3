"""What an expression of Prometheus asks for, held against the metrics that processors declare."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import cache
from pathlib import Path
from typing import Any

import promql_parser
import yaml
from prometheus_client import Counter, Histogram
from prometheus_client.utils import floatToGoString
from promql_parser import BinaryExpr, Expr, Matcher, ParenExpr, VectorSelector

import metrics_page
from broadsheet_schemas.processors import PROCESSORS

RULES = Path(__file__).parents[1] / "deploy/prometheus/rules"
STAGES = tuple(processor.name for processor in PROCESSORS)
FROM_PROMETHEUS = {"namespace", "instance", "job"}
"""Labels that Prometheus adds to what it scrapes."""

FROM_THE_LIBRARY = {"process_resident_memory_bytes", "process_cpu_seconds_total", "process_start_time_seconds"}
"""Metrics of the process itself, which the client library declares."""

FILTERS = {"and", "or", "unless", "<", "<=", ">", ">=", "==", "!="}
"""Operators that leave series out."""


def rules(kind: str) -> dict[str, dict[str, Any]]:
    """Give the rules of a kind, `record` or `alert`, by name."""
    files = [yaml.safe_load(path.read_text("utf-8")) for path in sorted(RULES.glob("*.yml"))]
    return {rule[kind]: rule for file in files for group in file["groups"] for rule in group["rules"] if kind in rule}


def selectors(expression: str | Expr) -> list[VectorSelector]:
    """Give every selector of an expression."""
    parsed = promql_parser.parse(expression) if isinstance(expression, str) else expression
    nodes: list[Expr] = []
    promql_parser.walk(parsed, nodes.append)
    return [node for node in nodes if isinstance(node, VectorSelector)]


def sides(expression: str | Expr) -> Iterator[Expr]:
    """Give what an expression compares and joins, without the comparing: each must have series though the whole has none."""
    parsed = promql_parser.parse(expression) if isinstance(expression, str) else expression
    parsed = parsed.expr if isinstance(parsed, ParenExpr) else parsed
    if isinstance(parsed, BinaryExpr) and str(parsed.op) in FILTERS:
        yield from sides(parsed.lhs)
        yield from sides(parsed.rhs)
    elif selectors(parsed):
        yield parsed


def problems(expression: str) -> list[str]:
    """Name what an expression asks for that no processor and no recording rule can give."""
    return [problem for selector in selectors(expression) for problem in _problems_of(selector)]


def _problems_of(selector: VectorSelector) -> Iterator[str]:
    name = selector.name or ""
    known = labels_by_metric().get(name)
    if known is None:
        yield f"no such metric: {name}"
        return
    for matcher in selector.matchers.matchers:
        if matcher.name not in known | FROM_PROMETHEUS:
            yield f"{name} has no label {matcher.name}"
        elif not _can_match(name, matcher):
            yield f"{name} never has {matcher.name}={matcher.value}"


def _can_match(metric: str, matcher: Matcher) -> bool:
    if "$" in matcher.value:
        return True  # a variable of a dashboard
    values = _values(metric, matcher.name)
    return values is None or any(re.fullmatch(matcher.value, value) for value in values)


def _values(metric: str, label: str) -> AbstractSet[str] | None:
    """Give what a label may hold; None where that is no closed set."""
    if label == "le":
        return bounds().get(metric.removesuffix("_bucket"))
    if label == "stage":
        return set(STAGES)
    return metrics_page.SETS.get(label)


@cache
def bounds() -> dict[str, AbstractSet[str]]:
    """Give the bounds of every histogram as they stand in its buckets' label."""
    return {
        metric._name: {floatToGoString(bound) for bound in metric._upper_bounds}  # type: ignore[no-untyped-call]
        for metric in metrics_page.declared()
        if isinstance(metric, Histogram)
    }


@cache
def labels_by_metric() -> dict[str, AbstractSet[str]]:
    """Give the labels of every series that a processor declares or a rule records, by name."""
    found: dict[str, AbstractSet[str]] = dict.fromkeys(FROM_THE_LIBRARY, frozenset())
    found["ALERTS"] = {"alertname", "alertstate", "severity"}  # Prometheus' own, of its alerts
    for metric in metrics_page.declared():
        labels = set(metric._labelnames)
        if isinstance(metric, Histogram):
            found |= {f"{metric._name}_{part}": labels for part in ("sum", "count")}
            found[f"{metric._name}_bucket"] = labels | {"le"}
        else:
            found[f"{metric._name}_total" if isinstance(metric, Counter) else metric._name] = labels
    return found | {name: set(name.split(":")[0].split("_")) for name in rules("record")}
