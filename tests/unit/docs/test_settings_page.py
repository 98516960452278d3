import re
from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

import settings_page

ROOT = Path(__file__).parents[3]
VARIABLE = re.compile(r"\bBROADSHEET_[A-Z_]*[A-Z]\b")


class PressSettings(BaseSettings):
    """A press."""

    model_config = SettingsConfigDict(env_prefix="PRESS_")

    copies: Annotated[int, Field(ge=1, le=9)] = 3
    paper: Literal["news", "bond"] = "news"
    key: SecretStr | None = None


class ColourPressSettings(PressSettings):
    """A press with inks."""

    inks: int = Field(description="Inks | plates.")


class LargePressSettings(ColourPressSettings):
    """A press with another default."""

    copies: Annotated[int, Field(ge=1, le=9)] = 9
    paper: Literal["news", "bond"] = "news"


def test_every_variable_that_the_code_names_is_documented() -> None:
    documented = set(VARIABLE.findall((ROOT / "docs" / "settings.md").read_text("utf-8")))
    sources = [path for folder in ("services", "schemas") for path in (ROOT / folder).rglob("*.py")]
    named = {name for path in sources for name in VARIABLE.findall(path.read_text("utf-8"))}
    assert "BROADSHEET_BOOTSTRAP_SERVERS" in named
    assert named - documented == set()


class PlainPressSettings(PressSettings):
    """A press like any other."""


def test_a_class_that_adds_nothing_has_no_table() -> None:
    assert settings_page._section(PlainPressSettings) == "\n## PlainPress\n\nA press like any other.\n"


def test_every_settings_class_of_the_product_is_found() -> None:
    names = [settings.__name__ for settings in settings_page.settings_classes()]
    assert names[:2] == ["KafkaSettings", "ProcessorSettings"]
    assert len(names) == len(set(names))


def test_a_class_lists_only_the_variables_that_it_adds_or_gives_another_default() -> None:
    assert list(settings_page.variables(PressSettings)) == ["PRESS_COPIES", "PRESS_PAPER", "PRESS_KEY"]
    assert list(settings_page.variables(ColourPressSettings)) == ["PRESS_INKS"]
    assert list(settings_page.variables(LargePressSettings)) == ["PRESS_COPIES"]


@pytest.mark.parametrize(
    ("settings", "row"),
    [
        (PressSettings, "| `PRESS_COPIES` | `3` | whole number, at least 1, at most 9 |  |"),
        (LargePressSettings, "| `PRESS_COPIES` | `9` | whole number, at least 1, at most 9 |  |"),
        (PressSettings, "| `PRESS_PAPER` | `news` | `news`, `bond` |  |"),
        (PressSettings, "| `PRESS_KEY` | unset | secret |  |"),
        (ColourPressSettings, "| `PRESS_INKS` | required | whole number | Inks \\| plates. |"),
    ],
)
def test_a_row_says_what_the_field_allows(settings: type[BaseSettings], row: str) -> None:
    assert row in settings_page._section(settings).splitlines()
