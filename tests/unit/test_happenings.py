"""Mentions of one act are one happening, mentions of two acts are two, and what became of it can be told."""

import msgspec
import pytest
from telling_samples import CITY, COLLEAGUE, JOINING, MINISTER, PORT, blast, told

from tawazun.analyse.days import days_of
from tawazun.analyse.facts import course_of, facts_of, statuses_of
from tawazun.analyse.happenings import Happenings, because_of, join, joinable, keys_of, united, wanted_keys
from tawazun.analyse.likeness import likeness, odds
from tawazun.model.happenings import Happening, Party, Telling

DAY = "2020-08-18"
TALKS = "أجرى الوزير المصري محادثات مع نظيره التركي في أنقرة حول حقول الغاز وترسيم الحدود البحرية"
TALKS_AGAIN = "بحث الوزيران المصري والتركي في أنقرة ترسيم الحدود البحرية وملف حقول الغاز"
BLAST = "انفجرت سيارة مفخخة قرب سوق الخضار وسط المدينة ما أسفر عن مقتل خمسة أشخاص"
BLAST_AGAIN = "قتل خمسة أشخاص في انفجار سيارة مفخخة استهدف سوق الخضار"
TOLD_OF = "هز انفجار عنيف المدينة صباحا"
SECOND = "هز انفجار عبوة ناسفة محيط محطة القطار دون وقوع إصابات"


def happenings_of(*tellings: Telling) -> list[Happening]:
    found = Happenings(JOINING)
    for telling in tellings:
        found.add(telling)
    return list(found.all().values())


def sizes(*tellings: Telling) -> list[int]:
    return [len(each.tellings) for each in happenings_of(*tellings)]


@pytest.mark.parametrize(
    ("name", "one", "other", "expected"),
    [
        ("talks told by two", told("a", "2020-08-18", TALKS), told("b", "2020-08-19", TALKS_AGAIN, entry="consult.discuss"), [2]),
        (
            "a plan and its outcome",
            told("a", "2020-08-17", TALKS, status="planned", days=days_of("2020-08-18")),
            told("b", "2020-08-19", TALKS_AGAIN, days=days_of("2020-08-18")),
            [2],
        ),
        (
            "a blast and its dead",
            blast("a", "2020-08-18", BLAST, "2020-08-18"),
            blast("b", "2020-08-18", BLAST_AGAIN, "2020-08-18", entry="assault_kill.kill", trigger="قتل", magnitudes=(("killed", 5),)),
            [2],
        ),
        (
            "one blast, two tolls",
            blast("a", "2020-08-18", BLAST, "2020-08-18", magnitudes=(("killed", 5),)),
            blast("b", "2020-08-19", BLAST_AGAIN, "2020-08-18", magnitudes=(("killed", 7),)),
            [2],
        ),
        ("two blasts on one day in one city", blast("a", DAY, BLAST, DAY), blast("b", DAY, SECOND, DAY), [1, 1]),
        ("two blasts, two cities", blast("a", DAY, BLAST, DAY), blast("b", DAY, SECOND, DAY, spot=PORT), [1, 1]),
        ("one wording, two cities", blast("a", DAY, TOLD_OF, DAY), blast("b", DAY, TOLD_OF, DAY, spot=PORT), [1, 1]),
        ("two months apart", told("a", "2020-08-18", TALKS), told("b", "2020-10-18", TALKS), [1, 1]),
        (
            "other ministers",
            told("a", "2020-08-18", TALKS),
            told("b", "2020-08-18", SECOND, parties=(Party("source", "FRA.GOV", ("Q8",)), Party("source", "DEU.GOV", ("Q9",)))),
            [1, 1],
        ),
        ("other acts", told("a", "2020-08-18", TALKS), told("b", "2020-08-18", TALKS, type="PROTEST", entry="protest.protest"), [1, 1]),
        (
            "nothing to know them by",
            told("a", "2020-08-18", "وقعت اشتباكات متفرقة", parties=()),
            told("b", "2020-08-18", "وقعت اشتباكات متفرقة", parties=()),
            [1, 1],
        ),
    ],
)  # fmt: skip
def test_what_is_one_happening(name: str, one: Telling, other: Telling, expected: list[int]) -> None:
    assert sizes(one, other) == expected, name
    assert sizes(other, one) == expected, name + ", the other way round"


def test_mentions_in_one_article_join_too() -> None:
    first = blast("a", "2020-08-18", BLAST, "2020-08-18")
    second = msgspec.structs.replace(blast("a", "2020-08-18", BLAST_AGAIN, "2020-08-18"), id="event-a2", sentence=4, start=300, end=305)
    assert sizes(first, second) == [2]


def test_a_copy_counts_once_among_the_origins() -> None:
    (found,) = happenings_of(
        told("a", "2020-08-18", TALKS), told("copy", "2020-08-18", TALKS, origin="a"), told("b", "2020-08-19", TALKS_AGAIN)
    )
    assert (len(found.tellings), found.origins) == (3, ("a", "b"))


