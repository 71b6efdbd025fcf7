"""Turns an id into the finding that it stands for, of a dossier file or a workspace."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from sqlalchemy import Connection

from tawazun.base.errors import InputError
from tawazun.model.dossier import Actor, Claim, Dossier, Event, Instrument
from tawazun.store.articles import lines_of
from tawazun.store.lookups import lines_with, number_of
from tawazun.store.workspaces import Workspace

Finding = Event | Claim | Actor | Instrument | Dossier


class Explained(msgspec.Struct, frozen=True):
    """Is a finding with the dossier that it stands in."""

    dossier: Dossier
    finding: Finding


def explain(path: Path, id: str) -> Explained:
    """Finds the finding or dossier whose id is `id` or begins so, in a file of dossiers, one a line; `event-` and the like may be left out.

    Raises `InputError` where no id, or more than one, begins so.
    """
    asked = _asked(id)
    return _explained(read_dossiers(path, asked), asked, str(path))


def explain_kept(workspace: Workspace, id: str) -> Explained:
    """Finds the same in a workspace, or an article's dossier by the article's own id."""
    with workspace.reading() as connection:
        return find_kept(connection, id, workspace.address.shown)


def find_kept(connection: Connection, id: str, shown: str) -> Explained:
    """Finds the same in an open workspace, which is called `shown`; an event, a claim or a dossier by its index, so at once."""
    number = number_of(connection, id.strip())
    if number is not None:
        dossier = msgspec.json.decode(next(lines_of(connection, [number]))[1], type=Dossier)
        return Explained(dossier, dossier)
    asked = _asked(id)
    dossiers = (msgspec.json.decode(line, type=Dossier) for line in lines_with(connection, asked))
    return _explained(dossiers, asked, shown)


def _asked(id: str) -> str:
    if not id.strip():
        raise InputError("the id is empty; give an id from a report, or its first letters")
    return id.strip().lower()


def _explained(dossiers: Iterable[Dossier], asked: str, where: str) -> Explained:
    found: dict[str, Explained] = {}
    for dossier in dossiers:
        for finding in findings_of(dossier):
            if finding.id == asked:
                return Explained(dossier, finding)
            if _begins(finding.id, asked):
                found.setdefault(finding.id, Explained(dossier, finding))
    if not found:
        todo = "ids are in the `id` keys and in the reports of `tawazun read` and `tawazun search`"
        if asked.startswith("happening-"):
            todo = f"`tawazun happenings {asked}` shows a happening"
        raise InputError(f"{where}: no finding or dossier has an id that begins with {asked!r}; {todo}")
    if len(found) > 1:
        some = ", ".join(sorted(found)[:4]) + (f" and {len(found) - 4} more" if len(found) > 4 else "")
        raise InputError(f"{where}: {asked!r} begins more than one id ({some}); give more letters")
    return next(iter(found.values()))


def findings_of(dossier: Dossier) -> Iterator[Finding]:
    """Yields all that has an id in a dossier, the dossier itself first."""
    yield dossier
    yield from dossier.events
    yield from dossier.claims
    yield from dossier.actors
    yield from dossier.instruments


def _begins(id: str, asked: str) -> bool:
    return id.startswith(asked) or id.partition("-")[2].startswith(asked)


def read_dossiers(path: Path, holding: str = "") -> Iterator[Dossier]:
    """Yields the dossiers of a file, one a line; only those whose line holds `holding`."""
    needle = holding.encode()
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if line.strip() and needle in line:
                    yield _decoded(line, path, number)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; give a file that `tawazun code` or `tawazun read --json` wrote") from None


def _decoded(line: bytes, path: Path, number: int) -> Dossier:
    try:
        return msgspec.json.decode(line, type=Dossier)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(
            f"{path}:{number}: not a dossier ({error}); give a file that `tawazun code` or `tawazun read --json` wrote"
        ) from None
