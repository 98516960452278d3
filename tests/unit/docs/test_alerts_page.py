import alerts_page


def test_a_row_tells_alert_severity_time_and_the_first_sentence_of_its_runbook() -> None:
    rows = alerts_page.render().splitlines()
    (row,) = [row for row in rows if "BroadsheetStageStopped" in row]
    assert row == (
        "| [BroadsheetStageStopped](BroadsheetStageStopped.md) | critical | 5m | Records wait for a stage, its processors"
        " answer, and for more than five minutes not one document has ended. |"
    )
