"""HTML to lines."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from broadsheet.segmenter.lines import Line, Markup
from broadsheet.segmenter.markup import read_html


def lines(html: str) -> tuple[Line, ...]:
    return read_html(LexborHTMLParser(html)).lines


def markup(html: str) -> Markup:
    (line,) = lines(html)
    assert line.markup is not None
    return line.markup


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One <b>bold</b>\n word</p>", "One bold word"),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<ul><li>One<li>Two</ul>", "One\nTwo"),
        ("One<br>Two<br><br>Three", "One\nTwo\n\nThree"),
        ("<table><tr><td>One<td>Two</table>", "One\nTwo"),
        ("<span>O</span><span>ne</span>", "One"),
        ("A &amp; B&nbsp;C", "A & B C"),
        ("<div>One<p>Two</p>Three</div>", "One\n\nTwo\n\nThree"),
    ],
)
def test_text_is_laid_out_as_it_is_seen(html: str, text: str) -> None:
    assert read_html(LexborHTMLParser(html)).text == text


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>no</script>",
        "<style>no</style>",
        "<template><p>no</p></template>",
        "<noscript>no</noscript>",
        "<p hidden>no</p>",
        "<div style='color: red; display:none'><p>no</p></div>",
        "<select><option>no</option></select>",
        "<!-- no -->",
        "<title>no</title>",
    ],
)
def test_what_is_not_seen_is_not_read(hidden: str) -> None:
    assert [line.text for line in lines(f"<p>One</p>{hidden}<p>Two</p>")] == ["One", "Two"]


def test_links_and_how_much_of_the_line_they_are() -> None:
    whole = markup("<h3><a href='/x'> All of it </a></h3>")
    outside = markup("<a href='/x'><h3>All of it</h3></a>")
    half = markup("<p>half <a href='/x'>link</a></p>")
    none = markup("<p>no link <a name='here'></a></p>")

    assert (whole.link, whole.link_share) == ("/x", 1.0)
    assert (outside.link, outside.link_share, outside.tag) == ("/x", 1.0, "h3")
    assert (half.link, half.link_share) == ("/x", 0.5)
    assert (none.link, none.link_share) == (None, 0.0)


def test_ancestors_that_matter_are_known_by_element_and_by_role() -> None:
    assert markup("<nav><ul><li>x</ul></nav>").within == {"nav", "li"}
    assert markup("<div role='navigation'><p>x</p></div>").within == {"nav"}
    assert markup("<article><section><h2>x</h2></section></article>").within == {"article", "h2"}
    after = lines("<nav>x</nav><p>y</p>")[1].markup
    assert after is not None
    assert after.within == frozenset()
