"""*Dead letters*: what fails, where, since when."""

from grafana_foundation_sdk.builders.dashboard import Dashboard
from grafana_foundation_sdk.models import units

from deploy.grafana.panels import PER_SECOND, Panel, Query, board, lines, rows
from deploy.grafana.queries import highest, increase, rate, ratio

METRIC = "broadsheet_dead_letters_total"


def dead_letters() -> Dashboard:
    """Give the dashboard."""
    return board(
        "broadsheet-dead-letters",
        "Broadsheet: dead letters",
        "Pages that no stage can process. docs/errors.md says what each code means; `broadsheet dead-letters` shows them.",
        {"What fails": failing(), "In the time shown": counted()},
    )


def failing() -> list[Panel]:
    """Show dead letters over time."""
    return [
        lines(
            "By code",
            "Documents that became dead letters.",
            PER_SECOND,
            Query(rate(METRIC, by="code"), "{{code}}"),
            stacked=True,
        ),
        lines(
            "Share of documents",
            "Of those that a stage ended. More than 5 % for ten minutes is an alert.",
            units.PercentUnit,
            Query(ratio(rate(METRIC), rate("broadsheet_documents_total")), "{{stage}}"),
        ),
        lines(
            "Share in the window of a processor",
            "The highest of a stage; over BROADSHEET_DEAD_LETTER_RATIO it halts.",
            units.PercentUnit,
            Query(highest("broadsheet_dead_letter_window_ratio"), "{{stage}}"),
        ),
    ]


def counted() -> list[Panel]:
    """List dead letters by stage and code, and workers replaced."""
    return [
        rows(
            "By stage and code",
            "Codes that a stage never met are left out.",
            units.Short,
            Query(f"{increase(METRIC, by='stage, code')} > 0", ""),
        ),
        rows(
            "Workers replaced, by stage and reason",
            "A page that does it twice becomes a dead letter: `worker_died`, `memory_limit` or `time_limit`.",
            units.Short,
            Query(increase("broadsheet_worker_restarts_total", by="stage, reason"), ""),
        ),
    ]
