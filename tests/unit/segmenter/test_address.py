"""What an address says that its page is about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.segmenter.address import address_words


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://example.org/news/2024/floods-hit-the-coast-48151623.html", "floods hit the coast"),
        ("https://example.org/floods-hit-the-coast/index.html", "floods hit the coast"),
        ("https://example.org/a/best_films_of_2024/", "best films of 2024"),
        ("https://example.org/stories/141e61e9-8a07-42e4-a527-2f03f45e7ef0", ""),
        ("https://example.org/%C3%BCber-den-fluss-gesetzt", "über den fluss gesetzt"),
        ("https://example.org/world/middle-east", ""),
        ("https://example.org/node/29843", ""),
        ("https://example.org", ""),
        ("https://[broken", ""),
        (None, ""),
    ],
)
def test_the_part_of_the_path_that_names_the_article_is_read(url: str | None, words: str) -> None:
    assert address_words(url) == words


@given(st.text())
def test_any_address_gives_words_or_nothing(url: str) -> None:
    words = address_words(url).split()
    assert not words or len(words) >= 3
