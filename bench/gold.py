"""Turns coded sentences, the kit's, the project's own and those of bench/coded, into rows with spans.

The files in bench/coded hold labels and offsets only: `id` names a sentence of the kit (`D01234:100-250` is characters 100 to 250 of that
raw article, `gsr:` and an id a row of data/gsr_dev.jsonl), and each span is a pair of offsets in that sentence.
"""

import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

Span = tuple[int, int]
OWN = Path(__file__).parent.parent / "tests" / "eval"
CODED = Path(__file__).parent / "coded"


class GoldEvent(NamedTuple):
    type: str
    status: str
    trigger: Span
    holder: Span | None
    participants: tuple[tuple[str, Span, str | None], ...]
    place: Span | None


class GoldSentence(NamedTuple):
    id: str
    text: str
    date: str | None
    events: tuple[GoldEvent, ...]


def span_of(text: str, mark: str) -> Span:
    """Returns where a span of a gold file stands: its text, `@k` after it for the k-th occurrence."""
    needle, _, number = mark.rpartition("@")
    if not needle or not number.isdigit():
        needle, number = mark, "1"
    at = -1
    for _ in range(int(number)):
        at = text.index(needle, at + 1)
    return at, at + len(needle)


def _event(event: dict[str, Any], text: str) -> GoldEvent:
    def span(value: Any) -> Span:
        return span_of(text, value) if isinstance(value, str) else (int(value[0]), int(value[1]))

    return GoldEvent(
        type=event["type"],
        status=event["status"],
        trigger=span(event["trigger"]),
        holder=span(event["holder"]) if event.get("holder") else None,
        participants=tuple((p["role"], span(p["text"]), p.get("code")) for p in event.get("participants", ())),
        place=span(event["place"]) if event.get("place") else None,
    )


def read_gold(paths: Sequence[Path]) -> Iterator[GoldSentence]:
    """Yields the sentences of gold files that hold their texts."""
    for line in (line for path in paths for line in path.read_text("utf-8").splitlines()):
        row = json.loads(line)
        yield GoldSentence(row["id"], row["text"], row.get("date"), tuple(_event(event, row["text"]) for event in row["events"]))


def _texts(kit: Path, ids: Iterable[str]) -> dict[str, tuple[str, str | None]]:
    """Returns the text and the date of each sentence that is named by its place in the kit."""
    wanted: dict[str, list[str]] = {}
    for name in ids:
        wanted.setdefault(name if name.startswith("gsr:") else name.partition(":")[0], []).append(name)
    found: dict[str, tuple[str, str | None]] = {}
    with gzip.open(kit / "data" / "raw_articles.jsonl.gz", "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            for name in wanted.get(row["id"], ()):
                start, _, end = name.partition(":")[2].partition("-")
                found[name] = row["text"][int(start) : int(end)], row.get("date")
    for line in (kit / "data" / "gsr_dev.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        for name in wanted.get("gsr:" + row["id"], ()):
            found[name] = row["text"], row.get("date")
    return found


def read_coded(kit: Path, paths: Sequence[Path]) -> Iterator[GoldSentence]:
    """Yields the sentences of bench/coded with their texts from the kit; raises KeyError for one that the kit lacks."""
    rows = [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]
    texts = _texts(kit, (row["id"] for row in rows))
    for row in rows:
        text, date = texts[row["id"]]
        yield GoldSentence(row["id"], text, date, tuple(_event(event, text) for event in row["events"]))


def gold_files(kit: Path) -> list[Path]:
    """Returns the files that a scorer is fitted on, in order."""
    return [kit / "train_gold.jsonl", *sorted(OWN.glob("gold_*.jsonl")), *sorted(CODED.glob("*.jsonl"))]


def training_sentences(kit: Path) -> list[GoldSentence]:
    files = gold_files(kit)
    coded = [path for path in files if path.parent == CODED]
    return [*read_gold([path for path in files if path not in coded]), *read_coded(kit, coded)]
