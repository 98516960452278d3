"""What comes out of a page: the shape Broadsheet was conceived for, and what holds for any text."""

import datetime as dt
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from broadsheet.segmenter.decision import Decision
from broadsheet.segmenter.model import load_model
from broadsheet.segmenter.roles import Role
from broadsheet.segmenter.segment import segment
from broadsheet.segmenter.wrapping import BULLET
from broadsheet_schemas import SegmentedDocument
from unit.segmenter.made import PROSE
from unit.segmenter.pages import accepted, assert_whole

ARTICLE = [
    (
        "Negotiators from Estonia and Latvia are close to an agreement on a shared tunnel under the gulf, according to three "
        "people who have seen the draft, after a decade in which neither country would pay for the first shovel."
    ),
    (
        "The tunnel would carry trains alone. Officials in Tallinn say that a road was dropped last summer, when the price of "
        "ventilation became known, and that nobody has asked for it since."
    ),
    "Money Decides Where the Line Will Run",
    "With elections near and budgets tight, ministers look for a cheaper route",
    (
        "Both governments would put in equal shares, and a bank in Luxembourg would lend the rest. What happens if the work takes "
        "longer than planned, as tunnels do, is the last open question, and it has been open since March."
    ),
    "Fishermen Fear the Noise",
    (
        "Fishermen on both shores have asked for a pause during the spawning season. They were promised one, but the word pause "
        "does not stand in the draft, and their lawyers have noticed."
    ),
    (
        "But everyone who has seen the map agrees that the tunnel, if it is ever dug, will be the shortest way to nowhere in "
        "particular, and that it will be full from the first day."
    ),
]
TEASERS = [
    "Halvorsen’s Last Race: What the Skipper Will Do on Dry Land",  # noqa: RUF001 - as pages print it
    "DECEMBER 4, 2025",
    "Larch and Penhale Share the Poetry Prize as Judges Fall Silent",
    "NOVEMBER 30, 2025",
    "Culture",
    "Museum Director Dismissed After Night in Locked Gallery",
    "The trustees ended the contract for the first time in the history of the house after a loud and short meeting.",
    "CULTURE BY OCTOBER 9, 2025",
    "Theatres are facing an empty autumn one year after the roof of the playhouse came down",
    "As the repairs go on, younger directors and touring groups ask the city to open halls, lower its fees and wait.",
    "CULTURE BY OCTOBER 2, 2025",
    "The orchestra will not play the mayor's march at the fair. But his brother, the cellist, will be there",
    "Edmund Quist, the cellist, is going to the fair to see whether anybody hums the tune that his brother wrote.",
    "CULTURE BY SEPTEMBER 28, 2025",
]


def test_a_bare_dump_in_the_shape_of_the_shared_sample_comes_out_field_by_field() -> None:
    document = segment(accepted("\n".join(ARTICLE + TEASERS) + "\n\n\n"))

    assert [block.text for block in document.body] == ARTICLE
    headings = [block.text for block in document.body if block.kind == "heading"]
    assert headings == [ARTICLE[2], ARTICLE[3], ARTICLE[5]]
    assert document.title is None
    assert [_fields(document, number) for number in range(len(document.teasers))] == [
        (TEASERS[0], None, None, None, dt.date(2025, 12, 4)),
        (TEASERS[2], None, None, None, dt.date(2025, 11, 30)),
        (TEASERS[5], TEASERS[6], "CULTURE", None, dt.date(2025, 10, 9)),
        (TEASERS[8], TEASERS[9], "CULTURE", None, dt.date(2025, 10, 2)),
        (TEASERS[11], TEASERS[12], "CULTURE", None, dt.date(2025, 9, 28)),
    ]
    assert [(span.kind, document.text[span.start : span.end]) for span in document.rest] == [("navigation", "Culture")]
    assert_whole(document)


def _fields(document: SegmentedDocument, number: int) -> tuple[str, str | None, str | None, str | None, dt.date | None]:
    teaser = document.teasers[number]
    return (
        teaser.headline.text,
        teaser.summary.text if teaser.summary else None,
        teaser.kicker.text if teaser.kicker else None,
        teaser.byline.text if teaser.byline else None,
        teaser.published.date if teaser.published else None,
    )


