import hashlib

from broadsheet.intake.identity import document_id_of, revision_of
from broadsheet_schemas import Source

WEB = Source(url="https://news.example/a?utm_source=x", canonical_url="https://news.example/a", domain="news.example")


def test_revision_is_the_sha256_of_the_text() -> None:
    assert revision_of("Brücke") == hashlib.sha256("Brücke".encode()).hexdigest()


def test_the_publishers_id_is_kept_as_given() -> None:
    assert document_id_of(" Odd id/1 ", WEB, revision_of("a")) == " Odd id/1 "


def test_then_the_canonical_url_decides_whatever_the_content() -> None:
    expected = "url-" + hashlib.sha256(b"https://news.example/a").hexdigest()[:32]
    assert document_id_of(None, WEB, revision_of("a")) == document_id_of(None, WEB, revision_of("b")) == expected


def test_then_the_content_decides() -> None:
    assert document_id_of(None, Source(url="no address"), revision_of("a")) == f"content-{revision_of('a')[:32]}"
