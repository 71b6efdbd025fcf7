"""Possible go-betweens: the ranking of the worked corpus, who convened, chains of two."""

import pytest
from own_evidence import act, answers, corpus, ledger

from tawazun.analyse.brokers import go_betweens
from tawazun.model.evidence import Side


@pytest.mark.parametrize("item", answers()["go_betweens"], ids=lambda item: item["id"])
def test_the_ranking_of_the_worked_corpus(item):
    prefix = "sandur" if "ISL" in item["between"] else "nile" if "ETH" in item["between"] else "lib"
    found = go_betweens(ledger(prefix), *item["between"])
    wanted = [(one["actor"].removesuffix(".GOV"), one["with_first"], one["with_second"], one["least"]) for one in item["ranking"]]
    assert [(one.unit, one.with_one, one.with_other, one.reach) for one in found.go_betweens][: len(wanted)] == wanted


def test_leaning_to_one_side_is_shown_and_not_punished():
    acts = [act(n, "2020-08-17", "CONSULT", ["QAT", "IRN"]) for n in range(9)]
    acts += [act(100 + n, "2020-08-17", "CONSULT", ["QAT", "USA"]) for n in range(8)]
    acts += [act(200 + n, "2020-08-17", "ACCUSE", ["USA"], ["QAT"]) for n in range(6)]
    acts += [act(300 + n, "2020-08-17", "CONSULT", ["OMN", side]) for n in range(3) for side in ("IRN", "USA")]
    acts = [one if n == 0 else act(n, "2020-08-17", one.type, *_codes(one)) for n, one in enumerate(acts)]
    first, second = go_betweens(corpus(acts), "IRN", "USA").go_betweens
    assert (first.unit, first.reach, first.support) == ("QAT", 8, "enough")
    assert first.lean > 0.5
    assert (second.unit, second.reach, second.support, second.lean) == ("OMN", 3, "thin", 0.0)


def _codes(one):
    return [side.code for side in one.sides if side.role == "source"], [side.code for side in one.sides if side.role == "target"]


def test_who_hosts_or_mediates_for_a_side_convened():
    host = Side("host", "OMN.GOV", (), "OMN.GOV")
    acts = [act(n, "2020-08-17", "CONSULT", ["IRN", "USA"], more=[host]) for n in range(2)]
    acts += [act(10, "2020-08-18", "CONSULT", ["OMN", "IRN"]), act(11, "2020-08-18", "CONSULT", ["OMN", "USA"])]
    found = go_betweens(corpus(acts), "IRN", "USA")
    assert [(one.unit, one.convened) for one in found.go_betweens] == [("OMN", ("event-0", "event-1"))]
    assert found.direct == 2


def test_two_may_reach_what_neither_reaches_alone():
    pairs = [("IRN", "OMN"), ("OMN", "GBR"), ("GBR", "USA")] * 2
    acts = [act(n, "2020-08-17", "CONSULT", pair) for n, pair in enumerate(pairs)]
    found = go_betweens(corpus(acts), "IRN", "USA")
    assert found.go_betweens == ()
    assert [(chain.first, chain.second, chain.reach) for chain in found.chains] == [("OMN", "GBR", 2)]
