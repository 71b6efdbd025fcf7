"""Turns 200 killed runs on each kind of workspace into how many left all that they had reported, whole.

usage: kills.py [MOMENTS]
"""

import shutil
import sys
import tempfile
from itertools import count
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "store"))

from postgres_servers import Server, postgres_server

from kills import ARTICLES, kill_at


def tell(kind: str, left: list[int], seconds: float) -> None:
    middle = sum(0 < kept < ARTICLES for kept in left)
    print(
        f"{kind}: {len(left)} runs of {ARTICLES} articles killed, {middle} of them in the middle of keeping; after each every article",
        end=" ",
    )
    print(f"reported kept was there whole, none by half, and a second run came to the uninterrupted result ({seconds:.0f} s)", flush=True)


def sqlite(moments: int) -> list[int]:
    folder = Path(tempfile.mkdtemp())
    numbers = count()

    def place() -> str:
        shutil.rmtree(folder, ignore_errors=True)
        return str(folder / str(next(numbers)))

    try:
        return kill_at(moments, place)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def postgres(server: Server, moments: int) -> list[int]:
    last: list[str] = []

    def place() -> str:
        if last:
            server.drop(last.pop())
        last.append(server.new_database())
        return server.address(last[-1])

    return kill_at(moments, place)


def main() -> None:
    moments = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    began = perf_counter()
    tell("SQLite", sqlite(moments), perf_counter() - began)
    with postgres_server() as server:
        began = perf_counter()
        tell("PostgreSQL", postgres(server, moments), perf_counter() - began)


if __name__ == "__main__":
    main()
