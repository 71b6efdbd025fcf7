"""What goes wrong is told in one line, and the workspace opens afterwards with all that was kept."""

import os
import pwd
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from own_articles import read_quickly, write_articles
from postgres_servers import Server
from wholeness import assert_whole

from tawazun.app import ingesting
from tawazun.app.ingesting import ingest
from tawazun.base.errors import InputError, SetupError
from tawazun.store.articles import counts
from tawazun.store.workspaces import Workspace, create_workspace, open_workspace


@pytest.fixture(autouse=True)
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingesting, "_KEPT", 16)
    monkeypatch.setattr(ingesting, "_LOOKED_UP", 16)


@pytest.fixture
def sqlite_folder(tmp_path: Path) -> Path:
    create_workspace(str(tmp_path / "w"))
    return tmp_path / "w"


def run(workspace: Workspace, source: Path) -> int:
    return ingest(workspace, [str(source)], 1, reading=read_quickly).new


def one_line(error: pytest.ExceptionInfo[SetupError], *words: str) -> None:
    said = str(error.value)
    assert "\n" not in said
    for word in words:
        assert word in said


def test_a_full_disk(sqlite_folder: Path, tmp_path: Path) -> None:
    """SQLite says the same where a database may not grow as where the disk is full."""
    source = write_articles(tmp_path / "in.jsonl", range(120))
    with open_workspace(str(sqlite_folder)) as workspace:
        run(workspace, write_articles(tmp_path / "few.jsonl", range(20)))
        with workspace.reading() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 20}")
        with pytest.raises(SetupError) as error:
            run(workspace, source)
        one_line(error, str(sqlite_folder), "the disk is full", "free space")
    with open_workspace(str(sqlite_folder)) as workspace:
        kept = len(assert_whole(workspace))
        assert 20 <= kept < 120
        assert run(workspace, source) == 120 - kept


def test_a_file_that_may_not_grow(sqlite_folder: Path, tmp_path: Path) -> None:
    """A real limit of the system, in a process of its own."""
    source = write_articles(tmp_path / "in.jsonl", range(120))
    program = (
        "import resource, signal, sys; sys.path.insert(0, sys.argv[3]); signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "import test_failures as t; from tawazun.app import ingesting; ingesting._KEPT = ingesting._LOOKED_UP = 16\n"
        "with t.open_workspace(sys.argv[1]) as workspace:\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (700_000, 700_000))\n"
        "    try: t.run(workspace, t.Path(sys.argv[2]))\n"
        "    except t.SetupError as error: print(error)\n"
    )
    command = [sys.executable, "-c", program, str(sqlite_folder), str(source), str(Path(__file__).parent)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "the disk" in said and "full" in said and said.count("\n") == 1
    with open_workspace(str(sqlite_folder)) as workspace:
        assert 0 < len(assert_whole(workspace)) < 120
        run(workspace, source)
        assert len(assert_whole(workspace)) == 120


def test_a_server_that_may_not_write_more(server: Server, tmp_path: Path) -> None:
    """The server's own word for a full disk, raised where rows of events arrive."""
    database = server.new_database()
    address = server.address(database)
    create_workspace(address)
    server.run(
        "CREATE FUNCTION no_space() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF (SELECT count(*) FROM articles) > 40 THEN "
        "RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END IF; RETURN NEW; END $$",
        database,
    )
    server.run("CREATE TRIGGER no_space BEFORE INSERT ON events FOR EACH STATEMENT EXECUTE FUNCTION no_space()", database)
    source = write_articles(tmp_path / "in.jsonl", range(80))
    with open_workspace(address) as workspace:
        with pytest.raises(SetupError) as error:
            run(workspace, source)
        one_line(error, "the disk is full")
        assert len(assert_whole(workspace)) == 32
        server.run("DROP TRIGGER no_space ON events", database)
        assert run(workspace, source) == 48


def test_another_writer_that_does_not_end(address: str, tmp_path: Path) -> None:
    source = write_articles(tmp_path / "in.jsonl", range(20))
    with open_workspace(address) as other, open_workspace(address, wait=0.2) as workspace:
        with other.writing(), pytest.raises(SetupError) as error:
            run(workspace, source)
        one_line(error, "another program is writing", "run the same command again")
        assert run(workspace, source) == 20


def test_a_connection_that_drops(server: Server, tmp_path: Path) -> None:
    database = server.new_database()
    address = server.address(database)
    create_workspace(address)
    source = write_articles(tmp_path / "in.jsonl", range(60))
    cut = 0

    def step(done: object) -> None:
        nonlocal cut
        if getattr(done, "coded", 0) >= 32 and not cut:
            cut = 1
            raise_in_the_middle(server, database)

    with open_workspace(address) as workspace:
        with pytest.raises(SetupError) as error, workspace.writing() as connection:
            raise_in_the_middle(server, database)
            counts(connection)
        one_line(error, "the connection failed", "run it again")
        assert ingest(workspace, [str(source)], 1, step=step, reading=read_quickly).new == 60, "between transactions it connects again"
        assert cut
        assert len(assert_whole(workspace)) == 60


def raise_in_the_middle(server: Server, database: str) -> None:
    server.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda server: server.address("nowhere"), '"nowhere" does not exist'),
        (lambda server: server.address().replace(str(server.folder), "/nowhere"), "see that the server runs"),
    ],
)
def test_a_server_or_database_that_is_not_there(server: Server, change: Callable[[Server], str], message: str) -> None:
    with pytest.raises(SetupError) as error:
        create_workspace(change(server))
    one_line(error, message)


