"""Nothing that a page says becomes a label of a metric: through intake, and where a label is set."""

from prometheus_client.exposition import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from broadsheet.intake.acceptance import accept_record, warm_up
from broadsheet.runtime.errors import DocumentError
from broadsheet.runtime.metrics import LABELS, Metrics
from broadsheet.runtime.outcomes import Failure, Outcome
from broadsheet.runtime.processor import utc_now
from broadsheet.runtime.records import Record
from broadsheet.runtime.stage import Product
from broadsheet.runtime.tally import Tally

EVIL = 'x"} 1\nforged_total{a="b'
TEXT = b"The council met on Monday to decide on the bridge, and nobody was surprised by what it decided. "


def label_values(metrics: Metrics) -> set[str]:
    """Give every value of every label, as Prometheus reads them; the bounds of buckets are numbers of ours."""
    families = text_string_to_metric_families(generate_latest(metrics.registry).decode())
    samples = [sample for family in families for sample in family.samples]
    return {value for sample in samples for name, value in sample.labels.items() if name != "le"}


def outcome_of(record: Record) -> Outcome:
    try:
        return Outcome(accept_record(record, max_page_bytes=1_000_000), 0.1)
    except DocumentError as error:
        return Outcome(Failure(error.code, error.message, type(error).__name__), 0.1)


def test_hostile_pages_make_no_label_of_their_own() -> None:
    warm_up()
    metrics = Metrics("intake")
    tally = Tally(metrics, utc_now)
    known = label_values(metrics)
    evil = EVIL.encode()
    kinds = [
        (("content-type", b"text/" + evil),),
        (("content-type", b"text/plain; charset=" + evil),),
        (("url", b"https://" + evil + b".example/"), ("document-id", evil)),
        (("fetched-at", evil),),
        ((EVIL, evil),),
    ]
    document = b'{"content": "%s", "language": "%s", "title": "%s"}'
    values = [TEXT * 3, evil, document % (TEXT, b"evil", b"evil"), document % (TEXT, b"e\\nn", b"\\u001b")]
    outcomes = []
    for headers in kinds:
        for value in values:
            record = Record("documents.raw", 0, 0, 1000, evil, value, headers)
            outcomes.append(outcome_of(record))
            tally.ended(record, outcomes[-1])
    assert {isinstance(outcome.result, Failure) for outcome in outcomes} == {True, False}
    assert label_values(metrics) - known <= {"en", "und", "other", "application/json"}


def test_a_stage_cannot_set_a_label_that_is_not_in_its_closed_set() -> None:
    metrics = Metrics("tagger")
    metrics.observe(Product("a", b"", 0, labels=dict.fromkeys(LABELS, EVIL)))
    assert EVIL not in label_values(metrics)
    for name, label in LABELS.items():
        counted = metrics.registry.get_sample_value(
            f"broadsheet_{label.metric}_total", {"stage": "tagger", name: "other"}
        )
        assert counted == 1
