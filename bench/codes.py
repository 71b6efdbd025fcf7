"""Turns coded sentences and what the reader makes of them into the share of right actor codes, and the wrong ones by class.

usage: codes.py KIT [--every N] [--list CLASS]

Counts matched participants as the kit's score.py does: same type, triggers overlap, same role, spans overlap by half. The development
gold is no part of it.
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from examples import half, overlap
from gold import GoldSentence, training_sentences
from tawazun.lexicon.load import load_lexicon
from tawazun.model.articles import Article
from tawazun.pipeline.articles import Reader

SECTORS = frozenset(["GOV", "MIL", "COP", "JUD", "LEG", "PTY", "OPP", "REB", "MED", "BUS", "CVL", "REF", "NGO", "REL", "UAF"])


class Pair(NamedTuple):
    """Is a matched participant: its words, the code of the gold, that of the reader, and the rule that gave it."""

    words: str
    gold: str | None
    ours: str | None
    rule: str


def split(code: str | None) -> tuple[str, str]:
    """Splits a code into country and sector; an international body's is all sector."""
    country, _, sector = (code or "").partition(".")
    if country == "IGO":
        return "", code or ""
    return ("", country) if country in SECTORS else (country, sector)


def class_of(pair: Pair) -> str:
    """Says what is wrong with a code."""
    if set((pair.gold or "").split("+")) == set((pair.ours or "").split("+")):
        return "right"
    if "+" in (pair.gold or "") + (pair.ours or ""):
        return "several"
    (gold, wanted), (country, sector) = split(pair.gold), split(pair.ours)
    where = "" if gold == country else "country missing" if not country else "country invented" if not gold else "other country"
    return " and ".join(filter(None, (where, "" if wanted == sector else "sector")))


def pairs_of(row: GoldSentence, reader: Reader) -> Iterator[Pair]:
    """Yields the matched participants of a sentence."""
    dossier = reader.read(Article(text=row.text, id=row.id, published=row.date))
    left = list(dossier.events)
    for event in row.events:
        near = [e for e in left if e.type == event.type and overlap(event.trigger, (e.trigger.start, e.trigger.end))]
        if not near:
            continue
        coded = max(near, key=lambda e: overlap(event.trigger, (e.trigger.start, e.trigger.end)))
        left.remove(coded)
        says = {b.spans[0].start: b.says.partition("(")[2].rstrip(")") for b in coded.because.children if b.rule.startswith("participant")}
        parties = list(coded.participants)
        for role, span, code in event.participants:
            same = [p for p in parties if p.role == role and half(span, (p.start, p.end))]
            if same:
                best = max(same, key=lambda p: overlap(span, (p.start, p.end)))
                parties.remove(best)
                yield Pair(row.text[best.start : best.end], code, best.code, says.get(best.start, ""))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kit", type=Path)
    parser.add_argument("--every", type=int, default=1, help="only each N-th sentence")
    parser.add_argument("--list", help="list the participants of this class")
    given = parser.parse_args()
    reader = Reader(load_lexicon())
    found = [pair for row in training_sentences(given.kit)[:: given.every] for pair in pairs_of(row, reader)]
    classes = Counter(map(class_of, found))
    print(f"{len(found)} matched participants, codes right {classes['right'] / len(found):.3f}")
    for name, count in classes.most_common():
        print(f"{count:6} {name}")
    for pair in found:
        if class_of(pair) == given.list:
            print(f"{pair.gold} | {pair.ours} | {pair.words} | {pair.rule}")


if __name__ == "__main__":
    main()
