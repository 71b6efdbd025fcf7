"""Turns the project's own articles into the dictionary that dossiers in a workspace are compressed with.

usage: dictionary.py OUT

A dictionary that was shipped stays in src/tawazun/store for good, for bodies written with it need it; a new one gets a name and number
of its own.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

import zstandard

from tawazun.app.reading import read
from tawazun.pipeline.articles import encode

ROOT = Path(__file__).parents[1]
SIZE = 32_000
NUMBER = 7_461_001


def own_dossiers() -> list[bytes]:
    """Codes the examples, and the gold sentences joined to their articles."""
    lines = [encode(read(path.read_text("utf-8"), published="2020-08-19")) for path in sorted((ROOT / "examples").glob("*.txt"))]
    for path in sorted((ROOT / "tests" / "eval").glob("gold_*.jsonl")):
        articles = defaultdict(list)
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            articles[row["id"].rpartition("-")[0]].append(row)
        for rows in articles.values():
            text = "\n".join(row["text"] for row in rows)
            lines.append(encode(read(text, published=rows[0]["date"], outlet=rows[0]["source"], title=rows[0]["text"])))
    return lines


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    dictionary = zstandard.train_dictionary(SIZE, own_dossiers(), level=3, dict_id=NUMBER)
    Path(sys.argv[1]).write_bytes(dictionary.as_bytes())


if __name__ == "__main__":
    main()
