"""A page without a body says why."""

import pytest

from broadsheet.segmenter.no_article import LOOKED_AT, MIN_TEASERS, no_article_reason
from unit.segmenter.made import page_of

MENU = [*("Home", "News", "Sport", "Culture", "Travel", "Weather", "About us", "Contact", "Jobs at the paper")] * 6
FOOTER = ["Privacy policy", "Cookies", "Terms", "© 2026 The Paper"]


@pytest.mark.parametrize("teasers", [0, MIN_TEASERS])
@pytest.mark.parametrize(
    "text",
    [
        "Error 404",
        "500 Internal Server Error",
        "403 Forbidden",
        "404 - Page not found",
        "Sorry, this page could not be found",
        "We can’t find the page you are looking for",  # noqa: RUF001 - as pages print it
        "502 Bad Gateway",
        "Access denied",
        "Seite nicht gefunden",
        "Página no encontrada",
        "Страница не найдена",
        "Page introuvable",
    ],
)
def test_an_error_names_itself_also_above_a_list_of_teasers(text: str, teasers: int) -> None:
    assert no_article_reason(page_of(*MENU, text, *FOOTER), teasers) == "error_page"


NOTICE = "The page that you have asked for does not exist; it may have been moved when the paper changed its addresses in May."


def test_an_error_in_a_sentence_counts_where_few_teasers_are() -> None:
    assert no_article_reason(page_of(*MENU, NOTICE), MIN_TEASERS - 1) == "error_page"
    assert no_article_reason(page_of(*MENU, NOTICE), MIN_TEASERS) == "home_page"


@pytest.mark.parametrize(
    "text",
    [
        "Minister on site of the blast found not guilty",
        "News site not found guilty of libel",
        "500 days of war",
        "Why 404 children were denied school",
        "Oops: mayor opens wrong bridge",
    ],
)
def test_headlines_are_no_errors(text: str) -> None:
    assert no_article_reason(page_of(*MENU, text), MIN_TEASERS) == "home_page"
    assert no_article_reason(page_of(*MENU, text), 0) == "no_prose"


def test_an_error_far_down_the_page_is_not_the_page_s() -> None:
    assert no_article_reason(page_of("x" * LOOKED_AT, "Page not found"), 0) == "no_prose"


@pytest.mark.parametrize(
    "lines",
    [
        [
            "We value your privacy",
            "We and our partners use cookies to store and read information on your device, for which we need your consent.",
            "Accept all",
        ],
        ["Wir benötigen Ihre Einwilligung, bevor Sie unsere Seite besuchen können.", "Alle akzeptieren"],
        ["Subscribe to continue reading", "Already a subscriber? Log in"],
        ["Jetzt weiterlesen mit dem Probeabo"],
    ],
)
def test_a_page_that_mostly_asks_for_consent_or_money_is_a_wall(lines: list[str]) -> None:
    assert no_article_reason(page_of("The Paper", *lines, "Imprint"), 0) == "consent_wall"


def test_the_words_of_every_footer_are_no_wall() -> None:
    assert no_article_reason(page_of(*MENU, *FOOTER), 0) == "no_prose"


def test_a_list_of_teasers_is_a_home_page() -> None:
    assert no_article_reason(page_of(*MENU), MIN_TEASERS) == "home_page"
    assert no_article_reason(page_of(*MENU), MIN_TEASERS - 1) == "no_prose"


def test_little_text_is_too_short() -> None:
    assert no_article_reason(page_of("The Paper", "Home"), 0) == "too_short"
    assert no_article_reason(page_of(), 0) == "too_short"
