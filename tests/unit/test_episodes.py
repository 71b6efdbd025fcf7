"""The worked corpus keeps its promises: articles, copies, and answers that follow from the ledger of acts by counting."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations, product
from math import sqrt
from pathlib import Path
from typing import Any

import pytest
import yaml

from tawazun.analyse.origins import Origins, signature_of
from tawazun.model.articles import Article

FOLDER = Path(__file__).parents[2] / "examples" / "episodes"
ARTICLES: list[dict[str, str]] = [json.loads(line) for line in (FOLDER / "articles.jsonl").read_text("utf-8").splitlines()]
ANSWERS: dict[str, Any] = yaml.safe_load((FOLDER / "answers.yaml").read_text("utf-8"))
KEYS = ("acts", "agenda", "tracks", "camps", "barometer", "go_betweens", "claims", "scenarios", "ripeness", "origins")
POSITIVE = {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"}
NEGATIVE = {"ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}
STATES = {
    *("undated", "not_due", "in_window", "overdue", "fulfilled", "partly", "breached", "postponed", "cancelled", "denied", "suspended"),
}
CODE = re.compile(r"[A-Z]{3}(\.[A-Z]{2,4})?")
DEVIATIONS, FEWEST = 1.96, 8
DATES = {article["id"]: article["date"] for article in ARTICLES}

Pair = tuple[str, str]


def items() -> Iterator[tuple[str, dict[str, Any]]]:
    for key in KEYS:
        for item in ANSWERS[key]:
            yield key, item


def pairs(act: Mapping[str, Any]) -> Iterator[Pair]:
    both = product(act["sources"], act["targets"]) if act["targets"] else combinations(act["sources"], 2)
    for one, other in both:
        yield (one, other) if one < other else (other, one)


def counts(scope: str = "all") -> dict[Pair, Counter[str]]:
    found: dict[Pair, Counter[str]] = defaultdict(Counter)
    prefix = {"all": "", "libya": "lib"}.get(scope, scope)
    for act in ANSWERS["acts"]:
        if act["articles"][0].startswith(prefix):
            for pair in pairs(act):
                found[pair][act["sign"]] += 1
    return found


def signs(scope: str) -> dict[Pair, int]:
    """Returns the sign of each pair that keeps one after the rule of A1."""
    found = {}
    for pair, each in counts(scope).items():
        surplus, total = each["positive"] - each["negative"], each.total()
        if total >= FEWEST and abs(surplus) / sqrt(total) >= DEVIATIONS:
            found[pair] = 1 if surplus > 0 else -1
    return found


def optima(ties: Mapping[Pair, int]) -> tuple[int, list[tuple[dict[str, bool], list[Pair]]]]:
    """Returns the least number of disagreements and every division with as many, by trying all."""
    actors = sorted({actor for pair in ties for actor in pair})
    tried = []
    for rest in product((False, True), repeat=len(actors) - 1):
        side = dict(zip(actors, (False, *rest), strict=True))
        tried.append((side, [(one, other) for (one, other), sign in ties.items() if (side[one] == side[other]) != (sign > 0)]))
    least = min(len(misfits) for _, misfits in tried)
    return least, [each for each in tried if len(each[1]) == least]


def test_articles_are_whole_and_in_order() -> None:
    assert 66 <= len(ARTICLES) <= 80
    assert len(DATES) == len(ARTICLES)
    assert len({article["text"] for article in ARTICLES}) == len(ARTICLES) == len({article["title"] for article in ARTICLES})
    for article in ARTICLES:
        assert article.keys() == {"id", "outlet", "date", "title", "text", "url"}
        date.fromisoformat(article["date"])
        assert re.fullmatch(r"https://[a-z]+\.example\.org/[0-9/]+/" + article["id"], article["url"])
        assert 60 <= len(article["text"].split()) <= 150, article["id"]
        assert not re.search(r"[A-Za-z]", article["text"] + article["title"]), article["id"]
    keys = [(article["date"], article["id"]) for article in ARTICLES]
    assert keys == sorted(keys)
    episodes = Counter(article["id"].split("-")[0] for article in ARTICLES)
    assert set(episodes) == {"lib", "nile", "sandur"} and min(episodes.values()) >= 22
    assert len({article["outlet"] for article in ARTICLES}) >= 8


def test_answers_rest_on_articles() -> None:
    identities = [item["id"] for _, item in items()]
    assert len(set(identities)) == len(identities)
    told = set()
    for key, item in items():
        told.update(item["articles"])
        missing = set(item["articles"]) - DATES.keys()
        assert not missing, (item["id"], missing)
        assert item["articles"] or (key == "barometer" and item["evidence"] == "none"), item["id"]
    assert told == DATES.keys()


def test_acts_came_about_before_they_were_told() -> None:
    for act in ANSWERS["acts"]:
        assert (act["type"] in POSITIVE, act["type"] in NEGATIVE) == (act["sign"] == "positive", act["sign"] == "negative"), act["id"]
        assert act["date"] <= min(DATES[article] for article in act["articles"]), act["id"]
        assert all(CODE.fullmatch(actor) for actor in act["sources"] + act["targets"]), act["id"]
        assert len(act["sources"]) + len(act["targets"]) > 1 and not set(act["sources"]) & set(act["targets"]), act["id"]


def test_plans_are_told_before_they_are_due() -> None:
    for plan in ANSWERS["agenda"]:
        since = [state["since"] for state in plan["states"]]
        assert since == sorted(since) and {state["status"] for state in plan["states"]} <= STATES, plan["id"]
        assert set(plan["said"]) <= set(plan["articles"]), plan["id"]
        if plan["phrase"] == "undated":
            assert plan["from"] is plan["until"] is None and [state["status"] for state in plan["states"]] == ["undated"], plan["id"]
            continue
        first = min(DATES[article] for article in plan["said"])
        assert date.fromisoformat(plan["from"]) and first <= (plan["until"] or "9999"), plan["id"]
        for state in plan["states"]:
            if state["status"] == "overdue":
                assert state["since"] > plan["until"] or plan["kind"] == "recurring", plan["id"]
            if state["status"] in {"fulfilled", "breached", "partly", "cancelled", "denied"}:
                assert any(DATES[article] >= state["since"] for article in plan["articles"]), plan["id"]


def test_tracks_climb_with_their_articles() -> None:
    known = {track["id"] for track in ANSWERS["tracks"]}
    for track in ANSWERS["tracks"]:
        steps = track["rungs"] + track["flags"]
        assert {article for step in steps for article in step["articles"]} <= set(track["articles"]), track["id"]
        dates = [step["date"] for step in track["rungs"] if step["date"]]
        assert dates == sorted(dates) and max(dates) <= track["last"], track["id"]
        assert {track[key] for key in ("widens", "continues", "widened_into") if key in track} <= known, track["id"]


@pytest.mark.parametrize("camp", ANSWERS["camps"], ids=lambda camp: camp["scope"])
def test_camps_follow_from_the_acts(camp: dict[str, Any]) -> None:
    ties = signs(camp["scope"])
    assert ties == {tuple(tie["pair"]): 1 if tie["sign"] == "positive" else -1 for tie in camp["ties"]}
    every = counts(camp["scope"])
    for tie in camp["ties"] + camp["too_little"]:
        assert (tie["positive"], tie["negative"]) == tuple(every[tuple(tie["pair"])][sign] for sign in ("positive", "negative"))
    least, found = optima(ties)
    assert (least, len(found)) == (camp["disagreements"], camp["optima"])
    assert camp["frustration"] == pytest.approx(1 - 2 * least / len(ties), abs=1e-4)
    assert all(misfits == [tuple(pair) for pair in camp["misfits"]] for _, misfits in found)
    if camp["sides"]:
        side, _ = found[0]
        assert [[actor for actor in side if side[actor] is which] for which in (False, True)] == camp["sides"]
        assert least == 1 and len(found) == 1


@pytest.mark.parametrize("camp", [camp for camp in ANSWERS["camps"] if camp["permutation"]], ids=lambda camp: camp["scope"])
def test_only_libya_has_clear_camps_by_permutation(camp: dict[str, Any]) -> None:
    ties = signs(camp["scope"])
    negative = sum(sign < 0 for sign in ties.values())
    as_few = [
        optima({pair: -1 if pair in chosen else 1 for pair in ties})[0] <= camp["disagreements"] for chosen in combinations(ties, negative)
    ]
    assert sum(as_few) / len(as_few) == pytest.approx(camp["permutation"], abs=5e-4)
    assert camp["clear"] == (camp["permutation"] < 0.05) == (camp["scope"] == "libya")


def test_flipping_the_misfit_tie_leaves_no_disagreement() -> None:
    (what_if,) = (item for item in ANSWERS["scenarios"] if item["kind"] == "what_if")
    ties = signs(what_if["scope"])
    ties[tuple(what_if["flip"])] *= -1
    assert optima(ties)[0] == what_if["disagreements"] == 0


def test_the_barometer_breaks_where_the_answers_say() -> None:
    every = counts()
    for item in ANSWERS["barometer"]:
        pair = tuple(item["pair"])
        assert (item["positive"], item["negative"]) == tuple(every[pair][sign] for sign in ("positive", "negative")), item["id"]
        assert item["evidence"] == ("enough" if every[pair].total() >= FEWEST else "thin" if every[pair].total() else "none"), item["id"]
        acts = [act for act in ANSWERS["acts"] if pair in pairs(act)]
        for found in item["breaks"]:
            before = Counter(act["sign"] for act in acts if act["date"] < found["date"])
            after = Counter(act["sign"] for act in acts if act["date"] >= found["date"])
            if found["kind"] == "tone":
                assert before["negative"] >= 9 * before["positive"] > 0 and after["negative"] == 0 and after["positive"] >= FEWEST
            else:
                assert before["negative"] == after["negative"] == 0 and after.total() >= 3 * before.total()


@pytest.mark.parametrize("item", ANSWERS["go_betweens"], ids=lambda item: "-".join(item["between"]))
def test_go_betweens_follow_from_the_acts(item: dict[str, Any]) -> None:
    every, (first, second) = counts(), item["between"]

    def positive(one: str, other: str) -> int:
        return every[(one, other) if one < other else (other, one)]["positive"]

    actors = {actor for pair in list(every) for actor in pair} - {first, second}
    expected = {actor: (positive(first, actor), positive(second, actor)) for actor in actors}
    expected = {actor: both for actor, both in expected.items() if min(both)}
    assert {each["actor"]: (each["with_first"], each["with_second"]) for each in item["ranking"]} == expected
    assert [each["least"] for each in item["ranking"]] == sorted((min(both) for both in expected.values()), reverse=True)


def test_copies_are_where_the_answers_say() -> None:
    told = {copy["article"]: item["original"] for item in ANSWERS["origins"] for copy in item["copies"]}
    found = {}
    origins = Origins()
    for each in ARTICLES:
        article = Article(each["text"], each["id"], each["date"], each["title"], each["outlet"], each["url"])
        verdict = origins.add(each["id"], each["date"], signature_of(article))
        if verdict.rule != "new":
            found[each["id"]] = verdict.origin
    assert found == told and len(told) >= 10


def test_there_is_enough_of_everything() -> None:
    labels = Counter(claim["label"] for claim in ANSWERS["claims"])
    kinds = Counter(item["kind"] for item in ANSWERS["scenarios"])
    states = Counter(plan["states"][-1]["status"] for plan in ANSWERS["agenda"])
    passed = {state["status"] for plan in ANSWERS["agenda"] for state in plan["states"]}
    outcomes = Counter(item["outcome"] for item in ANSWERS["scenarios"] if item["kind"] == "condition")
    assert labels["conflict"] >= 3 and labels["denial"] >= 4 and labels["correction"] >= 3
    assert labels["different_scope"] and labels["update"]
    assert len(ANSWERS["agenda"]) >= 14 and passed == STATES
    assert min(states[status] for status in ("fulfilled", "overdue", "cancelled", "undated")) >= 3
    assert kinds["condition"] >= 5 and outcomes["met"] >= 2 and kinds["linkage"] >= 2
    assert {(item["element"], item["direction"]) for item in ANSWERS["ripeness"]} >= {
        *product(("stalemate", "way_out", "valid_spokesman"), ("for", "against")),
        ("looming_shock", "for"),
    }
