"""The records of decisions have one form, and the list of them is whole."""

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[3] / "docs/decisions"
RECORDS = sorted(FOLDER.glob("[0-9]*.md"))


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.stem)
def test_a_record_has_its_number_a_title_and_the_same_sections(record: Path) -> None:
    text = record.read_text("utf-8")
    assert re.match(rf"# {record.name[:4]}: \S.*\n\n## Context\n", text)
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]


def test_every_record_is_listed_in_order_and_none_shares_a_number() -> None:
    listed = re.findall(r"^\| \[(\d{4})\]\((.+?)\) \|", (FOLDER / "README.md").read_text("utf-8"), re.MULTILINE)
    assert [name for _number, name in listed] == [record.name for record in RECORDS]
    assert [number for number, _name in listed] == [f"{number:04}" for number in range(1, len(RECORDS) + 1)]
