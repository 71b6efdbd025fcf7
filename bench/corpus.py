"""Turns the kit's raw articles into one table: what each step takes and how that grows, memory, speed of search, sizes.

usage: corpus.py KIT [--sizes 1000 3000 9358] [--folder DIR]

Every step but searching is the command that a user gives, in a process of its own. Articles are the first so many of the kit. PostgreSQL is
filled by loading what `tawazun batch` wrote. Processor seconds are those of the command and its processes, and of the server.
"""

import argparse
import gzip
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from math import log
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple

import msgspec
import psutil
from sqlalchemy import func, select

from search import filter_queries, times, word_queries
from store import spent
from tawazun.lexicon.load import load_lexicon
from tawazun.model.dossier import Dossier
from tawazun.store.articles import all_numbers, lines_of
from tawazun.store.names import Names
from tawazun.store.tables import METADATA
from tawazun.store.workspaces import Workspace, open_workspace

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "store"))
from postgres_servers import Server, postgres_server

COMMAND = (sys.executable, "-c", "from tawazun.present.cli.main import main; main()")
BETWEEN = 0.1
"""Is how many seconds pass between two looks at the memory of a command and its processes."""
MOST = 1.15
"""Is the exponent above which growth is marked."""


class Step(NamedTuple):
    """Is what a step took: seconds by the clock and of processors, and the most memory of its processes together, in bytes."""

    clock: float
    processor: float
    memory: int


class Search(NamedTuple):
    """Is what queries of a kind took by the clock, in milliseconds: the median, and what 95 in 100 stay below."""

    median: float
    most: float


class Store(NamedTuple):
    """Is what one kind of workspace came to with so many articles."""

    steps: dict[str, Step]
    searches: dict[str, Search]
    size: int


class Postgres(NamedTuple):
    """Is a running server and the processes that it consists of."""

    server: Server
    process: psutil.Process

    def spent(self) -> float:
        """Returns the processor seconds of the server, of its processes that ended too."""
        used = self.process.cpu_times()
        seconds = used.user + used.system + used.children_user + used.children_system
        for child in self.process.children():
            with suppress(psutil.Error):
                own = child.cpu_times()
                seconds += own.user + own.system
        return seconds


def run(*arguments: object, server: Callable[[], float] = lambda: 0.0) -> Step:
    """Runs a command of Tawazun to its end; ends this program where it fails."""
    began, processor, at_server = time.perf_counter(), spent(), server()
    with tempfile.TemporaryFile() as said:
        running = subprocess.Popen([*COMMAND, *map(str, arguments)], stdout=said, stderr=said)
        with watched(running.pid) as most:
            status = running.wait()
        if status:  # 1 says that some article was refused, which is to be seen but no reason to stop
            said.seek(0)
            told = f"tawazun {arguments[0]}: exit status {status}: {said.read().decode().strip()}"
            print(told, file=sys.stderr) if status == 1 else sys.exit(told)
    return Step(time.perf_counter() - began, spent() - processor + server() - at_server, most[0])


@contextmanager
def watched(pid: int) -> Iterator[list[int]]:
    """Gives a list whose one number becomes the most memory that a process and its children have together; what they share counts twice."""
    most, over = [0], Event()

    def watch() -> None:
        while not over.wait(BETWEEN):
            with suppress(psutil.Error):
                process = psutil.Process(pid)
                together = 0
                for each in (process, *process.children(recursive=True)):
                    with suppress(psutil.Error):
                        together += each.memory_info().rss
                most[0] = max(most[0], together)

    watcher = Thread(target=watch)
    watcher.start()
    try:
        yield most
    finally:
        over.set()
        watcher.join()


def write_articles(kit: Path, out: Path, number: int) -> int:
    """Writes the first articles of the kit as rows of a file and returns how many there were."""
    with gzip.open(kit / "data" / "raw_articles.jsonl.gz", "rb") as file:
        lines = list(islice(file, number))
    out.write_bytes(b"".join(lines))
    return len(lines)


def searched(workspace: Workspace, names: Names, server: Callable[[], float]) -> tuple[dict[str, Search], Step]:
    """Times 100 filter and 100 word queries of what a workspace holds."""
    kinds = {"filter": filter_queries(workspace), "word": word_queries(workspace)}
    began, processor, at_server = time.perf_counter(), spent(), server()
    found = {}
    for kind, queries in kinds.items():
        clock, _ = times(workspace, queries, names)
        found[kind] = Search(statistics.median(clock), sorted(clock)[int(len(clock) * 0.95)])
    return found, Step(time.perf_counter() - began, spent() - processor + server() - at_server, 0)


def in_sqlite(articles: Path, coded: Path, folder: Path, names: Names) -> Store:
    """Takes articles in, again, merges and searches them; loads what a batch wrote into a second workspace."""
    workspace, second = folder / "workspace", folder / "loaded"
    run("init", workspace)
    run("init", second)
    steps = {"ingest": run("ingest", articles, "-w", workspace, "--no-merge"), "merge": run("merge", "-w", workspace)}
    before = rows_in(workspace)
    steps["ingest again"] = run("ingest", articles, "-w", workspace)
    if rows_in(workspace) != before:
        sys.exit(f"taking the same in again changed something: {before} before, {rows_in(workspace)} after")
    with open_workspace(str(workspace)) as opened:
        searches, steps["search"] = searched(opened, names, lambda: 0.0)
    steps["load"] = run("load", coded, "-w", second)
    return Store(steps, searches, sum(file.stat().st_size for file in workspace.iterdir()))


