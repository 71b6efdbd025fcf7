"""The agenda: windows from phrase and day, states with and without sources, moves, repetition, breaches."""

from datetime import date

import msgspec
import pytest
from own_evidence import EPISODES, answers
from own_plans import day, made, told

from tawazun.analyse.agendas import agenda
from tawazun.app.analyses import agenda_of
from tawazun.app.analysing import corpus as read_corpus
from tawazun.base.errors import KnowledgeError
from tawazun.lexicon.due_words import AGENDA, read_due_words
from tawazun.lexicon.load import load_due_words, load_lexicon
from tawazun.model.happenings import Spot
from tawazun.scorers.joining import load_joining
from tawazun.store.queries import Query

CAIRO = Spot("360630", "القاهرة", "EGY", 30.06, 31.25)
FOUND, RIGHT = 15, 8
"""Are how many of the 42 answers of the worked corpus are found, and with the state that they have in the end."""


def entries(tellings, as_of):
    return agenda(made(tellings, as_of), load_due_words(), load_joining().affixes).entries


def only(tellings, as_of):
    found = entries(tellings, as_of)
    assert len(found) == 1, [(entry.state, entry.words, entry.by) for entry in found]
    return found[0]


WINDOWS = [
    # published, days of the phrase, phrase, first and last day of the window
    ("2020-08-19", "2020-08-25", "يوم 25 آب", ("2020-08-25", "2020-08-25")),
    ("2020-08-19", "2020-08-24/2020-08-30", "الأسبوع المقبل", ("2020-08-24", "2020-08-30")),
    ("2020-08-19", "2020-08-17/2020-08-23", "هذا الأسبوع", ("2020-08-19", "2020-08-23")),
    ("2020-08-19", "2020-09-30", "بحلول 30 أيلول", ("2020-08-19", "2020-09-30")),
    ("2020-08-19", "2020-09-30", "وقبل 30 أيلول", ("2020-08-19", "2020-09-30")),
    ("2020-08-19", "2020-09-01", "اعتبارا من 1 أيلول", ("2020-09-01", None)),
    ("2020-08-19", None, "قريبا", None),
    ("2020-08-19", None, None, None),
]


@pytest.mark.parametrize(("published", "due", "when", "wanted"), WINDOWS)
def test_windows_come_from_phrase_and_day_of_publication(published, due, when, wanted):
    entry = only([told(1, published, due=due, when=when)], "2020-08-20")
    assert (None if entry.due is None else (entry.due.first, entry.due.last)) == wanted


@pytest.mark.parametrize(
    ("as_of", "due", "state"),
    [
        ("2020-08-23", "2020-08-24/2020-08-30", "not_due"),
        ("2020-08-24", "2020-08-24/2020-08-30", "due"),
        ("2020-08-30", "2020-08-24/2020-08-30", "due"),
        ("2020-08-31", "2020-08-24/2020-08-30", "overdue"),
        ("2025-01-01", None, "undated"),
    ],
)
def test_states_without_a_report(as_of, due, state):
    entry = only([told(1, "2020-08-19", due=due, when="قريبا" if due is None else "الأسبوع المقبل")], as_of)
    assert (entry.state, entry.outcome) == (state, None)


def test_what_begins_on_a_day_and_has_no_end_is_never_overdue():
    assert only([told(1, "2020-08-19", due="2020-09-01", when="ابتداء من 1 أيلول")], "2024-01-01").state == "due"


PLAN = ("2020-08-19", "2020-08-24/2020-08-30")
REPORTS = [
    # what a later act says, and what became of the plan by it
    ({"published": "2020-08-26", "due": "2020-08-25", "status": "occurred"}, "fulfilled"),
    ({"published": "2020-08-26", "due": "2020-08-25", "status": "negated"}, "cancelled"),
    ({"published": "2020-08-26", "status": "occurred"}, "fulfilled"),
    # other parties, another place, another act, days outside, told before, dated after its own article, only called for
    ({"published": "2020-08-26", "due": "2020-08-25", "status": "occurred", "sources": ("EGY", "GRC")}, "overdue"),
    (
        {"published": "2020-08-26", "due": "2020-08-25", "status": "occurred", "spot": Spot("745044", "اسطنبول", "TUR", 41.0, 29.0)},
        "overdue",
    ),
    ({"published": "2020-08-26", "due": "2020-08-25", "status": "occurred", "type": "ACCUSE"}, "overdue"),
    ({"published": "2020-09-20", "due": "2020-09-19", "status": "occurred"}, "overdue"),
    ({"published": "2020-08-18", "due": "2020-08-17", "status": "occurred"}, "overdue"),
    ({"published": "2020-08-26", "due": "2020-08-25", "status": "called_for"}, "overdue"),
    ({"published": "2020-08-26", "due": "2020-08-25", "status": "occurred", "mode": "phone"}, "overdue"),
]


