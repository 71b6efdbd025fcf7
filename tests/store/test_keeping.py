"""What a workspace keeps, in SQLite and in PostgreSQL alike."""

import json
import multiprocessing
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from own_articles import article, quickly, read_quickly, write_articles
from sqlalchemy import MetaData, select, text, update
from wholeness import assert_whole, count_of

from tawazun.app.ingesting import ingest
from tawazun.app.keeping import codings
from tawazun.app.recoding import recode_articles
from tawazun.base.errors import InputError, InternalError, SetupError
from tawazun.model.articles import Article
from tawazun.model.dossier import Dossier
from tawazun.store.articles import counts
from tawazun.store.tables import (
    ACTORS,
    ARTICLES,
    CLAIMS,
    COUNTERS,
    DOSSIERS,
    EVENTS,
    LINKS,
    METADATA,
    PARTIES,
    REJECTS,
    SENTENCES,
    TOPICS,
    number_in,
)
from tawazun.store.workspaces import VERSION, Workspace, create_workspace, open_workspace

SPAN = {"start": 0, "end": 4}
BECAUSE = {"rule": "test"}


def test_a_workspace_is_made_once(place: Callable[[], str]) -> None:
    named = place()
    with pytest.raises(InputError, match="no workspace"), open_workspace(named):
        pass
    assert create_workspace(named)
    assert not create_workspace(named)


SEARCHED = {
    *("sentences_words", "actors_words", "events_sentence", "events_article", "events_status", "events_geonames", "events_place"),
    "events_mode",
}
"""Are the indexes that only a search needs, made by its migration; the tables that it needs have no place in METADATA either."""


def test_the_migrations_make_the_tables_that_the_code_names(workspace: Workspace) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    def ours(item: object, name: str | None, kind: str, reflected: bool, other: object) -> bool:
        words = kind == "table" and (name or "").startswith(("sentence_words", "actor_words"))
        return not words and name not in SEARCHED and name not in ("vectors", "alembic_version")

    with workspace.reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
        assert compare_metadata(context, METADATA) == []
        there = MetaData()
        there.reflect(connection, only=lambda name, _: name in METADATA.tables)
        for name, table in METADATA.tables.items():
            assert [column.name for column in there.tables[name].columns] == [column.name for column in table.columns], name
            assert {index.name for index in there.tables[name].indexes} >= {index.name for index in table.indexes} - {"sentences_words"}, (
                name
            )


def test_a_database_of_something_else_is_left_alone(place: Callable[[], str], kind: str, tmp_path: Path) -> None:
    named = place()
    if kind == "sqlite":
        Path(named).mkdir()
        import sqlite3

        with sqlite3.connect(Path(named) / "tawazun.db") as connection:
            connection.execute("CREATE TABLE customers (name text)")
        connection.close()
    else:
        import psycopg

        with psycopg.connect(named) as other:
            other.execute("CREATE TABLE customers (name text)")
    with pytest.raises(InputError, match="something else \\(customers"):
        create_workspace(named)


@pytest.mark.parametrize(
    ("version", "message"), [("0000", f"of version 0000; bring it to {VERSION} with `tawazun init"), ("9999", "made by a later Tawazun")]
)
def test_a_workspace_of_another_version_says_what_to_do(address: str, version: str, message: str) -> None:
    with open_workspace(address) as workspace, workspace.writing() as connection:
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{version}'"))
    with pytest.raises(SetupError, match=message), open_workspace(address):
        pass


def test_taking_in_twice_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    source = write_articles(tmp_path / "in.jsonl", range(150))
    first = ingest(workspace, [str(source)], 1, reading=read_quickly)
    assert (first.new, first.known, first.refused) == (150, 0, 0)
    before = everything(workspace)
    second = ingest(workspace, [str(source)], 1, reading=read_quickly)
    assert (second.new, second.known) == (0, 150)
    assert everything(workspace) == before
    assert len(assert_whole(workspace)) == 150


def everything(workspace: Workspace) -> dict[str, list[tuple[object, ...]]]:
    with workspace.reading() as connection:
        return {name: sorted(map(tuple, connection.execute(select(table))), key=repr) for name, table in METADATA.tables.items()}


