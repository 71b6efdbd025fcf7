"""Turns a workspace, or files of articles or dossiers, into a corpus, and what an analysis found into a record that shows its grounds."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from tawazun.analyse.days import iso_of, iso_or_none
from tawazun.app.evidences import corpus_of
from tawazun.app.ingesting import ingest
from tawazun.app.loading import load
from tawazun.app.merging import merge
from tawazun.app.workspaces import opened
from tawazun.base.errors import InputError
from tawazun.lexicon.load import load_lexicon
from tawazun.lexicon.ontology import load_ontology
from tawazun.model.analyses import Analysis, Result
from tawazun.model.dossier import SCHEMA
from tawazun.model.evidence import Corpus, Evidence
from tawazun.scorers.joining import load_joining
from tawazun.store.names import Names
from tawazun.store.queries import Query
from tawazun.store.workspaces import Workspace, create_workspace, open_workspace

_HEAD = 4096


def corpus(named: str | None, inputs: Sequence[str], query: Query, as_of: str | None) -> Corpus:
    """Gathers what a query is for from a workspace, or from files where some are named: dossiers, or articles that are read first.

    Raises `InputError` for a date or a value that nothing has, and for a file that can't be read.
    """
    with _files(inputs) if inputs else opened(named) as workspace:
        return corpus_of(workspace, query, _names(), load_ontology(), load_joining(), as_of)


@lru_cache(maxsize=1)
def _names() -> Names:
    return Names(load_lexicon())


@contextmanager
def _files(inputs: Sequence[str]) -> Iterator[Workspace]:
    """Opens a workspace of its own for some files; it is gone afterwards."""
    dossiers = [name for name in inputs if _holds_dossiers(Path(name))]
    articles = [name for name in inputs if name not in dossiers]
    with TemporaryDirectory(prefix="tawazun-") as folder:
        create_workspace(folder)
        with open_workspace(folder) as workspace:
            refused = [load(workspace, dossiers).refused] if dossiers else []
            refused += [ingest(workspace, articles).refused] if articles else []
            if sum(refused):
                raise InputError(
                    f"{', '.join(inputs)}: {sum(refused)} refused; `tawazun ingest` or `tawazun load` says why, into a workspace"
                )
            merge(workspace, load_joining())
            yield workspace


def _holds_dossiers(path: Path) -> bool:
    """Tells whether a file, or the first file of dossiers in a folder, begins with a dossier."""
    if path.is_dir():
        found = sorted([*path.glob("*.jsonl"), *path.glob("*.jsonl.zst")])
        return bool(found) and _holds_dossiers(found[0])
    if path.name.endswith(".jsonl.zst"):
        return True
    if path.suffix != ".jsonl" or not path.exists():
        return False
    with path.open("rb") as file:
        return SCHEMA.encode() in file.read(_HEAD)


def analysed(name: str, corpus: Corpus, result: Result) -> Analysis[Result]:
    """Puts the result of an analysis beside what it looked at and the sentences of the events that it names."""
    acts = {act.id: act for act in corpus.acts}
    named = dict.fromkeys(_strings(msgspec.to_builtins(result)))
    evidence = {}
    for id in named:
        if (act := acts.get(id)) is not None:
            piece = corpus.articles[act.article]
            start, _ = piece.sentences[act.sentence]
            evidence[id] = Evidence(
                event=id,
                article=act.article,
                origin=act.origin,
                outlet=piece.outlet,
                published=iso_or_none(act.published),
                status=act.status,
                sentence=piece.sentence(act.sentence),
                start=act.start - start,
                end=act.end - start,
            )
    return Analysis(
        analysis=name,
        as_of=iso_of(corpus.as_of),
        events=len(corpus.acts),
        all_events=corpus.all_events,
        articles=len({act.article for act in corpus.acts}),
        origins=len({act.origin for act in corpus.acts}),
        undated=corpus.undated,
        result=result,
        actors={key: corpus.actors[key] for key in sorted({*named, *(text.partition(".")[0] for text in named)}) if key in corpus.actors},
        evidence=evidence,
    )


def _strings(value: Any) -> Iterator[str]:
    """Yields the strings in a record's plain form, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _strings(key)
            yield from _strings(item)
    elif isinstance(value, Iterable) and not isinstance(value, bytes):
        for item in value:
            yield from _strings(item)
