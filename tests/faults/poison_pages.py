"""Hostile records for `documents.raw`, made from a seed: bytes of every kind that has broken a reader of pages somewhere."""

import gzip
import io
import itertools
import random
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import orjson

KIBIBYTE = 1024
LARGEST_PAGE = 8 * KIBIBYTE * KIBIBYTE
PLAIN, HTML, JSON = b"text/plain", b"text/html", b"application/json"

Headers = tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class Poison:
    """One hostile record.

    Attributes:
        document_id: its id, in the header that intake honours.
        kind: what is hostile about it.
        value: the page's bytes.
        key: the record's key, different for each record.
        headers: all headers, the id among them.
    """

    document_id: str
    kind: str
    value: bytes
    key: bytes
    headers: Headers


Made = tuple[bytes, bytes | None]
"""A value and the content type that it declares, if any."""


def poison(count: int, seed: int, *, huge: int | None = None) -> Iterator[Poison]:
    """Give `count` hostile records, all kinds by turns; the same seed gives the same records.

    Args:
        count: how many.
        seed: of the random choices.
        huge: how many of them may be of the kinds that are megabytes large; all that come by turns when None.
    """
    random_ = random.Random(seed)
    kinds = itertools.cycle(_SMALL)
    large = iter(itertools.cycle(_HUGE)) if huge is None else iter(list(itertools.islice(itertools.cycle(_HUGE), huge)))
    every = max(2, count // huge) if huge else 8
    for number in range(count):
        make = next(large, None) if number % every == every - 1 else None
        make = make or next(kinds)
        yield _record(f"poison-{number:05}", make, random_)


def _record(document_id: str, make: Callable[[random.Random], Made], random_: random.Random) -> Poison:
    kind = make.__name__.strip("_").replace("_", " ")
    value, declared = make(random_)
    headers: Headers = (("document-id", document_id.encode()),)
    if declared is not None:
        headers += (("content-type", declared),)
    key = document_id.encode()
    if make is _huge_key:
        key += b"k" * KIBIBYTE * KIBIBYTE
    if make is _large_headers:
        headers += _hundred_kilobytes(random_)
    return Poison(document_id, kind, value, key, headers)


def _random_bytes(random_: random.Random) -> Made:
    return random_.randbytes(random_.randint(1, 20_000)), random_.choice((None, PLAIN, HTML, JSON))


def _random_letters(random_: random.Random) -> Made:
    text = "".join(chr(random_.randint(32, 0x2FFF)) for _ in range(random_.randint(1, 5000)))
    return text.encode(errors="replace"), random_.choice((None, PLAIN, HTML))


def _truncated_json(random_: random.Random) -> Made:
    whole = orjson.dumps({"content": PARAGRAPH * 3, "url": "https://example.com/a", "metadata": {"a": "b"}})
    return whole[: random_.randint(1, len(whole) - 1)], random_.choice((None, JSON))


def _wrong_json(random_: random.Random) -> Made:
    odd: list[object] = [None, 1, [], {}, {"content": None}, {"content": 7}, {"content": PARAGRAPH, "metadata": [1]}]
    odd += [{"content": PARAGRAPH, "fetched_at": text} for text in ("yesterday", "9999-99-99", "-1", "1e400")]
    odd += [
        {"content": PARAGRAPH, "url": text}
        for text in ("http://[", "javascript:alert(1)", "\x00", "http://" + "a." * 5000)
    ]
    return orjson.dumps(random_.choice(odd)), JSON


def _lone_surrogates(random_: random.Random) -> Made:
    escapes = "".join(f"\\ud{random_.randint(0x800, 0xFFF):03x}" for _ in range(50))
    return b'{"content": "' + escapes.encode() + PARAGRAPH.encode() + b'"}', JSON


def _deep_json(random_: random.Random) -> Made:
    depth = random_.choice((900, 1100, 10_000, 200_000))
    opening, closing = random_.choice(((b"[", b"]"), (b'{"content":', b"}")))
    return opening * depth + b"1" + closing * depth, random_.choice((None, JSON))


def _deep_html(random_: random.Random) -> Made:
    depth = random_.choice((300, 1000, 3000, 10_000))
    tags = random_.choice((("div",), ("b", "i"), ("table", "tr", "td"), ("ul", "li"), ("a", "p"), ("select", "option")))
    opened = "".join(f"<{tag}>" for _ in range(depth // len(tags)) for tag in tags)
    return f"<html><body>{opened}{PARAGRAPH}".encode(), HTML


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
    return "".join(random_.choices(pieces, k=random_.randint(10, 5000))).encode(), HTML


def _many_attributes(random_: random.Random) -> Made:
    attributes = " ".join(f"a{number}='{number}'" for number in range(random_.choice((100, 3000))))
    return f"<p {attributes}>{PARAGRAPH}</p>".encode(), HTML


def _archive_or_image(random_: random.Random) -> Made:
    start = random_.choice(
        (b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"%PDF-1.7\n", b"\x7fELF", b"\x1f\x8b")
    )
    return start + random_.randbytes(random_.randint(10, 5000)), random_.choice((None, PLAIN, HTML, JSON))


def _packed_page(random_: random.Random) -> Made:
    page = PARAGRAPH.encode() * random_.randint(1, 1000)
    if random_.random() < 0.5:
        return gzip.compress(page), random_.choice((None, HTML))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("page.html", page)
    return packed.getvalue(), random_.choice((None, PLAIN))


def _slice_of_unicode(random_: random.Random) -> Made:
    start = random_.randrange(0, 0x110000, 4096)
    text = "".join(map(chr, range(start, min(start + 4096, 0x110000))))
    return text.encode(errors="surrogatepass"), random_.choice((None, PLAIN, HTML))


def _piled_marks(random_: random.Random) -> Made:
    marks = "".join(chr(random_.randint(0x300, 0x36F)) for _ in range(random_.choice((50, 20_000))))
    return f"Ada{marks} Field spoke \u202e\u200b\ufeff\u2066 in Norway. {PARAGRAPH}".encode(), PLAIN


def _controls(random_: random.Random) -> Made:
    return (PARAGRAPH + "".join(chr(random_.randint(0, 31)) for _ in range(random_.randint(1, 400)))).encode(), PLAIN


def _billion_laughs(random_: random.Random) -> Made:
    depth = random_.choice((9, 30))
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, depth))
    page = f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "lol">{entities}]><l>&l{depth - 1}; {PARAGRAPH}</l>'
    return page.encode(), random_.choice((None, HTML, b"application/xhtml+xml", PLAIN))


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
    return ("<p>" + PARAGRAPH + "".join(random_.choices(odd, k=3000)) + "</p>").encode(), HTML