def test_the_same_words_of_another_outlet_are_another_article(workspace: Workspace, tmp_path: Path) -> None:
    row = article(1)
    rows = [row, {**row, "id": "b"}, {**row, "id": "c", "outlet": "Other"}, {**row, "id": "d", "date": "2021-04-01"}]
    source = tmp_path / "in.jsonl"
    source.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    done = ingest(workspace, [str(source)], 1, reading=read_quickly)
    assert (done.new, done.repeated) == (3, 1)
    with workspace.reading() as connection:
        assert set(connection.scalars(select(ARTICLES.c.document))) == {"a1", "c", "d"}


def test_an_id_that_another_article_has_is_not_given_again(workspace: Workspace, tmp_path: Path) -> None:
    for name, rows in (("one.jsonl", [{**article(1), "id": "x"}]), ("two.jsonl", [{**article(2), "id": "x"}, {**article(3), "id": "x"}])):
        (tmp_path / name).write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
        ingest(workspace, [str(tmp_path / name)], 1, reading=read_quickly)
    with workspace.reading() as connection:
        documents = list(connection.scalars(select(ARTICLES.c.document)))
        keys = set(connection.scalars(select(ARTICLES.c.key)))
    assert len(set(documents)) == 3
    assert set(documents) - {"x"} < keys


def test_what_a_dossier_says_is_in_the_rows(workspace: Workspace) -> None:
    keep_one(workspace, hand_made())
    number = 5
    with workspace.reading() as connection:
        rows = {table.name: sorted(map(tuple, connection.execute(select(table)))) for table in (EVENTS, PARTIES, TOPICS, CLAIMS, LINKS)}
        names = {row.number: (row.kind, row.code, row.wikidata, row.ar, row.en, row.words) for row in connection.execute(select(ACTORS))}
        sentences = [tuple(row) for row in connection.execute(select(SENTENCES).order_by(SENTENCES.c.number))]
    e0, e1 = number_in(number, 0), number_in(number, 1)
    egypt = next(at for at, row in names.items() if row[2] == "Q79")
    unknown = next(at for at, row in names.items() if row[2] is None)
    rest = (30.06, 31.25, "state", "named")
    assert rows["events"] == [
        (
            e0,
            "event-1",
            0,
            0,
            4,
            "CONSULT",
            "phone",
            "occurred",
            0.5,
            "2021-02",
            "2021-02-01",
            "2021-02-28",
            "القاهرة",
            "360630",
            "EGY",
            *rest,
        ),
        (e1, "event-2", 0, 5, 9, "AGREE", None, "planned", 0.25, *(None,) * 10),
    ]
    assert rows["parties"] == [
        (e0, 0, egypt, "source", "EGY"),
        *sorted([(e0, 1, egypt, "target", "EGY+"), (e0, 1, unknown, "target", "EGY+")]),
        (e0, 2, unknown, "holder", "TUN.GOV"),
        (e1, 0, 0, "source", None),
    ]
    assert rows["topics"] == [(e0, "borders"), (e0, "water")]
    assert rows["claims"] == [(number_in(number, 0), "claim-1", "state", 0, 4, 1)]
    assert rows["links"] == [(e0, e1, "cause")]
    assert names[egypt] == ("state", "EGY", "Q79", "مصر", "Egypt", "مصر egypt")
    assert names[unknown] == ("person", "TUN.GOV", None, "والوزير", None, "وزير")
    assert sentences == [(number_in(number, 0), "بحث في قاهره"), (number_in(number, 1), "بحث وزير ملف")]


