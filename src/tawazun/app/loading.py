"""Turns files of dossiers, as `tawazun code` writes them, into articles of a workspace."""

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from tawazun.app.coding import Step
from tawazun.app.dossiers import Line, read_lines
from tawazun.app.keeping import Numbered, in_order, work_out
from tawazun.app.shards import Shard, Wanted, bodies_of, has_rows, shard_at
from tawazun.base.errors import InputError
from tawazun.base.garbage import kept_garbage
from tawazun.batch.codings import ROWS
from tawazun.batch.manifests import MANIFEST, Coder
from tawazun.lexicon.load import digest_of, knowledge_folder, read_files
from tawazun.model.dossier import SCHEMA, Document
from tawazun.pipeline.articles import ENGINE
from tawazun.pipeline.batches import usable_processes
from tawazun.store.articles import Arrival, Coding, Refusal, article_in, article_key, keep, known, recode, refuse, reserve
from tawazun.store.sheets import Taken, keep_sheet
from tawazun.store.workspaces import Workspace

_TOGETHER = 48
"""Is how many dossiers travel to another process at once."""
_KEPT = 1_000
"""Is how many dossiers are kept at once: the more, the faster; those not yet kept are loaded again after a crash."""
_SMALL = 2_000_000
"""Is below how many bytes one process is faster than several."""


class Loaded(msgspec.Struct, frozen=True):
    """Is what a run did: articles new, put in the place of others, there before, met twice, and lines refused.

    `with_rows` is how many of the first two came with their rows, as `tawazun batch` makes them.
    """

    new: int
    replaced: int
    known: int
    repeated: int
    refused: int
    with_rows: int
    passed_over: tuple[str, ...]


class _Shard(msgspec.Struct, frozen=True):
    """Is a shard on its way, and those of its articles that are wanted, by their places and with whether they are there already."""

    shard: Shard
    wanted: tuple[tuple[int, Arrival, bool], ...]
    size: int


class _Head(msgspec.Struct):
    """Is what tells a dossier's article; the rest of the line is looked at by another process."""

    schema: str
    document: Document


class _Waiting(msgspec.Struct, frozen=True):
    """Is a dossier on its way; `replaces` says that its article is there already."""

    arrival: Arrival
    replaces: bool
    size: int


def load(
    workspace: Workspace,
    names: Sequence[str],
    replace: bool = False,
    processes: int | None = None,
    begin: Callable[[int], None] = lambda size: None,
    step: Callable[[Step], None] = lambda step: None,
    refused: Callable[[Refusal], None] = lambda refusal: None,
) -> Loaded:
    """Keeps every dossier of files and folders whose article the workspace lacks; with `replace`, also in the place of one that is there.

    Shards of a batch whose rows lie ready beside them come first. A line that is no dossier is kept as a refusal.
    `begin` is told the bytes of all files, `step` of what is kept for good.
    Raises `InputError` where there is no file of dossiers.
    """
    files, passed_over = _files_of(names)
    size = sum(os.path.getsize(file) for file in files)
    begin(size)
    run = _Run(workspace, replace, step, refused)
    several = processes or (1 if size < _SMALL else usable_processes())
    with kept_garbage(), closing(in_order(run.shards(files), bodies_of, several)) as found:
        for bodies in found:
            run.keep_shard(bodies)
    lines = (line for file in run.others for line in read_lines(file))
    with kept_garbage(), closing(work_out(run.stretches(lines), several)) as found_lines:
        for codings in found_lines:
            run.take(codings)
    run.keep()
    return Loaded(run.new, run.replaced, run.known, run.repeated, run.refused, run.with_rows, passed_over)


