"""What HTML says about each line: links, elements, names, boxes."""

import pytest

from broadsheet.segmenter import places, start_tags
from broadsheet.segmenter.boxes import Box
from broadsheet.segmenter.class_words import BITS
from broadsheet.segmenter.html_tags import LANDMARKS
from unit.segmenter.html_lines import mark, marks, read


def landmarks(html: str) -> set[str]:
    within = mark(html).within
    return {name for name, bit in LANDMARKS.items() if within & bit}


def speaks_of(bits: int) -> set[str]:
    return {name for name, bit in BITS.items() if bits & bit}


@pytest.mark.parametrize(
    ("attributes", "link"),
    [
        ("href='/x?a=1&amp;b=2'", "/x?a=1&b=2"),
        ("href='/x?a=\"b\">c'", '/x?a="b">c'),
        ("title='a > b' href='/x'", "/x"),
        ("data-x='<p class=\"y\">' href=/x", "/x"),
        ('href="/x""', "/x"),
        ('\' = " x"y=1 href=/x', "/x"),
        ("href='/a b' class=c", "/a b"),
        ("href=''", None),
        ("href", None),
        ("name=here", None),
    ],
)
def test_attributes_may_hold_anything(attributes: str, link: str | None) -> None:
    page = read(f"<p>One</p><p><a {attributes}>Two</a></p><p>Three</p>")

    assert [line.text for line in page.lines] == ["One", "Two", "Three"]
    assert page.lines[1].markup is not None
    assert page.lines[1].markup.link == link


def test_links_and_how_much_of_the_line_they_are() -> None:
    whole = mark("<h3><a href='/x'> All of it </a></h3>")
    outside = mark("<a href='/x'><h3>All of it</h3></a>")
    half = mark("<p>half <a href='/x'>link</a></p>")
    two = mark("<p><a href='/1'>one</a> <a href='/2'>two</a> <a>six</a></p>")
    none = mark("<p>no link <a name='here'></a> <a href='/x'> </a></p>")

    assert (whole.link, whole.link_share) == ("/x", 1.0)
    assert (outside.link, outside.link_share, outside.tag) == ("/x", 1.0, "h3")
    assert (half.link, half.link_share) == ("/x", 0.5)
    assert two.link == "/1"
    assert two.link_share == pytest.approx(2 / 3)
    assert (none.link, none.link_share) == (None, 0.0)


def test_links_that_differ_in_their_target_alone_lead_where_each_says() -> None:
    found = marks(
        "<a class=x href=/1>1</a><br><a class=x href=/2>2</a><br><a class=x>3</a><br><a class=x href=/4>4</a>"
    )

    assert [(line.link, line.link_share) for line in found] == [("/1", 1.0), ("/2", 1.0), (None, 0.0), ("/4", 1.0)]


def test_tags_and_places_are_kept_up_to_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    html = f"<ul>{''.join(f'<li id=n{number % 7}>x' for number in range(100))}</ul>"
    kept = [line.place for line in marks(html)]
    monkeypatch.setattr(start_tags, "MAX_KNOWN", 3)
    monkeypatch.setattr(places, "MAX_INNER", 3)
    start_tags.KNOWN.clear()

    assert [line.place for line in marks(html)] == kept
    assert len(set(kept)) == 7
    assert len(start_tags.KNOWN) <= 3


def test_how_much_of_the_line_is_strong() -> None:
    assert mark("<p><b>All <i>of</i></b> <em>it</em></p>").strong_share == 1.0
    assert mark("<p><strong>half</strong> of 2</p>").strong_share == pytest.approx(4 / 7)
    assert mark("<p>none <b> </b></p>").strong_share == 0.0
    assert [line.strong_share for line in marks("<b><p>One</p></b><p>Two</p>")] == [1.0, 0.0]


def test_ancestors_that_matter_are_known_by_element_and_by_role() -> None:
    assert landmarks("<nav><ul><li>x</ul></nav>") == {"nav", "li"}
    assert landmarks("<div role='navigation'><p>x</p></div>") == {"nav", "p"}
    assert landmarks("<article><section role=region><h2>x</h2></section></article>") == {"article", "h2"}
    assert marks("<nav>x</nav><div>y</div>")[1].within == 0


def test_class_and_id_names_speak_of_all_around_and_of_the_three_innermost() -> None:
    deep = mark("<div class='comment-list'><div id=related><ul><li><a class='byline'>x</a></li></ul></div></div>")
    after = marks("<div class=advert>x</div><div>y</div>")[1]

    assert speaks_of(deep.words) == {"comment", "related"}  # of those around the whole line
    assert speaks_of(deep.near_words) == {"byline"}
    assert after.words == after.near_words == 0


def test_a_picture_stands_between_the_line_above_and_this_one() -> None:
    found = marks("<p>One</p><img src=x><p>Two</p><p>Three</p><figure><picture><source></picture>Four</figure>")

    assert [line.picture for line in found] == [False, True, False, True]


def test_blocks_are_boxes_with_the_lines_inside_them() -> None:
    page = read("<ul><li>One<br>Two<li><p>Three</p></ul>Four")
    html, body, items, first, second, paragraph = page.boxes

    assert (html, body) == (Box(0, 0, 4), Box(0, 0, 4))
    assert (items, first, second, paragraph) == (Box(1, 0, 3), Box(2, 0, 2), Box(2, 2, 3), Box(4, 2, 3))
    assert [mark.box for mark in marks("<ul><li>One<br>Two<li><p>Three</p></ul>Four")] == [3, 3, 5, 1]


def test_depth_and_nearest_block() -> None:
    assert [(line.tag, line.depth) for line in marks("<div>One<p>Two</p>Three</div>Four")] == [
        ("div", 3),
        ("p", 4),
        ("div", 3),
        ("body", 2),
    ]


def test_places_are_the_same_where_blocks_and_names_are() -> None:
    one, two, other, inline, elsewhere = (
        line.place
        for line in marks(
            "<ul><li class=a><a href='/1'>1</a><li class=a style='color:red'>2<li class=b>3<li class=a><span>4</span></ul>"
            "<ol><li class=a>5</ol>"
        )
    )

    assert one == two == inline
    assert len({one, other, elsewhere}) == 3
