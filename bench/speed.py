"""Turns the kit's raw articles into figures: sentences and words a second, start of the program, memory, and whether time is linear.

usage: speed.py KIT [--articles N]
"""

import argparse
import gzip
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time

from tawazun.lexicon.load import load_lexicon
from tawazun.model.articles import Article
from tawazun.pipeline.articles import Reader, encode

SENTENCE = "التقى وزير الخارجية المصري نظيره التركي في أنقرة يوم الثلاثاء.\n"
PROGRAM = Path(sys.executable).with_name("tawazun")
LETTERS = 200_000
TIMES = 4


def raw_articles(kit: Path) -> Iterator[Article]:
    with gzip.open(kit / "data" / "raw_articles.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            yield Article(text=row["text"], id=row["id"], published=row.get("date"), title=row.get("title"), outlet=row.get("source"))


def start(cache: str) -> tuple[float, float]:
    """Runs the program on one sentence; returns wall and processor seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    wall = perf_counter()
    command = [str(PROGRAM), "read", "-", "--date", "2020-08-19", "--json"]
    done = subprocess.run(command, input=SENTENCE.encode(), capture_output=True, env={**os.environ, "TAWAZUN_CACHE": cache}, check=False)
    wall = perf_counter() - wall
    if done.returncode:
        sys.exit(f"{' '.join(command)}: {done.stderr.decode().strip()}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def print_starts() -> None:
    with tempfile.TemporaryDirectory() as cache:
        cold = start(cache)
        warm = min(start(cache) for _ in range(3))
    print(f"start of the program: cold {cold[0]:.2f} s (processor {cold[1]:.2f} s), warm {warm[0]:.2f} s (processor {warm[1]:.2f} s)")


def peak() -> float:
    """Returns the most memory that this process has had, in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 2**20 if platform.system() == "Darwin" else most / 2**10


def print_reading(reader: Reader, kit: Path, most: int | None) -> None:
    articles = sentences = words = events = letters = 0
    spent = encoding = 0.0
    for article in islice(raw_articles(kit), most):
        began = process_time()
        dossier = reader.read(article)
        read = process_time()
        encode(dossier)
        encoding += process_time() - read
        spent += read - began
        articles += 1
        sentences += len(dossier.sentences)
        words += len(article.text.split())
        letters += len(article.text)
        events += len(dossier.events)
    print(f"read: {articles} articles, {sentences} sentences, {words} words, {letters / 1e6:.1f} M letters, {events} events")
    print(f"speed on one core (processor time): {sentences / spent:.0f} sentences/s, {words / spent:.0f} words/s", end="; ")
    print(f"encoding adds {encoding / spent:.1%}")
    print(f"peak memory: {peak():.0f} MB")


def print_growth(reader: Reader, kit: Path) -> None:
    """Reads the same stretch once and four times over as one article each."""
    parts: list[str] = []
    for article in raw_articles(kit):
        parts.append(article.text)
        if sum(map(len, parts)) > LETTERS:
            break
    text = "\n".join(parts)
    reader.read(Article(text=text))
    spent = []
    for times in (1, TIMES):
        began = process_time()
        reader.read(Article(text="\n".join([text] * times)))
        spent.append(process_time() - began)
    print(f"one article of {len(text) / 1e6:.2f} M letters: {spent[0]:.2f} s", end="; ")
    print(f"{TIMES} times as long: {spent[1]:.2f} s, ratio {spent[1] / spent[0]:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure speed, start and memory of the reader.")
    parser.add_argument("kit", type=Path, help="the evaluation kit's folder, with data/raw_articles.jsonl.gz")
    parser.add_argument("--articles", type=int, help="read only so many articles")
    given = parser.parse_args()
    if not (given.kit / "data" / "raw_articles.jsonl.gz").is_file():
        parser.error(
            f"{given.kit}: no data/raw_articles.jsonl.gz there; give the evaluation kit's folder, as in `make bench KIT=../shared/eval`"
        )
    print_starts()
    began = process_time()
    reader = Reader(load_lexicon())
    print(f"loading in the process: {process_time() - began:.2f} s, {peak():.0f} MB")
    print_reading(reader, given.kit, given.articles)
    print_growth(reader, given.kit)


if __name__ == "__main__":
    main()