def test_what_is_known_of_the_document_is_carried() -> None:
    document = accepted("\n".join(ARTICLE), url="https://www.news.example/tunnel", title="A tunnel")
    segmented = segment(document)

    assert segmented.source == document.source
    assert segmented.received_at == document.received_at
    assert segmented.revision == document.revision
    assert (segmented.segmenter.name, segmented.segmenter.version) == ("broadsheet-lines", "1")
    assert segmented.segmenter.sha256 == load_model("text").producer.sha256


def test_a_title_given_with_the_record_has_its_place_where_the_page_shows_it() -> None:
    shown = segment(
        accepted("\n".join(["Tunnel  talks near their end", *ARTICLE]), title="Tunnel talks near their end")
    )
    hidden = segment(accepted("\n".join(ARTICLE), title="Tunnel talks near their end"))

    assert shown.title is not None
    assert (shown.title.start, shown.title.end) == (0, 27)
    assert hidden.title is not None
    assert (hidden.title.text, hidden.title.start) == ("Tunnel talks near their end", None)


def test_a_headline_above_the_article_is_its_title_with_byline_and_date_between() -> None:
    document = segment(accepted("\n\n".join(["Tunnel talks near their end", "By Ada Field", "3 May 2026", *ARTICLE])))

    assert document.title is not None
    assert document.title.text == "Tunnel talks near their end"
    assert document.authors == ("Ada Field",)
    assert document.published_on == dt.date(2026, 5, 3)
    assert [block.text for block in document.body] == ARTICLE
    assert document.teasers == ()


def test_a_page_without_an_article_has_no_body_and_says_why() -> None:
    items = [
        f"A small town opens bridge number {number} after a long wait\n{number} May 2026" for number in range(3, 11)
    ]
    document = segment(accepted("\n".join(["Home", "News", "Sport", *items])))

    assert document.body == ()
    assert document.no_article == "home_page"
    assert len(document.teasers) == len(items)


@pytest.mark.parametrize(
    ("content", "html", "reason"),
    [
        ("", False, "too_short"),
        ("<title>Blank</title>", True, "too_short"),
        ("Error 404: the page you asked for was not found. Go to the front page.", False, "error_page"),
        (
            "We value your privacy. We and our partners use cookies. Accept all cookies or manage consent.",
            False,
            "consent_wall",
        ),
    ],
)
def test_what_is_no_article_has_a_reason(content: str, html: bool, reason: str) -> None:  # noqa: FBT001 - a case's parameter
    document = segment(accepted(content, html=html))

    assert (document.body, document.no_article) == ((), reason)
    assert_whole(document)


def test_one_item_shown_twice_is_one_teaser_that_says_where() -> None:
    document = segment(accepted("\n".join([*ARTICLE, *TEASERS, "Most read", *TEASERS[:4]])))

    headlines = [teaser.headline.text for teaser in document.teasers]
    assert headlines == [TEASERS[place] for place in (0, 2, 5, 8, 11)]
    for teaser in document.teasers[:2]:
        assert [document.text[span.start : span.end].splitlines()[0] for span in teaser.also_at] == [
            teaser.headline.text
        ]
    assert [teaser.also_at for teaser in document.teasers[2:]] == [()] * 3
    assert_whole(document)


def test_links_of_teasers_are_absolute_web_addresses() -> None:
    links = [
        "../ferry?utm_source=x",
        "//other.example/x",
        "javascript:void(0)",
        "http://[broken",
        "mailto:desk@news.example",
    ]
    heads = [TEASERS[place] for place in (0, 2, 5, 8, 11)]
    items = "".join(
        f"<li class='card'><a href='{link}'><h3>{head}</h3></a></li>" for link, head in zip(links, heads, strict=True)
    )
    body = "".join(f"<p>{text}</p>" for text in ARTICLE)
    page = f"<article><h1>Tunnel talks</h1>{body}</article><aside><h2>Related stories</h2><ul>{items}</ul></aside>"
    document = segment(accepted(page, html=True, url="https://www.news.example/town/tunnel"))

    urls = ["https://www.news.example/ferry", "https://other.example/x", None, None, None]
    assert [teaser.url for teaser in document.teasers] == urls


