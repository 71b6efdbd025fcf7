"""Turns the sentences of a workspace that have no vector yet into vectors, each once."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import nullcontext
from multiprocessing import get_context
from typing import Any

import msgspec
from sqlalchemy import Connection

from tawazun.app.searching import sentence_of_passage
from tawazun.scorers.meanings import encode
from tawazun.store.searches import passages_of
from tawazun.store.vectors import keep_vectors, lacking, lacking_count, sentences_in
from tawazun.store.workspaces import Workspace

_ARTICLES = 32
"""Is how many articles one process encodes at once, and about how many are encoded again after a crash."""


class Embedded(msgspec.Struct, frozen=True):
    """Is what a run did: of how many articles the sentences got vectors."""

    workspace: str
    articles: int


def embed(
    workspace: Workspace,
    processes: int = 1,
    begin: Callable[[int], None] = lambda count: None,
    step: Callable[[int], None] = lambda count: None,
) -> int:
    """Works out the vectors that are lacking and keeps them article by article; returns of how many articles.

    `begin` is told how many there are to do, `step` how many are done. Raises `SetupError` where the extra isn't installed.
    """
    encode([""])
    with workspace.reading() as connection:
        begin(lacking_count(connection))
    done = 0
    pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn")) if processes > 1 else nullcontext()
    with pool as executor:
        for batches in _waiting(workspace, processes):
            sentences = [[sentence for _, texts in batch for sentence in texts] for batch in batches]
            for batch, vectors in zip(batches, _encoded(executor, sentences), strict=True):
                _keep(workspace, batch, vectors)
                done += len(batch)
                step(done)
    return done


_Batch = list[tuple[list[int], list[str]]]
"""Is the sentences of some articles, each article's numbers and texts."""


def _encoded(executor: Executor | None, sentences: Sequence[list[str]]) -> Iterator[Any]:
    return iter(executor.map(encode, sentences)) if executor is not None else map(encode, sentences)


def _keep(workspace: Workspace, batch: _Batch, vectors: Any) -> None:
    start = 0
    with workspace.writing() as connection:
        for numbers, _ in batch:
            keep_vectors(connection, numbers, vectors[start : start + len(numbers)])
            start += len(numbers)


def _waiting(workspace: Workspace, processes: int) -> Iterator[list[_Batch]]:
    """Yields the sentences that lack vectors, a batch for each process at a time."""
    last = 0
    while True:
        with workspace.reading() as connection:
            articles = lacking(connection, last, _ARTICLES * processes)
            found = [_sentences(connection, article) for article in articles]
        if not articles:
            return
        yield [found[start : start + _ARTICLES] for start in range(0, len(found), _ARTICLES)]
        last = articles[-1]


def _sentences(connection: Connection, article: int) -> tuple[list[int], list[str]]:
    numbers = sentences_in(connection, article)
    return numbers, [sentence_of_passage(passage) for passage in passages_of(connection, numbers)]
