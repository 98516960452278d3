"""Ids that are paths, and queries that are syntax, through the command to a real index: an id is an id, a query is words."""

import uuid
from pathlib import Path

import orjson
import pytest

from broadsheet.cli.main import run
from unit.indexer.laid_out import laid_out

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("indexed")]

IDS = (
    "../../../etc/passwd",
    "..",
    ".",
    "../_search",
    "_search",
    "a/../../_cluster/settings",
    "%2e%2e%2f_all",
    "a?pretty#b",
    "*",
    'x","_index":"other',
    "line\nbreak\r\nX: y",
    "\x1b]0;owned\x07",
    "/absolute",
    "C:\\windows",
)
SYNTAX = (
    "*:*",
    "*",
    "_exists_:title",
    "title:*",
    "council OR *:*",
    "/.*/",
    "_id:*",
    '{"match_all": {}}',
    "doc['title'].value",
    "${jndi:ldap://x}",
    "((((((((((",
    "a" * 30_000,
    "zz* " * 2_000,
    '"' * 5_001,
)


DOCUMENTS = tuple(laid_out("Quay", [f"Number {n}."], document_id=name) for n, name in enumerate(IDS))


@pytest.mark.parametrize("number", range(len(IDS)))
def test_an_id_names_its_document_and_no_path(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Neither a path of the index's API, nor one of a file: `--html` writes the file that it is given, and no other."""
    folder = tmp_path / "inner" / "folder"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    assert run(["show", "--", IDS[number]]) == 0
    shown = orjson.loads(capsysbinary.readouterr().out)
    assert (shown["id"], shown["blocks"][0]["text"]) == (IDS[number], f"Number {number}.")

    assert run(["show", "--html", "page.html", "--", IDS[number]]) == 0
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [folder / "page.html"]
    assert run(["similar", "--", IDS[number]]) == 0


@pytest.mark.parametrize("name", ["../_search", "..", "_mapping", "../../_cat/indices", "nobody/_source"])
def test_an_id_that_nothing_has_is_not_found_whatever_path_it_looks_like(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = f"{name}/{uuid.uuid4().hex}"
    for command in ("show", "similar"):
        assert run([command, "--", missing]) == 1
        assert capsys.readouterr().err.startswith("error[not_found]: the index holds no document"), missing


@pytest.mark.parametrize("query", SYNTAX, ids=lambda query: query[:16])
def test_a_query_is_words_whatever_syntax_it_looks_like(query: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """No word of these stands in a page: each finds nothing, or says in one line why it is not searched for."""
    for command in ("search", "promoted"):
        for option in ((), ("--domain", query), ("--entity", query), ("--language", query)):
            arguments = [command, *option] if option else [command, "--", query]
            status = run(arguments)
            out, err = capsysbinary.readouterr()
            assert out == b"", arguments
            assert status == 0 or err.startswith((b"error[usage]", b"error[index_unavailable]")), err
            assert b"Traceback" not in err


def test_the_pages_are_there(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """What the test above does not find is to be found."""
    assert run(["search", "quay", "--limit", "100"]) == 0
    assert len(capsysbinary.readouterr().out.splitlines()) == len(IDS)
