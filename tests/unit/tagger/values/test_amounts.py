"""Amounts of money and percentages: their spans, and what they come to."""

import pytest

from broadsheet.tagger.values import find_values

Found = tuple[str, float | None, str | None]


def amounts(text: str, language: str = "en") -> list[Found]:
    values = find_values(text, language=language)
    return [(text[value.start : value.end], value.amount, value.currency) for value in values if value.kind != "DATE"]


@pytest.mark.parametrize(
    ("text", "found", "amount", "currency"),
    [
        ("It cost $1.5 million, they say.", "$1.5 million", 1_500_000.0, "USD"),
        ("about US$20bn.", "US$20bn", 20_000_000_000.0, "USD"),
        ("for €3m a year", "€3m", 3_000_000.0, "EUR"),
        ("£5.25", "£5.25", 5.25, "GBP"),
        ("the $5-million prize", "$5-million", 5_000_000.0, "USD"),
        ("A$5 million", "A$5 million", 5_000_000.0, "AUD"),
        ("C$3.50", "C$3.50", 3.5, "CAD"),
        ("¥500", "¥500", 500.0, "JPY"),
        ("$.04 a share", "$.04", 0.04, "USD"),
        ("500 kr", "500 kr", 500.0, None),
        ("Rs 1,00,000", "Rs 1,00,000", 100_000.0, None),
        ("CHF 5,000", "CHF 5,000", 5_000.0, "CHF"),
        ("5 million USD", "5 million USD", 5_000_000.0, "USD"),
        ("300 Swiss francs", "300 Swiss francs", 300.0, "CHF"),
        ("16.5 Canadian dollars", "16.5 Canadian dollars", 16.5, "CAD"),
        ("61 billion U.S. dollars.", "61 billion U.S. dollars", 61_000_000_000.0, "USD"),
        ("$49 million dollars", "$49 million dollars", 49_000_000.0, "USD"),
        ("200 francs", "200 francs", 200.0, None),
        ("10 million pounds", "10 million pounds", 10_000_000.0, "GBP"),
        ("10 cents", "10 cents", 0.1, None),
        ("4 pence", "4 pence", 0.04, "GBP"),
        ("five million dollars", "five million dollars", 5_000_000.0, "USD"),
        ("twenty-two euros", "twenty-two euros", 22.0, "EUR"),
        ("half a billion euros", "half a billion euros", 500_000_000.0, "EUR"),
        ("a million-dollar deal", "a million-dollar", 1_000_000.0, "USD"),
        ("two hundred and five dollars", "two hundred and five dollars", 205.0, "USD"),
        ("hundreds of millions of dollars", "hundreds of millions of dollars", None, "USD"),
        ("several million euros", "several million euros", None, "EUR"),
        ("a loss of -$5 million", "-$5 million", -5_000_000.0, "USD"),
    ],
)
def test_money_in_english(text: str, found: str, amount: float | None, currency: str | None) -> None:
    assert amounts(text) == [(found, amount, currency)]


@pytest.mark.parametrize(
    ("text", "found", "amount"),
    [
        ("Only 3.2 percent came.", "3.2 percent", 3.2),
        ("5 per cent", "5 per cent", 5.0),
        ("Some 12% left", "12%", 12.0),
        ("down .5 percent", ".5 percent", 0.5),
        ("by -0.5%", "-0.5%", -0.5),
        ("rose 2 percentage points", "2 percentage points", 2.0),
        ("Sixty-one percent agreed", "Sixty-one percent", 61.0),
        ("half a percent", "half a percent", 0.5),
        ("5-7%", "5-7%", None),
        ("5 to 7 percent", "5 to 7 percent", None),
    ],
)
def test_percentages_in_english(text: str, found: str, amount: float | None) -> None:
    assert amounts(text) == [(found, amount, None)]


def test_amounts_that_each_have_their_sign_are_two() -> None:
    assert amounts("$5 million to $7 million") == [("$5 million", 5e6, "USD"), ("$7 million", 7e6, "USD")]
    assert amounts("from 5% to 7%") == [("5%", 5.0, None), ("7%", 7.0, None)]


def test_an_amount_whose_scale_stands_at_the_next_one_is_not_guessed() -> None:
    assert amounts("$5 to $7 million") == [("$5", None, "USD"), ("$7 million", 7e6, "USD")]
    assert amounts("$5-7 million") == [("$5-7 million", None, "USD")]
    assert amounts("$500 to $1 million") == [("$500", 500.0, "USD"), ("$1 million", 1e6, "USD")]
    assert amounts("$5 to $7") == [("$5", 5.0, "USD"), ("$7", 7.0, "USD")]


@pytest.mark.parametrize(
    ("language", "text", "amount", "currency"),
    [
        ("de", "1,2 Millionen Euro", 1_200_000.0, "EUR"),
        ("de", "1.234,50 €", 1_234.5, "EUR"),
        ("de", "5 Mrd. Euro", 5_000_000_000.0, "EUR"),
        ("de", "3 Billionen Dollar", 3_000_000_000_000.0, "USD"),
        ("de", "500 Schweizer Franken", 500.0, "CHF"),
        ("de", "62 Prozent", 62.0, None),
        ("de", "2 Prozentpunkte", 2.0, None),
        ("fr", "5 millions d'euros", 5_000_000.0, "EUR"),
        ("fr", "3,5 Md€", 3_500_000_000.0, "EUR"),
        ("fr", "1 234,50 €", 1_234.5, "EUR"),
        ("fr", "12 %", 12.0, None),
        ("fr", "3 pour cent", 3.0, None),
        ("es", "2.500 millones de euros", 2_500_000_000.0, "EUR"),
        ("es", "3 mil millones de dólares", 3_000_000_000.0, "USD"),
        ("es", "$500", 500.0, None),
        ("es", "3 por ciento", 3.0, None),
        ("ru", "5 млн рублей", 5_000_000.0, "RUB"),
        ("tr", "%5", 5.0, None),
        ("zh", "¥500", 500.0, "CNY"),
        ("zh", "5亿元", 500_000_000.0, "CNY"),
        ("ja", "100万円", 1_000_000.0, "JPY"),
        ("und", "3 billion euros", None, "EUR"),
        ("und", "1.234 €", None, "EUR"),
        ("und", "1,234.5 €", 1_234.5, "EUR"),
    ],
)
def test_money_and_percentages_as_languages_write_them(
    language: str, text: str, amount: float | None, currency: str | None
) -> None:
    assert amounts(text, language) == [(text, amount, currency)]


def test_the_end_of_a_sentence_is_no_part_of_an_amount() -> None:
    assert amounts("It cost 5 million. Euro notes came later. It was 3 Mrd. Euro.", "de") == [
        ("3 Mrd. Euro", 3e9, "EUR")
    ]
    assert amounts("It cost $5 million. Dollars followed.") == [("$5 million", 5e6, "USD")]


def test_a_space_groups_digits_where_the_language_groups_by_spaces() -> None:
    assert amounts("500 000 euros", "fr") == [("500 000 euros", 500_000.0, "EUR")]
    assert amounts("in 2019 500 euros", "en") == [("500 euros", 500.0, "EUR")]
