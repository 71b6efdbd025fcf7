"""Turns runs that are killed at random moments into what is left of them: whole articles, and a workspace that goes on."""

import os
import random
import signal
import struct
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from own_articles import read_quickly, write_articles
from wholeness import assert_whole

from tawazun.app import ingesting
from tawazun.app.ingesting import ingest
from tawazun.store.workspaces import create_workspace, open_workspace

ARTICLES = 160
TOGETHER = 8
"""Is how many articles a transaction keeps here, so that there are many to be killed in."""


def kill_at(moments: int, place: Callable[[], str], seed: int = 1) -> list[int]:
    """Kills a run as often as asked, each in a workspace of its own, and checks what is left.

    Returns how many articles were whole after each kill. Raises `AssertionError` where an article that was reported kept is not there
    whole, where half of one is, or where running again doesn't come to what an uninterrupted run does.
    """
    ingesting._KEPT = ingesting._LOOKED_UP = TOGETHER
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        source = write_articles(Path(folder) / "in.jsonl", range(ARTICLES))
        _uninterrupted(place(), source)  # so that the next one loads no knowledge
        wanted, lasting = _uninterrupted(place(), source)
        left = []
        for _ in range(moments):
            workspace = place()
            create_workspace(workspace)
            reported = _killed(workspace, source, chance.uniform(0, lasting))
            with open_workspace(workspace) as opened:
                there = assert_whole(opened)
                assert there.items() <= wanted.items()
                assert len(there) >= reported, f"{reported} articles were reported kept, {len(there)} are there"
                left.append(len(there))
                ingest(opened, [str(source)], 1, reading=read_quickly)
                assert assert_whole(opened) == wanted
    return left


def _uninterrupted(workspace: str, source: Path) -> tuple[dict[str, bytes], float]:
    """Returns the dossiers that a run keeps, and how many seconds it takes."""
    create_workspace(workspace)
    with open_workspace(workspace) as opened:
        began = time.perf_counter()
        ingest(opened, [str(source)], 1, reading=read_quickly)
        lasting = time.perf_counter() - began
        return assert_whole(opened), lasting


def _killed(workspace: str, source: Path, after: float) -> int:
    """Runs in a child, which is killed after some seconds; returns how many articles it had reported kept."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        try:
            with open_workspace(workspace) as opened:
                ingest(opened, [str(source)], 1, step=lambda step: _report(writing, step.coded), reading=read_quickly)
        finally:
            os._exit(0)
    os.close(writing)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    return int(struct.unpack("<I", said[-4:])[0]) if said else 0


def _report(pipe: int, kept: int) -> None:
    os.write(pipe, struct.pack("<I", kept))
