"""What the committed dashboards ask Prometheus."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from broadsheet_schemas.processors import PROCESSORS

FOLDER = Path(__file__).parents[1] / "deploy/grafana/provisioning/dashboards"

VARIABLES = {"$__rate_interval": "5m", "$__range": "1h", "$namespace": ".*", "$stage": "tagger"}
"""What Grafana would put for its variables on a road outside Kubernetes."""


class Asked(NamedTuple):
    """One query of one panel.

    Attributes:
        dashboard: name of its file, without ending.
        panel: the panel's title.
        expression: PromQL, with Grafana's variables.
    """

    dashboard: str
    panel: str
    expression: str


def boards() -> dict[str, dict[str, Any]]:
    """Give the committed dashboards, by name."""
    return {path.stem: orjson.loads(path.read_bytes()) for path in sorted(FOLDER.glob("*.json"))}


def panels(board: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Give the panels of a dashboard that are no headings."""
    return [panel for panel in board["panels"] if panel["type"] != "row"]


def asked() -> Iterator[Asked]:
    """Give every query of every panel."""
    for name, board in boards().items():
        for panel in panels(board):
            for target in panel["targets"]:
                yield Asked(name, panel["title"], target["expr"])


def filled_for_every_stage(expression: str) -> list[str]:
    """Put values for Grafana's variables: every stage where one is chosen, one after another."""
    if "$stage" not in expression:
        return [filled(expression)]
    return [filled(expression, {**VARIABLES, "$stage": processor.name}) for processor in PROCESSORS]


def variables() -> Iterator[tuple[str, str, str]]:
    """Give what the variables of the dashboards are chosen from: the variable's name, the metric, and its label."""
    for board in boards().values():
        for variable in board["templating"]["list"]:
            if asked_for := re.fullmatch(r"label_values\((\w+), (\w+)\)", variable["query"]):
                yield variable["name"], asked_for[1], asked_for[2]
            else:
                raise AssertionError(variable["query"])


def filled(expression: str, variables: Mapping[str, str] = VARIABLES) -> str:
    """Put values for Grafana's variables."""
    for name, value in variables.items():
        expression = expression.replace(name, value)
    return expression
