"""HTML to lines: the text that is seen, where it breaks, and that any markup is read to its end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unit.segmenter.html_lines import mark, read


def texts(html: str) -> list[str]:
    return [line.text for line in read(html).lines]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One <b>bold</b>\n word</p>", "One bold word"),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<ul><li>One<li>Two</ul>", "One\nTwo"),
        ("<table><tr><td>One<td>Two</table>", "One\nTwo"),
        ("<span>O</span><span>ne</span>", "One"),
        ("<div>One<p>Two</p>Three</div>", "One\n\nTwo\n\nThree"),
        ("<div>One<hr>Two</div>", "One\n\nTwo"),
        ("<div>One<div> <b> </b>\n</div>Two</div>", "One\nTwo"),
        ("<p>O<!-- > <b> -->ne</p>", "One"),
        ("<p>One <?php echo '<b>'; ?> two</p>", "One '; ?> two"),
        ("One", "One"),
        ("", ""),
    ],
)
def test_text_is_laid_out_as_it_is_seen(html: str, text: str) -> None:
    assert read(html).text == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("One<br>Two", "One\nTwo"),
        ("One<br/>Two<br><br>Three", "One\nTwo\n\nThree"),
        ("One<br> <br>Two", "One\n\nTwo"),
        ("<br><br>One", "One"),
        ("<p>One</p><br><p>Two</p>", "One\n\nTwo"),
        ("<div>One</div><br><div>Two</div>", "One\n\nTwo"),
        ("<div>One<p>Two<br>Three<br>Four</p></div>", "One\n\nTwo\n\nThree\n\nFour"),  # as the gap above the first line
    ],
)
def test_a_second_line_break_makes_a_gap(html: str, text: str) -> None:
    assert read(html).text == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("A &amp; B&nbsp;C", "A & B C"),
        ("1 &lt; 2 &gt; 0", "1 < 2 > 0"),
        ("&amp;lt; is &lt;", "&lt; is <"),
        ("&quot;&#x201C;&eacute;&quot; AT&T &nosuch; &amp", '"“é" AT&T &nosuch; &'),
        ("a < b > c <", "a < b > c <"),
    ],
)
def test_entities_are_read_once(html: str, text: str) -> None:
    assert read(html).text == text


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>no</script>",
        "<style>no</style>",
        "<template><p>no</p></template>",
        "<noscript>no</noscript>",
        "<iframe>no</iframe>",
        "<p hidden>no</p>",
        "<p HIDDEN=until-found>no</p>",
        "<div style='color: red; display:none'><p>no <b>no</b></p></div>",
        "<div style='VISIBILITY : hidden'><p>no</p></div>",
        "<select><option>no</option></select>",
        "<svg><title>no</title><text>no</text></svg>",
        "<!-- no -->",
        "<title>no</title>",
    ],
)
def test_what_is_not_seen_is_not_read(hidden: str) -> None:
    assert texts(f"<p>One</p>{hidden}<p>Two</p>") == ["One", "Two"]


@pytest.mark.parametrize(
    "shown", ["class='x hidden md:block'", "title='A hidden gem'", "data-x='a hidden '", "aria-hidden='true'"]
)
def test_the_word_hidden_in_a_value_hides_nothing(shown: str) -> None:
    assert texts(f"<p>One</p><p {shown}>Two</p>") == ["One", "Two"]


def test_what_is_hidden_in_a_line_leaves_no_trace() -> None:
    assert texts("<p>On<span hidden> <a href='/x'>no</a> </span>e") == ["One"]
    assert mark("<p>On<span hidden> <a href='/x'>no</a> </span>e").link is None


@pytest.mark.parametrize("tag", ["xmp", "plaintext", "listing"])
def test_text_of_verbatim_elements_is_read_as_text(tag: str) -> None:
    page = read(f"<p>One</p><{tag}>1 < 2 &amp; <b>3</b>")

    assert "1 < 2" in page.text
    assert page.text.startswith("One")


def test_void_elements_have_no_inside() -> None:
    page = read("<p>One<input><wbr><embed>two<hr><img>Three<link><meta><source></p>")

    assert [line.text for line in page.lines] == ["Onetwo", "Three"]
    assert [line.markup.depth for line in page.lines if line.markup] == [3, 2]


@pytest.mark.parametrize(
    "html",
    [
        "<" * 50_000,
        '<p "">"x' * 5_000,
        "<p>a</p><a href='" * 5_000,
        "<div>" * 2_000 + "x",
        "<xmp>" + "<b>" * 20_000,
        "x<!--" * 10_000,
    ],
)
def test_broken_markup_ends(html: str) -> None:
    page = read(html)
    assert page.text == "\n".join(("\n" if line.gap else "") + line.text for line in page.lines)


_PARTS = st.sampled_from(
    [
        *(
            "<div>",
            "</div>",
            "<p class='a\">'>",
            "</p>",
            "<a href=/x>",
            "</a>",
            "<b>",
            "</b>",
            "<table>",
            "<td>",
            "<br>",
        ),
        *(
            '<i "">',
            "<svg>",
            "</svg>",
            "<xmp>",
            "</xmp>",
            "<!--",
            "-->",
            "<?x",
            "<![CDATA[",
            "<img ",
            "<",
            ">",
            '"',
            "&",
        ),
        *("text", " ", "\n", "&nbsp;", "&amp;lt;", "\x00", "\x1f", "日本", "<span hidden>", "</span>", "<plaintext>"),
    ]
)


@given(st.lists(st.one_of(_PARTS, st.text(max_size=3)), max_size=40).map("".join))
def test_any_text_is_read_as_a_whole_page(html: str) -> None:
    page = read(html)

    for line in page.lines:
        assert line.text == page.text[line.start : line.end] == " ".join(line.text.split()) != ""
        assert line.markup is not None
        assert 0 <= line.markup.link_share <= 1
        assert 0 <= line.markup.strong_share <= 1
        assert line.markup.box < len(page.boxes)
    for number, box in enumerate(page.boxes):
        around = page.boxes[box.parent]
        assert box.parent < number or number == 0
        assert around.first <= box.first <= box.stop <= around.stop <= len(page.lines)
