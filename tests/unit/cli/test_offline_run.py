"""Documents go through worker processes in order; a page that crashes, hangs or breaks costs itself alone."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from broadsheet.cli import offline_run
from broadsheet.cli.documents import Document, Input, Refused
from broadsheet.cli.offline_run import BATCHES_IN_FLIGHT, DeadLetterLine, Job, Result, run_job
from broadsheet.runtime.errors import OperatorError
from broadsheet_schemas.errors import ErrorCode
from toy_stage import broken_warm_up, transform

pytestmark = pytest.mark.processes


def job(*, processes: int = 1, timeout: float = 30.0, warm_up: Callable[[], None] | None = None) -> Job:
    return Job(transform, warm_up, processes, timeout, lambda _document: datetime(2026, 1, 31, tzinfo=UTC))


def lines(*values: str) -> Iterator[Input]:
    return (Document("a.jsonl", number, value.encode(), None) for number, value in enumerate(values, start=1))


def outcomes(results: Iterator[Result]) -> list[object]:
    return [
        (result.code, result.line) if isinstance(result, DeadLetterLine) else result.data.decode()
        for _document, result in results
    ]


@pytest.mark.parametrize("processes", [1, 2])
def test_the_order_of_the_input_is_kept_over_many_batches(processes: int) -> None:
    values = [f"page {number}" for number in range(200)]
    found = outcomes(run_job(job(processes=processes), lines(*values)))
    assert found == [value.upper() for value in values]


def test_bad_pages_cost_themselves_alone() -> None:
    mixed: list[Input] = [*lines("one", "crash", "two", "reject me", "bug", "three")]
    mixed.insert(3, Refused("a.jsonl", 99, ErrorCode.PAGE_TOO_LARGE, "long"))
    assert outcomes(run_job(job(), iter(mixed))) == [
        "ONE",
        (ErrorCode.WORKER_DIED, 2),
        "TWO",
        (ErrorCode.PAGE_TOO_LARGE, 99),
        (ErrorCode.EMPTY_PAGE, 4),
        (ErrorCode.BUG, 5),
        "THREE",
    ]


def test_a_page_over_the_time_limit_costs_itself_alone() -> None:
    found = outcomes(run_job(job(timeout=3.0), lines("one", "hang", "two")))
    assert found == ["ONE", (ErrorCode.TIME_LIMIT, 2), "TWO"]


def test_a_dead_letter_names_the_document_by_the_id_it_was_given() -> None:
    given = ['reject {"id": 1}', '{"document_id": "d"}', '{"id": "e"}', '{"id": 3}', "[]"]
    documents = [Document("a.jsonl", 1, f"reject {value}".encode(), None) for value in given]
    letters = [letter for _, letter in run_job(job(), iter(documents)) if isinstance(letter, DeadLetterLine)]
    assert [letter.document_id for letter in letters] == [None] * 5
    named = [offline_run._given_id(Document("a.jsonl", 1, value.encode(), None)) for value in given]
    assert named == [None, "d", "e", "3", None]


def test_no_more_is_read_than_is_worked_on() -> None:
    read = 0

    def counted() -> Iterator[Input]:
        nonlocal read
        for document in lines(*["page"] * 1000):
            read += 1
            yield document

    results = run_job(job(), counted())
    next(results)
    assert read <= BATCHES_IN_FLIGHT * offline_run.BATCH_RECORDS_PER_PROCESS
    results.close()


def test_large_documents_make_small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offline_run, "BATCH_BYTES", 10)
    batches = offline_run._batches(lines("12345", "67890", "x" * 50, "1"), most=100)
    assert [len(batch) for batch in batches] == [2, 1, 1]


def test_a_model_that_cannot_be_loaded_ends_the_run_in_words() -> None:
    with pytest.raises(OperatorError, match=r"model\.bin is missing"):
        list(run_job(job(warm_up=broken_warm_up), lines("one")))
