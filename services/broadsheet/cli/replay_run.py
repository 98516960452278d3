"""One replay of dead letters: which are sent, together with which, and what came of each."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass

from broadsheet.cli.letters import is_replayed
from broadsheet.cli.transactions import Transactions
from broadsheet.runtime.deadletters import DeadLetter, replay_mark, replay_record
from broadsheet.runtime.errors import DocumentError
from broadsheet.runtime.publishing import OutputRecord, TooLargeError
from broadsheet.runtime.records import Record
from broadsheet_schemas import headers as names
from broadsheet_schemas.errors import ErrorCode

BATCH_LETTERS = 100
BATCH_BYTES = 4 * 1024 * 1024
"""Most that one transaction sends, a larger record alone. A transaction takes 30 to 50 ms on one machine, whether it holds
one dead letter or fifty."""


@dataclass(slots=True)
class Replayed:
    """What a replay did, in dead letters.

    Attributes:
        sent: sent back now, or to be sent back in a preview.
        skipped: left alone, because they had been replayed before.
        refused: cannot be sent back: they were tried too often, name no topic of this installation, or are too large for
            it.
    """

    sent: int = 0
    skipped: int = 0
    refused: int = 0


Tell = Callable[[DeadLetter, DocumentError | None], object]
"""Called with each dead letter after it was sent, or with why it cannot be."""


@dataclass(frozen=True, slots=True)
class _Page:
    """A dead letter that is to be sent, and what that takes: the record, and the marker that says so."""

    letter: DeadLetter
    outputs: tuple[OutputRecord, OutputRecord]


class Run:
    """One replay under way: what it has done. It holds no more dead letters than go into a transaction."""

    def __init__(self, tell: Tell, *, max_attempts: int) -> None:
        """Begin; the arguments are those of `replay`."""
        self.done = Replayed()
        self._tell = tell
        self._max_attempts = max_attempts
        self._most = BATCH_LETTERS
        self._handled: set[str] = set()

    async def over(
        self, letters: AsyncIterator[tuple[Record, DeadLetter]], marks: set[str], writer: Transactions | None
    ) -> bool:
        """Replay dead letters, leaving out those that this run has sent or refused.

        Args:
            letters: the dead letters, as records and read.
            marks: those that have been replayed before, as `replayed_marks` gives them.
            writer: sends; None sends nothing.

        Returns:
            Whether it came to the end. A topic that refused a record for its size leaves gaps in the numbers that aiokafka
            gives records, after which the broker takes nothing more: go on with a new writer.
        """
        pages: list[_Page] = []
        async for record, letter in letters:
            page = self._page(record, letter, marks)
            if page is None:
                continue
            if self._full(pages, page):
                if not await self._send(pages, writer):
                    return False
                pages.clear()
            pages.append(page)
        return await self._send(pages, writer)

    def _page(self, record: Record, letter: DeadLetter, marks: set[str]) -> _Page | None:
        """Give what is to be sent for a dead letter, or None where nothing is."""
        if letter.position in self._handled:
            return None
        if is_replayed(record, marks):
            self.done.skipped += 1
            self._handled.add(letter.position)
            return None
        try:
            return _page(record, letter, self._max_attempts)
        except DocumentError as error:
            self._refuse(letter, error)
            return None

    def _full(self, pages: Sequence[_Page], page: _Page) -> bool:
        size = sum(held.letter.record.size for held in pages) + page.letter.record.size
        return bool(pages) and (len(pages) >= self._most or size > BATCH_BYTES)

    async def _send(self, pages: Sequence[_Page], writer: Transactions | None) -> bool:
        """Send pages in one transaction; gives whether no topic refused one. Of several, it is not known which."""
        try:
            if writer is not None and pages:
                await writer.write([output for page in pages for output in page.outputs])
        except TooLargeError as error:
            self._most = 1
            if len(pages) == 1:
                self._refuse(pages[0].letter, _too_large(pages[0], error))
            return False
        for page in pages:
            self.done.sent += 1
            self._handled.add(page.letter.position)
            self._tell(page.letter, None)
        return True

    def _refuse(self, letter: DeadLetter, error: DocumentError) -> None:
        self.done.refused += 1
        self._handled.add(letter.position)
        self._tell(letter, error)


def _page(record: Record, letter: DeadLetter, max_attempts: int) -> _Page:
    """Give what is to be sent for a dead letter.

    Raises:
        DocumentError: it cannot be sent: it was tried too often (`attempts_exhausted`), or names no topic of this
            installation (`invalid_event`).
    """
    if letter.attempts >= max_attempts:
        message = f"dead letter {letter.position} was tried {letter.attempts} times and the limit is {max_attempts}"
        raise DocumentError(ErrorCode.ATTEMPTS_EXHAUSTED, message)
    marker = OutputRecord(record.topic, record.key, None, ((names.REPLAYED, replay_mark(record)),))
    return _Page(letter, (OutputRecord(*replay_record(record)), marker))


def _too_large(page: _Page, error: TooLargeError) -> DocumentError:
    message = f"dead letter {page.letter.position} is too large for {page.outputs[0].topic}: {error}"
    return DocumentError(ErrorCode.PAGE_TOO_LARGE, message)
