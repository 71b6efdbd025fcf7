"""Rows that lie ready beside a shard's dossiers come to the same as those worked out on the way, and never stand for other dossiers."""

import os
import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
import zstandard
from own_articles import article, quickly
from sqlalchemy import select
from wholeness import assert_whole

from tawazun.app.loading import load
from tawazun.base.errors import InternalError
from tawazun.batch.codings import making_of
from tawazun.batch.manifests import Coder
from tawazun.lexicon.load import load_lexicon
from tawazun.model.articles import Article
from tawazun.model.dossier import Dossier, MadeBy
from tawazun.pipeline.articles import ENGINE
from tawazun.read.words import Words
from tawazun.store import projections
from tawazun.store.articles import outdated_count
from tawazun.store.sheets import Draft, add_sheet, read_sheet
from tawazun.store.tables import ARTICLES, METADATA
from tawazun.store.workspaces import Workspace, create_workspace, open_workspace

Place = Callable[[], str]


def here() -> Coder:
    return Coder(ENGINE, load_lexicon().digest)


def line(index: int, **changes: str) -> bytes:
    row = {**article(index), **changes}
    return quickly(Article(row["text"], row["id"], row["date"], row["title"], row["outlet"]))


def sheet_of(lines: list[bytes], packed: bytes, coder: Coder) -> bytes:
    words, decode = Words(load_lexicon()), msgspec.json.Decoder(Dossier).decode
    with Draft() as draft:
        for each in lines:
            draft.add(decode(each), words)
        return draft.packed(making_of(packed, coder))


def write_shard(folder: Path, name: str, lines: list[bytes], coder: Coder | None = None) -> Path:
    """Writes what a batch writes of a shard."""
    folder.mkdir(exist_ok=True)
    (folder / "manifest.jsonl").write_text('{"schema": "tawazun/batch/1"}\n')
    packed = zstandard.ZstdCompressor().compress(b"".join(each + b"\n" for each in lines))
    file = folder / f"{name}.jsonl.zst"
    file.write_bytes(packed)
    (folder / f"{name}.rows.zst").write_bytes(sheet_of(lines, packed, coder or here()))
    return file


def content(workspace: Workspace) -> dict[str, list[tuple[object, ...]]]:
    """Returns all rows of all tables, but for when and from which file they came."""
    with workspace.reading() as connection:
        return {
            table.name: sorted(
                (
                    tuple(row)
                    for row in connection.execute(select(*(each for each in table.columns if each.name not in ("source", "taken_in"))))
                ),
                key=repr,
            )
            for table in METADATA.sorted_tables
        }


@pytest.mark.parametrize("processes", [1, 2])
def test_a_sheet_comes_to_what_its_dossiers_come_to(place: Place, tmp_path: Path, processes: int) -> None:
    lines = [line(index) for index in range(130)]
    found = []
    for folder, with_rows in ((tmp_path / "with", 130), (tmp_path / "without", 0)):
        write_shard(folder, "a", lines[:70])
        write_shard(folder, "b", lines[70:])
        if not with_rows:
            (folder / "a.rows.zst").unlink()
            (folder / "b.rows.zst").unlink()
        address = place()
        create_workspace(address)
        with open_workspace(address) as workspace:
            done = load(workspace, [str(folder)], processes=processes)
            assert (done.new, done.with_rows, done.refused, done.passed_over) == (130, with_rows, 0, ())
            assert sorted(assert_whole(workspace).values()) == sorted(lines)
            again = load(workspace, [str(folder)], processes=processes)
            assert (again.new, again.known) == (0, 130)
            found.append(content(workspace))
    assert found[0] == found[1]


def other_dossiers(file: Path, rows: Path) -> None:
    file.write_bytes(zstandard.ZstdCompressor().compress(line(0) + b"\n" + line(77) + b"\n"))


def other_coder(file: Path, rows: Path) -> None:
    rows.write_bytes(sheet_of([line(0), line(1)], file.read_bytes(), Coder(ENGINE, "sha256:other")))


def cut_off(file: Path, rows: Path) -> None:
    rows.write_bytes(rows.read_bytes()[:-9])


def no_database(file: Path, rows: Path) -> None:
    rows.write_bytes(zstandard.ZstdCompressor().compress(b"SQLite format 3\0" + bytes(5_000)))


def of_another_make(change: str) -> Callable[[Path, Path], None]:
    def spoil(file: Path, rows: Path) -> None:
        database = sqlite3.connect(":memory:")
        database.deserialize(zstandard.ZstdDecompressor().decompress(rows.read_bytes()))
        database.executescript(change)
        rows.write_bytes(zstandard.ZstdCompressor().compress(database.serialize()))
        database.close()

    return spoil


