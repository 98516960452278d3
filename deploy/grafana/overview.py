"""*Overview*: is the road well, and does it keep up? Its stages side by side, then the whole over time."""

from grafana_foundation_sdk.builders.dashboard import Dashboard
from grafana_foundation_sdk.builders.stat import Panel as Stat
from grafana_foundation_sdk.models import units

from broadsheet_schemas.processors import PROCESSORS
from deploy.grafana.panels import PER_SECOND, Panel, Query, board, lines, numbers, shares
from deploy.grafana.queries import INDEXER, highest, increase, quantile, rate, selected, summed


def overview() -> Dashboard:
    """Give the dashboard."""
    return board(
        "broadsheet-overview",
        "Broadsheet: overview",
        "The road from publisher to index.",
        {
            "The road": [stage(processor.name) for processor in PROCESSORS],
            "Does it keep up?": keeping_up(),
            "Is it well, and what does it cost?": health_and_cost(),
        },
    )


def stage(name: str) -> Stat:
    """Show what one stage does, in one panel: the road is read from left to right."""
    own = f'stage="{name}"'
    return numbers(
        name,
        "Documents that end a second, records that wait, time from publishing to the end of this stage for 95 % of documents, "
        "and dead letters of the last hour.",
        units.Short,
        Query(rate("broadsheet_documents_total", own), "documents", PER_SECOND),
        Query(summed("broadsheet_consumer_lag_records", own), "lag"),
        Query(quantile(0.95, "broadsheet_road_seconds", own), "p95 since publishing", units.Seconds),
        Query(increase("broadsheet_dead_letters_total", own, by="stage", over="1h"), "dead letters, 1 h"),
    )


def keeping_up() -> list[Panel]:
    """Show rates, lag and freshness over time."""
    late = selected("namespace:broadsheet_late_documents_per_documents:ratio_rate1h")
    return [
        lines(
            "Documents that end",
            "Emitted and dead letters, by stage. On a road that keeps up the lines lie on each other.",
            PER_SECOND,
            Query(rate("broadsheet_documents_total"), "{{stage}}"),
        ),
        lines(
            "Records that wait",
            "In the partitions that processors hold; `broadsheet status` also knows those that nobody holds.",
            units.Short,
            Query(summed("broadsheet_consumer_lag_records"), "{{stage}}"),
        ),
        lines(
            "Age of the oldest record that waits",
            "How far behind a stage is, in time.",
            units.Seconds,
            Query(highest("broadsheet_consumer_lag_seconds"), "{{stage}}"),
        ),
        lines(
            "From publishing to the index",
            "For half, 95 % and 99 % of the documents that reached the index.",
            units.Seconds,
            *shares("broadsheet_road_seconds", INDEXER),
            width=12,
        ),
        lines(
            "Late documents of the last hour",
            "Share that took more than 60 s from publishing to the index. The objective allows 1 % over 30 days.",
            units.PercentUnit,
            Query(late, "late"),
            width=12,
        ),
    ]


def health_and_cost() -> list[Panel]:
    """Show dead letters, retries, alerts, processors and memory over time."""
    alerts = selected("ALERTS", 'alertname=~"Broadsheet.+"', 'alertstate="firing"')
    return [
        lines(
            "Dead letters",
            "By stage; *Dead letters* has them by code.",
            PER_SECOND,
            Query(rate("broadsheet_dead_letters_total"), "{{stage}}"),
        ),
        lines(
            "Tries again because the world was away",
            "By stage and cause. The processors skip nothing meanwhile.",
            PER_SECOND,
            Query(rate("broadsheet_retries_total", by="stage, cause"), "{{stage}}: {{cause}}"),
        ),
        lines(
            "Alerts that fire",
            "docs/runbooks has a page for each.",
            units.Short,
            Query(f"count({alerts}) or vector(0)", "alerts"),
        ),
        lines(
            "Processors that are ready",
            "By stage.",
            units.Short,
            Query(summed("broadsheet_ready"), "{{stage}}"),
        ),
        lines(
            "Memory",
            "Resident memory of a stage's processors and their workers.",
            units.BytesIEC,
            Query(memory(), "{{stage}}"),
        ),
        lines(
            "Processor time of a document",
            "Of the stage's processors and their workers, for each document that ends.",
            units.Seconds,
            Query(f"({processor_time()})\n/ {rate('broadsheet_documents_total')}", "{{stage}}"),
        ),
    ]


def memory(*matchers: str) -> str:
    """Give the resident memory of each stage's processes. The processor's own has no stage: its instance leads to one."""
    own = with_stage(selected("process_resident_memory_bytes"), *matchers)
    return f"sum by (stage) ({own})\n+ {summed('broadsheet_worker_resident_memory_bytes', *matchers)}"


def processor_time(*matchers: str) -> str:
    """Give the processor time that each stage's processes take, in cores."""
    own = with_stage(f"rate({selected('process_cpu_seconds_total')}[$__rate_interval])", *matchers)
    return f"sum by (stage) ({own})\n+ {rate('broadsheet_worker_cpu_seconds_total', *matchers)}"


def with_stage(own: str, *matchers: str) -> str:
    """Give a process's own series the stage of the processor that serves it."""
    return f"{own} * on (job, instance) group_left (stage) (0 * {selected('broadsheet_ready', *matchers)} + 1)"
