import random

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.indexer.signatures import BANDS, bands

WORDS = [f"word{number}" for number in range(5000)]


def text(seed: int, words: int = 400) -> list[str]:
    return random.Random(seed).choices(WORDS, k=words)


def shared(first: list[str], second: list[str]) -> int:
    return len(set(bands(" ".join(first))) & set(bands(" ".join(second))))


def test_the_bands_of_a_text_are_what_stored_ones_were_made_of() -> None:
    # Known by heart: where this fails after an upgrade of rensa, indexed signatures no longer meet new ones. Then the
    # upgrade needs a new version of the index, or is left.
    assert bands("The old bridge over the Tarn is open again, said mayor Ada Field.")[:3] == [
        "5IDhjd7L",
        "Z3TxFhL4",
        "H6-6iEIX",
    ]


@given(st.text())
def test_a_text_has_all_bands_or_none(words: str) -> None:
    found = bands(words)
    assert len(found) == len(set(found)) in {0, BANDS}


def test_a_text_without_words_has_no_band() -> None:
    assert bands(" -- ") == []


def test_near_copies_share_bands_and_strangers_none() -> None:
    body = text(1)
    assert shared(body, ["dateline", *body, "agency"]) > BANDS // 2
    assert shared(body, body[: len(body) // 2]) > 0
    assert shared(body, text(2)) == 0


def test_order_of_paragraphs_hardly_matters_and_repetition_not_at_all() -> None:
    body = text(3)
    assert shared(body, body[200:] + body[:200]) > BANDS // 2
    assert shared(body, body + body) > BANDS // 2


def test_a_huge_text_has_a_signature() -> None:
    assert len(bands(" ".join(text(4, 200_000)))) == BANDS
