import socket
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.runtime.urls import (
    MAX_URL_CHARACTERS,
    TRACKING_PARAMETERS,
    _normalized,
    absolute_url,
    canonical_url,
    registered_domain,
    source_of,
    suffix_list,
)

PAGE = "https://www.news.example/2026/bridge"
LINK_TEXT = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from(
            ["/", ".", "..", "//", "a", "Ü", "%7e", "?b=2&a=1", ":", "#", "[", "\\", "\n", ";", "http:", "@"]
        )
    ).map("".join),
)
"""Any text, and text of what links are made of."""

TRACKING = st.sampled_from([*TRACKING_PARAMETERS, "utm_source", "UTM_Medium", "mtm_kwd", "fbclid", "GCLID"])


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        (PAGE, PAGE),
        (f"  {PAGE}\n", PAGE),
        (f"{PAGE}?utm_source=x&utm_medium=mail&fbclid=1&gclid=2", PAGE),
        (f"{PAGE}?b=2&a=1&utm_id=9", f"{PAGE}?a=1&b=2"),
        (f"{PAGE}?%75tm_source=x", PAGE),
        (f"{PAGE}?source=feed&ref=1&id=7", f"{PAGE}?id=7&ref=1&source=feed"),
        (f"{PAGE}#comments", PAGE),
        ("HTTPS://WWW.News.EXAMPLE:443/2026/bridge", PAGE),
        ("http://news.example:80", "http://news.example/"),
        ("http://news.example:8080/a", "http://news.example:8080/a"),
        ("http://news.example:443/a", "http://news.example:443/a"),
        ("https://reader:secret@www.news.example/2026/bridge", PAGE),
        ("https://www.news.example/2025/../2026/./bridge", PAGE),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("https://news.example/%7eada/%e4", "https://news.example/~ada/%E4"),
        ("http://[2001:DB8::0:1]:80/a", "http://[2001:db8::1]/a"),
    ],
)
def test_canonical_form(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    "url",
    [
        "",
        "bridge",
        "//news.example/a",
        "ftp://news.example/a",
        "mailto:desk@news.example",
        "javascript:alert(1)",
        "http://",
        "http:///a",
        "http://[::1",
        "http://news.example:99999/",
        "http://news example/",
        "http://\ud800/",
        f"http://news.example/{'a' * MAX_URL_CHARACTERS}",
    ],
)
def test_what_is_no_web_address_has_no_canonical_form_and_is_kept(url: str) -> None:
    assert canonical_url(url) is None
    source = source_of(url)
    assert (source.url, source.canonical_url, source.domain) == (url, None, None)


def test_no_url_is_no_source() -> None:
    assert source_of(None).model_dump() == {"url": None, "canonical_url": None, "domain": None}


@given(st.one_of(st.text(), st.text("abA%25/.:?&=#;@[]ü +\\").map(lambda tail: f"http://n.example/{tail}")))
def test_canonical_twice_is_once(url: str) -> None:
    once = canonical_url(url)
    assert once is None or canonical_url(once) == once


@given(st.sampled_from(["http://n.example", "https://n.example:443/a", "https://", "HTTP://N.Example"]), LINK_TEXT)
def test_a_url_that_is_normal_as_it_stands_needs_no_other_form_than_the_full_way_gives(start: str, tail: str) -> None:
    assert canonical_url(start + tail) == _normalized(start + tail)


@given(st.lists(st.tuples(TRACKING, st.text("ab1", max_size=3))), st.lists(st.sampled_from(["id=1", "p=2", "q="])))
def test_tracking_parameters_change_nothing(tracking: list[tuple[str, str]], own: list[str]) -> None:
    tracked = own + [f"{name}={value}" for name, value in tracking]
    assert canonical_url(f"{PAGE}?{'&'.join(tracked)}") == canonical_url(f"{PAGE}?{'&'.join(own)}".rstrip("?"))


@pytest.mark.parametrize(
    ("target", "absolute"),
    [
        ("https://other.example/a", "https://other.example/a"),
        ("HTTPS://Other.Example:443/a?utm_source=x#top", "https://other.example/a"),
        ("//other.example/a", "https://other.example/a"),
        ("/sport/ferry", "https://www.news.example/sport/ferry"),
        ("/sport/../ferry?utm_source=x", "https://www.news.example/ferry"),
        ("/", "https://www.news.example/"),
        ("ferry", "https://www.news.example/2026/ferry"),
        ("../ferry#top", "https://www.news.example/ferry"),
        ("?page=2", f"{PAGE}?page=2"),
        ("#comments", PAGE),
        ("", PAGE),
        (" \n/a b\n ", "https://www.news.example/a%20b"),
        ("/ä", "https://www.news.example/%C3%A4"),
        ("mailto:desk@news.example", None),
        ("javascript:void(0)", None),
        ("https://[", None),
        ("//[", None),
        ("http://", None),
    ],
)
def test_a_link_is_resolved_against_its_page(target: str, absolute: str | None) -> None:
    assert absolute_url(target, f"{PAGE}?utm_source=letter#top") == absolute


@pytest.mark.parametrize("page_url", [None, "", "bridge.html", "ftp://news.example/a", "file:///a.html", "https://["])
@pytest.mark.parametrize("target", ["/a", "a", "", "?a=1", "//news.example/a"])
def test_a_relative_link_of_a_page_without_web_address_leads_nowhere(target: str, page_url: str | None) -> None:
    assert absolute_url(target, page_url) is None


@pytest.mark.parametrize("page_url", [None, "", "ftp://news.example/a", "https://[", "http://other.example/"])
def test_a_whole_url_needs_no_page(page_url: str | None) -> None:
    assert absolute_url("https://News.example/a?b=2&a=1", page_url) == "https://news.example/a?a=1&b=2"


@given(LINK_TEXT, st.none() | st.just(PAGE) | LINK_TEXT | LINK_TEXT.map(lambda tail: f"http://n.example/{tail}"))
def test_any_link_of_any_page_gives_a_normal_form_or_none(target: str, page_url: str | None) -> None:
    absolute = absolute_url(target, page_url)
    assert absolute is None or canonical_url(absolute) == absolute


@given(st.lists(st.sampled_from(["..", ".", "a", "b-c", "é", "%41", "?a=/..", "#c"])).map("/".join))
def test_a_link_from_the_root_of_its_site_is_resolved_like_any_other(path: str) -> None:
    assert absolute_url(f"/{path.lstrip('/')}", PAGE) == canonical_url(urljoin(PAGE, f"/{path.lstrip('/')}"))


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.news.co.uk/a", "news.co.uk"),
        ("https://news.com/", "news.com"),
        ("https://a.b.c.news.com/", "news.com"),
        ("https://ada.github.io/", "github.io"),
        ("https://www.news.example/", "news.example"),
        ("https://a.b.wiki.corp/", "wiki.corp"),
        ("https://co.uk/", None),
        ("https://192.0.2.7/", None),
        ("http://localhost/", None),
        ("http://[2001:db8::1]/", None),
    ],
)
def test_registered_domain(url: str, domain: str | None) -> None:
    assert registered_domain(url) == domain


def test_the_suffix_list_is_never_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *address, **_: asked.append(address))
    suffix_list.cache_clear()
    assert registered_domain("https://www.news.co.uk/") == "news.co.uk"
    assert asked == []
    assert suffix_list().suffix_list_urls == ()
