"""Turns sources into articles of a workspace, each coded once and kept whole with its origin."""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime

import msgspec

from tawazun.app.coding import Step, processes_for
from tawazun.app.keeping import codings
from tawazun.app.merging import Merged
from tawazun.base.errors import InputError
from tawazun.ingest.finds import PLAIN, Choices
from tawazun.ingest.inputs import Found, list_inputs, read_input
from tawazun.model.articles import Article
from tawazun.pipeline.batches import Outcome, read_many
from tawazun.store.articles import Arrival, Refusal, article_key, keep, known, refuse, reserve, taken
from tawazun.store.workspaces import Workspace

Task = tuple["Finding", Article | None]
Reading = Callable[[Iterable[Task], int], Generator[tuple["Finding", Outcome | None], None, None]]
"""Is what reads articles on several cores, as `read_many` does."""

_LOOKED_UP = 64
"""Is how many articles are looked up at once."""
_KEPT = 64
"""Is how many articles are kept at once; those not yet kept are coded again after a crash."""


class Ingested(msgspec.Struct, frozen=True):
    """Is what a run did: articles new and kept, kept before, met twice, refused, and kept without a part such as the date."""

    new: int
    known: int
    repeated: int
    refused: int
    warned: int
    passed_over: tuple[str, ...]


class TakenIn(Ingested, frozen=True):
    """Is what a run did, with what merging did after it; None where that wasn't asked for."""

    merged: Merged | None = None


def ingest(
    workspace: Workspace,
    names: Sequence[str],
    processes: int | None = None,
    choices: Choices = PLAIN,
    begin: Callable[[int], None] = lambda size: None,
    step: Callable[[Step], None] = lambda step: None,
    refused: Callable[[Refusal], None] = lambda refusal: None,
    reading: Reading = read_many,
) -> Ingested:
    """Takes in, codes and keeps every article that `names` stand for and that the workspace lacks.

    `choices` say which columns of a table are which, and whether links of feeds are followed; days in the future are refused by the
    clock. What can't be taken in is kept with its reason. `begin` is told the bytes of all inputs, `refused` is told of what is refused,
    `step` of what is kept for good. Raises `InputError` where there is nothing to take in.
    """
    listing = list_inputs(names)
    if not listing.inputs:
        raise InputError(f"{', '.join(names)}: nothing in it that can be taken in")
    begin(sum(item.size for item in listing.inputs))
    dated = msgspec.structs.replace(choices, now=choices.now or datetime.now(UTC))
    found = (found for item in listing.inputs for found in read_input(item, choices.allow_private, dated))
    done = take_in(workspace, found, processes or processes_for(listing), step, refused, reading)
    return msgspec.structs.replace(done, passed_over=listing.passed_over)


def take_in(
    workspace: Workspace,
    found: Iterable[Found],
    processes: int = 1,
    step: Callable[[Step], None] = lambda step: None,
    refused: Callable[[Refusal], None] = lambda refusal: None,
    reading: Reading = read_many,
) -> Ingested:
    """Codes and keeps what was found and the workspace lacks, as `ingest` does, which says what the rest is."""
    run = _Run(workspace, step, refused)
    with closing(reading(run.tasks(iter(found)), processes)) as outcomes:
        for task, outcome in outcomes:
            run.take(task, outcome)
    run.keep()
    return Ingested(run.new, run.known, run.repeated, run.refused, run.warned, ())


class Finding(msgspec.Struct, frozen=True):
    """Is one thing found, without its text, and how the workspace is to know it where it is new."""

    found: Found
    arrival: Arrival | None


class _Run:
    """Counts what comes in, and gathers what is to be kept at once."""

    def __init__(self, workspace: Workspace, step: Callable[[Step], None], refused: Callable[[Refusal], None]) -> None:
        self.workspace, self.step, self.tell = workspace, step, refused
        self.seen: set[str] = set()
        self.waiting: list[tuple[Arrival, bytes]] = []
        self.refusals: list[Refusal] = []
        self.size = self.new = self.known = self.repeated = self.refused = self.warned = 0

    def tasks(self, found: Iterator[Found]) -> Iterator[tuple[Finding, Article | None]]:
        """Yields what is to be coded, and what isn't so that it is told in its place."""
        some: list[Found] = []
        for item in found:
            some.append(item)
            if len(some) >= _LOOKED_UP:
                yield from self._looked_up(some)
                some = []
        yield from self._looked_up(some)

    def _looked_up(self, some: Sequence[Found]) -> Iterator[tuple[Finding, Article | None]]:
        """Tells the new articles of some things found, and numbers them."""
        keys = [article_key(item.article) if item.article is not None else "" for item in some]
        with self.workspace.reading() as connection:
            there = known(connection, [key for key in keys if key])
            documents = taken(connection, [item.article.id for item in some if item.article is not None and item.article.id])
        fresh = [key for key in dict.fromkeys(keys) if key and key not in there and key not in self.seen]
        number = 0
        if fresh:
            with self.workspace.writing() as connection:
                number = reserve(connection, len(fresh))
        for item, key in zip(some, keys, strict=True):
            light = msgspec.structs.replace(item, article=None)
            if item.article is None or key in there or key in self.seen:
                self.known += key in there
                self.repeated += bool(key) and key not in there
                told = item.article is not None  # by the run that kept it
                yield Finding(msgspec.structs.replace(light, problem=None) if told else light, None), None
                continue
            self.seen.add(key)
            article = self._named(item.article, key, documents)
            bare = msgspec.structs.replace(article, text="")
            now = datetime.now(UTC).isoformat(timespec="seconds")
            yield Finding(light, Arrival(number, key, article.id or key, bare, len(article.text), item.source, item.line, now)), article
            number += 1

    def _named(self, article: Article, key: str, documents: set[str]) -> Article:
        """Gives an article an id that no other of the workspace has."""
        id = article.id if article.id and article.id not in documents else key
        documents.add(id)
        return msgspec.structs.replace(article, id=id)

    def take(self, task: Finding, outcome: Outcome | None) -> None:
        """Gathers what became of one thing found."""
        found = task.found
        if outcome is not None and outcome.line is not None and task.arrival is not None:
            self.waiting.append((task.arrival, outcome.line))
        problem = outcome.problem if outcome is not None and outcome.problem else found.problem
        if problem:
            kept = outcome is not None and outcome.line is not None
            document = task.arrival.document if task.arrival is not None else None
            now = datetime.now(UTC).isoformat(timespec="seconds")
            refusal = Refusal(found.source, found.line, problem, document, kept, now)
            self.refusals.append(refusal)
            self.tell(refusal)
            self.warned += kept
            self.refused += not kept
        self.size += found.size
        if len(self.waiting) >= _KEPT or len(self.refusals) >= _KEPT:
            self.keep()
        self.step(Step(self.size, self.new, self.known, self.refused))

    def keep(self) -> None:
        """Keeps what was gathered, in one transaction; another program may have kept some of it meanwhile."""
        if not self.waiting and not self.refusals:
            return
        worked_out = [(arrival, codings().of(arrival.number, line)) for arrival, line in self.waiting]
        with self.workspace.writing() as connection:
            there = known(connection, [arrival.key for arrival, _ in worked_out])
            fresh = [(arrival, coding) for arrival, coding in worked_out if arrival.key not in there]
            keep(connection, fresh)
            refuse(connection, self.refusals)
        self.new += len(fresh)
        self.known += len(there)
        self.waiting, self.refusals = [], []
        self.step(Step(self.size, self.new, self.known, self.refused))
