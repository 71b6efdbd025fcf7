"""Turns the pairs and groups marked by hand into the weights that join mentions: src/tawazun/scorers/joining.json.

usage: joining.py KIT [--dossiers FILE]

The words and their weights are the share of the kit's articles that have them. The weights of the likenesses are those of a logistic
regression on the development half, drawn towards START (what its author thought before looking) by a Gaussian prior of width WIDTH.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import combinations
from math import log
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from stories import GOLD, Mark, lines_of, mark_of, marked, read_articles, rows
from tawazun.analyse.likeness import likenesses
from tawazun.analyse.words import folded_words, stem
from tawazun.base.letters import fold_word
from tawazun.model.dossier import Dossier
from tawazun.model.happenings import Affixes, Joining, Telling

TARGET = Path(__file__).parents[1] / "src" / "tawazun" / "scorers" / "joining.json"
ARTICLE, CONJUNCTION = "ال", "و"
PREFIXES = ("وال", "بال", "كال", "فال", "لل", "ال")
SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ية", "ه", "ة", "ي")
"""Are those of light10 (Larkey, Ballesteros and Connell 2007)."""
COMMON = 2500
WIDTH = 1.0
FREE = 3.0
"""Is the width of the prior for `start`, which the sampling of the pairs decides."""
GROUPED = 0.2
"""Is the weight of a pair from a group: a group has many, and they hang together."""
THRESHOLD = 0.2
START = {
    "start": -4.5,
    "sentence: same": -0.5,
    "sentence: copied, same word": 5.0,
    "sentence: copied, other word": 1.0,
    "wording: likeness": 5.0,
    "wording: shared": 0.3,
    "wording: other, nobody known": -1.5,
    "heading: shared": 0.15,
    "type: same": 0.8,
    "type: other": -1.0,
    "act: same sense": 0.8,
    "act: same sense, same sentence": 0.0,
    "act: same word": 0.4,
    "act: deed and harm": 0.8,
    "act: two harms": 0.8,
    "act: other mode": -0.8,
    "actors: two the same": 1.8,
    "actors: one the same": 1.0,
    "actors: same target": 0.0,
    "actors: same, other role": 0.2,
    "actors: others": -0.8,
    "source: other actors": -0.5,
    "target: other actors": -0.5,
    "source: same country": 0.0,
    "target: same country": 0.0,
    "source: others": -0.8,
    "target: others": -0.8,
    "codes: shared": 0.4,
    "place: same": 1.0,
    "place: near": 0.5,
    "place: same country or name": 0.3,
    "place: same country": -0.5,
    "place: other": -0.8,
    "place: apart": -7.0,
    "place: told once": 0.0,
    "place: not told": 0.0,
    "days: same": 1.0,
    "days: one apart": -0.3,
    "days: apart": -2.0,
    "days: not told": -0.5,
    "told: same day": 0.3,
    "told: one day apart": 0.0,
    "told: days apart": -0.5,
    "told and dated: same day": 0.3,
    "told and dated: one day apart": 0.0,
    "told and dated: days apart": -0.5,
    "numbers: same": 1.0,
    "numbers: close": 0.2,
    "numbers: other": -1.0,
    "status: same": 0.2,
    "status: same, no fact": 0.0,
    "status: plan and outcome": -0.2,
    "status: other": -0.8,
    "article: same": 0.0,
    "article: told again": 2.5,
    "article: copy": 0.3,
}

Pair = tuple[Mark, Mark, bool, float]


def own_words(counts: Counter[str]) -> frozenset[str]:
    """Returns the words whose first letter is no conjunction although it looks like it: the article stands before it, too."""
    return frozenset(
        word
        for word, number in counts.items()
        if word.startswith(CONJUNCTION) and len(word) > 2 and number > 1 and not word.startswith(CONJUNCTION + ARTICLE)
        and counts[ARTICLE + word] >= max(10, counts[word[1:]] / 20)
    )  # fmt: skip


def words_of(texts: Sequence[list[str]]) -> Joining:
    """Returns the affixes and the weights of words, without weights of likenesses."""
    counts = Counter(word for text in texts for word in text)
    suffixes = tuple(sorted({fold_word(suffix) for suffix in SUFFIXES}, key=lambda suffix: (-len(suffix), suffix)))
    affixes = Affixes(CONJUNCTION, own_words(counts), tuple(map(fold_word, PREFIXES)), suffixes)
    shares = Counter(found for text in texts for found in {word if word[0].isdigit() else stem(word, affixes) for word in text})
    common = [(word, number) for word, number in shares.most_common(COMMON) if not word.isdigit() and len(word) > 1]
    words = {word: round(log(len(texts) / number), 2) for word, number in sorted(common)}
    return Joining("", affixes, words, round(max(words.values()) + 0.5, 2), {}, THRESHOLD)


def pairs() -> list[Pair]:
    """Returns the pairs of the development half with their weights: the fourth root of what each stands for, one on average."""
    single = [row for row in rows("pairs.jsonl") if row["half"] == "dev"]
    stands = [row["weight"] for row in single if row["weight"]]
    middle = sorted(stands)[len(stands) // 2]
    roots = [(row["weight"] or middle) ** 0.25 for row in single]
    mean = sum(roots) / len(roots)
    found = [(marked(row["one"]), marked(row["other"]), row["same"], root / mean) for row, root in zip(single, roots, strict=True)]
    for row in rows("clusters.jsonl"):
        if row["half"] == "dev":
            placed = [(tuple(mark), number) for number, group in enumerate(row["groups"]) for mark in group]
            found += [(one, other, here == there, GROUPED) for (one, here), (other, there) in combinations(placed, 2)]
    return found


def fit(given: Sequence[Pair], tellings: dict[Mark, Telling], joining: Joining) -> dict[str, float]:
    """Returns the weights by name, by Newton's method with halved steps."""
    features = [dict(likenesses(tellings[one], tellings[other], joining)) for one, other, _, _ in given]
    unknown = {name for each in features for name in each} - START.keys()
    if unknown:
        raise SystemExit(f"START lacks {', '.join(sorted(unknown))}; add what you think they weigh")
    names = sorted(START)
    table = np.array([[each.get(name, 0.0) for name in names] for each in features])
    same, weight = np.array([float(pair[2]) for pair in given]), np.array([pair[3] for pair in given])
    prior = np.array([START[name] for name in names])
    strength = np.array([1 / (FREE if name == "start" else WIDTH) ** 2 for name in names])

    def loss(found: Any) -> float:
        odds = table @ found
        return float(np.sum(weight * (np.logaddexp(0, odds) - same * odds)) + 0.5 * np.sum(strength * (found - prior) ** 2))

    found = prior.copy()
    for _ in range(50):
        likely = 1 / (1 + np.exp(-table @ found))
        slope = table.T @ (weight * (same - likely)) - strength * (found - prior)
        step = np.linalg.solve((table * (weight * likely * (1 - likely))[:, None]).T @ table + np.diag(strength), slope)
        size = 1.0
        while loss(found + size * step) > loss(found) and size > 1e-6:
            size /= 2
        found = found + size * step
    return {name: round(float(value), 3) for name, value in zip(names, found, strict=True)}