def test_a_password_is_not_shown(server: Server) -> None:
    with pytest.raises(SetupError) as error:
        create_workspace(f"postgresql://postgres:secret@/nowhere?host={server.folder}")
    assert "secret" not in str(error.value)


def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o555)
    tmp_path.chmod(0o755)
    program = (
        "import os, sys; os.setgroups([]) if os.geteuid() == 0 else None\n"
        "from tawazun.store.workspaces import create_workspace; from tawazun.base.errors import SetupError\n"
        "if os.geteuid() == 0: import sqlalchemy.dialects.sqlite, alembic; os.setgid(int(sys.argv[2])); os.setuid(int(sys.argv[2]))\n"
        "try: create_workspace(sys.argv[1])\n"
        "except SetupError as error: print(error)\n"
    )
    os.chmod(tmp_path.parent, 0o755)
    os.chmod(tmp_path.parent.parent, 0o755)
    nobody = str(pwd.getpwnam("nobody").pw_uid)
    for place in (folder, folder / "w"):
        said = subprocess.run([sys.executable, "-c", program, str(place), nobody], capture_output=True, text=True, check=True).stdout
        assert said.count("\n") == 1 and ("can't be written" in said or "can't be made" in said), said


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "tawazun.db").write_bytes(b"something else entirely" * 400)
    for opening in (create_workspace, lambda named: open_workspace(named).__enter__()):
        with pytest.raises(SetupError) as error:
            opening(str(tmp_path))
        one_line(error, "damaged, or not a workspace", "tawazun restore")


def test_a_damaged_page(sqlite_folder: Path, tmp_path: Path) -> None:
    with open_workspace(str(sqlite_folder)) as workspace:
        run(workspace, write_articles(tmp_path / "in.jsonl", range(60)))
    database = sqlite_folder / "tawazun.db"
    with sqlite3.connect(database) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'dossiers'").fetchone()[0]
    connection.close()
    with database.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(os.urandom(4096))
    with open_workspace(str(sqlite_folder)) as workspace:
        with pytest.raises(SetupError) as error:
            assert_whole(workspace)
        one_line(error, "damaged", "tawazun restore")
        with workspace.reading() as connection:
            assert counts(connection)["articles"] == 60


def test_a_dossier_whose_bytes_are_lost(workspace: Workspace, tmp_path: Path) -> None:
    from sqlalchemy import update

    from tawazun.store.tables import DOSSIERS

    run(workspace, write_articles(tmp_path / "in.jsonl", range(3)))
    with workspace.writing() as connection:
        connection.execute(update(DOSSIERS).where(DOSSIERS.c.article == 2).values(body=b"\x28\xb5\x2f\xfd lost"))
    with pytest.raises(SetupError) as error:
        assert_whole(workspace)
    one_line(error, "article 2", "a damaged dossier")


@pytest.mark.parametrize("named", ["mysql://x/y", "postgresql://host:port/x"])
def test_an_address_that_is_none(named: str) -> None:
    with pytest.raises(InputError):
        create_workspace(named)
