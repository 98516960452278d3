"""Those who consume the events install the contracts with pydantic and nothing else."""

import ast
import sys
from pathlib import Path

import pytest

import broadsheet_schemas

MODULES = sorted(Path(broadsheet_schemas.__file__).parent.rglob("*.py"))
ALLOWED = sys.stdlib_module_names | {"pydantic", "broadsheet_schemas"}


def imported(source: str) -> set[str]:
    """The top-level names of all imports, at any depth of the module; a relative import gives an empty one."""
    nodes = list(ast.walk(ast.parse(source)))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    parts = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in plain | parts}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_a_module_imports_the_standard_library_pydantic_and_its_own_package_alone(module: Path) -> None:
    assert imported(module.read_text("utf-8")) <= ALLOWED


def test_an_import_is_found_wherever_it_stands() -> None:
    assert imported("import a.b\ndef f():\n    from c.d import e\n") == {"a", "c"}
