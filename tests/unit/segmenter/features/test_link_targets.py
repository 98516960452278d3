"""Numbers of where a link leads."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.segmenter.features.link_targets import Target, _split, read_target


def test_an_article_is_told_from_a_section_by_its_address() -> None:
    article = read_target("https://www.news.example/2026/05/koepka-leaves-liv-golf?ref=1", "news.example")
    section = read_target("/sport/", "news.example")

    assert article == Target(linked=1, slug=0.6, number=1, parts=1, query=1)
    assert section == Target(linked=1, parts=2 / 3)
    assert read_target("/a/b-c-d-e_f/", "").slug == 0.8
    assert read_target("/story/12345", "").number == 1
    assert read_target("/--x--", "").slug == 0
    assert sum(Target()) == 0


@pytest.mark.parametrize(
    ("link", "host", "foreign"),
    [
        ("https://other.example/x", "news.site", 1),
        ("//Other.example/x", "news.site", 1),
        ("https://sport.News.site/x", "www.news.site", 0),
        ("/x", "news.site", 0),
        ("https://other.example/x", "", 0),
    ],
)
def test_a_link_to_another_site_is_foreign(link: str, host: str, foreign: float) -> None:
    assert read_target(link, host).foreign == foreign


@pytest.mark.parametrize("link", ["#top", "javascript:void(0)", "mailto:a@b.example", "tel:1"])
def test_a_link_that_leads_to_no_page_is_inner(link: str) -> None:
    assert read_target(link, "") == Target(linked=1, inner=1)


def test_a_broken_address_is_a_link_and_nothing_else() -> None:
    assert read_target("http://[1/a-b-c-d", "") == Target(linked=1)


_LINKS = st.lists(
    st.one_of(
        st.sampled_from(
            ["http://", "https://", "HTTP://", "//", "/", "a.example", ":80", "?", "#", "a-b", "@", "[", " ", "\n"]
        ),
        st.text(max_size=2),
    ),
    max_size=8,
).map("".join)


def split(link: str, *, plainly: bool) -> tuple[str, str, str] | None:
    try:
        if plainly:
            address = urlsplit(link)
            return address.netloc, address.path, address.query
        return _split(link)
    except ValueError:
        return None


@given(_LINKS)
def test_addresses_are_split_as_the_standard_library_does(link: str) -> None:
    assert split(link, plainly=False) == split(link, plainly=True)
