import pytest

from promql import labels_by_metric, problems, selectors, sides


def test_every_selector_of_an_expression_is_found() -> None:
    expression = 'sum by (a) (rate(one{x="1"}[5m])) / two > 3 unless on (a) (three offset 1d)'
    assert [selector.name for selector in selectors(expression)] == ["one", "two", "three"]


def test_the_sides_are_what_stands_between_comparisons() -> None:
    expression = "(one / two > 2 and deriv(three[5m]) > 0) unless sum(four) > 0"
    assert [side.prettify() for side in sides(expression)] == ["one / two", "deriv(three[5m])", "sum(four)"]


@pytest.mark.parametrize(
    ("expression", "problem"),
    [
        ("rate(broadsheet_nothing_total[5m])", "no such metric: broadsheet_nothing_total"),
        ("broadsheet_documents", "no such metric: broadsheet_documents"),
        ('broadsheet_ready{topic="x"}', "broadsheet_ready has no label topic"),
        ('broadsheet_ready{stage="writer"}', "broadsheet_ready never has stage=writer"),
        ('broadsheet_state{state=~"halt"}', "broadsheet_state never has state=halt"),
        ('broadsheet_road_seconds_bucket{le="60"}', "broadsheet_road_seconds_bucket never has le=60"),
        ('broadsheet_dead_letters_total{code="bugs"}', "broadsheet_dead_letters_total never has code=bugs"),
        (
            'broadsheet_documents_by_language_total{language="english"}',
            "broadsheet_documents_by_language_total never has language=english",
        ),
        ("namespace:nothing:sum", "no such metric: namespace:nothing:sum"),
    ],
)
def test_what_no_processor_gives_is_named(expression: str, problem: str) -> None:
    assert problems(expression) == [problem]


def test_what_processors_and_rules_give_is_no_problem() -> None:
    assert problems('broadsheet_road_seconds_bucket{stage="indexer", le="60.0", namespace="x"}') == []
    assert problems('broadsheet_documents_total{outcome!="emitted", stage=~"$stage"}') == []
    assert problems('broadsheet_dead_letters_total{code="bug"}') == []
    assert problems('broadsheet_documents_by_language_total{language=~"en|und|other"}') == []
    assert problems('namespace_stage:broadsheet_documents:rate5m{stage="tagger"}') == []


def test_a_recorded_series_has_the_labels_of_its_level() -> None:
    assert labels_by_metric()["namespace_stage:broadsheet_documents:rate5m"] == {"namespace", "stage"}
