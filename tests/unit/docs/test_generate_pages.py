from pathlib import Path

import pytest

import generate_pages

DOCS = Path(__file__).parents[3] / "docs"


def test_the_committed_pages_are_up_to_date() -> None:
    assert generate_pages.stale(DOCS) == [], "make generate"


def test_writing_makes_every_page_up_to_date(tmp_path: Path) -> None:
    assert generate_pages.stale(tmp_path) == list(generate_pages.PAGES)
    generate_pages.write(tmp_path)
    assert generate_pages.stale(tmp_path) == []


def test_an_old_page_is_named_and_fails_the_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(generate_pages, "__file__", str(tmp_path / "generate_pages.py"))
    assert generate_pages.main([]) == 0
    (tmp_path / "settings.md").write_text("old", "utf-8")
    assert generate_pages.main(["--check"]) == 1
    assert capsys.readouterr().err == "docs/settings.md is not up to date; `make generate` writes it\n"
