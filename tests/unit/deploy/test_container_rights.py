"""What a processor may do in its container: as no root, on a root it cannot write, with no capability."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from broadsheet_schemas.processors import PROCESSORS

ROOT = Path(__file__).parents[3]
RUNS_THE_IMAGE = (*(processor.name for processor in PROCESSORS), "topics")


def services() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))["services"]
    return found


def test_the_image_runs_as_a_user_of_its_own_by_number() -> None:
    """By number, so that Kubernetes can tell that it is not root; the last `USER` counts, and nothing runs after it."""
    instructions = re.findall(r"^([A-Z]+) +(.*)$", (ROOT / "deploy/Dockerfile").read_text("utf-8"), re.MULTILINE)
    names = [name for name, _ in instructions]
    (user,) = [value for name, value in instructions if name == "USER"]
    number, group = (int(part) for part in user.split(":"))
    assert number >= 10_000, "not one of the host's users"
    assert group >= 10_000
    after = names[names.index("USER") :]
    assert not {"RUN", "COPY", "ADD"} & set(after)
    made = next(value for name, value in instructions if name == "RUN" and value.startswith("useradd"))
    assert f"--uid {number}" in made
    assert "--no-create-home" in made
    assert "nologin" in made


def test_what_is_copied_into_the_image_stays_roots() -> None:
    """The program cannot change itself."""
    copies = re.findall(r"^(?:COPY|ADD) .*$", (ROOT / "deploy/Dockerfile").read_text("utf-8"), re.MULTILINE)
    assert copies
    assert not any("--chown" in copy or "--chmod" in copy for copy in copies)


@pytest.mark.parametrize("name", RUNS_THE_IMAGE)
def test_a_service_of_ours_can_write_to_its_tmp_alone(name: str) -> None:
    service = services()[name]
    assert service["read_only"] is True
    assert service["tmpfs"] == ["/tmp"]  # noqa: S108 - a folder of the container's own, in memory
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not {"privileged", "cap_add", "volumes", "user", "pid", "ipc", "network_mode", "devices"} & service.keys()


def test_no_service_can_reach_the_engine_or_the_host() -> None:
    for name, service in services().items():
        assert not {"privileged", "cap_add", "pid", "network_mode", "devices"} & service.keys(), name
        assert not any("docker.sock" in str(volume) for volume in service.get("volumes", ())), name
