"""Turns the kit's raw articles into figures on searching them: 100 different filter queries and 100 word queries, SQLite and PostgreSQL.

usage: search.py KIT [--workspace DIR]

Coding all articles takes some ten minutes; a workspace that holds them already is named with --workspace. PostgreSQL gets a copy of its
rows. Processor time is that of this process: all of SQLite's work, and what is done here for PostgreSQL.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter, process_time

from sqlalchemy import func, select, text

from tawazun.app.ingesting import ingest
from tawazun.lexicon.load import load_lexicon
from tawazun.model.entries import EVENT_TYPES, STATUSES
from tawazun.store.bulks import add
from tawazun.store.filters import known_values
from tawazun.store.names import Names
from tawazun.store.queries import Part, Query
from tawazun.store.searches import search
from tawazun.store.tables import ACTORS, ARTICLES, EVENTS, METADATA, PARTIES, SENTENCES, TOPICS
from tawazun.store.workspaces import Workspace, create_workspace, open_workspace

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "store"))
from postgres_servers import VERSION, postgres_server

NUMBER = 100
_ROWS = 10_000


def filter_queries(workspace: Workspace) -> list[Query]:
    """Makes different queries of one to three filters, of what the workspace has, frequent and rare."""
    draw = random.Random(20)
    with workspace.reading() as connection:
        used = select(ACTORS.c.en, func.count()).join(PARTIES, PARTIES.c.actor == ACTORS.c.number).where(ACTORS.c.en.is_not(None))
        names = [name for name, _ in connection.execute(used.group_by(ACTORS.c.en).order_by(func.count().desc(), ACTORS.c.en).limit(400))]
        codes = [code for code in known_values(connection, PARTIES.c.code) if "+" not in code]
        topics = known_values(connection, TOPICS.c.topic)
        outlets = known_values(connection, ARTICLES.c.outlet)
        places = list(connection.scalars(select(EVENTS.c.place).where(EVENTS.c.geonames.is_not(None)).distinct().order_by(EVENTS.c.place)))
    makers = [
        lambda: {"parts": (Part((draw.choice(names),)),)},
        lambda: {"parts": (Part((draw.choice(codes),), draw.choice([None, "source", "target", "holder"])),)},
        lambda: {"parts": (Part((draw.choice(codes).partition(".")[0],)), Part((draw.choice(codes).partition(".")[0],)))},
        lambda: {"types": (draw.choice(EVENT_TYPES),)},
        lambda: {"statuses": (draw.choice(STATUSES),)},
        lambda: {"outlets": (draw.choice(outlets),)},
        lambda: {"places": (draw.choice([*places, *(code for code in codes if len(code) == 3 and code in countries)]),)},
        lambda: {"topics": (draw.choice(topics),)},
        lambda: {"since": f"{draw.randint(2008, 2016)}", "until": f"{draw.randint(2017, 2022)}-{draw.randint(1, 12):02d}"},
        lambda: {"published_since": f"{draw.randint(2008, 2016)}-{draw.randint(1, 12):02d}", "published_until": "2021"},
    ]
    countries = {country.iso3 for country in load_lexicon().countries}
    found: list[Query] = []
    while len(found) < NUMBER:
        slots: dict[str, object] = {}
        for maker in draw.sample(makers, draw.randint(1, 3)):
            slots |= maker()
        query = Query(**slots)  # type: ignore[arg-type]
        if query not in found:
            found.append(query)
    return found


def word_queries(workspace: Workspace) -> list[Query]:
    """Makes different queries of words of its sentences: one to three, phrases, alternatives, exclusions."""
    draw = random.Random(21)
    with workspace.reading() as connection:
        sentences = list(connection.scalars(select(SENTENCES.c.words).order_by(SENTENCES.c.number).limit(20_000)))
    found: list[Query] = []
    while len(found) < NUMBER:
        words = [word for word in draw.choice(sentences).split() if len(word) > 2]
        if len(words) < 4:
            continue
        start = draw.randrange(len(words) - 3)
        some = words[start : start + 3]
        shape = draw.choice(["{0}", "{0} {1}", "{0} {1} {2}", '"{0} {1}"', "{0} OR {1}", "{0} -{2}", "{0}*"])
        query = Query(words=shape.format(*some))
        if query not in found:
            found.append(query)
    return found


def times(workspace: Workspace, queries: Sequence[Query], names: Names) -> tuple[list[float], list[float]]:
    """Returns the milliseconds that each query takes, count, page and dossiers of the first twenty together, by the clock and of the
    processor; each is run once before.
    """
    clock: list[float] = []
    processor: list[float] = []
    for found in (([], []), (clock, processor)):
        for query in queries:
            start, busy = perf_counter(), process_time()
            with workspace.reading() as connection:
                search(connection, query, names)
            found[0].append((perf_counter() - start) * 1000)
            found[1].append((process_time() - busy) * 1000)
    return clock, processor


def show(what: str, store: str, clock: Sequence[float], processor: Sequence[float]) -> None:
    figures = [f"median {statistics.median(some):.0f} ms, p95 {sorted(some)[int(len(some) * 0.95)]:.0f} ms" for some in (clock, processor)]
    print(f"{what} queries, {store}, of {len(clock)}: {figures[0]}, longest {max(clock):.0f} ms; processor {figures[1]}")


def copied(source: Workspace, target: Workspace) -> None:
    """Copies all rows, and lets the database look at what it has, as it does by itself after a while."""
    with source.reading() as rows, target.writing() as connection:
        for table in METADATA.sorted_tables:
            result = rows.execution_options(stream_results=True).execute(select(table))
            while some := result.fetchmany(_ROWS):
                add(connection, table, [tuple(row) for row in some])
    with target.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def measure(workspace: Workspace, store: str, queries: dict[str, list[Query]], names: Names) -> None:
    for what, some in queries.items():
        show(what, store, *times(workspace, some, names))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("kit", type=Path)
    parser.add_argument("--workspace", help="one that holds the kit's articles already")
    given = parser.parse_args()
    names = Names(load_lexicon())
    with tempfile.TemporaryDirectory() as folder:
        place = given.workspace or f"{folder}/workspace"
        create_workspace(place)
        with open_workspace(place) as sqlite:
            if not given.workspace:
                ingest(sqlite, [str(given.kit / "data" / "raw_articles.jsonl.gz")])
            with sqlite.reading() as connection:
                counts = [connection.scalar(select(func.count()).select_from(table)) for table in (ARTICLES, SENTENCES, EVENTS)]
            print("{} articles, {} sentences, {} events; {} cores, load {:.1f}".format(*counts, os.cpu_count(), os.getloadavg()[0]))
            queries = {"filter": filter_queries(sqlite), "word": word_queries(sqlite)}
            measure(sqlite, "SQLite", queries, names)
            with postgres_server() as server:
                address = server.address(server.new_database())
                create_workspace(address)
                with open_workspace(address) as postgres:
                    copied(sqlite, postgres)
                    measure(postgres, f"PostgreSQL {VERSION}", queries, names)


if __name__ == "__main__":
    main()
