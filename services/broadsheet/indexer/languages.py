"""The languages whose words the index knows by their stems, and the field that holds a text of each."""

from types import MappingProxyType

OTHER = "other"
"""The field of a text in any other language, split into words as Unicode has it (UAX #29) and not stemmed."""

# The built-in analyzers of OpenSearch 3.8 (documentation, "Language analyzers"; each was asked for by name). Polish and
# Ukrainian are plug-ins that a server may lack; `brazilian` is not among them, as a page's language is told without its country.
ANALYZERS = MappingProxyType(
    {
        "ar": "arabic",
        "bg": "bulgarian",
        "bn": "bengali",
        "ca": "catalan",
        "cs": "czech",
        "da": "danish",
        "de": "german",
        "el": "greek",
        "en": "english",
        "es": "spanish",
        "et": "estonian",
        "eu": "basque",
        "fa": "persian",
        "fi": "finnish",
        "fr": "french",
        "ga": "irish",
        "gl": "galician",
        "hi": "hindi",
        "hu": "hungarian",
        "hy": "armenian",
        "id": "indonesian",
        "it": "italian",
        "ja": "cjk",
        "ko": "cjk",
        "ku": "sorani",
        "lt": "lithuanian",
        "lv": "latvian",
        "nb": "norwegian",
        "nl": "dutch",
        "nn": "norwegian",
        "no": "norwegian",
        "pt": "portuguese",
        "ro": "romanian",
        "ru": "russian",
        "sv": "swedish",
        "th": "thai",
        "tr": "turkish",
        "zh": "cjk",
        OTHER: "standard",
    }
)
"""OpenSearch's analyzer of each language, by ISO 639-1 code."""


def text_field(code: str) -> str:
    """Give the name of the field that holds a text of the language `code` (ISO 639-1, or `und`): the code, or `other`."""
    return code if code in ANALYZERS else OTHER
