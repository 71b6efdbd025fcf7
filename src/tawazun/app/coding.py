"""Turns many articles into a file of dossiers, one a line, and goes on where an earlier run was cut off."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path

import msgspec

from tawazun.app.outputs import DossierFile, RejectFile, key_of
from tawazun.base.errors import InputError, SetupError
from tawazun.base.ids import digest_text
from tawazun.ingest.inputs import KNOWN, Found, Listing, list_inputs, read_input
from tawazun.lexicon.load import digest_of, knowledge_folder, read_files
from tawazun.model.articles import Article
from tawazun.model.rejects import Reject
from tawazun.pipeline.batches import Outcome, read_many, usable_processes

_SMALL = 300_000


class Step(msgspec.Struct, frozen=True):
    """Is what a run has got through so far: bytes of the inputs, and articles."""

    size: int
    coded: int
    already: int
    rejected: int


class Coded(msgspec.Struct, frozen=True):
    """Is what a run did: articles coded now, coded by an earlier run, met twice, rejected, and read without a part.

    `passed_over` are files of other kinds in the folders; `other_knowledge` counts dossiers of earlier runs that another knowledge made.
    """

    coded: int
    already: int
    repeated: int
    rejected: int
    warned: int
    passed_over: tuple[str, ...]
    other_knowledge: int


def code_articles(
    names: Sequence[str],
    out: Path,
    rejects: Path | None = None,
    processes: int | None = None,
    allow_private: bool = False,
    begin: Callable[[int], None] = lambda size: None,
    step: Callable[[Step], None] = lambda step: None,
    reject: Callable[[Reject], None] = lambda reject: None,
) -> Coded:
    """Codes every article that `names` stand for into `out`, in their order, and what can't be read into `rejects`.

    A complete line in `out` is an article done: its key is the document's id and its text. `begin` is told the bytes of all inputs, `step`
    and `reject` are told of each article. Raises `InputError` where there is nothing to code, `SetupError` where `out` can't be written
    or isn't a file of dossiers.
    """
    if rejects is not None and rejects.resolve() == out.resolve():
        raise SetupError(f"{out}: both the output and the rejects; name another file with --rejects")
    leave_out = [out] if rejects is None else [out, rejects]
    listing = list_inputs(names, leave_out)
    if not listing.inputs:
        raise InputError(f"{', '.join(names)}: no file in it whose ending is one of {', '.join(KNOWN)}")
    with ExitStack() as stack:
        output = stack.enter_context(DossierFile(out))
        rejected = stack.enter_context(RejectFile(rejects))
        begin(sum(item.size for item in listing.inputs))
        run = _Run(output, rejected, listing, step, reject)
        outcomes = stack.enter_context(closing(read_many(run.tasks(allow_private), processes or processes_for(listing))))
        for found, outcome in outcomes:
            run.take(found, outcome)
        output.finish()
        return run.result()


def processes_for(listing: Listing) -> int:
    """Returns one process where the inputs are so small that starting others takes longer than reading."""
    small = all(item.kind == "file" for item in listing.inputs) and sum(item.size for item in listing.inputs) < _SMALL
    return 1 if small else usable_processes()


class _Run:
    """Counts what comes in and what comes out."""

    def __init__(
        self, output: DossierFile, rejects: RejectFile, listing: Listing, step: Callable[[Step], None], reject: Callable[[Reject], None]
    ) -> None:
        self.output, self.rejects, self.listing, self.step, self.reject = output, rejects, listing, step, reject
        self.seen: set[bytes] = set()
        self.size = self.coded = self.already = self.repeated = self.rejected = self.warned = 0

    def tasks(self, allow_private: bool) -> Iterator[tuple[Found, Article | None]]:
        """Yields what is to be read, and what isn't so that it is told in its place."""
        for item in self.listing.inputs:
            for found in read_input(item, allow_private):
                yield self._task(found)

    def _task(self, found: Found) -> tuple[Found, Article | None]:
        article = found.article
        if article is None:
            return found, None
        key = key_of(article.id or digest_text(article.text), article.text)
        light = msgspec.structs.replace(found, article=Article(text="", id=article.id))
        if key in self.seen:
            self.repeated += 1
            return light, None
        self.seen.add(key)
        if key in self.output.done:
            self.already += 1
            return light, None
        return light, article

    def take(self, found: Found, outcome: Outcome | None) -> None:
        """Writes what became of one thing found."""
        if outcome is not None and outcome.line is not None:
            self.output.write(outcome.line)
            self.coded += 1
        problem = outcome.problem if outcome is not None and outcome.problem else found.problem
        if problem:
            coded = found.article is not None and not (outcome is not None and outcome.problem)
            entry = Reject(found.source, found.line, found.article.id if found.article else None, problem, coded)
            self.rejects.write(entry)
            self.reject(entry)
            self.warned += coded
            self.rejected += not coded
        self.size += found.size
        self.step(Step(self.size, self.coded, self.already, self.rejected))

    def result(self) -> Coded:
        own = digest_of(read_files(knowledge_folder())) if self.output.knowledge else ""
        other = sum(count for digest, count in self.output.knowledge.items() if digest != own)
        return Coded(self.coded, self.already, self.repeated, self.rejected, self.warned, self.listing.passed_over, other)
