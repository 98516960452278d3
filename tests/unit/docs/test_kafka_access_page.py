import re
from pathlib import Path

import kafka_access_page
from broadsheet.runtime.permissions import COMMAND_NEEDS, Operation, Permission, processor_needs
from broadsheet_schemas.processors import PROCESSORS

GRANT = re.compile(r"kafka-acls --add --allow-principal User:(\S+) --operation (\S+) (.*)")
RESOURCE = re.compile(r"--(\S+) (\S+)")


def granted(user: str) -> set[Permission]:
    """What the commands of the page allow a user."""
    found = [match.groups() for match in GRANT.finditer(kafka_access_page.render())]
    return {
        Permission(Operation(operation), kind, name)
        for named, operation, resources in found
        if named == user
        for kind, name in RESOURCE.findall(resources)
    }


def test_the_commands_of_the_page_grant_exactly_what_is_needed() -> None:
    for processor in PROCESSORS:
        assert granted(processor.name) == set(processor_needs(processor, ""))
    assert granted("publisher") == set(COMMAND_NEEDS["publish"](""))
    assert granted("operator") == {*COMMAND_NEEDS["status"](""), *COMMAND_NEEDS["dead-letters replay"]("")}


def test_every_processor_and_command_has_a_row() -> None:
    rows = [line for line in kafka_access_page.render().splitlines() if line.startswith("| `")]
    names = {row.split("`")[1] for row in rows}
    assert names == {processor.name for processor in PROCESSORS} | set(COMMAND_NEEDS) | {"consume"}


def test_the_page_is_written() -> None:
    page = Path(__file__).parents[3] / "docs" / "kafka-access.md"
    assert page.read_text("utf-8") == kafka_access_page.render()
