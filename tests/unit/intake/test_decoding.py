import codecs

import pytest

from broadsheet.intake.decoding import decode
from broadsheet.runtime.errors import DocumentError

GERMAN = "Der Bürgermeister eröffnete die Brücke nach zwei Jahren, und die Bürger feierten fröhlich. "
RUSSIAN = "Старый мост через реку снова открыт после двух лет ремонта, сообщил городской совет. "
JAPANESE = "古い橋は二年間の工事の後に再び開通したと市議会が月曜日に発表した。"


@pytest.mark.parametrize(
    ("page", "content_type", "text"),
    [
        (GERMAN.encode(), None, GERMAN),
        (GERMAN.encode("cp1252"), "text/plain; charset=iso-8859-1", GERMAN),
        (GERMAN.encode("cp1252"), 'text/plain; charset="windows-1252"', GERMAN),
        (RUSSIAN.encode("koi8-r"), "text/plain;charset=KOI8-R", RUSSIAN),
        (JAPANESE.encode("shift_jis"), "text/plain; charset=Shift_JIS", JAPANESE),
        (JAPANESE.encode("iso2022_jp"), "text/plain; charset=iso-2022-jp", JAPANESE),
        (RUSSIAN.encode("utf-16-le"), "text/plain; charset=utf-16", RUSSIAN),
        ("“x”".encode("cp1252"), "text/html; charset=ISO-8859-1", "“x”"),
    ],
)
def test_declared_charset(page: bytes, content_type: str | None, text: str) -> None:
    assert decode(page, content_type) == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("content_type", [None, "text/plain; charset=iso-8859-1"])
def test_byte_order_mark_goes_before_everything(encoding: str, content_type: str | None) -> None:
    assert decode(GERMAN.encode(encoding), content_type) == GERMAN
    assert decode(codecs.BOM_UTF8, content_type) == ""


@pytest.mark.parametrize(
    "head",
    [
        '<meta charset="koi8-r">',
        '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">',
        '<?xml version="1.0" encoding="koi8-r"?>',
    ],
)
def test_charset_in_markup(head: str) -> None:
    page = f"<html>{head}<body>я</body>"
    assert decode(page.encode("koi8-r"), "text/html") == page


def test_markup_in_ascii_cannot_declare_a_charset_that_ascii_is_not() -> None:
    page = '<meta charset="utf-16"><p>Bridge</p>'
    assert decode(page.encode(), "text/html") == page


def test_markup_in_plain_text_declares_nothing() -> None:
    page = f'<meta charset="koi8-r"> {GERMAN}'
    assert decode(page.encode("cp1252"), "text/plain") == page


def test_well_formed_utf_8_goes_before_a_wrong_declaration() -> None:
    assert decode(GERMAN.encode(), "text/html; charset=iso-8859-1") == GERMAN


def test_a_declaration_that_is_wrong_or_unknown_is_passed_over() -> None:
    assert decode(JAPANESE.encode("shift_jis"), "text/plain; charset=utf-8") == JAPANESE
    assert decode(GERMAN.encode(), "text/plain; charset=klingon") == GERMAN


@pytest.mark.parametrize(
    "charset", ["hex", "punycode", "idna", "unicode_escape", "undefined", "utf-7", "rot13", "base64"]
)
def test_codecs_that_are_no_charset_are_passed_over(charset: str) -> None:
    assert decode(b"6869 \\u0041 +ADw- a-b", f"text/plain; charset={charset}") == "6869 \\u0041 +ADw- a-b"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        ("It\u2019s “good” news \u2013 the bridge is open.", "cp1252"),
        ("café", "cp1252"),
        ("The bridge at the café is open again after two years of work. " * 40, "cp1252"),
    ],
)
def test_detection(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), None) == text


def test_utf_8_with_a_cut_character_is_not_taken_for_another_charset() -> None:
    assert decode(GERMAN.encode() * 5 + "ü".encode()[:1], None) == GERMAN * 5 + "\ufffd"
    assert decode(codecs.BOM_UTF8 + RUSSIAN.encode() + b"\xff", None) == RUSSIAN + "\ufffd"


@pytest.mark.parametrize(
    ("page", "content_type", "named"),
    [
        (b"\x81\x8d\x8f\x90\x9d" * 9, None, "UTF-8"),
        (b"\x81\x8d\x8f\x90\x9d" * 9, "text/plain; charset=utf-8", "utf-8"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8\x00", None, "utf-16-le"),
    ],
)
def test_bytes_in_no_charset_are_refused(page: bytes, content_type: str | None, named: str) -> None:
    with pytest.raises(DocumentError, match=named) as caught:
        decode(page, content_type)
    assert caught.value.code == "undecodable"
    assert str(len(page)) in caught.value.message
