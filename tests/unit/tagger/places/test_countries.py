"""ISO codes of countries' names."""

import pytest

from broadsheet.tagger.places.countries import country_name, country_of


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Ukraine", "UA"),
        ("UKRAINE", "UA"),
        ("the Netherlands", "NL"),
        ("U.S.", "US"),
        ("US", "US"),
        ("U. S.", "US"),
        ("United States of America", "US"),
        ("America", "US"),
        ("U.K.", "GB"),
        ("Britain", "GB"),
        ("UAE", "AE"),
        ("DR Congo", "CD"),
        ("Democratic Republic of the Congo", "CD"),
        ("Ivory Coast", "CI"),
        ("C\u00f4te d\u2019Ivoire", "CI"),
        ("Burma", "MM"),
        ("Myanmar", "MM"),
        ("Turkey", "TR"),
        ("T\u00fcrkiye", "TR"),
        ("Hong Kong", "HK"),
        ("Bosnia and Herzegovina", "BA"),
        ("St. Lucia", "LC"),
        ("Saint Lucia", "LC"),
        ("Kosovo", "XK"),
        ("Congo", None),
        ("Korea", None),
        ("England", None),
        ("Washington", None),
        ("Europe", None),
        ("European Union", None),
        ("United Nations", None),
        ("", None),
        ("...", None),
    ],
)
def test_english_names(name: str, code: str | None) -> None:
    assert country_of(name) == code


@pytest.mark.parametrize(
    ("name", "language", "code"),
    [
        ("Vereinigte Staaten", "de", "US"),
        ("\u0420\u043e\u0441\u0441\u0438\u044f", "ru", "RU"),
        ("Espa\u00f1a", "es", "ES"),
        ("\u65e5\u672c", "ja", "JP"),
        ("Spain", "es", "ES"),
        ("Espa\u00f1a", "en", None),
        ("Spain", "und", "ES"),
        ("Spain", "", "ES"),
        ("Spain", "../en", "ES"),
        ("Spain", "xx", "ES"),
    ],
)
def test_names_in_the_language_of_the_page(name: str, language: str, code: str | None) -> None:
    assert country_of(name, language) == code


@pytest.mark.parametrize(
    ("code", "name"), [("US", "United States"), ("MM", "Myanmar"), ("CI", "Ivory Coast"), ("HK", "Hong Kong")]
)
def test_the_name_of_a_code(code: str, name: str) -> None:
    assert country_name(code) == name