def write(joining: Joining, weights: dict[str, float]) -> None:
    content = {
        "recipe": "bench/joining.py",
        "trained_on": {path.name: "sha256:" + sha256(path.read_bytes()).hexdigest() for path in sorted(GOLD.glob("*.jsonl"))},
        "conjunction": joining.affixes.conjunction,
        "own": sorted(joining.affixes.own),
        "prefixes": joining.affixes.prefixes,
        "suffixes": joining.affixes.suffixes,
        "words": joining.words,
        "rare": joining.rare,
        "weights": weights,
        "threshold": THRESHOLD,
    }
    TARGET.write_text(json.dumps(content, ensure_ascii=False, indent=0) + "\n", "utf-8")


def needed(dossiers: Iterable[Dossier], given: Sequence[Pair], joining: Joining) -> dict[Mark, Telling]:
    wanted = {mark for one, other, _, _ in given for mark in (one, other)}
    articles = read_articles(dossiers, joining)
    return {mark: telling for each in articles.tellings for telling in each if (mark := mark_of(telling)) in wanted}


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit the weights that join mentions.")
    parser.add_argument("kit", type=Path, help="the evaluation kit's folder, with data/raw_articles.jsonl.gz")
    parser.add_argument("--dossiers", type=Path, help="dossiers of the raw articles, one a line, instead of reading the articles now")
    given = parser.parse_args()
    decoder = msgspec.json.Decoder(Dossier)
    dossiers = sorted(
        map(decoder.decode, lines_of(given.kit, given.dossiers)), key=lambda each: (each.document.published or "~", each.document.id)
    )
    joining = words_of([folded_words(dossier.document.text) for dossier in dossiers])
    chosen = pairs()
    weights = fit(chosen, needed(dossiers, chosen, joining), joining)
    write(joining, weights)
    for name, weight in sorted(weights.items(), key=lambda each: -abs(each[1])):
        print(f"{weight:+.2f} (thought {START[name]:+.2f})  {name}")


if __name__ == "__main__":
    main()
