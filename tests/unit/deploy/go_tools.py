"""Tools that are built from their Go modules, once a checkout: they come in no package that Python or Debian has."""

import os
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from programs import needed

ROOT = Path(__file__).parents[3]
CACHE = ROOT / ".cache" / "go"

HELM = ("helm", "helm.sh/helm/v4/cmd/helm", "v4.3.1")
"""It carries Kubernetes' client, so building it takes minutes."""

COMPOSE = ("docker-compose", "github.com/docker/compose/v5/cmd", "v5.0.2")
"""140 s of processor time to build. Its `config` needs no engine. Later ones need a newer Go, or replace modules, which
`go install` refuses."""

BUILD_SECONDS = 1800
"""Time limit of the tests that may be the first to build one, on a busy machine."""


def built(tool: tuple[str, str, str]) -> Path:
    """Give the program of a module, built where it is not there yet; without Go the test is skipped, and in CI fails."""
    name, module, version = tool
    program = CACHE / f"{name}-{version}"
    if not program.exists():
        _build(module, version, program)
    return program


def _build(module: str, version: str, program: Path) -> None:
    go = needed("go")
    CACHE.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=CACHE) as folder:
        answer = subprocess.run(
            [go, "install", f"{module}@{version}"],
            env=os.environ | {"GOBIN": folder},
            capture_output=True,
            text=True,
            check=False,
        )
        assert answer.returncode == 0, answer.stderr
        (made,) = Path(folder).iterdir()
        made.replace(program)