@pytest.mark.parametrize(
    "spoil",
    [
        other_dossiers,
        other_coder,
        cut_off,
        no_database,
        of_another_make("ALTER TABLE events ADD COLUMN more TEXT"),
        of_another_make("CREATE TABLE more (x)"),
        of_another_make("ALTER TABLE topics RENAME TO other; CREATE VIEW topics AS SELECT event, 'spoilt' AS topic FROM parties"),
        of_another_make("UPDATE making SET projection = 'blake2b:other'"),
        of_another_make("DELETE FROM making"),
    ],
)
def test_a_sheet_that_does_not_fit_is_never_used(workspace: Workspace, tmp_path: Path, spoil: Callable[[Path, Path], None]) -> None:
    file = write_shard(tmp_path, "a", [line(0), line(1)])
    spoil(file, tmp_path / "a.rows.zst")
    done = load(workspace, [str(tmp_path)])
    assert (done.new, done.with_rows) == (2, 0)
    assert len(assert_whole(workspace)) == 2


def test_a_sheet_of_code_that_has_changed_is_not_used(workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_shard(tmp_path, "a", [line(0)])
    projections.projection_digest.cache_clear()
    monkeypatch.setattr(projections, "_CODE", projections._CODE[1:])
    try:
        assert load(workspace, [str(tmp_path)]).with_rows == 0
    finally:
        projections.projection_digest.cache_clear()


def test_only_what_is_lacking_is_taken_from_a_sheet(workspace: Workspace, tmp_path: Path) -> None:
    lines = [line(index) for index in range(9)]
    load(workspace, [str(write_shard(tmp_path / "first", "a", lines[3:5]))])
    with workspace.reading() as connection:
        before = set(connection.scalars(select(ARTICLES.c.number)))
    file = write_shard(tmp_path / "second", "a", [*lines, lines[6]])
    done = load(workspace, [str(file)])
    assert (done.new, done.known, done.repeated, done.with_rows) == (7, 2, 1, 7)
    assert sorted(assert_whole(workspace).values()) == sorted(lines)
    with workspace.reading() as connection:
        assert before < set(connection.scalars(select(ARTICLES.c.number)))


def test_a_sheet_replaces_what_was_there(workspace: Workspace, tmp_path: Path) -> None:
    old = [line(index).replace(ENGINE.encode(), b"0.0.9") for index in range(4)]
    (tmp_path / "old.jsonl").write_bytes(b"\n".join(old))
    load(workspace, [str(tmp_path / "old.jsonl")])
    new = [line(index) for index in range(2, 6)]
    done = load(workspace, [str(write_shard(tmp_path / "new", "a", new))], replace=True)
    assert (done.new, done.replaced, done.with_rows) == (2, 2, 4)
    assert sorted(assert_whole(workspace).values()) == sorted([*old[:2], *new])
    with workspace.reading() as connection:
        assert outdated_count(connection, ENGINE, load_lexicon().digest) == 2


def test_what_fails_in_the_middle_of_a_sheet_leaves_nothing_of_it(workspace: Workspace, tmp_path: Path) -> None:
    file = write_shard(tmp_path, "a", [line(0), line(1)])
    sheet = read_sheet((tmp_path / "a.rows.zst").read_bytes())
    assert sheet is not None
    with pytest.raises(InternalError), workspace.writing() as connection:
        add_sheet(connection, sheet, {0: 1})
        connection.exec_driver_sql("INSERT INTO counters (name, next) VALUES ('articles', NULL)")
    assert not any(content(workspace).values())
    assert load(workspace, [str(file)]).with_rows == 2
    assert len(assert_whole(workspace)) == 2


def test_what_a_killed_load_leaves_is_whole(place: Place, tmp_path: Path) -> None:
    lines = [line(index) for index in range(240)]
    for number in range(12):
        write_shard(tmp_path / "in", f"a{number:02}", lines[number * 20 : number * 20 + 20])
    left = []
    for reported in (0, 1, 3, 6, 9, 11):
        address = place()
        create_workspace(address)
        _kill(address, tmp_path / "in", reported)
        with open_workspace(address) as workspace:
            left.append(len(assert_whole(workspace)))
            assert left[-1] % 20 == 0
            assert left[-1] >= reported * 20
            load(workspace, [str(tmp_path / "in")], processes=1)
            assert sorted(assert_whole(workspace).values()) == sorted(lines)
    assert any(0 < kept < 240 for kept in left), "no load was killed in its middle, so this shows nothing"


def _kill(address: str, folder: Path, reported: int) -> None:
    """Loads in a child, which is killed as soon as it has reported so many shards kept."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.close(reading)
            with open_workspace(address) as workspace:
                load(workspace, [str(folder)], processes=1, step=lambda step: os.write(writing, b"."))
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb", buffering=0) as pipe:
        for _ in range(reported):
            pipe.read(1)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def test_made_by_is_that_of_the_dossiers(tmp_path: Path) -> None:
    write_shard(tmp_path, "a", [line(0)])
    sheet = read_sheet((tmp_path / "a.rows.zst").read_bytes())
    assert sheet is not None
    assert sheet.made_by == msgspec.json.decode(line(0), type=Dossier).made_by == MadeBy(*msgspec.structs.astuple(here()))
