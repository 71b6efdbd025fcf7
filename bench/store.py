"""Turns a file of dossiers into figures of a workspace: loading, loading again, size, backup and restore, on SQLite and PostgreSQL.

usage: store.py DOSSIERS.jsonl
"""

import json
import os
import resource
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "store"))

from servers import postgres_server

from tawazun.app.backups import back_up, restore
from tawazun.app.loading import load
from tawazun.store.articles import all_numbers, lines_of
from tawazun.store.workspaces import create_workspace, open_workspace

SHOWN = 12


def spent() -> float:
    """Returns the processor seconds of this process and of those it started and that ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def timed(what: str, run: Callable[[], object], articles: int) -> None:
    wall, processor = perf_counter(), spent()
    run()
    wall, processor = perf_counter() - wall, spent() - processor
    each = 1000 * processor / articles
    print(f"  {what}: {wall:.1f} s, {articles / wall:.0f} articles/s; processor {processor:.1f} s, {each:.2f} ms an article", flush=True)


def measure(workspace: str, dossiers: str, articles: int, folder: Path, another: str) -> None:
    create_workspace(workspace)
    with open_workspace(workspace) as opened:
        timed("load", lambda: load(opened, [dossiers]), articles)
        timed("load again, which changes nothing", lambda: load(opened, [dossiers]), articles)
        timed("give all dossiers back", lambda: read_all(opened), articles)
        timed("backup", lambda: back_up(opened, folder / "backup.zip"), articles)
    print(f"  the backup has {(folder / 'backup.zip').stat().st_size / articles:.0f} bytes an article")
    create_workspace(another)
    with open_workspace(another) as opened:
        timed("restore, checked", lambda: restore(opened, folder / "backup.zip"), articles)


def read_all(workspace: object) -> int:
    with workspace.reading() as connection:  # type: ignore[attr-defined]
        return sum(len(line) for _, line in lines_of(connection, all_numbers(connection)))


def print_tables(database: Path, articles: int) -> None:
    connection = sqlite3.connect(database)
    found = connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC").fetchall()
    connection.close()
    print("  bytes an article: " + ", ".join(f"{name} {size / articles:.0f}" for name, size in found[:SHOWN]) + ", …")


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    dossiers = sys.argv[1]
    letters = articles = 0
    with open(dossiers, encoding="utf-8") as file:
        for line in file:
            articles += 1
            letters += len(json.loads(line)["document"]["text"].encode())
    print(f"{articles} articles of {letters / articles:.0f} bytes of text, dossiers of {os.path.getsize(dossiers) / articles:.0f} bytes")
    folder = Path(tempfile.mkdtemp())
    try:
        print("SQLite")
        measure(str(folder / "w"), dossiers, articles, folder, str(folder / "w2"))
        size = (folder / "w" / "tawazun.db").stat().st_size
        print(f"  {size / articles:.0f} bytes an article, {size / letters:.1f} times the text")
        print_tables(folder / "w" / "tawazun.db", articles)
        with postgres_server(safe=True) as server:
            print("PostgreSQL")
            database = server.new_database()
            measure(server.address(database), dossiers, articles, folder, server.address(server.new_database()))
            size = int(str(server.run(f"SELECT pg_database_size('{database}')")[0][0]))
            print(f"  {size / articles:.0f} bytes an article, {size / letters:.1f} times the text")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
