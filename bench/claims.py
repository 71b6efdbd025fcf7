"""Measures how well pairs of headlines are told apart: those that say the same and those that contradict each other.

usage: claims.py KIT [--folds N]

KIT is the evaluation folder; read are `data/claims_dev.jsonl` with headlines a and b and a label. Pairs labelled `other` are left out. Each
way is a logistic regression (ridge of one) on its own features, cross-validated; `words` is the plain baseline. `explained` are the words
and numbers that are shared or stand on one side only, and what the reader makes of both headlines; `meanings` is the cosine of the
sentence vectors of tawazun[semantic].
"""

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from tawazun.analyse.figures import figures_in
from tawazun.analyse.words import folded_words, stems_of
from tawazun.app.reading import read
from tawazun.lexicon.load import load_disputes
from tawazun.model.disputes import Vocabulary
from tawazun.model.dossier import Dossier
from tawazun.model.happenings import Joining
from tawazun.scorers.joining import load_joining

Pair = tuple[str, str]
RIDGE = 1.0
SEED = 2026


def overlap(pair: Pair, joining: Joining) -> list[float]:
    """Returns the shared part of all words, after stemming."""
    one, other = (stems_of(text, joining.affixes) for text in pair)
    return [len(one & other) / (len(one | other) or 1)]


def wordings(pair: Pair, joining: Joining, vocabulary: Vocabulary) -> list[float]:
    """Returns what can be said of two wordings: shares, weights of what stands on one side, numbers and denials."""
    one, other = (stems_of(text, joining.affixes) for text in pair)
    weigh = lambda words: sum(joining.words.get(word, joining.rare) for word in words)  # noqa: E731
    shared, left, right = weigh(one & other), weigh(one - other), weigh(other - one)
    folded = [folded_words(text) for text in pair]
    numbers = [{figure.value for figure in figures_in(words, vocabulary, joining.affixes)} for words in folded]
    denials = [bool(set(words) & (vocabulary.denials | vocabulary.not_)) for words in folded]
    return [
        *overlap(pair, joining),
        shared / (shared + left + right or 1),
        shared / (min(shared + left, shared + right) or 1),
        min(left, right) / 10,
        abs(len(folded[0]) - len(folded[1])) / 10,
        float(bool(numbers[0] and numbers[1]) and not numbers[0] & numbers[1]),
        float(bool(numbers[0] & numbers[1])),
        float(denials[0] != denials[1]),
    ]


def codings(one: Dossier, other: Dossier) -> list[float]:
    """Returns what two codings share and where they differ: types, statuses, negation, parties by role, counts."""
    types = [{event.type for event in dossier.events} for dossier in (one, other)]
    parties = [{(part.role, part.code) for event in dossier.events for part in event.participants if part.code} for dossier in (one, other)]
    codes = [{code for _, code in some} for some in parties]
    negated = [any(event.status == "negated" for event in dossier.events) for dossier in (one, other)]
    statuses = [{event.status for event in dossier.events} for dossier in (one, other)]
    counts = [{item.count for event in dossier.events for item in event.magnitude} for dossier in (one, other)]
    both = bool(types[0] and types[1])
    return [
        float(both and bool(types[0] & types[1])),
        float(both and not types[0] & types[1]),
        float(bool(types[0]) != bool(types[1])),
        len(parties[0] & parties[1]),
        float(bool(codes[0] and codes[1]) and not codes[0] & codes[1]),
        float(bool(codes[0] & codes[1]) and not parties[0] & parties[1]),
        len(codes[0] ^ codes[1]),
        float(negated[0] != negated[1]),
        float(both and not statuses[0] & statuses[1]),
        float(bool(counts[0] and counts[1]) and not counts[0] & counts[1]),
    ]


def cosines(pairs: Sequence[Pair]) -> list[list[float]]:
    """Returns the cosine of the vectors of two headlines."""
    from tawazun.scorers.meanings import encode

    ones, others = (encode([pair[side] for pair in pairs]) for side in (0, 1))
    return [[float(one @ other)] for one, other in zip(ones, others, strict=True)]


def fitted(features: np.ndarray, same: np.ndarray) -> np.ndarray:
    """Returns the weights of a logistic regression by Newton's method."""
    weights = np.zeros(features.shape[1])
    ridge = np.full(features.shape[1], RIDGE)
    ridge[0] = 0
    for _ in range(30):
        odds = 1 / (1 + np.exp(-(features @ weights)))
        slope = features.T @ (same - odds) - ridge * weights
        curve = (features.T * (odds * (1 - odds))) @ features + np.diag(ridge + 1e-9)
        weights = weights + np.linalg.solve(curve, slope)
    return weights


def accuracy(rows: Sequence[Sequence[float]], labels: Sequence[bool], folds: int) -> tuple[float, float, float]:
    """Returns the cross-validated accuracy, and the share found of pairs that say the same and of those that contradict."""
    values = np.array(rows, dtype=float)
    same = np.array(labels, dtype=float)
    order = np.random.default_rng(SEED).permutation(len(same))
    guessed = np.zeros(len(same))
    for fold in range(folds):
        held = order[fold::folds]
        rest = np.setdiff1d(order, held)
        mean, deviation = values[rest].mean(0), values[rest].std(0) + 1e-9
        scaled = np.hstack([np.ones((len(same), 1)), (values - mean) / deviation])
        guessed[held] = scaled[held] @ fitted(scaled[rest], same[rest]) > 0
    right = guessed == same
    return float(right.mean()), float(right[same == 1].mean()), float(right[same == 0].mean())


def joined(*parts: Sequence[Sequence[float]]) -> list[list[float]]:
    """Puts the features of several ways side by side."""
    return [[value for row in rows for value in row] for rows in zip(*parts, strict=True)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kit", type=Path)
    parser.add_argument("--folds", type=int, default=10)
    asked = parser.parse_args()
    lines = (asked.kit / "data" / "claims_dev.jsonl").read_text("utf-8").splitlines()
    items = [item for item in map(json.loads, lines) if item["label"] in ("agree", "disagree")]
    pairs = [(item["a"], item["b"]) for item in items]
    same = [item["label"] == "agree" for item in items]
    joining, vocabulary = load_joining(), load_disputes()
    plain = [overlap(pair, joining) for pair in pairs]
    words = [wordings(pair, joining, vocabulary) for pair in pairs]
    coded = [codings(read(one), read(other)) for one, other in pairs]
    meant = cosines(pairs)
    ways: dict[str, Callable[[], list[list[float]]]] = {
        "words: overlap alone": lambda: plain,
        "codings alone": lambda: coded,
        "explained: wordings": lambda: words,
        "explained: wordings and codings": lambda: joined(words, coded),
        "meanings alone": lambda: meant,
        "meanings, wordings and codings": lambda: joined(meant, words, coded),
    }
    print(f"{len(pairs)} pairs, {sum(same)} say the same; always `contradicting`: {1 - sum(same) / len(same):.3f}")
    for name, rows in ways.items():
        whole, one, other = accuracy(rows(), same, asked.folds)
        print(f"  {name}: accuracy {whole:.3f} (same {one:.3f}, contradicting {other:.3f})")
    events = sum(bool(row[0] or row[1]) for row in coded)
    print(f"  both headlines have an event in {events} pairs; both share a type in {sum(bool(row[0]) for row in coded)}")


if __name__ == "__main__":
    main()