def rows_in(workspace: Path) -> dict[str, int]:
    """Counts the rows of all tables."""
    with open_workspace(str(workspace)) as opened, opened.reading() as connection:
        return {table.name: connection.scalar(select(func.count()).select_from(table)) for table in METADATA.sorted_tables}


def in_postgres(coded: Path, postgres: Postgres, names: Names) -> Store:
    """Loads what a batch wrote, merges and searches it."""
    database = postgres.server.new_database()
    address = postgres.server.address(database)
    run("init", address)
    steps = {"load": run("load", coded, "-w", address, server=postgres.spent)}
    steps["merge"] = run("merge", "-w", address, server=postgres.spent)
    postgres.server.run("VACUUM ANALYZE", database)  # which a server does by itself after a while
    with open_workspace(address) as opened:
        searches, steps["search"] = searched(opened, names, postgres.spent)
    size = int(str(postgres.server.run(f"SELECT pg_database_size('{database}')")[0][0]))
    postgres.server.drop(database)
    return Store(steps, searches, size)


def measure(kit: Path, number: int, folder: Path, postgres: Postgres, names: Names) -> tuple[int, dict[str, Store], float]:
    """Returns how many articles there were, what each kind of workspace came to, and the bytes of their text."""
    (folder / "in").mkdir(parents=True)
    articles = folder / "in" / "articles.jsonl"
    number = write_articles(kit, articles, number)
    coding = run("batch", folder / "in", folder / "coded")
    stores = {"SQLite": in_sqlite(articles, folder / "coded", folder, names), "PostgreSQL": in_postgres(folder / "coded", postgres, names)}
    stores["SQLite"].steps["batch"] = coding
    with open_workspace(str(folder / "workspace")) as opened:
        text = text_bytes(opened)
    return number, stores, text


def text_bytes(workspace: Workspace) -> float:
    """Returns the bytes of all texts in UTF-8."""
    decode = msgspec.json.Decoder(Dossier).decode
    with workspace.reading() as connection:
        return sum(len(decode(line).document.text.encode()) for _, line in lines_of(connection, all_numbers(connection)))


def exponent(numbers: Sequence[int], seconds: Sequence[float]) -> float | None:
    """Returns the exponent of growth by least squares over the logarithms; None for one size."""
    if len(set(numbers)) < 2:
        return None
    return statistics.linear_regression([log(number) for number in numbers], [log(each) for each in seconds]).slope


def print_store(kind: str, sizes: Sequence[int], found: Sequence[Store], texts: Sequence[float]) -> None:
    print(f"\n{kind}: seconds by the clock (processor seconds) with so many articles; exponent of the processor's; peak memory")
    print(f"{'':14}" + "".join(f"{number:>18,}" for number in sizes) + f"{'exponent':>10}{'peak MB':>9}")
    for step in found[0].steps:
        taken = [store.steps[step] for store in found]
        grows = exponent(sizes, [each.processor for each in taken])
        shown = "".join(f"{each.clock:.1f} ({each.processor:.1f})".rjust(18) for each in taken)
        memory = max(each.memory for each in taken)
        marks = f"{'' if grows is None else f'{grows:.2f}':>10}{f'{memory / 1e6:.0f}' if memory else '':>9}"
        print(f"{step:14}{shown}{marks}{'  grows too fast' if grows is not None and grows > MOST else ''}")
    for what in found[0].searches:
        shown = "".join(f"{store.searches[what].median:.1f}, p95 {store.searches[what].most:.0f} ms".rjust(18) for store in found)
        print(f"{what + ' search':14}{shown}")
    print(f"{'of the text':14}" + "".join(f"{store.size / text:.2f} times".rjust(18) for store, text in zip(found, texts, strict=True)))


def print_totals(sizes: Sequence[int], stores: Sequence[dict[str, Store]]) -> None:
    number, steps = sizes[-1], stores[-1]["SQLite"].steps
    together = steps["ingest"].clock + steps["merge"].clock
    print(f"\n{number:,} articles taken in, coded, merged and searchable in {together / 60:.1f} minutes,", end=" ")
    print(f"at most {max(step.memory for step in steps.values()) / 1e9:.2f} GB; taken in again in {steps['ingest again'].clock:.1f} s")
    for kind, store in stores[-1].items():
        print(f"{kind} loads {number / store.steps['load'].clock:.0f} dossiers/s by the clock, start of the program included")


def server_process(server: Server) -> psutil.Process:
    return psutil.Process(int((server.folder / "data" / "postmaster.pid").read_text().split()[0]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kit", type=Path, help="the evaluation kit's folder, with data/raw_articles.jsonl.gz")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 3_000, 9_358], help="of how many articles")
    parser.add_argument("--folder", type=Path, help="where the workspaces go; by default a temporary folder")
    given = parser.parse_args()
    names = Names(load_lexicon())
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the beginning", flush=True)
    sizes, stores, texts = [], [], []
    with tempfile.TemporaryDirectory(dir=given.folder) as folder, postgres_server(safe=True) as server:
        postgres = Postgres(server, server_process(server))
        for size in sorted(given.sizes):
            place = Path(folder) / str(size)
            number, found, text = measure(given.kit, size, place, postgres, names)
            shutil.rmtree(place)
            sizes, stores, texts = [*sizes, number], [*stores, found], [*texts, text]
            print(f"{number:,} articles measured", file=sys.stderr, flush=True)
    for kind in stores[0]:
        print_store(kind, sizes, [store[kind] for store in stores], texts)
    print_totals(sizes, stores)


if __name__ == "__main__":
    main()