def _files_of(names: Sequence[str]) -> tuple[list[Path], tuple[str, ...]]:
    """Returns the files of dossiers, and those in folders that are none by their names."""
    files: list[Path] = []
    passed_over: list[str] = []
    for name in names:
        path = Path(name)
        if not path.exists():
            raise InputError(f"{name}: no such file or folder; give files of dossiers, .jsonl or .jsonl.zst")
        below = sorted(found for found in path.rglob("*") if found.is_file()) if path.is_dir() else [path]
        for file in below:
            if file == path or _holds_dossiers(file.name):
                files.append(file)
            elif file.name != MANIFEST and not file.name.endswith(ROWS):
                passed_over.append(str(file))
    if not files:
        raise InputError(f"{', '.join(names)}: no .jsonl or .jsonl.zst file in it")
    return files, tuple(passed_over)


def _holds_dossiers(name: str) -> bool:
    return name.endswith((".jsonl", ".jsonl.zst")) and ".rejects.jsonl" not in name and name != MANIFEST


class _Run:
    """Counts what comes in, and gathers what is to be kept at once."""

    def __init__(self, workspace: Workspace, replace: bool, step: Callable[[Step], None], refused: Callable[[Refusal], None]) -> None:
        self.workspace, self.replace, self.step, self.tell = workspace, replace, step, refused
        self.decode = msgspec.json.Decoder(_Head).decode
        self.seen: set[str] = set()
        self.under_way: deque[list[_Waiting]] = deque()
        self.ready: list[tuple[_Waiting, Coding]] = []
        self.refusals: list[Refusal] = []
        self.now = datetime.now(UTC).isoformat(timespec="seconds")
        self.size = self.new = self.replaced = self.known = self.repeated = self.refused = self.with_rows = 0
        self.others: list[Path] = []
        self.shards_under_way: deque[_Shard] = deque()

    def shards(self, files: Sequence[Path]) -> Iterator[Wanted]:
        """Yields which dossiers of shards with sheets are to be kept; files without are put among the `others`."""
        coder: Coder | None = None
        for file in files:
            if not has_rows(file):
                self.others.append(file)
                continue
            coder = coder or Coder(ENGINE, digest_of(read_files(knowledge_folder())))
            shard = shard_at(file, coder)
            if shard is None:
                self.others.append(file)
                continue
            found = self._wanted(shard)
            if found.wanted:
                self.shards_under_way.append(found)
                yield Wanted(file, frozenset(place for place, _, _ in found.wanted))
            else:
                self.size += found.size
                self._told()

    def _wanted(self, shard: Shard) -> _Shard:
        """Numbers those articles of a shard that are new, and counts the others."""
        heads = shard.sheet.heads
        with self.workspace.reading() as connection:
            there = known(connection, [head.key for head in heads])
        places = [place for place, head in enumerate(heads) if self._is_wanted(head.key, there)]
        fresh = sum(heads[place].key not in there for place in places)
        number = self._reserve(fresh) if fresh else 0
        wanted = []
        for place in places:
            head = heads[place]
            at = there.get(head.key, number)
            number += head.key not in there
            document = head.article.id or head.key
            arrival = Arrival(at, head.key, document, head.article, head.letters, str(shard.file), place + 1, self.now)
            wanted.append((place, arrival, head.key in there))
        return _Shard(shard, tuple(wanted), shard.file.stat().st_size)

    def keep_shard(self, bodies: Sequence[bytes]) -> None:
        """Keeps the articles of the shard that comes next, in one transaction, but those that another program has kept meanwhile."""
        found = self.shards_under_way.popleft()
        with self.workspace.writing() as connection:
            there = known(connection, [arrival.key for _, arrival, replaces in found.wanted if not replaces])
            taken = [
                Taken(place, arrival, body, replaces)
                for (place, arrival, replaces), body in zip(found.wanted, bodies, strict=True)
                if arrival.key not in there
            ]
            keep_sheet(connection, found.shard.sheet, taken)
        replaced = sum(each.replaces for each in taken)
        self.new += len(taken) - replaced
        self.replaced += replaced
        self.with_rows += len(taken)
        self.known += len(found.wanted) - len(taken)
        self.size += found.size
        self._told()

    def _is_wanted(self, key: str, there: Mapping[str, int]) -> bool:
        """Tells whether an article is to be kept, and counts it where it isn't."""
        if key not in self.seen and (self.replace or key not in there):
            self.seen.add(key)
            return True
        self.repeated += key in self.seen
        self.known += key not in self.seen
        return False

    def stretches(self, lines: Iterator[Line]) -> Iterator[Numbered]:
        """Yields the lines that are to be kept, numbered, some at once."""
        some: list[tuple[Line, Document, str]] = []
        for line in lines:
            document = self._document(line)
            if document is None:
                continue
            some.append((line, document, article_key(article_in(document))))
            if len(some) >= _TOGETHER:
                yield from self._numbered(some)
                some = []
        yield from self._numbered(some)

    def _document(self, line: Line) -> Document | None:
        try:
            head = self.decode(line.data)
            if head.schema != SCHEMA:
                raise msgspec.ValidationError(f"its schema is {head.schema}, expected {SCHEMA}")
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            self._refuse(line.source, line.number, f"not a dossier ({error})", line.size)
            return None
        return head.document

    def _numbered(self, some: Sequence[tuple[Line, Document, str]]) -> Iterator[Numbered]:
        with self.workspace.reading() as connection:
            there = known(connection, [key for _, _, key in some])
        wanted = []
        for line, document, key in some:
            if self._is_wanted(key, there):
                wanted.append((line, document, key))
            else:
                self.size += line.size
        fresh = sum(key not in there for _, _, key in wanted)
        number = self._reserve(fresh) if fresh else 0
        stretch: list[tuple[int, bytes]] = []
        waiting: list[_Waiting] = []
        for line, document, key in wanted:
            at = there.get(key, number)
            number += key not in there
            bare = msgspec.structs.replace(article_in(document), text="")
            arrival = Arrival(at, key, document.id, bare, len(document.text), line.source, line.number, self.now)
            waiting.append(_Waiting(arrival, key in there, line.size))
            stretch.append((at, line.data))
        if stretch:
            self.under_way.append(waiting)
            yield stretch
        else:
            self._told()

    def _reserve(self, count: int) -> int:
        with self.workspace.writing() as connection:
            return reserve(connection, count)

    def take(self, codings: Sequence[Coding | str]) -> None:
        """Gathers what came back of one stretch."""
        for waiting, coding in zip(self.under_way.popleft(), codings, strict=True):
            if isinstance(coding, str):
                self._refuse(waiting.arrival.source, waiting.arrival.line, coding, waiting.size)
            else:
                self.ready.append((waiting, coding))
        if len(self.ready) >= _KEPT or len(self.refusals) >= _KEPT:
            self.keep()

    def _refuse(self, source: str, line: int | None, reason: str, size: int) -> None:
        refusal = Refusal(source, line, reason, None, False, self.now)
        self.refusals.append(refusal)
        self.refused += 1
        self.size += size
        self.tell(refusal)

    def keep(self) -> None:
        """Keeps what was gathered, in one transaction; another program may have kept some of it meanwhile."""
        if not self.ready and not self.refusals:
            return
        with self.workspace.writing() as connection:
            there = known(connection, [waiting.arrival.key for waiting, _ in self.ready])
            fresh = [(waiting.arrival, coding) for waiting, coding in self.ready if waiting.arrival.key not in there]
            others = [coding for waiting, coding in self.ready if waiting.replaces]
            keep(connection, fresh)
            recode(connection, others)
            refuse(connection, self.refusals)
        self.new += len(fresh)
        self.replaced += len(others)
        self.known += len(self.ready) - len(fresh) - len(others)
        self.size += sum(waiting.size for waiting, _ in self.ready)
        self.ready, self.refusals = [], []
        self._told()

    def _told(self) -> None:
        self.step(Step(self.size, self.new + self.replaced, self.known, self.refused))
