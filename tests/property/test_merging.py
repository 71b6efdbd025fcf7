"""Joining is the same whoever asks, whatever the order of what is handed in at once, and never undoes itself."""

import sys
from pathlib import Path
from random import Random

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "unit"))
from telling_samples import CITY, COLLEAGUE, JOINING, MINISTER, PORT, told

from tawazun.analyse.days import days_of
from tawazun.analyse.happenings import Happenings, join
from tawazun.analyse.likeness import odds
from tawazun.analyse.origins import Origins, signature
from tawazun.analyse.words import folded_words
from tawazun.model.happenings import Happening, Telling

WORDS = st.sampled_from(
    ["محادثات", "الحدود", "الغاز", "أنقرة", "القاهرة", "الوزير", "الوفد", "اتفاق", "هدنة", "قصف", "سوق", "المدينة", "5", "12", "300"]
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=14).map(" ".join)
DAYS = st.sampled_from(["2020-08-17", "2020-08-18", "2020-08-19", "2020-09-30", "2020-08", None])


@st.composite
def mentions(draw: st.DrawFn, name: str) -> Telling:
    kind, entry = draw(st.sampled_from([("CONSULT", "consult.talks"), ("CONSULT", "consult.visit"), ("ASSAULT", "assault_kill.kill")]))
    return told(
        name,
        draw(DAYS),
        draw(SENTENCES),
        type=kind,
        entry=entry,
        status=draw(st.sampled_from(["occurred", "planned", "negated", "called_for"])),
        parties=tuple(draw(st.lists(st.sampled_from([MINISTER, COLLEAGUE]), max_size=2, unique=True))),
        days=days_of(draw(DAYS)),
        spot=draw(st.sampled_from([CITY, PORT, None])),
        magnitudes=draw(st.sampled_from([(), (("killed", 5),), (("killed", 300),)])),
    )


@st.composite
def runs(draw: st.DrawFn) -> list[Telling]:
    return [draw(mentions(str(number))) for number in range(draw(st.integers(1, 9)))]


def parts_of(happenings: Happenings) -> set[frozenset[str]]:
    return {frozenset(telling.id for telling in each.tellings) for each in happenings.all().values()}


def added(tellings: list[Telling]) -> Happenings:
    found = Happenings(JOINING)
    for telling in tellings:
        found.add(telling)
    return found


@given(mentions("a"), mentions("b"))
def test_likeness_has_no_direction(one: Telling, other: Telling) -> None:
    assert odds(one, other, JOINING) == odds(other, one, JOINING)


@settings(max_examples=60)
@given(runs())
def test_every_mention_is_in_one_happening_and_the_same_run_gives_the_same(tellings: list[Telling]) -> None:
    found = added(tellings)
    assert sorted(id for part in parts_of(found) for id in part) == sorted(telling.id for telling in tellings)
    assert parts_of(found) == parts_of(added(tellings))


@settings(max_examples=60)
@given(runs(), runs())
def test_later_articles_part_nothing(earlier: list[Telling], later: list[Telling]) -> None:
    begun = parts_of(added(earlier))
    found = added(earlier)
    for number, each in enumerate(later):
        found.add(msgspec.structs.replace(each, id=f"later {number}"))
    parts = parts_of(found)
    assert all(any(part <= whole for whole in parts) for part in begun)


@settings(max_examples=60)
@given(runs(), mentions("new"), st.randoms(use_true_random=False))
def test_candidates_may_come_in_any_order(tellings: list[Telling], new: Telling, chance: Random) -> None:
    candidates: list[Happening] = list(added(tellings).all().values())
    shuffled = list(candidates)
    chance.shuffle(shuffled)
    assert join(new, candidates, JOINING) == join(new, shuffled, JOINING)


@given(st.lists(SENTENCES, max_size=8))
def test_origins_keep_every_article_and_never_follow_a_copy(texts: list[str]) -> None:
    origins = Origins()
    verdicts = {str(at): origins.add(str(at), None, signature(folded_words(text))) for at, text in enumerate(texts)}
    for id, verdict in verdicts.items():
        assert (verdict.origin == id) == (verdict.rule == "new")
        assert verdicts[verdict.origin].rule == "new"


@given(st.text(max_size=300), st.text(max_size=60) | st.none(), st.text(max_size=60) | st.none())
def test_any_text_has_a_signature(text: str, title: str | None, address: str | None) -> None:
    found = signature(folded_words(text), title, address)
    assert all(-(2**63) <= key < 2**63 for key in found.keys)
    assert found == signature(folded_words(text), title, address)
