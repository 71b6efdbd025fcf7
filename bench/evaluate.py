"""Turns the evaluation kit's gold into figures: codes each set with the reader and runs the kit's own scorers on the dossiers.

usage: evaluate.py KIT [--sets NAME ...] [--keep FOLDER] [--record] [--processes N]
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tawazun.model.articles import Article
from tawazun.pipeline.batches import read_many, usable_processes

HISTORY = Path(__file__).with_name("history.tsv")
GOLD = {"dev": "dev_gold.jsonl", "articles": "dev_articles_gold.jsonl", "seed": "seed.jsonl", "train": "train_gold.jsonl"}
SETS = {"gsr": "data/gsr_dev.jsonl", "quad": "data/un_quad_dev.jsonl"}
F1 = ("event", "type", "span", "participant", "attributed", "whole")
SHARES = ("code", "status", "holder", "iso", "place")
MAIN = (
    *(f"dev {name}" for name in ("event", "participant", "attributed", "whole", "code", "status", "holder", "iso", "place")),
    *("articles event", "articles participant", "articles status", "articles whole"),
    *("seed event", "seed participant", "train event", "train participant", "train status"),
    *("gsr ASSAULT", "gsr PROTEST", "quad macro"),
)
"""Names the columns of history.tsv after date, commit and knowledge."""

Figures = dict[str, float | None]


def articles(path: Path) -> Iterator[Article]:
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        yield Article(text=row["text"], id=row["id"], published=row.get("date"))


def code_sets(kit: Path, folder: Path, names: Iterable[str], processes: int) -> list[str]:
    """Writes the dossiers of each set into `folder` as NAME.jsonl; returns what could not be read."""
    files = {name: (folder / f"{name}.jsonl").open("wb") for name in names}
    tasks = (((name, article.id), article) for name in files for article in articles(kit / {**GOLD, **SETS}[name]))
    problems = []
    for (name, id), outcome in read_many(tasks, processes):
        if outcome is not None and outcome.line is not None:
            files[name].write(outcome.line + b"\n")
        elif outcome is not None:
            problems.append(f"{name} {id}: {outcome.problem}")
    for file in files.values():
        file.close()
    return problems


def run(*command: str | Path) -> str:
    done = subprocess.run([sys.executable, *map(str, command)], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{command[0]}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def score_gold(kit: Path, folder: Path, name: str) -> dict[str, Any]:
    scores: dict[str, Any] = json.loads(run(kit / "score.py", kit / GOLD[name], folder / f"{name}.jsonl", "--json"))
    return scores


def print_gold(scores: dict[str, dict[str, Any]]) -> None:
    """Prints a table of F1 with precision and recall, one of accuracies, and one of F1 by event type, a column a set."""
    print(f"{'':15}" + "".join(f"{name + ' (' + str(found['sentences']) + ')':>24}" for name, found in scores.items()))
    for figure in F1:
        cells = [found[figure + "_f1"] for found in scores.values()]
        print(f"{figure + '_f1':15}" + "".join(f"{c['f1']:>8.3f} (p {c['p']:.2f} r {c['r']:.2f})" for c in cells))
    for figure in SHARES:
        cells = [found[figure + "_acc"] for found in scores.values()]
        print(f"{figure + '_acc':15}" + "".join(f"{'-' if c is None else format(c, '.3f'):>8}{'':16}" for c in cells))
    for kind in sorted({kind for found in scores.values() for kind in found["by_type"]}):
        cells = [found["by_type"].get(kind) for found in scores.values()]
        print(
            f"  {kind:13}"
            + "".join(f"{'-':>8}{'':16}" if c is None else f"{c['f1']:>8.3f} ({c['n']} gold){'':{8 - len(str(c['n']))}}" for c in cells)
        )
    missing = {name: found["no_dossier"] for name, found in scores.items() if found["no_dossier"]}
    if missing:
        print(f"without a dossier: {missing}")


def figures_of(scores: dict[str, dict[str, Any]], gsr: str, quad: str) -> Figures:
    """Returns the main figures by the names in MAIN."""
    found: Figures = {}
    for name, each in scores.items():
        found.update({f"{name} {figure}": each[figure + "_f1"]["f1"] for figure in F1})
        found.update({f"{name} {figure}": each[figure + "_acc"] for figure in SHARES})
    for kind in ("ASSAULT", "PROTEST"):
        match = re.search(rf"^{kind}\s+p \S+ r \S+ f1 (\S+)", gsr, re.M)
        found[f"gsr {kind}"] = float(match[1]) if match else None
    match = re.search(r"^macro f1 (\S+)", quad, re.M)
    found["quad macro"] = float(match[1]) if match else None
    return found


def commit() -> str:
    """Returns the short id of the commit, with a plus where tracked files differ from it."""
    root = Path(__file__).parent

    def git(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False).stdout.strip()

    return (git("rev-parse", "--short", "HEAD") or "none") + ("+" if git("status", "--porcelain", "--untracked-files=no") else "")


def knowledge(folder: Path) -> str:
    """Returns the first digits of the digest of the knowledge that made the dossiers."""
    for path in sorted(folder.glob("*.jsonl")):
        with path.open("rb") as file:
            line = file.readline()
        if line:
            return str(json.loads(line)["made_by"]["knowledge"]).removeprefix("sha256:")[:12]
    return "none"


def record(figures: Figures, made_with: str) -> None:
    """Appends a line to history.tsv."""
    if not HISTORY.exists():
        HISTORY.write_text("\t".join(("date", "commit", "knowledge", *MAIN)) + "\n", "utf-8")
    cells = ("" if figures.get(name) is None else f"{figures[name]:.3f}" for name in MAIN)
    with HISTORY.open("a", encoding="utf-8") as file:
        file.write("\t".join((datetime.now(UTC).strftime("%Y-%m-%d"), commit(), made_with, *cells)) + "\n")


def evaluate(kit: Path, folder: Path, names: list[str], processes: int, keep_record: bool) -> int:
    problems = code_sets(kit, folder, names, processes)
    scores = {name: score_gold(kit, folder, name) for name in GOLD if name in names}
    if scores:
        print_gold(scores)
    outside = {name: run(kit / "score_sets.py", name, kit / SETS[name], folder / f"{name}.jsonl") if name in names else "" for name in SETS}
    for name, printed in outside.items():
        if printed:
            print(f"\n{name}\n{printed.rstrip()}")
    print(f"\nknowledge {knowledge(folder)}, commit {commit()}, not read: {len(problems)}")
    for problem in problems[:20]:
        print("  " + problem)
    if keep_record:
        record(figures_of(scores, outside["gsr"], outside["quad"]), knowledge(folder))
        print(f"recorded in {HISTORY}")
    return 1 if problems else 0


def main() -> int:
    parser = argparse.ArgumentParser(description="Code the evaluation kit's sets and score them with its own scorers.")
    parser.add_argument("kit", type=Path, help="the kit's folder, with score.py and the gold files")
    parser.add_argument("--sets", nargs="+", choices=[*GOLD, *SETS], default=[*GOLD, *SETS], help="only these sets")
    parser.add_argument("--keep", type=Path, help="keep the dossiers in this folder")
    parser.add_argument("--record", action="store_true", help="append the main figures to bench/history.tsv")
    parser.add_argument("--processes", type=int, default=usable_processes())
    given = parser.parse_args()
    if not (given.kit / "score.py").is_file():
        parser.error(f"{given.kit}: no score.py there; give the evaluation kit's folder, as in `make eval KIT=../shared/eval`")
    if given.record and len(given.sets) < len(GOLD) + len(SETS):
        parser.error("--record takes all sets")
    if given.keep:
        given.keep.mkdir(parents=True, exist_ok=True)
        return evaluate(given.kit, given.keep, given.sets, given.processes, given.record)
    with tempfile.TemporaryDirectory() as folder:
        return evaluate(given.kit, Path(folder), given.sets, given.processes, given.record)


if __name__ == "__main__":
    sys.exit(main())
