"""Turns the pairs and groups in bench/stories, marked by hand, into figures: how well copies and happenings are told apart, and how fast.

usage: stories.py KIT [--dossiers FILE] [--growth]
"""

import argparse
import gc
import gzip
import json
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import log
from pathlib import Path
from time import process_time
from typing import Any, NamedTuple

import msgspec

from tawazun.analyse.happenings import Happenings
from tawazun.analyse.origins import Origins, signature
from tawazun.analyse.tellings import tellings_of
from tawazun.analyse.words import folded_words
from tawazun.ingest.canonical_addresses import canonical_address
from tawazun.model.articles import Article
from tawazun.model.dossier import Dossier
from tawazun.model.happenings import Joining, Telling
from tawazun.model.origins import Verdict
from tawazun.pipeline.batches import read_many, usable_processes
from tawazun.scorers.joining import load_joining

GOLD = Path(__file__).with_name("stories")
REPEATS = 2
"""Is of how many runs the quickest counts: others use the machine."""
Mark = tuple[str, int, int, str]
"""Names a mention whatever the engine's ids: article, first and last character of the trigger, type."""


class Counted(NamedTuple):
    """Is how many pairs were joined rightly, wrongly, and how many were not joined that should be."""

    right: float
    wrong: float
    missed: float

    def __str__(self) -> str:
        precision, recall = self.right / (self.right + self.wrong or 1), self.right / (self.right + self.missed or 1)
        return f"precision {precision:.3f}, recall {recall:.3f}"


class Articles(NamedTuple):
    """Is a run over articles: what each is a copy of, and its mentions, in the order in which they came."""

    verdicts: dict[str, Verdict]
    tellings: list[tuple[Telling, ...]]
    seconds: float


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLD / name).read_text("utf-8").splitlines()]


def mark_of(telling: Telling) -> Mark:
    return telling.article, telling.start, telling.end, telling.type


def marked(row: dict[str, Any]) -> Mark:
    return row["article"], row["start"], row["end"], row["type"]


def lines_of(kit: Path, dossiers: Path | None) -> Iterator[bytes]:
    """Yields the dossiers of the raw articles, from a file where there is one, else by reading the articles now."""
    if dossiers is not None:
        with dossiers.open("rb") as file:
            yield from file
        return
    with gzip.open(kit / "data" / "raw_articles.jsonl.gz", "rt", encoding="utf-8") as file:
        found = map(json.loads, file)
        articles = (Article(row["text"], row["id"], row.get("date"), row.get("title"), row.get("source")) for row in found)
        for _, outcome in read_many(((article.id, article) for article in articles), usable_processes()):
            if outcome is not None and outcome.line is not None:
                yield outcome.line


def read_articles(dossiers: Iterable[Dossier], joining: Joining) -> Articles:
    """Finds origins and mentions, in the order of the dossiers."""
    origins, verdicts, tellings, spent = Origins(), {}, [], 0.0
    for dossier in dossiers:
        began = process_time()
        document = dossier.document
        found = signature(folded_words(document.text), document.title, canonical_address(document.url))
        verdicts[document.id] = origins.add(document.id, document.published, found)
        spent += process_time() - began
        tellings.append(tellings_of(dossier, verdicts[document.id].origin, joining))
    return Articles(verdicts, tellings, spent)


def join_all(tellings: Iterable[Sequence[Telling]], joining: Joining) -> tuple[dict[Mark, str], float]:
    """Joins mentions in their order; returns the happening of each, and the seconds that it took."""
    began = process_time()
    happenings = Happenings(joining)
    for article in tellings:
        for telling in article:
            happenings.add(telling)
    spent = process_time() - began
    return {mark_of(telling): each.id for each in happenings.all().values() for telling in each.tellings}, spent


def count(gold: Iterable[dict[str, Any]], joined: Callable[[dict[str, Any]], bool], weighed: bool) -> Counted:
    found: Counter[str] = Counter()
    for row in gold:
        kind = ("right" if row["same"] else "wrong") if joined(row) else ("missed" if row["same"] else "")
        found[kind] += row["weight"] if weighed else 1
    return Counted(found["right"], found["wrong"], found["missed"])


def b_cubed(gold: Mapping[Mark, object], found: Mapping[Mark, object]) -> tuple[float, float]:
    """Returns the precision and recall of Bagga and Baldwin (1998) over the mentions of `gold`."""
    both: Counter[tuple[object, object]] = Counter((gold[mark], found[mark]) for mark in gold)
    sizes, others = Counter(gold[mark] for mark in gold), Counter(found[mark] for mark in gold)
    precision = sum(number * number / others[pair[1]] for pair, number in both.items()) / len(gold)
    return precision, sum(number * number / sizes[pair[0]] for pair, number in both.items()) / len(gold)


