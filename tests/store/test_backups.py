"""A workspace goes into one file and comes back, into a workspace of either kind."""

import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from own_articles import read_quickly, write_articles
from sqlalchemy import select
from wholeness import assert_whole

from tawazun.app.backups import back_up, check_backup, restore
from tawazun.app.ingesting import ingest
from tawazun.base.errors import InputError, SetupError
from tawazun.store.tables import MENTIONS, METADATA, number_in
from tawazun.store.workspaces import Workspace, create_workspace, open_workspace


@pytest.fixture
def filled(workspace: Workspace, tmp_path: Path) -> Workspace:
    source = tmp_path / "in.jsonl"
    write_articles(source, range(70))
    with source.open("a") as file:
        file.write("{broken\n")
    ingest(workspace, [str(source)], 1, reading=read_quickly)
    with workspace.writing() as connection:
        connection.execute(MENTIONS.insert(), {"event": number_in(1, 0), "happening": -5, "nearest": None})
    return workspace


def everything(workspace: Workspace) -> dict[str, list[tuple[object, ...]]]:
    with workspace.reading() as connection:
        return {name: sorted(map(tuple, connection.execute(select(table))), key=repr) for name, table in METADATA.tables.items()}


@pytest.mark.parametrize("into", ["sqlite", "postgresql"])
@pytest.mark.parametrize("processes", [1, 2])
def test_all_comes_back(filled: Workspace, into: str, processes: int, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    manifest = back_up(filled, tmp_path / "b.zip")
    assert (manifest.counts["articles"], manifest.parts["rejects"].rows) == (70, 1)
    if into == "sqlite":
        named = str(tmp_path / "other")
    else:
        server = request.getfixturevalue("server")
        named = server.address(server.new_database())
    create_workspace(named)
    with open_workspace(named) as other:
        restore(other, tmp_path / "b.zip", processes=processes)
        assert everything(other) == everything(filled)
        assert assert_whole(other) == assert_whole(filled)


def test_a_workspace_with_articles_is_left_alone_unless_forced(filled: Workspace, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "b.zip")
    before = everything(filled)
    ingest(filled, [str(write_articles(tmp_path / "more.jsonl", range(70, 80)))], 1, reading=read_quickly)
    with pytest.raises(InputError, match=r"holds 80 articles; .*--force"):
        restore(filled, tmp_path / "b.zip")
    assert len(assert_whole(filled)) == 80
    restore(filled, tmp_path / "b.zip", force=True)
    assert everything(filled) == before
    assert_whole(filled)


def test_a_backup_holds_one_state_while_others_write(filled: Workspace, tmp_path: Path) -> None:
    more = write_articles(tmp_path / "more.jsonl", range(70, 90))
    writer = threading.Thread(target=ingest, args=(filled, [str(more)], 1), kwargs={"reading": read_quickly})

    def step(rows: int) -> None:
        if not writer.ident:
            writer.start()
            writer.join()

    manifest = back_up(filled, tmp_path / "b.zip", step)
    assert manifest.counts["articles"] == manifest.parts["dossiers"].rows == 70
    assert len(assert_whole(filled)) == 90


def entries(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def without(parts: dict[str, bytes], name: str) -> dict[str, bytes]:
    return {key: value for key, value in parts.items() if key != name}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda parts: parts | {"articles.jsonl.zst": parts["rejects.jsonl.zst"]}, "damaged \\(articles"),
        (lambda parts: parts | {"dossiers.jsonl.zst": parts["dossiers.jsonl.zst"][:900]}, "damaged"),
        (lambda parts: without(parts, "dossiers.jsonl.zst"), "damaged"),
        (lambda parts: without(parts, "manifest.json"), "no backup of a workspace"),
        (lambda parts: parts | {"manifest.json": b"{}"}, "no backup of a workspace"),
        (lambda parts: parts | {"manifest.json": parts["manifest.json"].replace(b"backup/1", b"backup/2")}, "later Tawazun"),
    ],
)
def test_a_backup_that_was_changed_restores_nothing(
    filled: Workspace, tmp_path: Path, change: Callable[[dict[str, bytes]], dict[str, bytes]], message: str
) -> None:
    path = tmp_path / "b.zip"
    back_up(filled, path)
    check_backup(path)
    parts = change(entries(path))
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    before = everything(filled)
    with pytest.raises(InputError, match=message):
        restore(filled, path, force=True)
    assert everything(filled) == before


def test_bytes_that_rotted_are_found(filled: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    back_up(filled, path)
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(InputError, match="damaged"):
        check_backup(path)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 nothing", None])
def test_what_is_no_backup_is_told(tmp_path: Path, data: bytes | None) -> None:
    path = tmp_path / "b.zip"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(InputError):
        check_backup(path)


def test_a_backup_that_fails_leaves_the_one_that_was_there(filled: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    path.write_bytes(b"an earlier one")

    def step(rows: int) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(SetupError, match="No space left"):
        back_up(filled, path, step)
    assert path.read_bytes() == b"an earlier one"
    assert [found.name for found in tmp_path.iterdir() if found.name.startswith(".")] == []
