"""Turns the coded sentences of an evaluation kit into the weights that the reader ships: log-linear scorers as one plain table.

usage: train.py KIT [--out FILE]

Each scorer is fitted on KIT/train_gold.jsonl by multinomial logistic regression (scikit-learn, L2). Its thresholds are those that are
best in five-fold cross-validation over sentences, and so is the gain that the file states. Weights of features seen only once, and small
ones, are left out.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from tawazun.code.events import raw_start
from tawazun.code.governors import governors
from tawazun.code.participants import Fillers, all_slots
from tawazun.code.roles import ROLES, Roles, candidates
from tawazun.lexicon.load import knowledge_folder, load_lexicon
from tawazun.lexicon.weights import SEPARATOR, WEIGHTS
from tawazun.model.articles import Article
from tawazun.pipeline.articles import CodedSentence, Reader

STRENGTH = 0.1
SEEN = 2
SMALL = 0.03
FOLDS = 5
GRID = [round(0.26 + 0.02 * step, 2) for step in range(15)]

Span = tuple[int, int]


class Candidate(NamedTuple):
    span: Span
    features: list[str]


class Act(NamedTuple):
    """Is a coded act: its sentence's id, its candidates, the gold participants (None where no gold event stands there),
    the participants that aren't weighed (attached pronouns, adjectives), and all that the rules alone find."""

    id: str
    typed: bool
    candidates: list[Candidate]
    gold: list[tuple[str, Span]] | None
    fixed: list[tuple[str, Span]]
    by_rules: list[tuple[str, Span]]


def span_of(text: str, mark: str) -> Span:
    needle, _, number = mark.rpartition("@")
    if not needle or not number.isdigit():
        needle, number = mark, "1"
    at = -1
    for _ in range(int(number)):
        at = text.index(needle, at + 1)
    return at, at + len(needle)


def overlap(first: Span, second: Span) -> int:
    return max(0, min(first[1], second[1]) - max(first[0], second[0]))


def half(first: Span, second: Span) -> bool:
    return 2 * overlap(first, second) >= min(first[1] - first[0], second[1] - second[0])


def gold_of(row: dict[str, Any], trigger: Span, type: str) -> tuple[list[tuple[str, Span]] | None, bool]:
    """Returns the participants of the gold event at a trigger, and whether its type is the same."""
    there = [event for event in row["events"] if overlap(span_of(row["text"], event["trigger"]), trigger)]
    there.sort(key=lambda event: event["type"] != type)
    if not there:
        return None, False
    return [(p["role"], span_of(row["text"], p["text"])) for p in there[0].get("participants", [])], there[0]["type"] == type


def acts_of(row: dict[str, Any], sentence: CodedSentence) -> Iterator[Act]:
    scene, setting, coded = sentence
    governor_of, slots = governors(scene), all_slots(scene)
    fillers = Fillers(scene, slots, governor_of)
    roles = Roles(scene, fillers, governor_of, setting.referents, None)
    for item in coded:
        predicate = item.predicate
        found = []
        for number in candidates(scene, predicate, fillers, setting.referents):
            phrase = scene.phrase(number)
            span = raw_start(scene, phrase.start), scene.tokens[phrase.end - 1].end
            found.append(Candidate(span, [SEPARATOR.join(feature) for feature in roles.surroundings.of(predicate, number)]))
        trigger = item.event.trigger
        gold, typed = gold_of(row, (trigger.start, trigger.end), item.event.type)
        by_rules = [(p.role, (p.start, p.end)) for p in item.event.participants]
        spans = {candidate.span for candidate in found}
        yield Act(row["id"], typed, found, gold, [p for p in by_rules if p[1] not in spans], by_rules)


def read_acts(path: Path, reader: Reader) -> tuple[list[Act], int]:
    """Returns the acts that the reader codes in a gold file, and how many participants the gold has."""
    acts: list[Act] = []
    total = 0
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        total += sum(len(event.get("participants", [])) for event in row["events"])
        for sentence in reader.sentences(Article(text=row["text"], id=row["id"], published=row.get("date"))):
            acts += acts_of(row, sentence)
    return acts, total


