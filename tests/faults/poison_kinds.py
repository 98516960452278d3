"""Each kind of hostile page: bytes that have broken a reader of pages somewhere, made with a seeded source of chance."""

import gzip
import io
import random
import zipfile
from collections.abc import Callable
from typing import NamedTuple

import orjson

from faults.hostile_texts import PARAGRAPH, PUMPS

KIBIBYTE = 1024
LARGEST_PAGE = 8 * KIBIBYTE * KIBIBYTE
PLAIN, HTML, JSON = b"text/plain", b"text/html", b"application/json"

Headers = tuple[tuple[str, bytes], ...]


class Made(NamedTuple):
    """What is hostile of a record.

    Attributes:
        value: the page's bytes.
        declared: the content type that it declares, if any.
        more_key: what its key has behind its id.
        headers: what it has beside its id and content type.
    """

    value: bytes
    declared: bytes | None
    more_key: bytes = b""
    headers: Headers = ()


Maker = Callable[[random.Random], Made]


def _random_bytes(random_: random.Random) -> Made:
    return Made(random_.randbytes(random_.randint(1, 20_000)), random_.choice((None, PLAIN, HTML, JSON)))


def _random_letters(random_: random.Random) -> Made:
    text = "".join(chr(random_.randint(32, 0x2FFF)) for _ in range(random_.randint(1, 5000)))
    return Made(text.encode(errors="replace"), random_.choice((None, PLAIN, HTML)))


def _truncated_json(random_: random.Random) -> Made:
    whole = orjson.dumps({"content": PARAGRAPH * 3, "url": "https://example.com/a", "metadata": {"a": "b"}})
    return Made(whole[: random_.randint(1, len(whole) - 1)], random_.choice((None, JSON)))


def _wrong_json(random_: random.Random) -> Made:
    odd: list[object] = [None, 1, [], {}, {"content": None}, {"content": 7}, {"content": PARAGRAPH, "metadata": [1]}]
    odd += [{"content": PARAGRAPH, "fetched_at": text} for text in ("yesterday", "9999-99-99", "-1", "1e400")]
    odd += [
        {"content": PARAGRAPH, "url": text}
        for text in ("http://[", "javascript:alert(1)", "\x00", "http://" + "a." * 5000)
    ]
    return Made(orjson.dumps(random_.choice(odd)), JSON)


def _lone_surrogates(random_: random.Random) -> Made:
    escapes = "".join(f"\\ud{random_.randint(0x800, 0xFFF):03x}" for _ in range(50))
    return Made(b'{"content": "' + escapes.encode() + PARAGRAPH.encode() + b'"}', JSON)


def _deep_json(random_: random.Random) -> Made:
    depth = random_.choice((900, 1100, 10_000, 200_000))
    opening, closing = random_.choice(((b"[", b"]"), (b'{"content":', b"}")))
    return Made(opening * depth + b"1" + closing * depth, random_.choice((None, JSON)))


def _deep_html(random_: random.Random) -> Made:
    depth = random_.choice((300, 1000, 3000, 10_000))
    tags = random_.choice((("div",), ("b", "i"), ("table", "tr", "td"), ("ul", "li"), ("a", "p"), ("select", "option")))
    opened = "".join(f"<{tag}>" for _ in range(depth // len(tags)) for tag in tags)
    return Made(f"<html><body>{opened}{PARAGRAPH}".encode(), HTML)


def _broken_html(random_: random.Random) -> Made:
    pieces = (
        "<",
        ">",
        "</",
        "<p",
        "<a href='",
        '"',
        "<!--",
        "-->",
        "<![CDATA[",
        "<script>",
        "</p>",
        "<svg>",
        "<td>",
        "a ",
        "=",
    )
    return Made("".join(random_.choices(pieces, k=random_.randint(10, 5000))).encode(), HTML)


def _many_attributes(random_: random.Random) -> Made:
    attributes = " ".join(f"a{number}='{number}'" for number in range(random_.choice((100, 3000))))
    return Made(f"<p {attributes}>{PARAGRAPH}</p>".encode(), HTML)


def _archive_or_image(random_: random.Random) -> Made:
    start = random_.choice(
        (b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"%PDF-1.7\n", b"\x7fELF", b"\x1f\x8b")
    )
    return Made(start + random_.randbytes(random_.randint(10, 5000)), random_.choice((None, PLAIN, HTML, JSON)))


def _packed_page(random_: random.Random) -> Made:
    page = PARAGRAPH.encode() * random_.randint(1, 1000)
    if random_.random() < 0.5:
        return Made(gzip.compress(page, mtime=0), random_.choice((None, HTML)))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("page.html"), page, zipfile.ZIP_DEFLATED)  # its time is not today's
    return Made(packed.getvalue(), random_.choice((None, PLAIN)))


def _slice_of_unicode(random_: random.Random) -> Made:
    start = random_.randrange(0, 0x110000, 4096)
    text = "".join(map(chr, range(start, min(start + 4096, 0x110000))))
    return Made(text.encode(errors="surrogatepass"), random_.choice((None, PLAIN, HTML)))


def _piled_marks(random_: random.Random) -> Made:
    marks = "".join(chr(random_.randint(0x300, 0x36F)) for _ in range(random_.choice((50, 20_000))))
    return Made(f"Ada{marks} Field spoke \u202e\u200b\ufeff\u2066 in Norway. {PARAGRAPH}".encode(), PLAIN)


def _controls(random_: random.Random) -> Made:
    return Made(
        (PARAGRAPH + "".join(chr(random_.randint(0, 31)) for _ in range(random_.randint(1, 400)))).encode(), PLAIN
    )


def _billion_laughs(random_: random.Random) -> Made:
    depth = random_.choice((9, 30))
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, depth))
    page = f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "lol">{entities}]><l>&l{depth - 1}; {PARAGRAPH}</l>'
    return Made(page.encode(), random_.choice((None, HTML, b"application/xhtml+xml", PLAIN)))