def _pattern_bomb(random_: random.Random) -> Made:
    pump = random_.choice(PUMPS)
    size = random_.choice((2000, 20_000, 100_000))
    ending = random_.choice(("\x01", "!", "\n", ""))
    return f"{PARAGRAPH}\n{pump * (size // len(pump))}{ending}\n{PARAGRAPH}".encode(), random_.choice(
        (PLAIN, PLAIN, HTML)
    )


def _mixed_bomb(random_: random.Random) -> Made:
    return "".join(random_.choices(PUMPS, k=random_.choice((500, 5000)))).encode(), random_.choice((PLAIN, HTML))


def _large_headers(random_: random.Random) -> Made:
    return PARAGRAPH.encode() + str(random_.random()).encode(), PLAIN


def _huge_key(random_: random.Random) -> Made:
    return random_.choice((PARAGRAPH.encode(), b"\xff\xfe\x00", b"")), PLAIN


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
    return (word * (LARGEST_PAGE // len(word))).encode(), random_.choice((PLAIN, HTML))


def _million_tiny_lines(random_: random.Random) -> Made:
    return random_.choice((b"a\n", b"\n", b"Ada\n", b"- b\n")) * 1_000_000, PLAIN


def _every_code_point(_: random.Random) -> Made:
    points = (chr(point) for point in range(0x20, 0x110000) if not 0xD800 <= point <= 0xDFFF)
    return "".join(points).encode(), PLAIN


def _very_deep_html(_: random.Random) -> Made:
    return b"<div>" * 100_000 + PARAGRAPH.encode(), HTML


def _too_large(_: random.Random) -> Made:
    return b"Ada spoke. " * (LARGEST_PAGE // 10), PLAIN


PARAGRAPH = (
    "Ada Field of Norway spoke on Tuesday about the harbour bridge. Engineers say that it will carry trains and buses "
    "across the river, while fishermen fear for their moorings and shopkeepers hope for visitors in the spring. "
)

PUMPS = (
    *(
        " a",
        "a",
        " ",
        "\t",
        "\u00a0",
        "\n",
        "\n \n",
        "a\n",
        "-",
        "- ",
        "\u2013",
        "...",
        ". ",
        ", ",
        "| ",
        "\u2022 ",
        "/",
        "_",
    ),
    *(
        "first ",
        "of the ",
        "the first of ",
        "and ",
        "twenty-",
        "one hundred and ",
        "1,000,",
        "1.",
        "$1 million ",
        "1.5%",
        "(",
        "(a",
    ),
    *(
        "Dec. 24, 2025 ",
        "24 December ",
        "2025-12-24",
        "24/12/",
        "December\n",
        "Monday, ",
        "12:30 p.m. ",
        "the 1990s ",
        "B.C. ",
    ),
    *(
        "By ",
        "By Ada Field and ",
        "Ada Field, ",
        "A. ",
        "Mr. ",
        "U.S. ",
        "'s ",
        "\u2018a",
        '"a" ',
        "A",
        "McA",
        "O'",
        "\ufb01",
    ),
    *(
        "http://a.",
        "a@b.",
        "www.a.com/",
        "#a ",
        "&",
        "&lt;",
        "<a ",
        "<",
        "[",
        '{"a":',
        "\u4e2d",
        "e\u0301",
        "\u200d",
        "\uff27",
    ),
    *("Read more ", "Advertisement\n", "Subscribe ", "Share this ", "404 ", "Updated: ", "(Reuters) - ", "Photo: "),
)
"""What the package's own patterns repeat or look for, to be repeated as no page does it: blanks, dashes and dots, numbers, dates,
bylines, names, links, marks of teasers and of pages without an article."""

_SMALL: tuple[Callable[[random.Random], Made], ...] = (
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
_HUGE: tuple[Callable[[random.Random], Made], ...] = (
    _one_huge_line,
    _million_tiny_lines,
    _every_code_point,
    _very_deep_html,
    _too_large,
)
KINDS = len(_SMALL)
