"""Camps: gates of ties, the worked corpus, suppositions."""

import pytest
from own_evidence import act, answers, corpus, ledger

from tawazun.analyse.camps import camps, camps_of, ties_of
from tawazun.analyse.deeds import contacts_of, deeds_of
from tawazun.model.camps import CampTie

# (positive, negative, origins) -> what becomes of the pair
GATES = [
    ((8, 0, 8), "+"),
    ((7, 0, 7), "thin"),
    ((0, 8, 8), "-"),
    ((8, 0, 1), "thin"),
    ((9, 4, 13), "mixed"),
    ((10, 2, 12), "+"),
    ((2, 14, 16), "-"),
]


@pytest.mark.parametrize(("counts", "wanted"), GATES)
def test_a_pair_has_a_sign_only_where_it_is_clear(counts, wanted):
    positive, negative, origins = counts
    acts = [
        act(number, "2020-08-17", "AID" if number < positive else "ACCUSE", ["TUR"], ["EGY"], origin=f"origin-{number % origins}")
        for number in range(positive + negative)
    ]
    ties, mixed, thin = ties_of(contacts_of(deeds_of(corpus(acts))))
    found = {"thin": thin, "mixed": mixed}
    assert (wanted in found and found[wanted] == 1 and not ties) or (ties and ties[0].sign == (1 if wanted == "+" else -1))


def test_what_is_told_ten_times_counts_once():
    acts = [act(number, "2020-08-17", "AID", ["TUR"], ["EGY"], happening="one") for number in range(10)]
    assert ties_of(contacts_of(deeds_of(corpus(acts)))) == ((), 0, 1)


def test_plans_and_denials_make_no_tie():
    acts = [act(number, "2020-08-17", "AID", ["TUR"], ["EGY"], status=status) for number, status in enumerate(["planned", "negated"] * 5)]
    assert ties_of(contacts_of(deeds_of(corpus(acts)))) == ((), 0, 0)


def test_the_worked_corpus_has_its_sides_and_its_misfit():
    wanted = next(item for item in answers()["camps"] if item["id"] == "camps-libya")
    found = camps(ledger("lib"))
    assert found.clear == wanted["clear"]
    assert found.frustration == wanted["disagreements"]
    assert round(found.balance, 4) == wanted["frustration"]
    assert len(found.optima) == wanted["optima"]
    assert [(tie.one, tie.other) for tie in found.ties if tie.misfit] == [tuple(pair) for pair in wanted["misfits"]]
    sides = {frozenset(side) for side in found.optima[0].sides}
    assert sides == {frozenset(unit.removesuffix(".GOV") for unit in side) for side in wanted["sides"]}
    assert abs(found.chance - wanted["permutation"]) < 0.02


@pytest.mark.parametrize("prefix", ["nile", "sandur"])
def test_no_camps_where_there_are_none(prefix):
    assert not camps(ledger(prefix)).clear


def test_two_optima_are_both_listed():
    wanted = next(item for item in answers()["camps"] if item["scope"] == "all")
    found = camps(ledger())
    assert (found.frustration, len(found.optima)) == (wanted["disagreements"], 1)
    """Parts that hang together with nothing else may be turned round freely, which is no other optimum here."""


def test_a_supposed_tie_is_solved_again():
    found = camps(ledger("lib"), what_if={("RUS", "TUR"): -1})
    assert found.frustration == 1
    assert (found.supposed.frustration, found.supposed.moved, found.supposed.ties) == (0, (), ("RUS-TUR=-",))
    removed = camps(ledger("lib"), what_if={("RUS", "TUR"): 0})
    assert removed.supposed.frustration == 0


def test_a_supposition_moves_whoever_depends_on_it():
    ties = [
        CampTie(one, other, sign, 9, 0, False, ()) for one, other, sign in (("A", "B", 1), ("A", "C", -1), ("B", "C", -1), ("C", "D", 1))
    ]
    found = camps_of(ties, what_if={("C", "D"): -1})
    assert found.supposed.moved == ("D",)


def test_nothing_known_is_no_map():
    found = camps(corpus([]))
    assert (found.ties, found.clear, found.members) == ((), False, ())


def test_a_divided_country_is_two_units():
    acts = [act(number, "2020-08-17", "ASSAULT", ["LBY.MIL"], ["LBY.GOV"]) for number in range(8)]
    ties, _, _ = ties_of(contacts_of(deeds_of(corpus(acts))))
    assert [(tie.one, tie.other, tie.sign) for tie in ties] == [("LBY.GOV", "LBY.MIL", -1)]
    assert ties_of(contacts_of(deeds_of(corpus(acts[:7])))) == ((), 0, 0)
