"""Currencies as pages name them: signs, codes, and the short words that stand for one ("dollars") or for several ("francs")."""

from functools import lru_cache

from babel import UnknownLocaleError
from babel.numbers import get_currency_name, get_currency_symbol

CODES = frozenset(
    [
        "AED",
        "ARS",
        "AUD",
        "BRL",
        "CAD",
        "CHF",
        "CLP",
        "CNY",
        "COP",
        "CZK",
        "DKK",
        "EGP",
        "EUR",
        "GBP",
        "HKD",
        "HUF",
        "IDR",
        "ILS",
        "INR",
        "JPY",
        "KRW",
        "MXN",
        "MYR",
        "NGN",
        "NOK",
        "NZD",
        "PHP",
        "PKR",
        "PLN",
        "QAR",
        "RON",
        "RSD",
        "RUB",
        "SAR",
        "SEK",
        "SGD",
        "THB",
        "TWD",
        "UAH",
        "USD",
        "VND",
        "ZAR",
    ]
)
"""ISO 4217 codes that stand in prose. Those that are words (ALL, CUP, TOP, TRY) are left out."""

SIGNS: dict[str, str | None] = {
    **{get_currency_symbol(code, "en"): code for code in CODES if not get_currency_symbol(code, "en").isalpha()},
    "US$": "USD", "U.S.$": "USD", "AU$": "AUD", "C$": "CAD", "S$": "SGD", "£": "GBP", "₽": "RUB", "₺": "TRY", "₴": "UAH", "₦": "NGN",
    "฿": "THB", "₸": "KZT", "₾": "GEL", "zł": "PLN", "Kč": "CZK", "元": "CNY", "円": "JPY", "원": "KRW", "￥": "JPY", "kr": None,
    "Rs": None, "Rs.": None, "RMB": "CNY", "Fr.": "CHF",
}  # fmt: skip
"""Currency by its sign; None for a sign of several."""

_ELSEWHERE: dict[str, dict[str, str | None]] = {"zh": {"¥": "CNY", "￥": "CNY"}, "es": {"$": None}, "fr": {"$": None}}
"""Signs that mean another currency, or one of several, in a language: $ is a peso or a dollar, of Canada or the States."""

_WORDS: dict[str, dict[str, str | None]] = {
    "en": {
        "dollar dollars": "USD", "euro euros": "EUR", "pound pounds": "GBP", "pound sterling": "GBP", "pounds sterling": "GBP",
        "sterling": "GBP", "yen": "JPY", "yuan renminbi": "CNY", "ruble rubles rouble roubles": "RUB", "hryvnia hryvnias": "UAH",
        "shekel shekels": "ILS", "zloty zlotys zlotych": "PLN", "forint forints": "HUF", "baht": "THB", "ringgit": "MYR",
        "rupiah": "IDR", "rand": "ZAR", "naira": "NGN", "won": "KRW", "reais": "BRL", "kronor": "SEK", "us dollars": "USD",
        "us dollar": "USD", "american dollars": "USD", "franc francs": None, "peso pesos": None, "rupee rupees": None,
        "krona krone kroner koruna korunas": None, "dinar dinars": None, "dirham dirhams": None, "riyal riyals rial rials": None,
        "lira liras": None,
    },
    "de": {
        "euro euros": "EUR", "dollar dollars": "USD", "pfund": "GBP", "franken": "CHF", "yen": "JPY", "yuan": "CNY",
        "rubel": "RUB", "zloty": "PLN", "kronen": None, "pesos": None, "rupien": None, "lira": None,
    },
    "fr": {
        "euro euros": "EUR", "dollar dollars": None, "livre livres": None, "yen yens": "JPY", "yuan yuans": "CNY",
        "rouble roubles": "RUB", "franc francs": None, "pesos": None,
    },
    "es": {
        "euro euros": "EUR", "dólar dólares": "USD", "libra libras": None, "yen yenes": "JPY", "yuan yuanes": "CNY",
        "rublo rublos": "RUB", "peso pesos": None, "franco francos": None, "real reales": None,
    },
    "it": {"euro": "EUR", "dollaro dollari": "USD", "sterlina sterline": "GBP", "franco franchi": None, "rublo rubli": "RUB"},
    "pt": {"euro euros": "EUR", "dólar dólares": "USD", "libra libras": None, "real reais": "BRL", "rublo rublos": "RUB"},
    "nl": {"euro": "EUR", "dollar": "USD", "pond": None, "roebel": "RUB"},
    "ru": {"рубль рубля рублей": "RUB", "доллар доллара долларов": "USD", "евро": "EUR", "гривен гривны": "UAH"},
    "uk": {"гривня гривні гривень": "UAH", "долар долара доларів": "USD", "євро": "EUR", "рублів": "RUB"},
}  # fmt: skip
"""Short names that the CLDR does not give, by language; each key is some forms of one word, or one phrase."""

_PHRASES = frozenset({"pound sterling", "pounds sterling", "us dollars", "us dollar", "american dollars"})

HEAVY = frozenset(
    {
        "pound",
        "pounds",
        "won",
        "pfund",
        "pond",
        "livre",
        "livres",
        "libra",
        "libras",
        "real",
        "reales",
        "rand",
        "sterling",
    }
)
"""Names that are weights or other words too: money only with a scale ("10 million pounds")."""

SMALL: dict[str, str | None] = {"cent": None, "cents": None, "pence": "GBP", "penny": None}
"""The hundredth part in English, with its currency where it is one's own."""

_COUNTS = (1, 2, 5, 100)
"""Numbers that stand for the plural forms of the languages."""


def sign_currency(sign: str, language: str) -> str | None:
    """Give the currency that a sign or code means in a language; None where it is one of several."""
    elsewhere = _ELSEWHERE.get(language, {})
    return elsewhere[sign] if sign in elsewhere else SIGNS.get(sign, sign if sign in CODES else None)


@lru_cache(maxsize=32)
def currency_words(language: str) -> dict[str, str | None]:
    """Give the currency by the names that a language has for it, lower case, words parted by a space ("us dollars")."""
    names = {_norm(name): code for code in CODES for name in _cldr_names(code, language)}
    return {**names, **dict(_own(language))}


def _own(language: str) -> list[tuple[str, str | None]]:
    words = _WORDS.get(language, {})
    return [(form, code) for key, code in words.items() for form in ([key] if key in _PHRASES else key.split())]


def _cldr_names(code: str, language: str) -> set[str]:
    try:
        names = {get_currency_name(code, count, language) for count in _COUNTS}
    except (UnknownLocaleError, ValueError):
        return set()
    return {name for name in names if name not in CODES}


def _norm(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").replace(".", "").split())
