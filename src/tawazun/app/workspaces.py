"""Turns what a user says of a workspace, or says nothing of, into an open one."""

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
import platformdirs

from tawazun.pipeline.articles import ENGINE
from tawazun.store.articles import counts, outdated_count
from tawazun.store.engines import address_of
from tawazun.store.merges import merge_counts
from tawazun.store.vectors import lacking_count
from tawazun.store.workspaces import Workspace, create_workspace, is_workspace, open_workspace


class Made(msgspec.Struct, frozen=True):
    """Is a workspace that was asked for: what it is called, without its password, and whether it is new."""

    workspace: str
    new: bool


class State(msgspec.Struct, frozen=True):
    """Is what a workspace holds: rows by kind, how many dossiers an earlier engine or other knowledge made, and what merging found.

    `copies` are articles that are copies of others, `happenings` those that events were joined to, `unmerged` the articles that neither
    was looked for in; `without_vectors` are articles that a search by meaning passes over.
    """

    workspace: str
    articles: int
    sentences: int
    events: int
    actors: int
    claims: int
    rejects: int
    outdated: int
    copies: int
    happenings: int
    unmerged: int
    without_vectors: int


def default_workspace() -> str:
    """Returns the folder of the workspace that is meant where none is named."""
    return platformdirs.user_data_dir("tawazun")


def make_workspace(named: str | None) -> tuple[str, bool]:
    """Makes a workspace or brings it up to date; returns what it is called, without its password, and whether it is new."""
    workspace = named or default_workspace()
    return address_of(workspace).shown, create_workspace(workspace)


@contextmanager
def opened(named: str | None, make: bool = False) -> Iterator[Workspace]:
    """Opens the workspace that is named, else the default one, which is made where it is to be written for the first time."""
    if make and not named and not is_workspace(default_workspace()):
        create_workspace(default_workspace())
    with open_workspace(named or default_workspace()) as workspace:
        yield workspace


def state_of(workspace: Workspace, knowledge: str) -> State:
    """Counts what a workspace holds; `knowledge` is the digest of the knowledge at hand."""
    with workspace.reading() as connection:
        outdated = outdated_count(connection, ENGINE, knowledge)
        merged = merge_counts(connection)
        without = lacking_count(connection)
        return State(workspace.address.shown, **counts(connection), outdated=outdated, **merged, without_vectors=without)
