"""*Quality*: what is in the pages, and whether the stages still find it."""

from grafana_foundation_sdk.builders.dashboard import Dashboard
from grafana_foundation_sdk.models import units

from deploy.grafana.panels import PER_SECOND, Panel, Query, board, lines
from deploy.grafana.queries import INDEXER, INTAKE, SEGMENTER, TAGGER, mean, quantile, rate, ratio, selected

RECORDED = "namespace:broadsheet_pages_without_{}_per_pages:ratio_rate{}"


def quality() -> Dashboard:
    """Give the dashboard."""
    return board(
        "broadsheet-quality",
        "Broadsheet: quality",
        "What comes in, what is found in it, and how sure the segmenter is.",
        {
            "What is found": found(),
            "What comes in": coming_in(),
            "What becomes of it": outcome(),
        },
    )


def without(part: str) -> list[Query]:
    """Ask for the share of pages without something, in the last hour and over the day."""
    return [
        Query(selected(RECORDED.format(part, "1h")), "last hour"),
        Query(selected(RECORDED.format(part, "1d")), "last day"),
    ]


def found() -> list[Panel]:
    """Show what segmenter and tagger find on a page."""
    return [
        lines(
            "Pages without a body",
            "Share of pages. A jump of 20 points over the day is an alert.",
            units.PercentUnit,
            *without("body"),
        ),
        lines(
            "Pages without teasers",
            "Share of pages. A jump of 20 points over the day is an alert.",
            units.PercentUnit,
            *without("teasers"),
        ),
        lines(
            "Chance that a split is right",
            "As the segmenter tells it: the mean, and what nine in ten pages are above.",
            units.PercentUnit,
            Query(mean("broadsheet_document_confidence", SEGMENTER), "mean"),
            Query(quantile(0.1, "broadsheet_document_confidence", SEGMENTER), "lowest tenth"),
        ),
        lines(
            "On a page",
            "Blocks of the body, teasers, entities and mentions, on the mean.",
            units.Short,
            Query(mean("broadsheet_document_blocks", SEGMENTER), "blocks"),
            Query(mean("broadsheet_document_teasers", SEGMENTER), "teasers"),
            Query(mean("broadsheet_document_entities", TAGGER), "entities"),
            Query(mean("broadsheet_document_mentions", TAGGER), "mentions"),
        ),
        lines(
            "Length of a body",
            "Characters, for half and for 95 % of the pages that have one.",
            units.Short,
            Query(quantile(0.5, "broadsheet_document_body_characters", SEGMENTER), "p50"),
            Query(quantile(0.95, "broadsheet_document_body_characters", SEGMENTER), "p95"),
        ),
        lines(
            "Why pages have no article",
            "By the reason that the segmenter gives.",
            PER_SECOND,
            Query(rate("broadsheet_documents_without_article_total", SEGMENTER, by="no_article"), "{{no_article}}"),
            stacked=True,
        ),
    ]


def coming_in() -> list[Panel]:
    """Show the mix of pages."""
    return [
        lines(
            "Languages",
            "Share of pages; the ten most frequent.",
            units.PercentUnit,
            Query(f"topk(10, {share_of('broadsheet_documents_by_language_total', 'language')})", "{{language}}"),
            stacked=True,
        ),
        lines(
            "Forms of pages",
            "Share of pages by content type.",
            units.PercentUnit,
            Query(share_of("broadsheet_documents_by_content_type_total", "content_type"), "{{content_type}}"),
            stacked=True,
        ),
        lines(
            "Size of a page",
            "For half and for 95 % of them.",
            units.BytesIEC,
            Query(quantile(0.5, "broadsheet_document_bytes", INTAKE), "p50"),
            Query(quantile(0.95, "broadsheet_document_bytes", INTAKE), "p95"),
        ),
    ]


def outcome() -> list[Panel]:
    """Show what tagging covered and what indexing did."""
    return [
        lines(
            "What the tagger looked for",
            "Everything, in a part of a huge page, or values alone where no pipeline knows the language.",
            PER_SECOND,
            Query(rate("broadsheet_documents_by_tagging_coverage_total", TAGGER, by="coverage"), "{{coverage}}"),
            width=12,
            stacked=True,
        ),
        lines(
            "What indexing did",
            "Unchanged: the page was known as it is. Stale: a newer one was.",
            PER_SECOND,
            Query(rate("broadsheet_documents_by_index_action_total", INDEXER, by="action"), "{{action}}"),
            width=12,
            stacked=True,
        ),
    ]


def share_of(metric: str, label: str) -> str:
    """Give each value's share of a counter at the intake."""
    return ratio(rate(metric, INTAKE, by=label), f"on () group_left () {rate(metric, INTAKE, by='')}")
