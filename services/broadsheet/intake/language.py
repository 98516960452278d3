"""The language of a page: the publisher's word, else py3langid's.

py3langid 0.4 and its model are 5 MB on disk and 90 MB in memory, and load in a second. lingua 2.1, its most accurate rival, is
96 MB on disk; in the mode it is known for it takes 1.3 GB in every worker and half a minute to load, in its fast mode 104 MB.
"""

from functools import cache

from langcodes import Language as LanguageTag
from langcodes.tag_parser import LanguageTagError
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from broadsheet_schemas.accepted import Language

SAMPLE_CHARACTERS = 2000
"""Most characters that the detector sees, in `SAMPLE_SLICES` slices spread evenly over the page.

Its time is linear in them, 0.6 ms for these; its confidence does not grow beyond a thousand.
"""

SAMPLE_SLICES = 4
"""Slices, so that a menu or a cookie notice in another language at the top does not decide."""

MIN_BYTES = 20
"""Pages with less text than this, in bytes of UTF-8 without spaces, have no language.

The model reads bytes: 7 letters of Japanese are worth 20 of English. Of shorter text it knows little: a lone
word of Japanese is Chinese with a confidence of 0.7.
"""

MIN_CONFIDENCE = 0.5
"""A guess less likely than this is none."""

UNDETERMINED = Language(code="und", confidence=0.0)
"""ISO 639-2's code for a language that cannot be told."""

ISO_639_1_LENGTH = 2

NO_LANGUAGE = "zxx"
"""ISO 639-2's code for what is no language, as numbers; the detector's only answer of three letters that is kept in."""


def language_of(text: str, declared: str | None) -> Language:
    """Give the language of a page's visible text: the declared one where that is a language, else the detected one.

    Args:
        text: what shows of the page.
        declared: the publisher's BCP 47 tag (`en-GB`; `de_DE` and ISO 639-2's `ger` are understood), or None.
    """
    code = iso_639_1(declared) if declared else None
    return Language(code=code, confidence=1.0) if code else detect(text)


def iso_639_1(tag: str) -> str | None:
    """Give the ISO 639-1 code of a language tag, or None when it names no language that has one."""
    try:
        language = LanguageTag.get(tag.strip().replace("_", "-").split("-")[0]).prefer_macrolanguage()
    except LanguageTagError:
        return None
    code = language.language or ""
    return code if len(code) == ISO_639_1_LENGTH and language.is_valid() else None


def detect(text: str) -> Language:
    """Detect the language of `text`; `und` when there is too little of it or nothing is likely.

    The confidence is rounded to three digits, so that another processor's last bits do not change the event.
    """
    sampled = sample(text)
    if len("".join(sampled.split()).encode()) < MIN_BYTES:
        return UNDETERMINED
    code, confidence = identifier().classify(sampled)
    if code == NO_LANGUAGE or confidence < MIN_CONFIDENCE:
        return UNDETERMINED
    return Language(code=code, confidence=round(confidence, 3))


def sample(text: str) -> str:
    """Give `text`, or `SAMPLE_SLICES` slices spread evenly over it with `SAMPLE_CHARACTERS` in all."""
    if len(text) <= SAMPLE_CHARACTERS:
        return text
    size = SAMPLE_CHARACTERS // SAMPLE_SLICES
    starts = (index * (len(text) - size) // (SAMPLE_SLICES - 1) for index in range(SAMPLE_SLICES))
    return "\n".join(text[start : start + size] for start in starts)


@cache
def identifier() -> LanguageIdentifier:
    """Load the detector, limited to languages with an ISO 639-1 code; about a second, once a process."""
    loaded = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    loaded.set_languages([code for code in loaded.labels if len(code) == ISO_639_1_LENGTH or code == NO_LANGUAGE])
    return loaded