def print_origins(articles: Articles) -> None:
    rules = Counter(verdict.rule for verdict in articles.verdicts.values())
    print(f"origins: {len(articles.verdicts)} articles, {dict(rules.most_common())}", end="; ")
    print(f"{len(articles.verdicts) / articles.seconds:.0f} articles/s")
    gold = rows("origins.jsonl")
    for half in ("dev", "test"):
        chosen = [row for row in gold if row["half"] == half]
        for weighed in (False, True):
            counted = count(chosen, lambda row: articles.verdicts[row["one"]].origin == articles.verdicts[row["other"]].origin, weighed)
            print(f"  {half}, {len(chosen)} pairs{', weighed to the net' if weighed else ''}: {counted}")


def print_agreement() -> None:
    """Says how alike two marked the same pairs: raw, and beyond chance (Cohen 1960)."""
    marks = [(row["first"], row["second"]) for row in rows("pairs.jsonl")]
    raw = sum(one == other for one, other in marks) / len(marks)
    first, second = Counter(one for one, _ in marks), Counter(other for _, other in marks)
    chance = sum(first[mark] * second[mark] for mark in first) / len(marks) ** 2
    print(f"two markers, {len(marks)} pairs: {raw:.3f} alike, kappa {(raw - chance) / (1 - chance):.3f}")


def print_happenings(found: Mapping[Mark, str], articles: int, seconds: float) -> None:
    sizes = Counter(found.values())
    print(
        f"happenings: {len(found)} mentions, {len(sizes)} happenings, {sum(size > 1 for size in sizes.values())} of several mentions",
        end="; ",
    )
    print(f"{articles / seconds:.0f} articles/s, {len(found) / seconds:.0f} mentions/s")
    gold = [row for row in rows("pairs.jsonl") if row["weight"]]
    groups = rows("clusters.jsonl")
    for half in ("dev", "test"):
        chosen = [row for row in gold if row["half"] == half]
        agreed = [row for row in chosen if row["first"] == row["second"]]
        for name, some in (("", chosen), (" on which both markers agreed", agreed)):
            for weighed in (False, True):
                counted = count(some, lambda row: found[marked(row["one"])] == found[marked(row["other"])], weighed)
                print(f"  {half}, {len(some)} pairs{name}{', weighed to the net' if weighed else ''}: {counted}")
        of = {
            tuple(mark): (row["cluster"], number)
            for row in groups
            if row["half"] == half
            for number, group in enumerate(row["groups"])
            for mark in group
        }
        precision, recall = b_cubed(of, {mark: (of[mark][0], found[mark]) for mark in of})
        print(f"  {half}, {len(of)} mentions in groups: B-cubed precision {precision:.3f}, recall {recall:.3f}", end=", ")
        print(f"F1 {2 * precision * recall / (precision + recall):.3f}")


def print_order(articles: Articles, found: Mapping[Mark, str], joining: Joining) -> None:
    """Joins the mentions with the articles shuffled and holds the result against that by date."""
    shuffled = list(articles.tellings)
    random.Random(1).shuffle(shuffled)
    other, _ = join_all(shuffled, joining)
    precision, recall = b_cubed(found, other)
    both = 2 * precision * recall / (precision + recall)
    print(f"articles shuffled, against by date: B-cubed {precision:.3f} and {recall:.3f}, F1 {both:.3f}")


def print_growth(articles: Articles, joining: Joining) -> None:
    """Joins a ninth, a third and all of the articles: the first by date (more days), and one in so many (denser days)."""
    gc.collect()
    gc.freeze()  # what the harness itself holds isn't gone through again and again
    whole = len(articles.tellings)
    every = min(join_all(articles.tellings, joining)[1] for _ in range(REPEATS))
    for name, parts in (
        ("the first by date", [articles.tellings[: whole // 9], articles.tellings[: whole // 3]]),
        ("one in nine, one in three, all", [articles.tellings[::9], articles.tellings[::3]]),
    ):
        spent = [(len(part), min(join_all(part, joining)[1] for _ in range(REPEATS))) for part in parts] + [(whole, every)]
        steps = [log(after / before) / log(more / fewer) for (fewer, before), (more, after) in pairwise(spent)]
        print(f"growth, {name}: " + ", ".join(f"{number} articles {seconds:.1f} s" for number, seconds in spent), end="; ")
        print("exponents " + ", ".join(f"{step:.2f}" for step in steps))


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how well copies and happenings are told apart.")
    parser.add_argument("kit", type=Path, help="the evaluation kit's folder, with data/raw_articles.jsonl.gz")
    parser.add_argument("--dossiers", type=Path, help="dossiers of the raw articles, one a line, instead of reading the articles now")
    parser.add_argument("--growth", action="store_true", help="also measure order and growth, which takes several times as long")
    given = parser.parse_args()
    joining = load_joining()
    decoder = msgspec.json.Decoder(Dossier)
    dossiers = map(decoder.decode, lines_of(given.kit, given.dossiers))
    articles = read_articles(sorted(dossiers, key=lambda each: (each.document.published or "~", each.document.id)), joining)
    print_origins(articles)
    print_agreement()
    found, seconds = join_all(articles.tellings, joining)
    print_happenings(found, len(articles.tellings), seconds)
    if given.growth:
        print_order(articles, found, joining)
        print_growth(articles, joining)


if __name__ == "__main__":
    main()
