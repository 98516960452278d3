"""Sending dead letters back to the topics they came from."""

from contextlib import aclosing

from broadsheet.cli.letters import Choice, read_letters, replayed_marks
from broadsheet.cli.replay_run import Replayed, Run, Tell
from broadsheet.cli.transactions import Transactions, transactions
from broadsheet.runtime.admission import admit
from broadsheet.runtime.permissions import COMMAND_NEEDS, REPLAY_ID
from broadsheet.runtime.settings import KafkaSettings

MAX_ATTEMPTS = 10
"""How often a record may have been tried, by default, before a replay leaves it alone. A failure counts one attempt, or two
where it killed its worker: with a replay after each of them, a page gets at least five chances to be mended."""


async def preview(settings: KafkaSettings, choice: Choice, tell: Tell, *, max_attempts: int) -> Replayed:
    """Do all that `replay` does but send: what it would send is told and counted as sent.

    Raises:
        OperatorError: the dead-letter topic does not exist (`topic_missing`).
        KafkaError: the broker cannot be reached or refuses the client.
    """
    run = Run(tell, max_attempts=max_attempts)
    await _pass(run, settings, choice, None)
    return run.done


async def replay(settings: KafkaSettings, choice: Choice, tell: Tell, *, max_attempts: int) -> Replayed:
    """Send the dead letters that are meant back to the topics they came from, each only once ever.

    A record and the marker that it was replayed are written in one transaction, both or neither, wherever a replay is
    killed. A replay that begins while another runs, on whatever machine, ends that one before it looks at what is left.
    What fails again meanwhile is not sent in a circle: the dead-letter topic is read only to where it ended at the start.

    Args:
        settings: which cluster and installation.
        choice: which dead letters.
        tell: called with each one after it was sent, and with each that is refused and why; not with those skipped.
        max_attempts: those that were tried as often, or more often, are refused.

    Raises:
        OperatorError: the dead-letter topic does not exist (`topic_missing`), another replay has begun
            (`replay_superseded`), or the broker refuses to take records.
        UnavailableError: the broker did not acknowledge a record.
        KafkaError: the broker cannot be reached, or refuses the client.
    """
    await admit(settings, REPLAY_ID, COMMAND_NEEDS["dead-letters replay"](settings.topic_prefix))
    run, complete = Run(tell, max_attempts=max_attempts), False
    while not complete:
        async with transactions(settings) as writer:
            complete = await _pass(run, settings, choice, writer)
    return run.done


async def _pass(run: Run, settings: KafkaSettings, choice: Choice, writer: Transactions | None) -> bool:
    marks = await replayed_marks(settings)
    async with aclosing(read_letters(settings, choice)) as letters:
        return await run.over(letters, marks, writer)
