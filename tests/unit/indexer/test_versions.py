from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.indexer.versions import CREATED, SEEN_AGAIN, STALE, UNCHANGED, UPDATED, Version, decide

A, B = "a" * 64, "b" * 64


def version(order: int, page: str = A, *, received: int = 0, fingerprint: str | None = None) -> Version:
    return Version(order=order, received=received, revision=page, fingerprint=fingerprint or page)


def test_the_first_version_is_created() -> None:
    assert decide(None, version(1)) == CREATED


def test_a_redelivery_writes_nothing() -> None:
    assert decide(version(1), version(1)) == UNCHANGED


def test_an_older_fetch_of_the_same_page_writes_nothing() -> None:
    assert decide(version(2), version(1)) == UNCHANGED


def test_a_later_fetch_of_the_same_page_moves_its_version_on() -> None:
    assert decide(version(1), version(2)) == SEEN_AGAIN


def test_a_newer_page_replaces_an_older() -> None:
    assert decide(version(1, A), version(2, B)) == UPDATED


def test_an_older_page_is_stale() -> None:
    assert decide(version(2, A), version(1, B)) == STALE


def test_receipt_breaks_the_tie_of_two_pages_fetched_at_once() -> None:
    assert decide(version(1, A, received=5), version(1, B, received=6)) == UPDATED
    assert decide(version(1, A, received=6), version(1, B, received=5)) == STALE


def test_a_page_tagged_anew_replaces_its_former_enrichment() -> None:
    assert decide(version(1, A, fingerprint="old"), version(1, A, fingerprint="new")) == UPDATED


@given(
    st.lists(
        st.builds(version, st.integers(-2, 2), st.sampled_from([A, B, "c" * 64]), received=st.integers(0, 2)),
        min_size=1,
        max_size=4,
    )
)
def test_any_order_of_arrival_ends_with_the_newest_page(arrivals: list[Version]) -> None:
    newest = max(arrivals, key=lambda arrival: arrival.rank)
    for order in permutations(arrivals):
        kept: Version | None = None
        for arrival in order:
            if decide(kept, arrival).write != "nothing":
                kept = arrival
        assert kept == newest