@pytest.mark.parametrize(("report", "state"), REPORTS)
def test_a_later_event_closes_a_plan_by_type_parties_place_and_days(report, state):
    published = report["published"]
    rest = {key: value for key, value in report.items() if key != "published"}
    found = entries([told(1, PLAN[0], due=PLAN[1], spot=CAIRO), told(2, published, **rest)], "2020-10-01")
    entry = next(entry for entry in found if entry.events == ("event-1",))
    assert entry.state == state
    assert (entry.outcome is None) == (state == "overdue")
    if entry.outcome is not None:
        assert entry.outcome.events == ("event-2",)


def test_mentions_of_one_plan_are_one_entry_and_copies_count_once():
    tellings = [
        told(1, "2020-08-19", due="2020-08-25", happening="one"),
        told(2, "2020-08-20", due="2020-08-25", happening="one", origin="article-1"),
        told(3, "2020-08-20", due="2020-08-24/2020-08-30"),
        told(4, "2020-08-20", ("EGY", "GRC"), due="2020-08-25"),
    ]
    found = entries(tellings, "2020-08-21")
    assert {(entry.events, entry.origins, entry.support) for entry in found} == {
        (("event-1", "event-2", "event-3"), 2, "enough"),
        (("event-4",), 1, "thin"),
    }
    assert all(entry.due is not None and entry.due.first == "2020-08-25" for entry in found)


def test_an_id_stays_as_more_is_told():
    tellings = [told(1, "2020-08-19", due="2020-08-25", happening="one"), told(2, "2020-08-21", due="2020-08-25", happening="one")]
    assert only(tellings[:1], "2020-08-20").id == only(tellings, "2020-08-22").id


def test_a_plan_put_off_to_a_day_moves_and_one_put_off_to_none_is_put_off():
    first = told(1, "2020-08-19", due="2020-08-25", happening="one")
    later = told(2, "2020-08-22", due="2020-09-01", happening="one", text="قرر الطرفان تأجيل لقاء الوزيرين إلى 1 أيلول", when="إلى 1 أيلول")
    entry = only([first, later], "2020-08-28")
    assert (entry.state, entry.due.first, [due.first for due in entry.moved_from]) == ("not_due", "2020-09-01", ["2020-08-25"])
    never = told(2, "2020-08-22", happening="one", text="أعلنت القاهرة إرجاء لقاء الوزيرين")
    entry = only([first, never], "2020-08-28")
    assert (entry.state, entry.outcome.events) == ("moved", ("event-2",))


def test_one_origin_with_another_day_moves_nothing():
    tellings = [
        told(1, "2020-08-19", due="2020-08-25", happening="one"),
        told(2, "2020-08-20", due="2020-08-25", happening="one"),
        told(3, "2020-08-21", due="2020-08-29", happening="one"),
    ]
    entry = only(tellings, "2020-08-22")
    assert (entry.due.first, entry.moved_from) == ("2020-08-25", ())


def test_a_plan_told_after_the_window_of_another_is_the_next_one():
    tellings = [told(1, "2020-08-19", due="2020-08-25", happening="one"), told(2, "2020-09-10", due="2020-09-20", happening="one")]
    assert [entry.due.first for entry in entries(tellings, "2020-09-11")] == ["2020-08-25", "2020-09-20"]


