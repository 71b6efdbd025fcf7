"""Turns one shard into its dossiers and its rejects, on whatever machine this runs."""

import io
from collections.abc import Iterator
from hashlib import blake2b
from threading import Lock
from time import perf_counter

import msgspec

from tawazun.base.errors import InputError, SetupError
from tawazun.batch.manifests import Coder, Entry
from tawazun.batch.pieces import articles_of
from tawazun.batch.places import Place, open_place
from tawazun.batch.shards import Shard
from tawazun.lexicon.load import load_lexicon
from tawazun.model.dossier import Dossier
from tawazun.model.rejects import Reject
from tawazun.pipeline.articles import ENGINE, Reader
from tawazun.pipeline.batches import outcome_of
from tawazun.store.projections import projection_digest
from tawazun.store.sheets import Draft, Making

DOSSIERS, REJECTS, ROWS = ".jsonl.zst", ".rejects.jsonl", ".rows.zst"
_LEVEL = 9
"""Is how hard dossiers are packed: a tenth of their size, for 0.7 ms each where reading takes 30."""

_MOST_IN_SHEET = 5_000
"""Is from how many articles a shard gets no sheet of rows: a workspace takes a sheet in at once."""

_one_at_a_time = Lock()
_reader: Reader | None = None
_decode = msgspec.json.Decoder(Dossier).decode


class Task(msgspec.Struct, frozen=True):
    """Is a shard to be coded: where its input and its output lie, who codes it, and what an earlier run made of it."""

    base: str
    out: str
    shard: Shard
    coder: Coder
    earlier: Entry | None


def code_shard(task: Task) -> Entry | None:
    """Codes a shard, writes what comes of it, and says so; returns None where what an earlier run made still holds and is left.

    The same shard gives the same bytes on every machine with the same versions. An input that can't be read as a whole is a failed shard.
    Raises `SetupError` where the output can't be written or other knowledge is installed here, and what reading raises where it may go
    better another time.
    """
    out = open_place(task.out)
    if holds(out, task):
        return None
    began = perf_counter()
    try:
        with _one_at_a_time:  # a process has one reader; where a worker has several threads, they take turns
            coded = _code(task)
    except InputError as error:
        return failed(task, str(error), 1)
    name = task.shard.name
    if coded.rejected:
        out.put(name + REJECTS, coded.rejected)
    else:
        out.remove(name + REJECTS)
    out.put(name + DOSSIERS, coded.packed)
    if coded.rows is None:
        out.remove(name + ROWS)
    else:
        out.put(name + ROWS, coded.rows)
    return msgspec.structs.replace(
        _entry(task),
        articles=coded.articles,
        warned=coded.warned,
        rejects=coded.rejects,
        output_size=len(coded.packed),
        output_digest=_digest(coded.packed),
        rejects_digest=_digest(coded.rejected) if coded.rejected else None,
        seconds=round(perf_counter() - began, 3),
    )


def failed(task: Task, reason: str, tries: int) -> Entry:
    """Returns the entry of a shard that nothing could be made of."""
    return msgspec.structs.replace(_entry(task), status="failed", reason=reason.removeprefix(f"{task.shard.input}: "), tries=tries)


def holds(out: Place, task: Task) -> bool:
    """Tells whether what an earlier run made of a shard is still there, of the same input and by the same coder."""
    earlier = task.earlier
    if earlier is None or earlier.status != "done" or earlier.input_digest != task.shard.digest or earlier.coder != task.coder:
        return False
    written = ((DOSSIERS, earlier.output_digest), (REJECTS, earlier.rejects_digest))
    return all(_digest_at(out, task.shard.name + suffix) == digest for suffix, digest in written)


def read_dossiers(place: Place, shard: str) -> Iterator[bytes]:
    """Yields the dossiers of a shard, each as one line of JSON."""
    import zstandard

    with place.open(shard + DOSSIERS) as file, zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True) as stream:
        yield from io.BufferedReader(stream)


class _Coded(msgspec.Struct, frozen=True):
    """Is what a shard came to, packed, with its sheet of rows and its rejects."""

    packed: bytes
    rows: bytes | None
    rejected: bytes
    articles: int
    warned: int
    rejects: int


def _code(task: Task) -> _Coded:
    import zstandard  # only batches need it

    reader = _reader_of(task.coder)
    packer = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True).compressobj()
    packed: list[bytes] = []
    rejected: list[Reject] = []
    articles = 0
    with Draft() as draft:
        for found in articles_of(open_place(task.base), task.shard):
            outcome = outcome_of(reader, found.article) if found.article is not None else None
            if outcome is not None and outcome.line is not None:
                packed.append(packer.compress(outcome.line + b"\n"))
                articles += 1
                if articles <= _MOST_IN_SHEET:
                    draft.add(_decode(outcome.line), reader.words)
            problem = outcome.problem if outcome is not None and outcome.problem else found.problem
            if problem:
                coded = outcome is not None and outcome.line is not None
                rejected.append(Reject(found.source, found.line, found.article.id if found.article else None, problem, coded))
        packed.append(packer.flush())
        written = b"".join(packed)
        rows = draft.packed(making_of(written, task.coder)) if articles <= _MOST_IN_SHEET else None
    warned = sum(reject.coded for reject in rejected)
    lines = b"".join(msgspec.json.encode(reject) + b"\n" for reject in rejected)
    return _Coded(written, rows, lines, articles, warned, len(rejected) - warned)


def making_of(dossiers: bytes, coder: Coder) -> Making:
    """Says what a sheet was made from and by that belongs to a file of dossiers and to whoever codes here."""
    return Making(_digest(dossiers), coder.engine, coder.knowledge, projection_digest())


def _reader_of(coder: Coder) -> Reader:
    """Returns the process's reader; raises `SetupError` where it isn't the one that the batch was begun with."""
    global _reader
    if _reader is None:
        _reader = Reader(load_lexicon())
    here = Coder(ENGINE, _reader.lexicon.digest)
    if here != coder:
        raise SetupError(
            f"a worker has engine {here.engine} and knowledge {here.knowledge[:19]}, the batch {coder.engine} and {coder.knowledge[:19]}; "
            "install the same version of Tawazun on all machines"
        )
    return _reader


def _entry(task: Task) -> Entry:
    shard = task.shard
    return Entry(shard.name, shard.input, shard.size, shard.digest, task.coder, "done")


def _digest(data: bytes) -> str:
    return f"blake2b:{blake2b(data, digest_size=16).hexdigest()}"


def _digest_at(place: Place, name: str) -> str | None:
    """Returns the digest over a file, or None where there is none."""
    if place.find(name) is None:
        return None
    with place.open(name) as file:
        return _digest(file.read())
