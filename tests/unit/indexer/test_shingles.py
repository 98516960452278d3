import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.indexer.shingles import NORMALIZED_CHARACTERS, SHINGLE_TOKENS, Overlap, overlap, shingles

WORDS = st.lists(st.sampled_from(["river", "rose", "Ada", "7", "über", "dam"]), max_size=30)


def test_every_run_of_five_words_is_a_shingle() -> None:
    assert list(shingles("One two, three four five SIX.")) == ["one two three four five", "two three four five six"]


def test_a_short_text_is_one_shingle_and_an_empty_one_none() -> None:
    assert list(shingles("Only three words")) == ["only three words"]
    assert list(shingles(" ... \n")) == []


def test_typography_makes_no_difference() -> None:
    assert list(shingles("“It\N{RIGHT SINGLE QUOTATION MARK}s the ﬁnal offer,” she said")) == list(
        shingles('"It\'s the final offer" - SHE SAID')
    )


def test_a_script_without_spaces_is_split_into_characters() -> None:
    assert list(shingles("河水上涨了今天")) == ["河 水 上 涨 了", "水 上 涨 了 今", "上 涨 了 今 天"]


@given(WORDS, WORDS)
def test_overlap_is_that_of_the_sets(first: list[str], second: list[str]) -> None:
    mine, theirs = frozenset(shingles(" ".join(first))), frozenset(shingles(" ".join(second)))
    found = overlap(mine, theirs)
    assert found == overlap(theirs, mine)
    assert 0 <= found.jaccard <= found.contained <= 1
    if mine and theirs:
        assert found.jaccard == len(mine & theirs) / len(mine | theirs)


def test_a_cut_copy_is_wholly_contained() -> None:
    whole = frozenset(shingles(" ".join(str(number) for number in range(104))))
    cut = frozenset(shingles(" ".join(str(number) for number in range(54))))
    assert overlap(whole, cut) == Overlap(jaccard=0.5, contained=1.0)


def test_a_long_text_has_the_shingles_of_the_whole_and_is_never_held_twice() -> None:
    text = " ".join(f"word{number}" for number in range(NORMALIZED_CHARACTERS // 2))
    words = text.split()
    assert list(shingles(text)) == [" ".join(words[n : n + SHINGLE_TOKENS]) for n in range(len(words) - 4)]
    tracemalloc.start()
    for _ in shingles(text):
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 * len(text)
