import pytest

from broadsheet.intake.content_types import looks_like_json, media_type, page_type, sniff_page_type
from broadsheet.runtime.errors import DocumentError


@pytest.mark.parametrize(
    ("declared", "media"),
    [
        (None, None),
        ("", None),
        (" ; charset=utf-8", None),
        ("Text/HTML; charset=utf-8", "text/html"),
        ("text/html, text/html", "text/html"),
        ("application/json", "application/json"),
    ],
)
def test_media_type(declared: str | None, media: str | None) -> None:
    assert media_type(declared) == media


@pytest.mark.parametrize(
    ("declared", "form"),
    [
        (None, None),
        ("text/plain", "text/plain"),
        ("TEXT/HTML;charset=x", "text/html"),
        ("application/xhtml+xml", "text/html"),
    ],
)
def test_page_type(declared: str | None, form: str | None) -> None:
    assert page_type(declared) == form


@pytest.mark.parametrize(
    "declared", ["application/pdf", "image/png", "text/markdown", "application/cloudevents-batch+json", "nonsense"]
)
def test_a_type_that_is_not_read_is_named(declared: str) -> None:
    with pytest.raises(DocumentError, match=declared.replace("+", r"\+")) as caught:
        page_type(declared)
    assert caught.value.code == "unknown_content_type"


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html><html>",
        "\ufeff\n <HTML lang=en>",
        "<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0'>",
        "<!-- saved page --><p>",
        "<p>Bridge reopens</p>",
        "<div class=a>",
        "<article>",
        "<br/>",
    ],
)
def test_html_is_sniffed(text: str) -> None:
    assert sniff_page_type(text) == "text/html"


@pytest.mark.parametrize(
    "text", ["", "Bridge <b>reopens</b>", "<3", "<pre-war> ", "<?xml version='1.0'?><rss>", "< p>"]
)
def test_plain_text_is_sniffed(text: str) -> None:
    assert sniff_page_type(text) == "text/plain"


@pytest.mark.parametrize(
    ("value", "json"),
    [
        (b'{"content": "x"}', True),
        (b"\xef\xbb\xbf \r\n{ }", True),
        (b'\t{\n"content', True),
        (b"{{ template }}", False),
        (b"{\\rtf1}", False),
        (b"[1]", False),
        (b'He said {"}', False),
    ],
)
def test_json_is_sniffed(value: bytes, json: bool) -> None:  # noqa: FBT001 - a column of the table
    assert looks_like_json(value) is json