UNDERTAKINGS = [
    # type, entry of the knowledge, status, due: kind of the entry, None where there is none
    ("AGREE", "agree.pledge", "occurred", None, "undertaking"),
    ("CONCEDE", "concede.ceasefire_announced", "occurred", None, "undertaking"),
    ("AGREE", "agree.consent", "occurred", None, None),
    ("AGREE", "agree.ready", "occurred", None, None),
    ("AGREE", "agree.pledge", "negated", None, None),
    ("AGREE", "agree.pledge", "conditional", None, None),
    ("AID", "aid.give", "planned", "2020-08-25", "undertaking"),
    ("AID", "aid.give", "planned", None, None),
    ("AID", "aid.give", "called_for", "2020-08-25", None),
    ("SANCTION", "sanction.impose", "planned", "2020-08-25", "measure"),
    ("SANCTION", "sanction.impose", "planned", None, None),
    ("ASSAULT", "assault.attack", "planned", "2020-08-25", None),
    ("ACCUSE", "accuse.condemn", "planned", "2020-08-25", None),
    ("CONSULT", "consult.meet", "possible", "2020-08-25", None),
    ("CONSULT", "consult.meet", "occurred", "2020-08-25", "meeting"),
]


@pytest.mark.parametrize(("type_", "entry", "status", "due", "kind"), UNDERTAKINGS)
def test_what_is_an_entry(type_, entry, status, due, kind):
    found = entries([told(1, "2020-08-19", due=due, type=type_, entry=entry, status=status)], "2020-08-20")
    assert [one.kind for one in found] == ([kind] if kind else [])


def test_what_is_pledged_is_owed_by_who_pledges_it():
    text = "تعهدت القاهرة بتقديم مساعدات"
    pledge = told(1, "2020-08-19", ("EGY",), type="AGREE", entry="agree.pledge", status="occurred", text=text, trigger="تعهدت")
    content, _ = told(2, "2020-08-19", (), ("LBY",), type="AID", text=text, trigger="مساعدات")
    entry = only([pledge, (msgspec.structs.replace(content, article="article-1", origin="article-1"), text)], "2020-08-20")
    assert (entry.type, entry.by, entry.to, entry.pledges, entry.state) == ("AID", ("EGY",), ("LBY",), ("event-1",), "undated")


def test_fewer_than_promised_is_done_in_part_and_less_done_late_still_counts():
    promise = told(1, "2020-08-19", ("EGY",), ("TUR",), type="RETREAT", mode="release", due="2020-08-25", magnitudes=(("released", 100),))
    part = told(
        2,
        "2020-09-01",
        ("EGY",),
        ("TUR",),
        type="RETREAT",
        mode="release",
        due="2020-08-31",
        status="occurred",
        magnitudes=(("released", 40),),
    )
    whole = told(
        3,
        "2020-09-05",
        ("EGY",),
        ("TUR",),
        type="RETREAT",
        mode="release",
        due="2020-09-04",
        status="occurred",
        magnitudes=(("released", 99),),
    )
    assert only([promise, part], "2020-09-02").state == "partly"
    assert only([promise, part, whole], "2020-09-06").state == "fulfilled"


def test_a_pledge_said_again_keeps_nothing():
    pledge = told(1, "2020-08-19", type="AGREE", entry="agree.pledge", status="occurred", happening="one")
    again = told(2, "2020-08-26", type="AGREE", entry="agree.consent", status="occurred", due="2020-08-25", happening="one")
    deed = told(3, "2020-08-26", type="RETREAT", status="occurred", due="2020-08-25", happening="one")
    assert only([pledge, again], "2020-08-27").state == "undated"
    assert only([pledge, deed], "2020-08-27").state == "fulfilled"


def test_a_ceasefire_is_broken_by_an_attack_of_one_party_on_the_other_and_by_no_other():
    truce = told(1, "2020-08-19", ("SDN", "SSD"), type="RETREAT", mode="ceasefire", due="2020-08-21")
    attack = told(2, "2020-08-26", ("SDN",), ("SSD",), type="ASSAULT", due="2020-08-25", status="occurred")
    other = told(2, "2020-08-26", ("SDN",), ("TCD",), type="ASSAULT", due="2020-08-25", status="occurred")
    early = told(2, "2020-08-20", ("SDN",), ("SSD",), type="ASSAULT", due="2020-08-20", status="occurred")
    assert only([truce, attack], "2020-08-27").state == "breached"
    assert only([truce, other], "2020-08-27").state == "overdue"
    assert only([truce, early], "2020-08-27").state == "overdue"


