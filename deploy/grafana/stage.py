"""*Stage*: one stage as closely as its metrics tell, chosen by a variable."""

from grafana_foundation_sdk.builders.dashboard import Dashboard
from grafana_foundation_sdk.models import units

from deploy.grafana.overview import memory, processor_time
from deploy.grafana.panels import PER_SECOND, Panel, Query, board, lines, shares, variable
from deploy.grafana.queries import highest, mean, quantile, rate, selected, summed

CHOSEN = 'stage="$stage"'


def stage() -> Dashboard:
    """Give the dashboard."""
    return board(
        "broadsheet-stage",
        "Broadsheet: stage",
        "One stage: what comes in and out, how long it takes, how its processors are.",
        {
            "Does it keep up?": keeping_up(),
            "How long does it take?": times(),
            "Are its processors well?": health(),
            "What does it cost?": costs(),
            "The index, whatever stage is chosen": index(),
        },
        variable("stage", "broadsheet_build_info"),
    )


def keeping_up() -> list[Panel]:
    """Show what comes in, what goes out and what waits."""
    by_partition = "broadsheet_consumer_lag_{}"
    return [
        lines(
            "In and out",
            "Records that Kafka delivered, and documents that ended. A record may be delivered more than once.",
            PER_SECOND,
            Query(rate("broadsheet_records_received_total", CHOSEN), "in"),
            Query(rate("broadsheet_documents_total", CHOSEN, by="stage, outcome"), "{{outcome}}"),
        ),
        lines(
            "Records that wait, by partition",
            "One partition that alone grows has an ill processor, or a key that is most of the traffic.",
            units.Short,
            Query(selected(by_partition.format("records"), CHOSEN), "{{partition}}"),
        ),
        lines(
            "Age of the oldest record that waits, by partition",
            "How far behind each partition is.",
            units.Seconds,
            Query(selected(by_partition.format("seconds"), CHOSEN), "{{partition}}"),
        ),
    ]


def times() -> list[Panel]:
    """Show how long documents and batches take."""
    return [
        lines(
            "Since publishing",
            "Time from publishing to the end of this stage.",
            units.Seconds,
            *shares("broadsheet_road_seconds", CHOSEN),
        ),
        lines(
            "In the queue",
            "Time from a record's timestamp in the topic until a batch took it.",
            units.Seconds,
            *shares("broadsheet_queue_seconds", CHOSEN),
        ),
        lines(
            "A document",
            "Time of the stage's own function.",
            units.Seconds,
            *shares("broadsheet_document_seconds", CHOSEN),
        ),
        lines(
            "A batch",
            "Time from taking a batch to releasing it.",
            units.Seconds,
            *shares("broadsheet_batch_seconds", CHOSEN),
        ),
        lines(
            "Writing to Kafka",
            "Time until Kafka had acknowledged what a batch wrote.",
            units.Seconds,
            *shares("broadsheet_publish_seconds", CHOSEN),
        ),
        lines(
            "Event loop",
            "How late a timer was. Over the session timeout a processor loses its partitions.",
            units.Seconds,
            *shares("broadsheet_event_loop_delay_seconds", CHOSEN),
        ),
    ]


def health() -> list[Panel]:
    """Show what the processors do and what goes wrong."""
    return [
        lines(
            "What they do",
            "Processors by state.",
            units.Short,
            Query(summed("broadsheet_state", CHOSEN, by="state"), "{{state}}"),
            stacked=True,
        ),
        lines(
            "Ready, partitions, workers",
            "Processors that are ready, partitions that they hold, worker processes that run.",
            units.Short,
            Query(summed("broadsheet_ready", CHOSEN), "ready"),
            Query(summed("broadsheet_assigned_partitions", CHOSEN), "partitions"),
            Query(summed("broadsheet_worker_processes", CHOSEN), "workers"),
        ),
        lines(
            "Share of dead letters in the window",
            "The highest of the processors; over BROADSHEET_DEAD_LETTER_RATIO one halts.",
            units.PercentUnit,
            Query(highest("broadsheet_dead_letter_window_ratio", CHOSEN), "dead letters"),
        ),
        lines(
            "Tries again",
            "Because the world was away, by cause.",
            PER_SECOND,
            Query(rate("broadsheet_retries_total", CHOSEN, by="cause"), "{{cause}}"),
        ),
        lines(
            "Workers replaced",
            "By reason. A page that kills a worker becomes a dead letter.",
            PER_SECOND,
            Query(rate("broadsheet_worker_restarts_total", CHOSEN, by="reason"), "{{reason}}"),
        ),
        lines(
            "Rebalances",
            "Times the group gave out partitions anew.",
            PER_SECOND,
            Query(rate("broadsheet_rebalances_total", CHOSEN), "rebalances"),
        ),
    ]


def costs() -> list[Panel]:
    """Show what documents cost."""
    return [
        lines(
            "Processor time",
            "Cores in use, of processors and workers.",
            units.Short,
            Query(processor_time(CHOSEN), "cores"),
        ),
        lines(
            "Memory",
            "Resident memory of processors and workers.",
            units.BytesIEC,
            Query(memory(CHOSEN), "memory"),
        ),
        lines(
            "Bytes",
            "Of record values, read and written.",
            units.BytesPerSecondIEC,
            Query(rate("broadsheet_bytes_total", CHOSEN, by="direction"), "{{direction}}"),
        ),
        lines(
            "Records of a batch",
            "On the mean. Full batches mean that work waits.",
            units.Short,
            Query(mean("broadsheet_batch_records", CHOSEN), "records"),
            width=12,
        ),
        lines(
            "Bytes of a batch",
            "On the mean.",
            units.BytesIEC,
            Query(mean("broadsheet_batch_bytes", CHOSEN), "bytes"),
            width=12,
        ),
    ]


def index() -> list[Panel]:
    """Show what the indexer and OpenSearch say to each other."""
    return [
        lines(
            "Requests to OpenSearch",
            "Time of a request for 95 % of them, by kind.",
            units.Seconds,
            Query(quantile(0.95, "broadsheet_index_request_seconds", by="request"), "{{request}}"),
        ),
        lines(
            "Bytes of a request",
            "On the mean, by kind.",
            units.BytesIEC,
            Query(mean("broadsheet_index_request_bytes", by="request"), "{{request}}"),
        ),
        lines(
            "Writes by ending",
            "Done, refused for ever, put off (busy), or without an index (missing).",
            PER_SECOND,
            Query(rate("broadsheet_index_writes_total", by="request, ending"), "{{request}}: {{ending}}"),
        ),
    ]
