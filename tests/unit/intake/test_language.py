import pytest

from broadsheet.intake.language import (
    SAMPLE_CHARACTERS,
    SAMPLE_SLICES,
    detect,
    identifier,
    iso_639_1,
    language_of,
    sample,
)

SENTENCES = {
    "en": "The old bridge is open again after two years of work, the town council said on Monday.",
    "de": "Die alte Brücke ist nach zwei Jahren wieder offen, teilte der Stadtrat am Montag mit.",
    "fr": "Le vieux pont a rouvert après deux ans de travaux, a annoncé lundi le conseil municipal.",
    "es": "El viejo puente reabrió tras dos años de obras, anunció el lunes el ayuntamiento.",
    "ru": "Старый мост снова открыт после двух лет ремонта, сообщил в понедельник городской совет.",
    "zh": "经过两年的施工\uff0c这座老桥重新开放\uff0c市议会星期一宣布。",
    "ar": "أعيد فتح الجسر القديم بعد عامين من العمل، حسبما أعلن مجلس المدينة يوم الاثنين.",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_detects(code: str) -> None:
    language = language_of(SENTENCES[code], None)
    assert language.code == code
    assert 0.5 <= language.confidence <= 1
    assert language.confidence == round(language.confidence, 3)


@pytest.mark.parametrize("text", ["", "Hallo", "OK", "日本語", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16", "x" * 100])
def test_what_cannot_be_told_is_undetermined(text: str) -> None:
    assert detect(text).model_dump() == {"code": "und", "confidence": 0.0}


def test_the_publisher_wins() -> None:
    assert language_of(SENTENCES["en"], "de_AT").model_dump() == {"code": "de", "confidence": 1.0}


@pytest.mark.parametrize("declared", ["English", "xx", "und", "", "zxx", "tlh", "-"])
def test_what_is_no_language_is_detected(declared: str) -> None:
    assert language_of(SENTENCES["en"], declared).code == "en"


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("de_DE", "de"),
        ("PT-br", "pt"),
        ("ger", "de"),
        ("iw", "he"),
        ("cmn-Hans", "zh"),
        (" fr ", "fr"),
        ("sr-Latn-RS", "sr"),
        ("und", None),
        ("yue", None),
        ("e", None),
        ("en\x00", None),
    ],
)
def test_language_tags(tag: str, code: str | None) -> None:
    assert iso_639_1(tag) == code


def test_a_menu_in_another_language_does_not_decide() -> None:
    page = "Accueil Politique Économie Culture Sport Météo " * 12 + SENTENCES["en"] * 100
    assert detect(page).code == "en"
    assert detect(page[: SAMPLE_CHARACTERS // SAMPLE_SLICES]).code == "fr"


@pytest.mark.parametrize("length", [0, 1, SAMPLE_CHARACTERS, SAMPLE_CHARACTERS + 1, 100_000])
def test_the_sample_is_bounded_and_reaches_both_ends(length: int) -> None:
    text = "".join(chr(0x4E00 + index % 20_000) for index in range(length))
    sampled = sample(text)
    assert len(sampled.replace("\n", "")) == min(length, SAMPLE_CHARACTERS)
    assert sampled[:1] == text[:1]
    assert sampled[-1:] == text[-1:]


def test_the_detector_knows_iso_639_1_alone() -> None:
    assert all(len(code) == 2 for code in identifier().nb_classes if code != "zxx")
