"""A dashboard of Grafana's, drawn without Grafana: its own layout and queries, Prometheus' answers, Matplotlib's lines."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import fill
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from matplotlib.typing import RcKeyType

COLUMNS = 24
COLUMN_INCHES = 0.62
ROW_INCHES = 0.3
INK, FAINT, PAPER = "#1f2430", "#8a90a0", "#ffffff"
COLOURS = ("#2f6fb2", "#d9822b", "#3a8f5c", "#b03a5b", "#7a5bb0", "#6b7280")
KIBI = 1024
MANY = 4
"""More series than these make the legend smaller."""

STYLE: dict[RcKeyType, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "broadsheet",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans", "Arial"],
    "font.size": 8,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One series of a panel.

    Attributes:
        name: as the legend shows it.
        unit: Grafana's name of its unit.
        minutes: its points' times, from the beginning of the picture.
        values: its points.
    """

    name: str
    unit: str
    minutes: Sequence[float]
    values: Sequence[float]


def draw(board: Mapping[str, Any], lines: Mapping[int, Sequence[Line]], caption: str, path: Path) -> None:
    """Draw a dashboard as SVG.

    Args:
        board: the dashboard's JSON.
        lines: what each panel shows, by the panel's id.
        caption: stands below the picture.
        path: where the picture goes; the same input gives the same bytes.
    """
    rows = max(panel["gridPos"]["y"] + panel["gridPos"]["h"] for panel in board["panels"]) + 2
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(COLUMNS * COLUMN_INCHES, rows * ROW_INCHES), facecolor=PAPER)
        for panel in board["panels"]:
            _panel(figure, panel, lines.get(panel["id"], ()), rows)
        figure.text(0.01, 0.6 / rows, fill(caption, 190), color=FAINT, fontsize=8)
        figure.savefig(path, format="svg", metadata={"Date": None})


def shown(value: float, unit: str) -> str:
    """Give a number with its unit, short."""
    if unit == "s":
        return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.3g} s"
    if unit == "percentunit":
        return f"{value:.1%}"
    if unit == "bytes":
        return f"{value / KIBI**2:,.0f} MiB"
    return f"{value:,.3g}/s" if unit == "suffix:/s" else f"{value:,.0f}"


def _panel(figure: Figure, panel: Mapping[str, Any], lines: Sequence[Line], rows: int) -> None:
    place = panel["gridPos"]
    left, width = place["x"] / COLUMNS, place["w"] / COLUMNS
    bottom, height = 1 - (place["y"] + place["h"]) / rows, place["h"] / rows
    if panel["type"] == "row":
        figure.text(left + 0.01, bottom + 0.2 / rows, panel["title"], color=INK, fontsize=11, weight="bold")
        return
    axes = figure.add_axes((left + 0.035, bottom + 1.9 / rows, width - 0.045, height - 3.2 / rows))
    axes.set_title(panel["title"], loc="left", color=INK, fontsize=9, weight="bold")
    if panel["type"] == "stat":
        _numbers(axes, lines)
    else:
        _lines(axes, lines)


def _numbers(axes: Axes, lines: Sequence[Line]) -> None:
    axes.set_axis_off()
    for number, line in enumerate(lines):
        height = 0.85 - number * 0.25
        known = [value for value in line.values if math.isfinite(value)]
        axes.text(0, height, line.name, color=FAINT, fontsize=9, transform=axes.transAxes, va="center")
        told = shown(known[-1], line.unit) if known else "-"
        axes.text(0.95, height, told, color=INK, fontsize=14, transform=axes.transAxes, va="center", ha="right")


def _lines(axes: Axes, lines: Sequence[Line]) -> None:
    for number, line in enumerate(lines):
        axes.plot(line.minutes, line.values, color=COLOURS[number % len(COLOURS)], linewidth=1, label=line.name)
    axes.set_ylim(
        0, max((value for line in lines for value in line.values if math.isfinite(value)), default=0) * 1.1 or 1
    )
    if lines:
        unit = lines[0].unit
        axes.yaxis.set_major_locator(MaxNLocator(5, integer=unit == "short"))
        axes.yaxis.set_major_formatter(lambda value, _position: shown(value, unit))
        small = {"ncols": 4, "fontsize": 7} if len(lines) <= MANY else {"ncols": 2, "fontsize": 5}
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.1), frameon=False, **small)
    axes.xaxis.set_major_formatter(lambda minute, _position: f"{minute:g} min")
    axes.tick_params(colors=FAINT, labelsize=7, length=2)
    axes.grid(axis="y", color="#e6e8ee", linewidth=0.6)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color("#cfd3dc")
