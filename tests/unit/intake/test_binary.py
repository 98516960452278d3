import bz2
import gzip
import io
import lzma
import random
import tarfile
import zipfile

import pytest

from broadsheet.intake.binary import refuse_binary_bytes, refuse_binary_text
from broadsheet.runtime.errors import DocumentError


def _zip(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, "text")
    return buffer.getvalue()


def _tar() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("page.txt"))
    return buffer.getvalue()


BINARY = {
    "PDF": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\n",
    "PDF ": b"\n%PDF-1.7\n",
    "RTF": b"{\\rtf1\\ansi Bridge reopens}",
    "PostScript": b"%!PS-Adobe-3.0\n%%Title: page\n",
    "ZIP archive": _zip("page.txt"),
    "office document": _zip("word/document.xml"),
    "GZIP": gzip.compress(b"Bridge reopens"),
    "bzip2": bz2.compress(b"Bridge reopens"),
    "XZ": lzma.compress(b"Bridge reopens"),
    "Tape": _tar(),
    "Portable Network": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00",
    "JPEG": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01",
    "GIF": b"GIF89a\x01\x00\x01\x00\x80\x00\x00",
    "WebP": b"RIFF\x24\x00\x00\x00WEBPVP8 \x18\x00",
    "Microsoft Office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64),
    "MPEG-4": b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00",
    "no known format": random.Random(7).randbytes(4096)[5:],
    "no known format: 300 of its 600": b"a\x00" * 300,
}


@pytest.mark.parametrize("kind", BINARY)
def test_binary_formats_are_named(kind: str) -> None:
    with pytest.raises(DocumentError, match=kind.strip()) as caught:
        refuse_binary_bytes(BINARY[kind])
    assert caught.value.code == "not_text"


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b"BMW recalls cars",
        b"BM\x00 and a stray zero byte",
        b"MZ said the witness",
        b"From: the newsroom\x00\nTo: the desk",
        b"<?xml version='1.0'?>\x00<html>",
        b"<!DOCTYPE html>\x01<html>",
        b'{\x00"content": 1}',
        "Brücke".encode(),
        "Brücke".encode("cp1252"),
        b"strays \x00\x01\x02 are no binary",
        b"a\x00" * 15,
        b"\x1b$B" * 100,
    ],
)
def test_text_passes(page: bytes) -> None:
    refuse_binary_bytes(page)


def test_binary_that_someone_decoded_is_refused() -> None:
    for text, controls in [("%PDF-1.4 ...", 0), ("PNG" * 100, 16)]:
        with pytest.raises(DocumentError) as caught:
            refuse_binary_text(text, controls)
        assert caught.value.code == "not_text"
    refuse_binary_text("Bridge" * 100, 15)
    refuse_binary_text("Bridge" * 1000, 16)
