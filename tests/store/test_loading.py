"""Files of dossiers become articles of a workspace."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
import zstandard
from own_articles import article, quickly
from sqlalchemy import select
from wholeness import assert_whole

from tawazun.app.loading import load
from tawazun.base.errors import InputError
from tawazun.model.articles import Article
from tawazun.model.dossier import Dossier
from tawazun.store.tables import ARTICLES, REJECTS
from tawazun.store.workspaces import Workspace


def line(index: int, **changes: str) -> bytes:
    row = {**article(index), **changes}
    return quickly(Article(row["text"], row["id"], row["date"], row["title"], row["outlet"]))


def write(path: Path, lines: list[bytes]) -> Path:
    data = b"".join(each + b"\n" for each in lines)
    path.write_bytes(zstandard.ZstdCompressor().compress(data) if path.suffix == ".zst" else data)
    return path


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.zst"])
@pytest.mark.parametrize("processes", [1, 2])
def test_loading_twice_changes_nothing(workspace: Workspace, tmp_path: Path, name: str, processes: int) -> None:
    lines = [line(index) for index in range(130)]
    source = write(tmp_path / name, lines)
    done = load(workspace, [str(source)], processes=processes)
    assert (done.new, done.known, done.refused) == (130, 0, 0)
    there = assert_whole(workspace)
    assert sorted(there.values()) == sorted(lines)
    again = load(workspace, [str(source)], processes=processes)
    assert (again.new, again.known) == (0, 130)
    assert assert_whole(workspace) == there


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (b"{", "not a dossier"),
        (b'{"schema": "other/1", "document": 3}', "not a dossier"),
        (line(3).replace(b"tawazun/dossier/1", b"tawazun/dossier/9"), "its schema is tawazun/dossier/9"),
        (line(3).replace(b'"confidence":', b'"confidence":"high","x":', 1), "not a dossier"),
        (line(3).replace(b'"rule":"', b'"rule":7,"x":"', 1), "not a dossier"),
        (b"\xff\xfe", "not a dossier"),
    ],
)
def test_a_broken_line_is_refused_with_its_number(workspace: Workspace, tmp_path: Path, broken: bytes, reason: str) -> None:
    source = write(tmp_path / "out.jsonl", [line(1), broken, b"", line(2)])
    told: list[str] = []
    done = load(workspace, [str(source)], refused=lambda refusal: told.append(refusal.reason))
    assert (done.new, done.refused) == (2, 1)
    assert reason in told[0]
    with workspace.reading() as connection:
        assert [tuple(row) for row in connection.execute(select(REJECTS.c.source, REJECTS.c.line))] == [(str(source), 2)]
    assert len(assert_whole(workspace)) == 2


def test_other_dossiers_of_the_same_articles_are_left_unless_they_are_to_replace(workspace: Workspace, tmp_path: Path) -> None:
    load(workspace, [str(write(tmp_path / "old.jsonl", [line(1), line(2)]))])
    with workspace.reading() as connection:
        numbers = sorted(connection.scalars(select(ARTICLES.c.number)))
    other = msgspec.json.decode(line(2), type=Dossier)
    changed = msgspec.json.encode(msgspec.structs.replace(other, events=other.events[:1], links=(), claims=()))
    source = write(tmp_path / "new.jsonl", [changed, line(4)])
    assert load(workspace, [str(source)]).known == 1
    assert changed not in assert_whole(workspace).values()
    done = load(workspace, [str(source)], replace=True)
    assert (done.new, done.replaced) == (0, 2)
    assert sorted(assert_whole(workspace).values()) == sorted([line(1), changed, line(4)])
    with workspace.reading() as connection:
        assert set(numbers) < set(connection.scalars(select(ARTICLES.c.number)))


def test_a_folder_is_loaded_with_all_below(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "in" / "part").mkdir(parents=True)
    write(tmp_path / "in" / "a.jsonl", [line(1), line(2), line(1)])
    write(tmp_path / "in" / "part" / "b.jsonl.zst", [line(2), line(3)])
    (tmp_path / "in" / "a.rejects.jsonl").write_text('{"source": "x"}\n')
    done = load(workspace, [str(tmp_path / "in")])
    assert (done.new, done.repeated, done.refused) == (3, 2, 0)
    assert done.passed_over == (str(tmp_path / "in" / "a.rejects.jsonl"),)


@pytest.mark.parametrize("make", [lambda path: path / "none.jsonl", lambda path: path])
def test_nothing_to_load_is_an_error(workspace: Workspace, tmp_path: Path, make: Callable[[Path], Path]) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(InputError):
        load(workspace, [str(make(empty))])


@pytest.mark.parametrize("change", [lambda data: data[:-1], lambda data: data[:40] + b"\0" * 60, lambda data: data + data[:30]])
def test_a_damaged_file_is_told(workspace: Workspace, tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
    source = write(tmp_path / "out.jsonl.zst", [line(1)])
    source.write_bytes(change(source.read_bytes()))
    with pytest.raises(InputError, match="damaged"):
        load(workspace, [str(source)])


def test_a_file_of_several_frames_is_read_to_its_end(workspace: Workspace, tmp_path: Path) -> None:
    first, second = write(tmp_path / "1.jsonl.zst", [line(1), line(2)]), write(tmp_path / "2.jsonl.zst", [line(3)])
    both = tmp_path / "both.jsonl.zst"
    both.write_bytes(first.read_bytes() + second.read_bytes())
    assert load(workspace, [str(both)]).new == 3