def hand_made() -> Dossier:
    names = [("actor-e", "state", "EGY", "Q79", "مصر", "Egypt"), ("actor-u", "person", "TUN.GOV", None, "والوزير", None)]
    participant = {"start": 0, "end": 4}
    attribution = {"holder": SPAN, "actors": ["actor-u"], "cue": SPAN, "voice": "named", "act": "state", "quoted": False}
    place = {**SPAN, "name": "القاهرة", "geonames": "360630", "lat": 30.06, "lon": 31.25, "country": "EGY"}
    bare = {"mode": None, "sentence": 0, "attribution": None, "time": None, "place": None, "topic": [], "magnitude": [], "because": BECAUSE}
    events = [
        {**bare, "id": "event-1", "type": "CONSULT", "mode": "phone", "status": "occurred", "trigger": SPAN, "confidence": 0.5}
        | {"attribution": attribution, "place": place, "topic": ["water", "borders", "water"]}
        | {"time": {**SPAN, "text": "", "iso": "2021-02", "granularity": "month"}}
        | {
            "participants": [
                {**participant, "role": "source", "actors": ["actor-e"], "code": "EGY"},
                {**participant, "role": "target", "actors": ["actor-u", "actor-e"], "code": "EGY+"},
            ]
        },
        {**bare, "id": "event-2", "type": "AGREE", "status": "planned", "trigger": {"start": 5, "end": 9}, "confidence": 0.25}
        | {"participants": [{**participant, "role": "source", "actors": [], "code": None}]},
    ]
    return msgspec.convert(
        {
            "schema": "tawazun/dossier/1",
            "id": "dossier-1",
            "made_by": {"engine": "0", "knowledge": "sha256:0"},
            "document": {"id": "d", "url": None, "outlet": None, "title": "بحثٌ في القاهرة", "language": "ar", "published": None}
            | {"text": "بحث الوزير الملف"},
            "sentences": [{"start": 0, "end": 16}],
            "actors": [
                {"id": id, "kind": kind, "code": code, "wikidata": wikidata, "names": {"ar": ar, "en": en}, "role": None, "mentions": []}
                for id, kind, code, wikidata, ar, en in names
            ],
            "events": events,
            "claims": [{"id": "claim-1", "holder": SPAN, "act": "state", "content": SPAN, "quoted": True, "events": ["event-1"]}],
            "links": [
                {"kind": "cause", "from": "event-1", "to": to, "cue": SPAN, "because": BECAUSE} for to in ("event-2", "event-2", "event-9")
            ],
            "instruments": [],
            "unread": [],
        },
        Dossier,
    )


def keep_one(workspace: Workspace, dossier: Dossier, number: int = 5) -> None:
    from tawazun.store.articles import Arrival, keep

    document = dossier.document
    arrival = Arrival(number, "key", document.id, Article(""), len(document.text), "test", None, "2021-01-01")
    with workspace.writing() as connection:
        keep(connection, [(arrival, codings().of(number, msgspec.json.encode(dossier)))])


def test_two_events_of_one_id_are_both_kept(workspace: Workspace) -> None:
    dossier = hand_made()
    keep_one(workspace, msgspec.structs.replace(dossier, events=(*dossier.events, dossier.events[0])))
    with workspace.reading() as connection:
        assert list(connection.scalars(select(EVENTS.c.id).order_by(EVENTS.c.number))) == ["event-1", "event-2", "event-1"]


def test_texts_with_nul_are_kept(workspace: Workspace, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps({**article(3), "title": "a\0b", "outlet": "\0"}), "utf-8")
    assert ingest(workspace, [str(source)], 1, reading=read_quickly).new == 1
    assert ingest(workspace, [str(source)], 1, reading=read_quickly).known == 1


