"""Panels and dashboards as all of Broadsheet's look."""

from collections.abc import Mapping, Sequence
from itertools import count
from typing import NamedTuple, TypeVar

from grafana_foundation_sdk.builders import common as common_builders
from grafana_foundation_sdk.builders import dashboard as dashboards
from grafana_foundation_sdk.builders import prometheus, stat, table, timeseries
from grafana_foundation_sdk.models import common, dashboard
from grafana_foundation_sdk.models.prometheus import PromQueryFormat

from deploy.grafana.queries import quantile

TAG = "broadsheet"
SOURCE = dashboard.DataSourceRef(type_val="prometheus", uid="prometheus")
"""The data source of provisioning/datasources/prometheus.yml."""

HEIGHT = 8
WIDTH = 24
"""Columns of Grafana's grid."""

PER_SECOND = "suffix:/s"

Panel = timeseries.Panel | stat.Panel | table.Panel
P = TypeVar("P", timeseries.Panel, stat.Panel, table.Panel)


class Query(NamedTuple):
    """What a panel asks.

    Attributes:
        expression: PromQL, with Grafana's variables.
        legend: name of each series, with labels as `{{label}}`.
        unit: its unit, where it is not that of the panel.
    """

    expression: str
    legend: str
    unit: str | None = None


def shares(histogram: str, *matchers: str) -> list[Query]:
    """Ask for the value that half, 95 % and 99 % of what a histogram observed lie below."""
    return [
        Query(quantile(share, histogram, *matchers), name)
        for share, name in ((0.5, "p50"), (0.95, "p95"), (0.99, "p99"))
    ]


def lines(
    title: str, description: str, unit: str, *queries: Query, width: int = 8, stacked: bool = False, least: float = 0
) -> timeseries.Panel:
    """Draw queries over time, from `least` up; stacked where the series are parts of a whole."""
    panel = timeseries.Panel().fill_opacity(60 if stacked else 8).line_width(1).min(least)
    panel = panel.show_points(common.VisibilityMode.NEVER)
    panel = panel.legend(
        common_builders.VizLegendOptions()
        .display_mode(common.LegendDisplayMode.LIST)
        .placement(common.LegendPlacement.BOTTOM)
        .show_legend(show_legend=True)
    )
    panel = panel.tooltip(common_builders.VizTooltipOptions().mode(common.TooltipDisplayMode.MULTI))
    if stacked:
        panel = panel.stacking(common_builders.StackingConfig().mode(common.StackingMode.NORMAL))
    return _asking(_titled(panel, title, description, width), unit, queries)


def numbers(title: str, description: str, unit: str, *queries: Query, width: int = 6) -> stat.Panel:
    """Show the last value of each query, large, with its course behind it."""
    panel = stat.Panel().graph_mode(common.BigValueGraphMode.AREA).color_mode(common.BigValueColorMode.NONE)
    panel = panel.text_mode(common.BigValueTextMode.VALUE_AND_NAME).orientation(common.VizOrientation.HORIZONTAL)
    panel = panel.reduce_options(common_builders.ReduceDataOptions().calcs(["lastNotNull"]))
    return _asking(_titled(panel, title, description, width), unit, queries)


def rows(title: str, description: str, unit: str, query: Query) -> table.Panel:
    """List the series of one query with their labels, the largest first."""
    hide: dict[str, object] = {"excludeByName": {"Time": True}}
    columns = dashboard.DataTransformerConfig(id_val="organize", options=hide)
    panel = table.Panel().unit(unit).with_transformation(columns)
    panel = panel.sort_by([common_builders.TableSortByFieldState().display_name("Value").desc(desc=True)])
    target = prometheus.Dataquery().expr(query.expression).instant().format(PromQueryFormat.TABLE).ref_id("A")
    return _titled(panel.with_target(target), title, description, WIDTH // 2)


def board(
    uid: str,
    title: str,
    description: str,
    parts: Mapping[str, Sequence[Panel]],
    *variables: dashboards.QueryVariable,
) -> dashboards.Dashboard:
    """Put panels together, under a heading each part; the last hour, refreshed every ten seconds, with links to the others."""
    made = dashboards.Dashboard(title).uid(uid).description(description).tags([TAG]).readonly()
    made = (
        made.time("now-1h", "now").refresh("10s").timezone("browser").tooltip(dashboard.DashboardCursorSync.CROSSHAIR)
    )
    made = made.link(
        dashboards.DashboardLink("Broadsheet")
        .type(dashboard.DashboardLinkType.DASHBOARDS)
        .tags([TAG])
        .include_vars(include_vars=True)
        .keep_time(keep_time=True)
    )
    for one in (variable("namespace", "broadsheet_build_info", all_value=".*"), *variables):
        made = made.with_variable(one)
    numbered = count(1)
    for heading, panels in parts.items():
        made = made.with_row(dashboards.Row(heading).id(next(numbered)))
        for panel in panels:
            made = made.with_panel(panel.id(next(numbered)))
    return made


def variable(name: str, metric: str, *, all_value: str | None = None) -> dashboards.QueryVariable:
    """Let the reader choose among the values that a label of a metric has; all of them at once where `all_value` is given."""
    made = dashboards.QueryVariable(name).query(f"label_values({metric}, {name})").datasource(SOURCE)
    made = made.refresh(dashboard.VariableRefresh.ON_TIME_RANGE_CHANGED).sort(dashboard.VariableSort.ALPHABETICAL_ASC)
    if all_value is None:
        return made
    everything = dashboard.VariableOption(text="All", value="$__all", selected=True)
    return made.include_all(include_all=True).all_value(all_value).current(everything)


def _asking(panel: P, unit: str, queries: Sequence[Query]) -> P:
    for number, query in enumerate(queries):
        ref_id = chr(ord("A") + number)
        target = prometheus.Dataquery().expr(query.expression).legend_format(query.legend).range().ref_id(ref_id)
        panel = panel.with_target(target)
        if query.unit is not None:
            panel = panel.override_by_query(ref_id, [dashboard.DynamicConfigValue("unit", query.unit)])
    return panel.unit(unit)


def _titled(panel: P, title: str, description: str, width: int) -> P:
    return panel.title(title).description(description).datasource(SOURCE).span(width).height(HEIGHT)
