"""Turns the articles of a workspace into dossiers again, with the engine and knowledge at hand."""

from collections.abc import Callable, Iterator
from contextlib import closing

import msgspec

from tawazun.app.coding import Step
from tawazun.app.keeping import codings
from tawazun.lexicon.load import load_lexicon
from tawazun.model.articles import Article
from tawazun.pipeline.articles import ENGINE
from tawazun.pipeline.batches import Outcome, read_many, usable_processes
from tawazun.store.articles import all_numbers, article_in, lines_of, made_by, outdated, recode
from tawazun.store.workspaces import Workspace

_TOGETHER = 64
"""Is how many articles are taken out, and put back, at once."""
_SMALL = 200


class Recoded(msgspec.Struct, frozen=True):
    """Is what a run did: dossiers replaced, and articles that could not be read and keep the one they had.

    Events are counted before and after; `kept` is how many of those after have the id of one before.
    """

    articles: int
    failed: int
    before: int
    after: int
    kept: int


class Recoding(msgspec.Struct, frozen=True):
    """Is an article under way: its number and the ids of its events."""

    number: int
    events: tuple[str, ...]


def recode_articles(
    workspace: Workspace,
    everything: bool = False,
    processes: int | None = None,
    begin: Callable[[int], None] = lambda size: None,
    step: Callable[[Step], None] = lambda step: None,
    failed: Callable[[str, str], None] = lambda article, problem: None,
) -> Recoded:
    """Codes again the articles whose dossiers another engine or other knowledge made, with `everything` all of them.

    A run that was cut off goes on where it stopped when it is run again, unless `everything` is asked for. `begin` is told how many
    articles there are, `step` how many are done for good, `failed` of each article that the reader fails on.
    """
    knowledge = load_lexicon().digest
    with workspace.reading() as connection:
        numbers = all_numbers(connection) if everything else outdated(connection, ENGINE, knowledge)
    begin(len(numbers))
    run = _Run(workspace, everything, knowledge, step, failed)
    several = processes or (1 if len(numbers) < _SMALL else usable_processes())
    with closing(read_many(run.tasks(numbers), several)) as outcomes:
        for task, outcome in outcomes:
            run.take(task, outcome)
    run.keep()
    return Recoded(run.articles, run.failed, run.before, run.after, run.kept)


class _Run:
    """Counts what changes, and gathers what is to be replaced at once."""

    def __init__(
        self, workspace: Workspace, everything: bool, knowledge: str, step: Callable[[Step], None], failed: Callable[[str, str], None]
    ) -> None:
        self.workspace, self.everything, self.knowledge, self.step, self.tell = workspace, everything, knowledge, step, failed
        self.waiting: list[tuple[Recoding, bytes]] = []
        self.articles = self.failed = self.before = self.after = self.kept = 0

    def tasks(self, numbers: list[int]) -> Iterator[tuple[Recoding, Article | None]]:
        """Yields the articles, each as it was taken in; its text is in its dossier."""
        for start in range(0, len(numbers), _TOGETHER):
            with self.workspace.reading() as connection:
                lines = list(lines_of(connection, numbers[start : start + _TOGETHER]))
            for number, line in lines:
                dossier = codings().read(line)
                yield Recoding(number, tuple(event.id for event in dossier.events)), article_in(dossier.document)

    def take(self, task: Recoding, outcome: Outcome | None) -> None:
        """Gathers what became of one article."""
        if outcome is None or outcome.line is None:
            self.failed += 1
            self.tell(f"article {task.number}", outcome.problem or "" if outcome is not None else "")
        else:
            self.waiting.append((task, outcome.line))
        if len(self.waiting) >= _TOGETHER:
            self.keep()

    def keep(self) -> None:
        """Replaces what was gathered, in one transaction; another program may have replaced some of it meanwhile."""
        if not self.waiting:
            return
        new = {task.number: (task, line) for task, line in self.waiting}
        with self.workspace.writing() as connection:
            there = made_by(connection, list(new))
            wanted = [
                number for number, made in there.items() if self.everything or (made.engine, made.knowledge) != (ENGINE, self.knowledge)
            ]
            recode(connection, [codings().of(number, new[number][1]) for number in wanted])
        for number in wanted:
            task, line = new[number]
            ids = {event.id for event in codings().read(line).events}
            self.before += len(task.events)
            self.after += len(ids)
            self.kept += len(ids & set(task.events))
        self.articles += len(wanted)
        self.waiting = []
        self.step(Step(self.articles, self.articles, 0, self.failed))
