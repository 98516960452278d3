"""`docs/runbooks/README.md`, made from Prometheus' alerts and the first sentence of each one's runbook."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]

INTRODUCTION = """\
<!-- Written by docs/generate_pages.py from deploy/prometheus/rules/alerts.yml and the pages beside it; not to be edited by hand. -->

# Runbooks

What to do when an alert fires, a page each. *Critical* is worth waking someone: the road stands still or breaks its promise of
freshness. *Warning* can wait for working hours. An alert fires once its condition has held for the time under *after*.

| alert | severity | after | means |
| --- | --- | --- | --- |
"""

MEANING = re.compile(r"^## What it means\n\n(.+?\.)(?:\s|\Z)", re.MULTILINE | re.DOTALL)
"""The first sentence of a runbook; a full stop within a number or a name has no space behind it."""


def render() -> str:
    """Give the whole page."""
    return INTRODUCTION + "".join(_row(alert) for alert in alerts())


def alerts() -> Iterator[dict[str, Any]]:
    """Give every alert, in the order of its file."""
    content = yaml.safe_load((ROOT / "deploy/prometheus/rules/alerts.yml").read_text("utf-8"))
    for group in content["groups"]:
        yield from group["rules"]


def _row(alert: dict[str, Any]) -> str:
    name = alert["alert"]
    return f"| [{name}]({name}.md) | {alert['labels']['severity']} | {alert['for']} | {_meaning(name)} |\n"


def _meaning(name: str) -> str:
    found = MEANING.search((ROOT / "docs/runbooks" / f"{name}.md").read_text("utf-8"))
    if found is None:
        raise ValueError(f"docs/runbooks/{name}.md says nothing under `What it means`")
    return " ".join(found[1].split())