def test_a_later_undertaking_of_the_same_act_supersedes():
    first = told(1, "2020-08-19", ("EGY",), ("TUR",), type="RETREAT", mode="withdraw", due="2020-08-25")
    later = told(2, "2020-09-01", ("EGY",), ("TUR",), type="RETREAT", mode="withdraw", due="2020-09-20")
    found = {entry.events: entry for entry in entries([first, later], "2020-09-02")}
    assert found["event-1",].state == "superseded"
    assert found["event-1",].outcome.events == ("event-2",)
    assert found["event-2",].state == "not_due"


def test_what_comes_again_counts_what_was_expected_and_seen():
    first = told(1, "2020-01-01", text="اتفق الوزيران على لقاء شهري", trigger="لقاء")
    seen = [told(n, f"2020-0{n}-10", due=f"2020-0{n}-09", status="occurred") for n in (2, 3, 5)]
    other = told(9, "2020-04-10", ("EGY", "GRC"), due="2020-04-09", status="occurred")
    entry = only([first, *seen, other], "2020-05-20")
    assert (entry.state, entry.repeat.every, entry.repeat.expected, entry.repeat.seen) == ("recurring", "month", 4, 3)
    month = told(1, "2020-01-01", text="يعقد الطرفان لقاء الشهر المقبل", trigger="لقاء")
    assert only([month], "2020-05-20").repeat is None


def test_what_makes_no_entry_is_counted():
    tellings = [
        told(1, "2020-08-19", due="2020-08-01"),
        told(2, "2020-08-19", (), due="2020-08-25"),
        told(3, "2020-08-19", type="AID"),
    ]
    found = agenda(made(tellings, "2020-08-20"), load_due_words(), load_joining().affixes)
    assert found.entries == ()
    assert (found.left_out.past, found.left_out.nameless, found.left_out.intentions) == (1, 1, 1)


def test_overdue_says_how_many_articles_might_have_reported():
    tellings = [told(1, "2020-08-19", due="2020-08-25"), told(2, "2020-08-26", ("ITA",), status="called_for")]
    assert only(tellings, "2020-08-27").watched == 1
    assert only(tellings[:1], "2020-08-27").watched == 0


def test_entries_named_in_the_knowledge_are_there():
    known = {entry.id for entry in load_lexicon().entries}
    words = load_due_words()
    assert words.undertakings | words.breaches <= known


def test_a_wrong_file_says_where():
    with pytest.raises(KnowledgeError, match=r"ar/agenda.yaml:1: the key 'after' is missing"):
        read_due_words({AGENDA: "by: [قبل]\n"})


ANSWERS = answers()["agenda"]
NAMES = {"in_window": "due", "postponed": "not_due", "denied": "cancelled", "suspended": "moved"}
"""Are the states of the answers that the agenda calls otherwise."""


def test_the_worked_corpus_keeps_its_floors():
    """Most of what is missed the reader gives no date or no plan for; what is found here must not be lost."""
    held = read_corpus(None, [str(EPISODES / "articles.jsonl")], Query(), None)
    slugs = {id: (piece.url or "").rpartition("/")[2] for id, piece in held.articles.items()}
    published = {slugs[id]: date.fromordinal(piece.published or 1).isoformat() for id, piece in held.articles.items()}
    found = right = 0
    for item in ANSWERS:
        last = item["states"][-1]
        reported = [published[slug] for slug in item["articles"]]
        entries_then = agenda_of(until(held, max(str(last["since"]), *reported))).entries
        acts = {one.id: slugs[one.article] for one in held.acts}
        fitting = [entry for entry in entries_then if {acts[id] for id in entry.events} & set(item["said"]) and meets(entry, item)]
        found += bool(fitting)
        right += any(entry.state == NAMES.get(last["status"], last["status"]) for entry in fitting)
    assert (found >= FOUND, right >= RIGHT) == (True, True), (found, right)


def until(held, iso):
    last = day(iso)
    kept = {id: piece for id, piece in held.articles.items() if piece.published is not None and piece.published <= last}
    return msgspec.structs.replace(held, as_of=last, acts=tuple(one for one in held.acts if one.article in kept), articles=kept)


def meets(entry, item):
    """Tells whether an entry is of the kind of an answer and has its window, or neither has one; the answers call exercises meetings."""
    if item["kind"] not in (entry.kind, "recurring") and entry.type != "COOPERATE":
        return False
    if entry.due is None or item["from"] is None:
        return entry.due is None and (item["from"] is None or entry.repeat is not None)
    return entry.due.first <= str(item["until"] or "9") and (entry.due.last or "9") >= str(item["from"])
