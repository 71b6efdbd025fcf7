"""The barometer: tone and attention of the worked corpus, thin and empty pairs, breaks of either kind."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from own_evidence import act, answers, corpus, ledger

from tawazun.analyse.barometers import barometer, tone_of

PAIRS = [(item["id"], tuple(item["pair"]), item["positive"], item["negative"], item["evidence"]) for item in answers()["barometer"]]


@pytest.mark.parametrize(("positive", "negative", "tone"), [(0, 0, 0.0), (1, 0, 0.3333), (8, 0, 0.8), (0, 8, -0.8), (5, 5, 0.0)])
def test_tone(positive, negative, tone):
    assert tone_of(positive, negative) == tone


@pytest.mark.parametrize(("id", "pair", "positive", "negative", "evidence"), PAIRS)
def test_pairs_of_the_worked_corpus(id, pair, positive, negative, evidence):
    prefix = {"ISL": "sandur", "MLT": "sandur"}.get(pair[0], "")
    units = tuple(unit.removesuffix(".GOV") for unit in pair)
    found = barometer(ledger(prefix), [units], "week").relationships[0]
    assert (found.positive, found.negative, found.support) == (positive, negative, evidence)
    assert found.low < found.tone < found.high


BREAKS = [(item, item["breaks"][0]) for item in answers()["barometer"] if item["breaks"]]


@pytest.mark.parametrize(("item", "wanted"), [pair for pair in BREAKS if pair[1]["kind"] == "tone"])
def test_breaks_of_tone_of_the_worked_corpus(item, wanted):
    found = barometer(ledger("sandur"), [tuple(item["pair"])], "week").relationships[0]
    assert [(one.kind, one.first, one.direction) for one in found.breaks] == [("tone", wanted["date"], "warmer")]


@pytest.mark.parametrize(("item", "wanted"), [pair for pair in BREAKS if pair[1]["kind"] == "attention"])
def test_a_rise_of_attention_is_no_change_of_tone(item, wanted):
    """The rise of the worked corpus, from 3 or 4 contacts in eleven weeks to 12 in eleven, is too weak to be a break."""
    found = barometer(ledger("sandur"), [tuple(item["pair"])], "week").relationships[0]
    counts = [sum(one.happenings for one in found.readings if (one.first < wanted["date"]) == early) for early in (True, False)]
    assert counts[1] >= 3 * counts[0]
    assert found.breaks == ()


def test_only_a_break_of_tone_has_a_direction():
    days = [date(2020, 1, 6) + timedelta(7 * week) for week in range(24)]
    acts = [
        act(n, day.isoformat(), "AID", ["TUR"], ["EGY"])
        for n, day in enumerate(day for w, day in enumerate(days) for _ in range(1 + w % 2))
    ]
    acts += [act(1000 + n, days[12 + n % 12].isoformat(), "AID", ["TUR"], ["EGY"]) for n in range(240)]
    breaks = barometer(corpus(acts), [("TUR", "EGY")], "week").relationships[0].breaks
    assert breaks
    assert all((one.kind == "tone") == (one.direction is not None) for one in breaks)
    assert {one.kind for one in breaks} == {"attention"}


def test_nothing_after_the_day_counts():
    acts = [act(n, f"2020-0{n}-01", "AID", ["TUR"], ["EGY"]) for n in range(1, 9)]
    found = barometer(corpus(acts, as_of="2020-04-15"), [("EGY", "TUR")]).relationships[0]
    assert found.happenings == 4
    assert [reading.first for reading in found.readings] == ["2020-01-01", "2020-02-01", "2020-03-01", "2020-04-01"]


def test_windows_are_whole_and_touch():
    acts = [act(1, "2020-01-15", "AID", ["TUR"], ["EGY"]), act(2, "2021-02-03", "AID", ["TUR"], ["EGY"])]
    for window in ("week", "month", "quarter"):
        readings = barometer(corpus(acts), [("EGY", "TUR")], window).relationships[0].readings
        ends = [(date.fromisoformat(one.last), date.fromisoformat(other.first)) for one, other in pairwise(readings)]
        assert all(first + timedelta(1) == then for first, then in ends)
        assert sum(reading.happenings for reading in readings) == 2
