"""The nearest vectors are those that comparing all of them gives, whatever the rows they are kept in."""

from collections.abc import Iterator

import pytest
from postgres_servers import postgres_server
from sqlalchemy import insert, select

from tawazun.base.errors import InputError
from tawazun.store.tables import DOSSIERS, SENTENCES, number_in
from tawazun.store.vectors import keep_vectors, lacking, lacking_count, nearest_sentences, sentences_in
from tawazun.store.workspaces import Workspace, create_workspace, open_workspace

numpy = pytest.importorskip("numpy")
LENGTHS = {1: 3, 2: 700, 3: 0, 4: 1, 5: 1024, 6: 1500}
"""Are how many sentences articles have: fewer and more than a row of vectors holds, and none."""
LENGTH = 64


@pytest.fixture(params=["sqlite", "postgresql"])
def workspace(request: pytest.FixtureRequest, tmp_path: object) -> Iterator[Workspace]:
    if request.param == "sqlite":
        yield from _filled(f"{tmp_path}/w")
        return
    with postgres_server() as server:
        yield from _filled(server.address(server.new_database()))


def _filled(address: str) -> Iterator[Workspace]:
    create_workspace(address)
    with open_workspace(address) as opened:
        with opened.writing() as connection:
            for article, size in LENGTHS.items():
                row = {"article": article, "id": f"dossier-{article}", "engine": "", "knowledge": "", "body": b""}
                connection.execute(insert(DOSSIERS).values(row))
                # Article 2 has a title, so its numbers begin one lower.
                first = number_in(article, 0 if article == 2 else 1)
                if size:
                    connection.execute(insert(SENTENCES), [{"number": first + index, "words": ""} for index in range(size)])
        yield opened


def test_the_nearest_are_exact_and_filtered_and_go_with_their_sentences(workspace: Workspace) -> None:
    draw = numpy.random.default_rng(7)
    meaning = draw.standard_normal(LENGTH).astype(numpy.float32)
    kept: dict[int, float] = {}
    with workspace.reading() as connection:
        with pytest.raises(InputError, match="tawazun embed"):
            nearest_sentences(connection, meaning, 5)
        assert lacking(connection, 0, 10) == [1, 2, 4, 5, 6] and lacking(connection, 2, 2) == [4, 5] and lacking_count(connection) == 5
    for article in (1, 2, 4, 5, 6):
        vectors = draw.standard_normal((LENGTHS[article], LENGTH)).astype(numpy.float32)
        vectors[0, :4] = (0, -0.0, 6e-8, -65504)
        with workspace.writing() as connection:
            numbers = sentences_in(connection, article)
            keep_vectors(connection, numbers, vectors)
            keep_vectors(connection, numbers[:-1], vectors[:-1])
        halves = vectors.astype(numpy.float16).astype(numpy.float32)
        kept |= dict(zip(numbers, (halves @ meaning).tolist(), strict=True))
    with workspace.reading() as connection:
        near = nearest_sentences(connection, meaning, 50)
        best = sorted(kept, key=lambda number: -kept[number])[:50]
        assert near.numbers == tuple(best) and near.compared == len(kept) and lacking_count(connection) == 0
        assert near.likeness == pytest.approx([kept[number] for number in best], rel=1e-3, abs=1e-3)
        among = select(SENTENCES.c.number).where(SENTENCES.c.number % 7 == 0)
        within = nearest_sentences(connection, meaning, 5, among)
        assert within.numbers == tuple(sorted((n for n in kept if n % 7 == 0), key=lambda number: -kept[number])[:5])
        assert within.compared == sum(number % 7 == 0 for number in kept)
    with workspace.writing() as connection:
        connection.execute(SENTENCES.delete().where(SENTENCES.c.number >= number_in(6, 0)))
    with workspace.reading() as connection:
        assert nearest_sentences(connection, meaning, 5).compared == len(kept) - LENGTHS[6]
