"""Measures how far the dossiers of gold sentences agree with the gold; `python tests/eval/score.py [--pin]` prints it or pins it."""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tawazun.base.ids import digest_text
from tawazun.lexicon.load import load_lexicon
from tawazun.model.articles import Article
from tawazun.model.dossier import Dossier, Event
from tawazun.pipeline.articles import Reader

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
SLACK = 0.02  # how far a figure may fall below the pinned one
Extent = tuple[int, int]  # start and end in the text, half-open
Gold = dict[str, Any]
GOLD_FILES = sorted(HERE.glob("gold_*.jsonl"))


def read_gold(path: Path) -> list[Gold]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def extent_of(text: str, mark: str | None) -> Extent | None:
    """Finds the words of a mark in the text: `word`, or `word@2` for its second occurrence; raises ValueError where they are not."""
    if mark is None:
        return None
    counted = re.fullmatch(r"(.+)@(\d+)", mark, re.DOTALL)
    words, wanted = (counted[1], int(counted[2])) if counted else (mark, 1)
    found = [match.start() for match in re.finditer(f"(?={re.escape(words)})", text)]
    if len(found) < wanted:
        raise ValueError(f"{mark!r} is not in {text!r}")
    return found[wanted - 1], found[wanted - 1] + len(words)


def shared(one: Extent | None, other: Extent | None) -> int:
    """Counts the characters that two extents share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0])) if one and other else 0


def matches(text: str, wanted: list[Gold], coded: tuple[Event, ...]) -> Iterator[tuple[Gold, Event]]:
    """Pairs gold events with coded ones of the same type whose triggers overlap, each once, the widest overlap first."""
    overlaps = [
        (shared(extent_of(text, gold["trigger"]), (event.trigger.start, event.trigger.end)), -i, -j)
        for i, gold in enumerate(wanted)
        for j, event in enumerate(coded)
        if gold["type"] == event.type
    ]
    rows, columns = set(range(len(wanted))), set(range(len(coded)))
    for width, i, j in sorted(overlaps, reverse=True):
        if width and -i in rows and -j in columns:
            rows.remove(-i)
            columns.remove(-j)
            yield wanted[-i], coded[-j]


def code_agreements(text: str, gold: Gold, event: Event) -> Iterator[bool]:
    """Says of each gold participant that the event has (same role, half of the shorter phrase) whether the codes are the same set."""
    left = list(event.participants)
    for person in gold["participants"]:
        words = extent_of(text, person["text"])
        widths = [(shared(words, (other.start, other.end)), -n) for n, other in enumerate(left) if other.role == person["role"]]
        width, place = max(widths, default=(0, 0))
        if width and width * 2 >= min(len(text[slice(*words or ())]), left[-place].end - left[-place].start):
            yield set((person["code"] or "").split("+")) == set((left.pop(-place).code or "").split("+"))


def holders_agree(text: str, gold: Gold, event: Event) -> bool:
    wanted = extent_of(text, gold["holder"])
    if wanted is None or event.attribution is None:
        return wanted is None and event.attribution is None
    return shared(wanted, (event.attribution.holder.start, event.attribution.holder.end)) > 0


def figures_of(gold: list[Gold], dossiers: list[Dossier]) -> dict[str, float]:
    """Sums a gold file up: F1 of events and participants, accuracy of status and holder over matched events, of code over participants."""
    coded = wanted = people = 0
    statuses, holders, codes = list[bool](), list[bool](), list[bool]()
    for line, dossier in zip(gold, dossiers, strict=True):
        wanted, coded = wanted + len(line["events"]), coded + len(dossier.events)
        people += sum(len(event["participants"]) for event in line["events"]) + sum(len(event.participants) for event in dossier.events)
        for one, other in matches(line["text"], line["events"], dossier.events):
            statuses.append(one["status"] == other.status)
            holders.append(holders_agree(line["text"], one, other))
            codes += code_agreements(line["text"], one, other)
    parts = {
        "event_f1": (2 * len(statuses), wanted + coded),
        "status_acc": (sum(statuses), len(statuses)),
        "holder_acc": (sum(holders), len(holders)),
        "participant_f1": (2 * len(codes), people),
        "code_acc": (sum(codes), len(codes)),
    }
    return {name: round(part / whole, 3) if whole else 0.0 for name, (part, whole) in parts.items()}


def measure(path: Path, reader: Reader) -> dict[str, float]:
    gold = read_gold(path)
    return figures_of(gold, [reader.read(Article(text=line["text"], id=line["id"], published=line["date"])) for line in gold])


def main() -> None:
    reader = Reader(load_lexicon())
    pinned = {}
    for path in GOLD_FILES:
        measured = measure(path, reader)
        print(path.name, *(f"{name} {value:.3f}" for name, value in measured.items()), sep="  ")
        floors = {name: round(value - SLACK, 3) for name, value in measured.items()}
        pinned[path.name] = {"digest": digest_text(path.read_text("utf-8")), "measured": measured, "floors": floors}
    if "--pin" in sys.argv[1:]:
        FLOORS.write_text(json.dumps(pinned, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
