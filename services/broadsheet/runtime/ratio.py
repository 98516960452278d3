"""The dead-letter ratio: when too many of the last records fail, something other than the pages is wrong."""

from collections import deque


class DeadLetterRatio:
    """Counts outcomes over a sliding window of the last `window` records.

    Nothing is judged before the window is full, so that the first bad page of a quiet topic stops nothing.
    """

    def __init__(self, limit: float, window: int) -> None:
        self._limit = limit
        self._outcomes: deque[bool] = deque(maxlen=window)
        self._failed = 0

    def add(self, *, failed: bool) -> None:
        """Count one more record."""
        if len(self._outcomes) == self._outcomes.maxlen:
            self._failed -= self._outcomes[0]
        self._outcomes.append(failed)
        self._failed += failed

    @property
    def share(self) -> float:
        """Share of dead letters among the records of the window, 0 to 1."""
        return self._failed / len(self._outcomes) if self._outcomes else 0.0

    @property
    def exceeded(self) -> bool:
        """Whether the window is full and its share of dead letters is above the limit."""
        return len(self._outcomes) == self._outcomes.maxlen and self.share > self._limit
