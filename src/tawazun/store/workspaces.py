"""Turns a folder or an address into an open workspace, made or brought up to date where that is asked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection, inspect, text

from tawazun.base.errors import InputError, SetupError
from tawazun.store.engines import FILE, WAIT, Address, address_of, engine_of, told

VERSION = "0004"
"""Is the last step in `migrations/versions`."""


OLDEST_POSTGRES = 15


class Workspace:
    """Is an open workspace; any number of processes may read it while one writes."""

    def __init__(self, address: Address, wait: float = WAIT) -> None:
        self.address = address
        self.engine = engine_of(address, wait)

    def __enter__(self) -> "Workspace":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Opens a transaction that sees the workspace as it is now, whatever is written meanwhile."""
        isolation = {"isolation_level": "REPEATABLE READ"} if self.address.kind == "postgresql" else {}
        with told(self.address), self.engine.connect().execution_options(**isolation) as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Opens a transaction whose writes are kept all together or, where anything fails, not at all."""
        with told(self.address), self.engine.connect().execution_options(writes=True) as connection, connection.begin():
            yield connection


def create_workspace(workspace: str) -> bool:
    """Makes the workspace, or brings one of an earlier version up to date; tells whether it is new."""
    address = address_of(workspace)
    if address.kind == "sqlite":
        folder = Path(address.target).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SetupError(f"{folder}: can't be made ({error.strerror}); name another folder") from None
    with Workspace(address) as opened:
        before = _version(opened)
        if before != VERSION:
            _upgrade(opened, before)
    return before is None


def is_workspace(workspace: str) -> bool:
    """Tells whether there is a workspace in a folder, or a database to be asked at an address."""
    address = address_of(workspace)
    return address.kind != "sqlite" or Path(address.target).exists()


@contextmanager
def open_workspace(workspace: str, wait: float = WAIT) -> Iterator[Workspace]:
    """Opens a workspace that is there; its writers wait so many seconds for others.

    Raises `InputError` where there is none, `SetupError` where it is of another version.
    """
    address = address_of(workspace)
    if not is_workspace(workspace):
        raise InputError(f"{address.shown}: no workspace ({FILE}) there; make one with `tawazun init {address.shown}`")
    with Workspace(address, wait) as opened:
        version = _version(opened)
        if version is None:
            raise InputError(f"{address.shown}: no workspace there; make one with `tawazun init {address.shown}`")
        if version > VERSION:
            raise SetupError(f"{address.shown}: made by a later Tawazun (version {version}, this one knows {VERSION}); upgrade Tawazun")
        if version < VERSION:
            raise SetupError(f"{address.shown}: of version {version}; bring it to {VERSION} with `tawazun init {address.shown}`")
        yield opened


def _version(workspace: Workspace) -> str | None:
    """Returns the last step that was run on a workspace; None where it is empty, `InputError` where it is something else's."""
    with workspace.reading() as connection:
        _check_server(connection, workspace.address)
        names = inspect(connection).get_table_names()
        if "alembic_version" in names and "dossiers" in names:
            return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())
    if names:
        raise InputError(f"{workspace.address.shown}: a database of something else ({', '.join(sorted(names)[:3])}…); name another")
    return None


def _check_server(connection: Connection, address: Address) -> None:
    """Raises `SetupError` where the server is too old, or where the database can't hold Arabic."""
    if address.kind != "postgresql":
        return
    server = int(connection.execute(text("SHOW server_version_num")).scalar_one()) // 10_000
    if server < OLDEST_POSTGRES:
        raise SetupError(f"{address.shown}: PostgreSQL {server}, at least {OLDEST_POSTGRES} is needed; upgrade the server")
    encoding = connection.scalar(text("SHOW server_encoding"))
    if encoding != "UTF8":
        raise SetupError(f"{address.shown}: in {encoding}; make a database with `createdb --encoding=UTF8 --template=template0`")


def _upgrade(workspace: Workspace, before: str | None) -> None:
    """Runs the steps that are lacking; importing Alembic takes a third of a second, hence here."""
    from alembic import command
    from alembic.config import Config

    if before is not None and before > VERSION:
        raise SetupError(
            f"{workspace.address.shown}: made by a later Tawazun (version {before}, this one knows {VERSION}); upgrade Tawazun"
        )
    config = Config()
    config.set_main_option("script_location", str(resources.files("tawazun.store") / "migrations"))
    config.set_main_option("path_separator", "os")
    with workspace.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