def test_what_is_refused_is_kept_with_its_reason_once(workspace: Workspace, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    rows = [json.dumps(article(1)), "{broken", json.dumps({"text": "not Arabic at all"}), json.dumps({**article(2), "date": "10 March"})]
    source.write_text("\n".join(rows), "utf-8")
    for _ in range(2):
        done = ingest(workspace, [str(source)], 1, reading=read_quickly)
        assert done.refused == 2
    with workspace.reading() as connection:
        found = [(row.line, row.article, row.kept) for row in connection.execute(select(REJECTS).order_by(REJECTS.c.line))]
    assert found == [(2, None, 0), (3, None, 0), (4, "a2", 1)]


def test_coding_again_keeps_the_ids_that_still_hold(workspace: Workspace, tmp_path: Path) -> None:
    source = write_articles(tmp_path / "in.jsonl", range(8))
    ingest(workspace, [str(source)], 1)
    first = assert_whole(workspace)
    assert recode_articles(workspace, processes=1).articles == 0
    with workspace.writing() as connection:
        connection.execute(update(DOSSIERS).where(DOSSIERS.c.article <= 3).values(knowledge="sha256:old"))
        numbers = dict(connection.execute(select(ARTICLES.c.key, ARTICLES.c.number)).all())
    done = recode_articles(workspace, processes=1)
    assert (done.articles, done.failed) == (3, 0)
    assert done.before == done.after == done.kept > 0
    assert assert_whole(workspace) == first
    with workspace.reading() as connection:
        assert dict(connection.execute(select(ARTICLES.c.key, ARTICLES.c.number)).all()) == numbers
    assert recode_articles(workspace, processes=1).articles == 0
    assert recode_articles(workspace, everything=True, processes=1).articles == 8


def test_coding_again_tells_what_changed(workspace: Workspace, tmp_path: Path) -> None:
    """Dossiers that say something else are replaced whole, and nothing of the old ones stays."""
    source = write_articles(tmp_path / "in.jsonl", range(3))
    ingest(workspace, [str(source)], 1, reading=read_quickly)
    done = recode_articles(workspace, everything=True, processes=1)
    assert done.articles == 3
    assert done.kept == 0 < done.after
    assert_whole(workspace)


def test_two_runs_at_once_keep_each_article_once(address: str, tmp_path: Path) -> None:
    sources = [write_articles(tmp_path / "one.jsonl", range(160)), write_articles(tmp_path / "two.jsonl", range(80, 240))]
    context = multiprocessing.get_context("fork")
    runs = [context.Process(target=take_in, args=(address, str(source))) for source in sources]
    for run in runs:
        run.start()
    seen: list[tuple[int, int]] = []
    with open_workspace(address) as workspace:
        while any(run.is_alive() for run in runs):
            seen.append(stable(workspace))
        for run in runs:
            run.join()
        assert [run.exitcode for run in runs] == [0, 0]
        assert len(assert_whole(workspace)) == 240
    assert seen == sorted(seen)


def take_in(address: str, source: str) -> None:
    with open_workspace(address) as workspace:
        ingest(workspace, [source], 1, reading=read_quickly)


def stable(workspace: Workspace) -> tuple[int, int]:
    """Counts twice in one transaction, which sees one state however much is written meanwhile."""
    with workspace.reading() as connection:
        first = counts(connection)
        assert count_of(connection, DOSSIERS) == first["articles"]
        assert counts(connection) == first
        return first["articles"], first["events"]


def test_a_reader_sees_one_state_while_another_writes(workspace: Workspace, tmp_path: Path) -> None:
    source = write_articles(tmp_path / "in.jsonl", range(20))
    with workspace.reading() as connection:
        assert counts(connection)["articles"] == 0
        writer = threading.Thread(target=ingest, args=(workspace, [str(source)], 1), kwargs={"reading": read_quickly})
        writer.start()
        writer.join()
        assert counts(connection)["articles"] == 0
    with workspace.reading() as connection:
        assert counts(connection)["articles"] == 20


def test_an_id_given_at_the_same_time_by_another_run_is_not_given_again(workspace: Workspace) -> None:
    from tawazun.store.articles import Arrival, keep

    for number in (1, 2):
        given = Article(f"{article(number)['text']}", "same")
        arrival = Arrival(number, f"key-{number}", "same", given, 10, "test", None, "2021-01-01")
        with workspace.writing() as connection:
            keep(connection, [(arrival, codings().of(number, quickly(given)))])
    with workspace.reading() as connection:
        assert list(connection.scalars(select(ARTICLES.c.document).order_by(ARTICLES.c.number))) == ["same", "key-2"]


def test_a_broken_promise_of_ours_is_told_as_ours(workspace: Workspace) -> None:
    with pytest.raises(InternalError, match="the database refused"), workspace.writing() as connection:
        connection.execute(COUNTERS.insert(), [{"name": "twice", "next": 1}] * 2)
    with workspace.reading() as connection:
        assert count_of(connection, COUNTERS) == 0