SHOW_NOTHING = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
MARKS = st.sampled_from(
    ["\n", "\n\n", "POLITICS BY OCTOBER 18, 2025\n", "By Ada Field\n", "2 hours ago | Sport\n", "READ MORE: "]
)
LINES = st.sampled_from(
    [*ARTICLE, *TEASERS, "Home", "Comments", "Subscribe to our newsletter", "Home | News | Sport | More"]
)
TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<a href='/x'>",
        "</a>",
        "<nav>",
        "</nav>",
        "<li>",
        "<h1>",
        "</h1>",
        "<br>",
        "<article>",
        "<aside hidden>",
    ]
)


def kept(content: str) -> str:
    """What a page of plain text keeps of its content, but for spaces: all but lines that show nothing and the marks of lists."""
    found: list[str] = []
    for line in content.removeprefix("\ufeff").splitlines():
        mark = BULLET.match(line)
        letters = "".join(line[mark.end() if mark else 0 :].split())
        found += [letters] if letters.strip(SHOW_NOTHING) else []
    return "".join(found)


@given(st.lists(st.one_of(st.text(), MARKS, LINES)).map("\n".join))
@example("\u00ad")
@example("* One\n\u200b\n- two")
@settings(max_examples=100, deadline=None)
def test_any_text_is_told_apart_wholly_and_always_alike(content: str) -> None:
    document = segment(accepted(content))

    assert_whole(document)
    assert document == segment(accepted(content))
    assert "".join(document.text.split()) == kept(content)


@given(st.lists(st.one_of(st.text(), TAGS, LINES)).map("".join))
@settings(max_examples=100, deadline=None)
def test_any_markup_is_told_apart_wholly_and_always_alike(content: str) -> None:
    document = segment(accepted(content, html=True, url="https://www.news.example/"))

    assert_whole(document)
    assert document == segment(accepted(content, html=True, url="https://www.news.example/"))


@pytest.mark.parametrize(
    ("content", "html"),
    [
        ("A line of the page that goes on and on.\n" * 5_000, False),
        (
            "\n".join(
                f"A headline of the page number {number}\nMAY {number % 28 + 1}, 2025" for number in range(2_000)
            ),
            False,
        ),
        ("word " * 400_000, False),
        ("x" * 2_000_000, False),
        ("by " * 400_000, False),
        ("<div>" * 10_000 + "deep", True),
        ("<b><p>" * 5_000 + "deep", True),
        ("<p>A line of the page</p>" * 5_000, True),
    ],
    ids=["lines", "dated headlines", "one line", "one word", "by", "nested", "misnested", "paragraphs"],
)
@pytest.mark.timeout(60)
def test_large_pages_end(content: str, html: bool) -> None:  # noqa: FBT001 - a parameter of the cases above
    document = segment(accepted(content, html=html))

    assert document.text
    parts = sorted((span.start, span.end) for span in (*document.body, *document.teasers, *document.rest))
    assert all(left[1] <= right[0] for left, right in pairwise(parts))


def test_a_list_of_the_articles_own_sections_is_no_list_of_teasers(monkeypatch: pytest.MonkeyPatch) -> None:
    sections = ["How bees swarm", "Where they go", "Who to call"]
    body = [text for section in sections for text in (section, PROSE)]
    roles = [Role.HEADLINE] * len(sections) + [Role.BODY] * len(body)
    decision = Decision(tuple(roles), np.full(len(roles), 0.9, np.float32))
    monkeypatch.setattr("broadsheet.segmenter.segment._understand", lambda _: (decision, 1.0))

    document = segment(accepted("\n".join((*sections, *body))))

    assert document.teasers == ()
    assert [block.text for block in document.body] == body
    assert_whole(document)
