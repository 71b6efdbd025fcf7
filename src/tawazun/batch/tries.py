"""Turns tasks into results on whatever executor, trying again those whose worker died."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from typing import Generic, TypeVar

import msgspec

from tawazun.base.errors import InputError, SetupError, TawazunError
from tawazun.batch.workplaces import Workplace

Given = TypeVar("Given")
Result = TypeVar("Result")

TRIES = 4
"""Is how often a task is given out at most: once, and three times again."""
_PATIENCE = 30.0
"""Is after how many seconds without a result it is seen whether there are workers at all."""


class Failure(msgspec.Struct, frozen=True):
    """Is why nothing came of a task, after so many tries."""

    reason: str
    tries: int


class _Try(msgspec.Struct, Generic[Given], frozen=True):
    task: Given
    before: int = 0


def results_of(
    tasks: Iterable[Given],
    function: Callable[[Given], Result],
    workplace: Workplace,
    tell: Callable[[str], None] = lambda text: None,
) -> Iterator[tuple[Given, Result | Failure, int]]:
    """Yields each task with what `function` makes of it and the number of tries, as they are done.

    As many tasks are given out as there are workers, so that a worker that dies costs one task and is no sign against another. An
    `InputError` is a failure at once; a worker's death, or an error that isn't ours, is one after four tries. Raises any other error of
    ours, and `SetupError` where the workplace itself is lost; `tell` hears when there is no worker.
    """
    waiting = deque(_Try(task) for task in tasks)
    under_way: dict[Future[Result], _Try[Given]] = {}
    while waiting or under_way:
        width = _width(workplace)
        while waiting and len(under_way) < max(1, width):
            attempt = waiting.popleft()
            under_way[workplace.executor.submit(function, attempt.task)] = attempt
        done, _ = wait(under_way, _PATIENCE, FIRST_COMPLETED)
        if not done and not width:
            tell("no worker has come yet; waiting")
        for future in done:
            attempt = under_way.pop(future)
            outcome = _outcome(future, attempt, workplace)
            if isinstance(outcome, _Try):
                waiting.appendleft(outcome)
            else:
                yield attempt.task, outcome, attempt.before + 1


def _outcome(future: "Future[Result]", attempt: "_Try[Given]", workplace: Workplace) -> "Result | Failure | _Try[Given]":
    """Returns what came of a try: a result, a failure, or the next try."""
    try:
        return future.result()
    except InputError as error:
        return Failure(str(error), attempt.before + 1)
    except TawazunError:
        raise
    except CancelledError:
        raise _lost() from None
    except ModuleNotFoundError as error:
        raise SetupError(f"a worker lacks {error.name}; install the same version of Tawazun, with its extras, on all machines") from None
    except Exception as error:
        deaths = workplace.deaths(error)
        tries = attempt.before + max(1, deaths)
        if tries < TRIES:
            return _Try(attempt.task, tries)
        if deaths:
            return Failure(f"{tries} workers died at it, most likely for want of memory; give each more, or cut smaller shards", tries)
        return Failure(f"{type(error).__name__}: {error}", tries)


def _width(workplace: Workplace) -> int:
    try:
        return workplace.width()
    except (OSError, RuntimeError):
        raise _lost() from None


def _lost() -> SetupError:
    return SetupError("the scheduler went away; what is done is kept; run the same command again when it is back: it goes on")
