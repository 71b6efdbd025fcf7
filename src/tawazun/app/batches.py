"""Turns shards of articles into shards of dossiers, on this machine or a cluster, and goes on where an earlier run was cut off."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import msgspec

from tawazun.base.errors import InputError, SetupError
from tawazun.batch.codings import DOSSIERS, Task, code_shard, failed
from tawazun.batch.manifests import SCHEMA, Coder, Entry, Head, Manifest
from tawazun.batch.places import File, Place, find_inputs, open_place
from tawazun.batch.shards import Shard, cut, kind_of, uncut
from tawazun.batch.tries import Failure, results_of
from tawazun.batch.workplaces import LOCAL, Workplace, open_workplace
from tawazun.lexicon.load import digest_of, knowledge_folder, load_lexicon, read_files
from tawazun.pipeline.articles import ENGINE

SHARD_ARTICLES = 2_000
"""Is how many articles a shard has at most: a minute's work, so that a lost worker costs no more."""


class Watcher(msgspec.Struct, frozen=True):
    """Is who is told how a run goes on: shards to do, each entry with whether it is new, and anything unexpected."""

    begin: Callable[[int], None] = lambda shards: None
    step: Callable[[Entry, bool], None] = lambda entry, new: None
    tell: Callable[[str], None] = lambda text: None


class Batched(msgspec.Struct, frozen=True):
    """Is what a run did: shards coded now, done by an earlier run, and failed; and articles coded now, without a part, and rejected.

    `passed_over` are input files of other kinds, `left` shards in the output of input that is no longer there.
    """

    coded: int
    already: int
    failed: tuple[Entry, ...]
    articles: int
    warned: int
    rejects: int
    passed_over: tuple[str, ...]
    left: tuple[str, ...]


def run_batch(
    source: str,
    out: str,
    on: str = LOCAL,
    processes: int | None = None,
    shard_articles: int = SHARD_ARTICLES,
    watcher: Watcher | None = None,
) -> Batched:
    """Codes all shards that `source` (a folder, file or pattern, local or an fsspec address) is cut into, into the folder `out`.

    `on` is `local` or a Dask scheduler's address. What doesn't hold any more of an earlier run is done again. Raises `InputError` where
    there is nothing to code, `SetupError` where `out` holds something else or can't be written, or the cluster can't be used.
    """
    base, files = find_inputs(source)
    known = [file for file in files if kind_of(file.name)]
    if not known:
        raise InputError(f"{source}: none of its {len(files)} files is .parquet, .jsonl(.gz) or .warc(.gz)")
    target = open_place(out)
    given = open_place(source).address
    _keep_apart(base, known, given, target)
    with Manifest(target, Head(SCHEMA, given, shard_articles)) as manifest, open_workplace(on, processes) as workplace:
        if on == LOCAL:
            load_lexicon()  # wrong knowledge shows here, and the cache is filled once instead of by every process
        run = _Run(base, manifest, workplace, watcher or Watcher())
        run.code(run.cut(known, shard_articles))
        return run.result(tuple(file.name for file in files if not kind_of(file.name)))


def _keep_apart(base: Place, files: Sequence[File], given: str, out: Place) -> None:
    """Refuses an output whose own files are input, or would be at the next run."""
    mine = f"{out.address}/"
    inside = given == base.address and mine.startswith(f"{base.address}/")
    if inside or any(f"{base.address}/{file.name}".startswith(mine) for file in files):
        raise SetupError(f"{out.address}: inside the input, or the input inside it; choose another output")


class _Run:
    """Counts what becomes of the shards."""

    def __init__(self, base: Place, manifest: Manifest, workplace: Workplace, watcher: Watcher) -> None:
        self.base, self.manifest, self.workplace, self.watcher = base, manifest, workplace, watcher
        self.coder = Coder(ENGINE, digest_of(read_files(knowledge_folder())))
        self.met: dict[str, Entry] = {}
        self.coded: list[Entry] = []

    def cut(self, files: Sequence[File], most: int) -> list[Task]:
        """Cuts the files into shards, in their order; one that can't be read is a failed shard."""
        found: dict[File, tuple[Shard, ...]] = {}
        broken: list[tuple[Shard, Failure]] = []
        function = partial(cut, self.base.address, most=most)
        for file, shards, _ in results_of(files, function, self.workplace, self.watcher.tell):
            if isinstance(shards, Failure):
                broken.append((uncut(file), shards))
            else:
                found[file] = shards
        tasks = [self._task(shard) for file in files for shard in found.get(file, ())]
        self.watcher.begin(len(tasks) + len(broken))
        for shard, failure in broken:
            self._take(failed(self._task(shard), failure.reason, failure.tries))
        return tasks

    def _task(self, shard: Shard) -> Task:
        return Task(self.base.address, self.manifest.place.address, shard, self.coder, self.manifest.entries.get(shard.name))

    def code(self, tasks: Sequence[Task]) -> None:
        """Codes the shards and keeps what became of each."""
        for task, entry, tries in results_of(tasks, code_shard, self.workplace, self.watcher.tell):
            if isinstance(entry, Failure):
                self._take(failed(task, entry.reason, entry.tries))
            elif entry is None:
                assert task.earlier is not None
                self.met[task.shard.name] = task.earlier
                self.watcher.step(task.earlier, False)
            else:
                self._check(entry)
                self._take(msgspec.structs.replace(entry, tries=tries))

    def _check(self, entry: Entry) -> None:
        """Makes sure that what a worker wrote is here: on a cluster all machines must see the same files."""
        out = self.manifest.place
        file = out.find(entry.shard + DOSSIERS) if entry.status == "done" else None
        if entry.status == "done" and (file is None or file.size != entry.output_size):
            raise SetupError(
                f"{out.address}/{entry.shard}{DOSSIERS}: a worker wrote it elsewhere; choose an output that all machines share"
            )

    def _take(self, entry: Entry) -> None:
        self.manifest.write(entry)
        self.met[entry.shard] = entry
        self.coded.append(entry)
        self.watcher.step(entry, True)

    def result(self, passed_over: tuple[str, ...]) -> Batched:
        """Adds up."""
        done = [entry for entry in self.coded if entry.status == "done"]
        return Batched(
            coded=len(done),
            already=len(self.met) - len(self.coded),
            failed=tuple(_in_order(entry for entry in self.met.values() if entry.status == "failed")),
            articles=sum(entry.articles for entry in done),
            warned=sum(entry.warned for entry in done),
            rejects=sum(entry.rejects for entry in done),
            passed_over=passed_over,
            left=tuple(sorted(self.manifest.entries.keys() - self.met.keys())),
        )


def _in_order(entries: Iterator[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: entry.shard)