def _entities(random_: random.Random) -> Made:
    odd = (
        "&#x110000;",
        "&#0;",
        "&#xD800;",
        "&amp;" * 30,
        "&nbsp",
        "&NotEqualTilde;",
        "&#99999999999999999999;",
        "&;",
        "&#x;",
    )
    return Made(("<p>" + PARAGRAPH + "".join(random_.choices(odd, k=3000)) + "</p>").encode(), HTML)


def _pattern_bomb(random_: random.Random) -> Made:
    pump = random_.choice(PUMPS)
    size = random_.choice((2000, 20_000, 100_000))
    ending = random_.choice(("\x01", "!", "\n", ""))
    return Made(
        f"{PARAGRAPH}\n{pump * (size // len(pump))}{ending}\n{PARAGRAPH}".encode(), random_.choice((PLAIN, PLAIN, HTML))
    )


def _mixed_bomb(random_: random.Random) -> Made:
    return Made("".join(random_.choices(PUMPS, k=random_.choice((500, 5000)))).encode(), random_.choice((PLAIN, HTML)))


def _large_headers(random_: random.Random) -> Made:
    return Made(PARAGRAPH.encode() + str(random_.random()).encode(), PLAIN, headers=_hundred_kilobytes(random_))


def _huge_key(random_: random.Random) -> Made:
    value = random_.choice((PARAGRAPH.encode(), b"\xff\xfe\x00", b""))
    return Made(value, PLAIN, more_key=b"k" * KIBIBYTE * KIBIBYTE)


def _hundred_kilobytes(random_: random.Random) -> Headers:
    long = b"h" * 100 * KIBIBYTE
    return random_.choice(
        (
            (("url", b"https://example.com/" + long),),
            (("x-" + "n" * 1000, long),),
            tuple((f"x-{number}", b"v" * 100) for number in range(1000)),
            (("traceparent", long), ("fetched-at", long)),
            (("x-bytes", random_.randbytes(100 * KIBIBYTE)),),
        )
    )


def _one_huge_line(random_: random.Random) -> Made:
    word = random_.choice(("Ada Field of Norway spoke on Tuesday in London ", "x", "lorem ipsum dolor ", "<b>a</b> "))
    return Made((word * (LARGEST_PAGE // len(word))).encode(), random_.choice((PLAIN, HTML)))


def _million_tiny_lines(random_: random.Random) -> Made:
    return Made(random_.choice((b"a\n", b"\n", b"Ada\n", b"- b\n")) * 1_000_000, PLAIN)


def _every_code_point(_: random.Random) -> Made:
    points = (chr(point) for point in range(0x20, 0x110000) if not 0xD800 <= point <= 0xDFFF)
    return Made("".join(points).encode(), PLAIN)


def _very_deep_html(_: random.Random) -> Made:
    return Made(b"<div>" * 100_000 + PARAGRAPH.encode(), HTML)


def _too_large(_: random.Random) -> Made:
    return Made(b"Ada spoke. " * (LARGEST_PAGE // 10), PLAIN)


SMALL: tuple[Maker, ...] = (
    _random_bytes,
    _random_letters,
    _truncated_json,
    _wrong_json,
    _lone_surrogates,
    _deep_json,
    _deep_html,
    _broken_html,
    _many_attributes,
    _archive_or_image,
    _packed_page,
    _slice_of_unicode,
    _piled_marks,
    _controls,
    _billion_laughs,
    _entities,
    _pattern_bomb,
    _mixed_bomb,
    _large_headers,
    _huge_key,
)
HUGE: tuple[Maker, ...] = (
    _one_huge_line,
    _million_tiny_lines,
    _every_code_point,
    _very_deep_html,
    _too_large,
)
