import pytest

from broadsheet.intake.visible import is_blank, visible_text


@pytest.mark.parametrize(
    "markup",
    [
        "",
        "<html><head><title>Bridge reopens</title></head><body></body></html>",
        "<body><script>var shown = 'no';</script><STYLE>p {}</STYLE ></body>",
        "<body><!-- <p>not shown</p> --></body>",
        "<template><p>later</p></template>",
        "<p>&nbsp;&#8203;\n\t</p>",
        "<script>never closed <p>text</p>",
        "<!-- never closed",
        "<img src='a.png' alt='seen by few'>",
    ],
)
def test_markup_that_shows_nothing(markup: str) -> None:
    assert is_blank(visible_text(markup, "text/html"))


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Bridge <b>reopens</b></p>", "Bridge reopens"),
        ("<head><title>t</title><body>Unclosed head", "Unclosed head"),
        ("<script>a < b</script>After", "After"),
        ("<scripture>Psalm</scripture>", "Psalm"),
        ("5 &lt; 6 &amp; 7", "5 < 6 & 7"),
        ("3 < 4", "3 < 4"),
    ],
)
def test_markup_that_shows_text(markup: str, text: str) -> None:
    assert " ".join(visible_text(markup, "text/html").split()) == text


def test_plain_text_is_itself() -> None:
    assert visible_text("<p>&amp;</p>", "text/plain") == "<p>&amp;</p>"


@pytest.mark.parametrize("text", ["", " \n\t\u00a0\u3000", "\u200b\u200d\ufeff\u2060", "\u00ad\u034f\ufe0f"])
def test_text_that_shows_nothing(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["a", "\u200b.", "語", "😀", "\ufffd"])
def test_one_visible_character_is_enough(text: str) -> None:
    assert not is_blank(text)


@pytest.mark.parametrize(
    ("piece", "shown"),
    [
        ("<script>", ""),
        ("<!--", ""),
        ("<title></titlex", ""),
        ("<div>", ""),
        ("<a b='", ""),
        ("</script", ""),
        ("&", "&"),
        ("<", "<"),
    ],
)
def test_hostile_markup_is_read_in_linear_time(piece: str, shown: str) -> None:
    text = visible_text(piece * 200_000, "text/html")  # a quadratic reading takes longer than the test may

    assert text.strip() == shown * 200_000
