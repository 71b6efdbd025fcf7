"""Turns a stream of articles into encoded dossiers on several cores, in the order of the stream and with flat memory."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

import msgspec

from tawazun.base.errors import SetupError
from tawazun.lexicon.load import load_lexicon
from tawazun.model.articles import Article
from tawazun.pipeline.articles import Reader, encode

Tag = TypeVar("Tag")
Task = tuple[Tag, Article | None]
"""Is an article to be read, with whatever its dossier is to come back with."""

_CHUNK_ARTICLES = 8
_CHUNK_LETTERS = 60_000
_WAITING = 4
"""Is how many chunks a process, at most, wait to be read or to be taken."""

_reader: Reader | None = None


class Outcome(msgspec.Struct, frozen=True):
    """Is an article's dossier as one line without its end, or why there is none."""

    line: bytes | None
    problem: str | None


def usable_processes() -> int:
    """Returns the number of cores that this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_many(tasks: Iterable[Task[Tag]], processes: int) -> Generator[tuple[Tag, Outcome | None], None, None]:
    """Reads the articles of `tasks` on `processes` cores and yields each tag with its outcome, in order; without an article, with None.

    Raises `SetupError` where a process dies.
    """
    if processes == 1:
        yield from _in_turn(tasks)
        return
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), _prepare)
    done = False
    try:
        yield from _through_pool(pool, tasks, processes * _WAITING)
        done = True
    except BrokenProcessPool:
        raise SetupError(
            "a reading process died, most likely for want of memory; what is written is whole; run the same command with fewer --processes"
        ) from None
    finally:
        pool.shutdown(wait=done, cancel_futures=True)


def _in_turn(tasks: Iterable[Task[Tag]]) -> Iterator[tuple[Tag, Outcome | None]]:
    reader: Reader | None = None
    for tag, article in tasks:
        if article is None:
            yield tag, None
        else:
            reader = reader or Reader(load_lexicon())
            yield tag, outcome_of(reader, article)


def _through_pool(pool: ProcessPoolExecutor, tasks: Iterable[Task[Tag]], most: int) -> Iterator[tuple[Tag, Outcome | None]]:
    """Keeps at most `most` chunks under way and yields what becomes of them in their order; wrong knowledge shows before any starts."""
    waiting: deque[tuple[list[Task[Tag]], Future[list[Outcome]]]] = deque()
    checked = False
    for chunk in _chunks(tasks):
        articles = [article for _, article in chunk if article is not None]
        if articles:
            if not checked:
                load_lexicon()
                checked = True
            waiting.append((chunk, pool.submit(_read_chunk, articles)))
        else:
            nothing: Future[list[Outcome]] = Future()
            nothing.set_result([])
            waiting.append((chunk, nothing))
        while len(waiting) >= most or (waiting and waiting[0][1].done()):
            yield from _taken(*waiting.popleft())
    while waiting:
        yield from _taken(*waiting.popleft())


def _taken(chunk: list[Task[Tag]], future: Future[list[Outcome]]) -> Iterator[tuple[Tag, Outcome | None]]:
    outcomes = iter(future.result())
    for tag, article in chunk:
        yield tag, None if article is None else next(outcomes)


def _chunks(tasks: Iterable[Task[Tag]]) -> Iterator[list[Task[Tag]]]:
    """Groups tasks so that one trip to another process is worth it and a long article travels alone."""
    chunk: list[Task[Tag]] = []
    letters = 0
    for task in tasks:
        chunk.append(task)
        letters += len(task[1].text) if task[1] is not None else 0
        if len(chunk) >= _CHUNK_ARTICLES or letters >= _CHUNK_LETTERS:
            yield chunk
            chunk, letters = [], 0
    if chunk:
        yield chunk


def _prepare() -> None:
    """Gives a reading process its reader; it leaves interrupts to its parent and ends when that ends, however it does."""
    global _reader
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _reader = Reader(load_lexicon())


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read_chunk(articles: list[Article]) -> list[Outcome]:
    assert _reader is not None
    return [outcome_of(_reader, article) for article in articles]


def outcome_of(reader: Reader, article: Article) -> Outcome:
    """Reads one article; a fault of the reader costs that article, not the batch."""
    try:
        return Outcome(encode(reader.read(article)), None)
    except Exception as error:
        return Outcome(None, f"the reader failed on it ({type(error).__name__}: {error}); please report it with the article")
