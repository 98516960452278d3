import metrics_page
from broadsheet.runtime.metrics import Metrics


def test_every_metric_of_a_processor_is_on_the_page() -> None:
    page = metrics_page.render()
    metrics = Metrics("intake")
    metrics.build("1")
    families = [family for family in metrics.registry.collect() if family.name.startswith("broadsheet_")]
    assert len(families) > 10
    for family in families:
        assert f"| `{family.name}" in page


def test_a_row_tells_name_type_labels_and_meaning() -> None:
    rows = metrics_page.render().splitlines()
    assert "| `broadsheet_dead_letters_total` | counter | `stage`, `code` |" in "\n".join(rows)