def labels_of(act: Act) -> list[str]:
    """Gives each candidate its gold role; of several that overlap a gold participant, the first word of it decides."""
    labels = ["none"] * len(act.candidates)
    for role, span in act.gold or ():
        near = [n for n, c in enumerate(act.candidates) if labels[n] == "none" and half(span, c.span)]
        if near and role in ROLES:
            labels[min(near, key=lambda n: (abs(act.candidates[n].span[0] - span[0]) // 4, -overlap(act.candidates[n].span, span)))] = role
    return labels


def hits(gold: Sequence[tuple[str, Span]], found: Sequence[tuple[str, Span]]) -> int:
    left, right = list(found), 0
    for role, span in gold:
        best = max((f for f in left if f[0] == role and half(span, f[1])), key=lambda f: overlap(span, f[1]), default=None)
        if best is not None:
            left.remove(best)
            right += 1
    return right


def f1(acts: Sequence[Act], chosen: Sequence[Sequence[tuple[str, Span]]], total: int) -> float:
    coded = sum(map(len, chosen))
    right = sum(hits(act.gold or (), found) for act, found in zip(acts, chosen, strict=True) if act.typed)
    return 2 * right / (coded + total) if coded + total else 0.0


class Fitted:
    """Is a fitted model with its vocabulary."""

    def __init__(self, acts: Sequence[Act]) -> None:
        used = [act for act in acts if act.gold is not None]
        counts = Counter(feature for act in used for c in act.candidates for feature in c.features)
        self.vectorizer = DictVectorizer()
        rows = [{f: 1 for f in c.features if counts[f] >= SEEN} for act in used for c in act.candidates]
        matrix = self.vectorizer.fit_transform(rows)
        self.model = LogisticRegression(C=STRENGTH, max_iter=400).fit(matrix, [label for act in used for label in labels_of(act)])
        self.order = [list(self.model.classes_).index(name) for name in ("none", *ROLES)]

    def probabilities(self, act: Act) -> Any:
        if not act.candidates:
            return np.zeros((0, len(ROLES) + 1))
        return self.model.predict_proba(self.vectorizer.transform([dict.fromkeys(c.features, 1) for c in act.candidates]))[:, self.order]

    def table(self) -> dict[str, tuple[float, ...]]:
        weights = self.model.coef_[self.order] + 0.0
        weights = weights[1:] - weights[0]
        bias = self.model.intercept_[self.order]
        bias = bias[1:] - bias[0]
        table = {}
        for at, name in enumerate(self.vectorizer.get_feature_names_out()):
            found = [round(float(w), 3) for w in weights[:, at]]
            if name == "all":
                found = [round(float(w + b), 3) for w, b in zip(weights[:, at], bias, strict=True)]
            if name == "all" or max(map(abs, found)) >= SMALL:
                table[str(name)] = tuple(found)
        return table


def choose(act: Act, found: Any, thresholds: Sequence[float]) -> list[tuple[str, Span]]:
    chosen = list(act.fixed)
    for candidate, odds in zip(act.candidates, found, strict=True):
        best = int(np.argmax(odds[1:]))
        if odds[best + 1] >= thresholds[best]:
            chosen.append((ROLES[best], candidate.span))
    return chosen


def train_roles(kit: Path) -> dict[str, Any]:
    """Fits the scorer of roles; returns it as the file holds it."""
    lexicon = load_lexicon()
    reader = Reader(type(lexicon)(**{f: getattr(lexicon, f) for f in lexicon.__struct_fields__} | {"scorers": {}}))
    acts, total = read_acts(kit / "train_gold.jsonl", reader)
    by_rules = f1(acts, [act.by_rules for act in acts], total)
    groups = [act.id for act in acts]
    held_out: dict[int, Any] = {}
    for inside, outside in GroupKFold(FOLDS).split(acts, groups=groups):
        fitted = Fitted([acts[n] for n in inside])
        held_out |= {int(n): fitted.probabilities(acts[n]) for n in outside}
    found = [held_out[n] for n in range(len(acts))]
    best = max(
        ((s, t) for s in GRID for t in GRID),
        key=lambda pair: f1(acts, [choose(a, p, pair) for a, p in zip(acts, found, strict=True)], total),
    )
    weighed = f1(acts, [choose(a, p, best) for a, p in zip(acts, found, strict=True)], total)
    gain = f"participant F1 {by_rules:.3f} by rules, {weighed:.3f} weighed ({FOLDS}-fold cross-validation)"
    print(gain, "thresholds", best)
    return {
        "decides": "which role, if any, a noun phrase has in an act of its sentence",
        "classes": ("none", *ROLES),
        "thresholds": best,
        "gain": gain,
        "table": Fitted(acts).table(),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kit", type=Path)
    parser.add_argument("--out", type=Path, default=knowledge_folder() / WEIGHTS)
    given = parser.parse_args()
    gold = given.kit / "train_gold.jsonl"
    file = {
        "recipe": f"bench/train.py: logistic regression, C={STRENGTH}, features seen {SEEN} times or more, weights of {SMALL} or more",
        "trained_on": {gold.name: "sha256:" + sha256(gold.read_bytes()).hexdigest()},
        "scorers": {"roles": train_roles(given.kit)},
    }
    given.out.write_text(json.dumps(file, ensure_ascii=False, indent=None, separators=(",", ":")).replace('],"', '],\n"') + "\n", "utf-8")
    print(f"{given.out}: {given.out.stat().st_size / 1e6:.2f} MB, {sum(len(s['table']) for s in file['scorers'].values())} features")


if __name__ == "__main__":
    main()