def test_a_happening_has_the_facts_agreed_and_those_that_differ() -> None:
    (found,) = happenings_of(
        blast("a", "2020-08-18", BLAST, "2020-08-18", magnitudes=(("killed", 5),)),
        blast("b", "2020-08-18", BLAST_AGAIN, "2020-08-18", magnitudes=(("killed", 5),)),
        blast("c", "2020-08-19", BLAST_AGAIN, "2020-08-18", magnitudes=(("killed", 7),)),
    )
    assert [(fact.about, fact.value, fact.agreed, fact.tellings) for fact in facts_of(found)] == [
        ("day", "2020-08-18", True, ("event-a", "event-b", "event-c")),
        ("killed", "5", False, ("event-a", "event-b")),
        ("killed", "7", False, ("event-c",)),
        ("place", CITY.key, True, ("event-a", "event-b", "event-c")),
    ]


@pytest.mark.parametrize(
    ("told_as", "course"),
    [
        ([("2020-08-17", "planned"), ("2020-08-19", "occurred")], "occurred"),
        ([("2020-08-17", "planned"), ("2020-08-18", "negated")], "cancelled"),
        ([("2020-08-17", "planned"), ("2020-08-18", "negated"), ("2020-08-19", "occurred")], "occurred"),
        ([("2020-08-17", "planned"), ("2020-08-18", "called_for")], "planned"),
        ([("2020-08-17", "called_for"), ("2020-08-18", "possible")], "open"),
        ([("2020-08-17", "negated")], "open"),
        ([("2020-08-17", "negated"), ("2020-08-18", "ongoing")], "occurred"),
        ([("2020-08-18", "occurred"), ("2020-08-18", "negated")], "occurred"),
        ([(None, "planned"), ("2020-08-18", "occurred")], "occurred"),
    ],
)
def test_what_became_of_it(told_as: list[tuple[str | None, str]], course: str) -> None:
    tellings = tuple(told(str(number), day, TALKS, status=status) for number, (day, status) in enumerate(told_as))
    found = Happening("happening-1", tellings, ())
    assert course_of(found) == course
    assert {(each.published, each.status) for each in statuses_of(found)} == set(told_as)


def test_a_mention_that_fits_two_happenings_makes_them_one() -> None:
    begun = [Happening(f"happening-{name}", (told(name, "2020-08-18", TALKS),), (name,)) for name in "ab"]
    joined = join(told("c", "2020-08-19", TALKS), begun, JOINING)
    assert (joined.happening.id, joined.absorbed, joined.new) == ("happening-a", ("happening-b",), False)
    assert [telling.article for telling in joined.happening.tellings] == ["a", "b", "c"]


def test_the_order_of_the_candidates_does_not_matter() -> None:
    begun = [Happening(f"happening-{name}", (told(name, "2020-08-18", TALKS),), (name,)) for name in "abc"]
    assert join(told("d", "2020-08-19", TALKS), begun, JOINING) == join(told("d", "2020-08-19", TALKS), begun[::-1], JOINING)


def test_why_two_are_one_can_be_told() -> None:
    first, second = told("a", "2020-08-18", TALKS), told("b", "2020-08-19", TALKS_AGAIN)
    joined = join(second, [Happening("happening-a", (first,), ("a",))], JOINING)
    assert joined.likeness == likeness(second, first, JOINING)
    assert joined.likeness.odds == pytest.approx(sum(ground.weight for ground in joined.likeness.grounds), abs=0.05)
    assert joined.likeness.odds == pytest.approx(odds(first, second, JOINING))
    because = because_of(joined)
    assert because.rule == "happening: same"
    assert because.says.startswith("happening-a, as event-a (+")
    assert [child.rule for child in because.children] == ["weight: " + ground.name for ground in joined.likeness.grounds]
    assert because_of(join(second, [], JOINING)).rule == "happening: new"
    assert {"actors: two the same", "type: same"} <= {ground.name for ground in joined.likeness.grounds}


def test_keys_lead_from_a_plan_to_the_day() -> None:
    plan = told("a", "2020-07-20", TALKS, status="planned", days=days_of("2020-08-18"))
    assert keys_of(plan, JOINING) & wanted_keys(told("b", "2020-08-19", TALKS_AGAIN), JOINING)
    assert not joinable(told("c", "2020-08-18", TALKS, parties=()))
    assert keys_of(told("c", "2020-08-18", TALKS, parties=()), JOINING) == frozenset()


def test_every_likeness_has_a_weight() -> None:
    """A name that the file lacks would weigh nothing, in silence."""
    pairs = [
        (told("a", "2020-08-18", TALKS), told("b", None, TALKS_AGAIN, parties=(COLLEAGUE,), status="planned", spot=CITY)),
        (told("a", "2020-08-18", TALKS), told("b", "2020-09-18", TALKS, parties=(MINISTER,), status="negated", mode="visit", entry="x.y")),
        (blast("a", "2020-08-18", BLAST, "2020-08-18"), blast("a", "2020-08-18", BLAST, "2020-08-18", links=frozenset({"event-a"}))),
    ]
    for one, other in pairs:
        assert {ground.name for ground in likeness(one, other, JOINING).grounds} <= JOINING.weights.keys()


def test_united_keeps_the_id_of_what_was_told_first() -> None:
    late = Happening("happening-a", (told("a", "2020-08-19", TALKS),), ("a",))
    early = Happening("happening-b", (told("b", "2020-08-18", TALKS),), ("b",))
    assert united((late, early)).id == "happening-b"
    assert united((late, early)).origins == ("b", "a")
