"""Gives each test a workspace, once of each kind."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from postgres_servers import Server, postgres_server

from tawazun.store.workspaces import Workspace, create_workspace, open_workspace

Place = Callable[[], str]


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with postgres_server() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def place(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Place]:
    """Gives a function that names a place of the kind, where there is nothing yet; each call another one."""
    made: list[str] = []

    def another() -> str:
        if kind == "sqlite":
            made.append(f"w{len(made)}")
            return str(tmp_path / made[-1])
        server: Server = request.getfixturevalue("server")
        made.append(server.new_database())
        return server.address(made[-1])

    yield another
    if kind == "postgresql":
        for name in made:
            request.getfixturevalue("server").drop(name)


@pytest.fixture
def address(place: Place) -> str:
    """Gives the address of an empty workspace."""
    made = place()
    create_workspace(made)
    return made


@pytest.fixture
def workspace(address: str) -> Iterator[Workspace]:
    with open_workspace(address, wait=5) as opened:
        yield opened
