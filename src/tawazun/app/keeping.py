"""Turns dossiers' lines into what a workspace keeps of them, on several cores."""

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from typing import TypeVar

import msgspec

from tawazun.base.errors import SetupError
from tawazun.base.garbage import kept_garbage
from tawazun.lexicon.load import load_lexicon
from tawazun.model.dossier import Dossier
from tawazun.read.words import Words
from tawazun.store.articles import Coding, coding_of

Task = TypeVar("Task")
Result = TypeVar("Result")

_WAITING = 3
"""Is how many tasks a process, at most, wait to be worked out or to be taken."""

Numbered = Sequence[tuple[int, bytes]]
"""Are dossiers as lines of JSON, each with the number of its article."""


class Codings:
    """Works out what is kept of dossiers; holds the knowledge and a cache of words."""

    def __init__(self) -> None:
        self._decoder = msgspec.json.Decoder(Dossier)
        self._words = Words(load_lexicon())

    def of(self, number: int, line: bytes) -> Coding:
        """Returns what is kept of the article with a number; raises `msgspec.DecodeError` where its line is no dossier."""
        return coding_of(number, self._decoder.decode(line), line, self._words)

    def read(self, line: bytes) -> Dossier:
        """Reads a dossier that is kept."""
        return self._decoder.decode(line)

    def each(self, lines: Numbered) -> list[Coding | str]:
        """Returns what is kept of articles, or what is wrong with the line."""
        found: list[Coding | str] = []
        for number, line in lines:
            try:
                found.append(self.of(number, line))
            except (msgspec.DecodeError, UnicodeDecodeError, KeyError) as error:
                found.append(f"not a dossier ({error})")
        return found


@lru_cache(maxsize=1)
def codings() -> Codings:
    """Returns the process's own, loading the knowledge at the first call."""
    return Codings()


def work_out(stretches: Iterable[Numbered], processes: int) -> Generator[list[Coding | str], None, None]:
    """Yields what is kept of each stretch of lines, in order; raises `SetupError` where a process dies."""
    return in_order(stretches, _work_out, processes, codings)


def in_order(
    tasks: Iterable[Task], work: Callable[[Task], Result], processes: int, prepare: Callable[[], object] = int
) -> Generator[Result, None, None]:
    """Yields what `work` makes of each task, in order; each process calls `prepare` first. Raises `SetupError` where a process dies."""
    if processes == 1:
        for task in tasks:
            with kept_garbage():
                result = work(task)
            yield result
        return
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), _prepare, (prepare,))
    done = False
    waiting: deque[Future[Result]] = deque()
    try:
        for task in tasks:
            waiting.append(pool.submit(work, task))
            while len(waiting) >= processes * _WAITING or (waiting and waiting[0].done()):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
        done = True
    except BrokenProcessPool:
        load_lexicon()  # says so where wrong knowledge is why
        raise SetupError(
            "a process died, most likely for want of memory; what is kept is whole; run the same command with fewer --processes"
        ) from None
    finally:
        pool.shutdown(wait=done, cancel_futures=True)


def _prepare(prepare: Callable[[], object]) -> None:
    """Gives a process what it needs; it leaves interrupts to its parent and ends when that ends, however it does.

    A search for garbage would look through the whole lexicon and find nothing.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    prepare()
    gc.disable()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work_out(stretch: Numbered) -> list[Coding | str]:
    return codings().each(stretch)
