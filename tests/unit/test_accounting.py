"""The fault suite's accounting tells every kind of broken promise: it must not be blind."""

from collections import Counter

from faults.accounting import Account


def kept() -> Account:
    return Account(
        published=Counter({"a": 1, "b": 1}),
        newest={"a": "2", "b": "1"},
        indexed={"a": "2"},
        created=Counter({"a": 1}),
        receipts=Counter({"a": 2}),
        dead_letters=Counter({"b": 1}),
    )


def test_a_kept_promise_has_no_faults_and_repeats_are_counted() -> None:
    assert kept().faults() == {}
    assert kept().repeated == {"a": 1}
    assert kept().ends == {"a": ("index", "documents.indexed"), "b": ("dead letters",)}


def test_each_broken_promise_is_named() -> None:
    account = kept()
    account.published["c"] = 1
    account.dead_letters["a"] = 1
    account.created["a"] = 2
    account.indexed |= {"a": "1", "d": "1"}
    account.shown["teaser"] = 2
    account.counted["teaser"] = 1

    assert account.faults() == {
        "lost": ["c"],
        "in index and dead letters": ["a"],
        "created twice": ["a"],
        "teasers counted wrongly": ["teaser"],
        "older than what was published last": ["a"],
        "indexed without a receipt": ["d"],
        "never published": ["d"],
    }
