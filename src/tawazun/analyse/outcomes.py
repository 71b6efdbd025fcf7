"""Turns what was reported later into what became of a plan: held, done, done in part, broken, called off, put off.

A report is of the plan where it is of its happening, or where type, parties, place and days agree. Nothing becomes of a plan without one.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

import msgspec

from tawazun.analyse.matters import WIDE, Matter, agree, same, width
from tawazun.analyse.plans import BENEFITS, Mention, Reading
from tawazun.model.entries import DONE, EventType
from tawazun.model.evidence import Act, Corpus

Result = Literal["fulfilled", "partly", "breached", "cancelled", "moved"]
LATE = 30
"""Is how many days after its window an undertaking may still be reported as done."""
_SLACK = 1
"""Is how many days a report of a plan's own happening may lie beside its window."""
_UNDATED = 60
"""Is how many days after it was last told a plan without a window may be reported as done, and a ceasefire as broken."""
_FINE = 7
"""Is of how many days a date may be at most to place a report."""
_LESS = 0.9
"""Is below which share of what was promised a count makes it done in part."""
_WORDS: frozenset[EventType] = frozenset({"AGREE", "CONCEDE"})
_DEEDS: frozenset[EventType] = frozenset({"COOPERATE", "AID", "RETREAT"})
"""Are the deeds that keep a pledge of which only the words are known: to say it again keeps nothing."""
_MOST = 8
"""Is how many acts at most are named for what became of a plan."""
_RANKS: Mapping[Result, int] = {"moved": 0, "cancelled": 1, "partly": 2, "fulfilled": 3, "breached": 4}


class Report(msgspec.Struct, frozen=True, gc=False):
    """Is what one act says happened, or didn't: on which days, by and with whom; `told` is the day of publication.

    `dated` is true where the text itself gives a fine date.
    """

    act: Act
    days: tuple[int, int]
    dated: bool
    units: frozenset[str]
    doing: frozenset[str]
    people: frozenset[str]
    told: int


class Found(NamedTuple):
    """Is what became of a plan by what was published on a day, and the ids of the acts that say so."""

    result: Result
    told: int
    events: tuple[str, ...]


class Reports:
    """Is the reports of a corpus, by happening, and by type and unit as far as a matter may want them."""

    def __init__(self, corpus: Corpus, matters: Iterable[Matter], reading: Reading) -> None:
        self.reading = reading
        self._wanted = {(matter.type, unit) for matter in matters for unit in matter.units}
        self._wanted |= {("ASSAULT", unit) for matter in matters if is_ceasefire(matter) for unit in matter.units}
        self._types = {type for type, _ in self._wanted}
        self._happenings = {mention.act.happening for matter in matters for mention in matter.mentions}
        self.by_happening: dict[str, list[Report]] = defaultdict(list)
        self._by_unit: dict[tuple[EventType, str], list[Report]] = defaultdict(list)
        for act in corpus.acts:
            if act.published is not None and (act.status in DONE or act.status == "negated"):
                self._add(act, act.published)

    def _add(self, act: Act, told: int) -> None:
        inside = act.happening in self._happenings
        if (not inside and act.type not in self._types) or _ahead(act, told):
            return
        sides = [(side.role, self.reading.units.of_side(side), side.keys) for side in act.sides]
        wanted = {unit for _, units, _ in sides for unit in units if (act.type, unit) in self._wanted}
        if not (inside or wanted):
            return
        report = Report(
            act=act,
            days=act.days or (told - 1, told),
            dated=act.days is not None and act.days[1] - act.days[0] <= _FINE,
            units=frozenset(unit for _, units, _ in sides for unit in units),
            doing=frozenset(unit for role, units, _ in sides if role == "source" for unit in units),
            people=frozenset(key for role, _, keys in sides if role == "source" for key in keys if self.reading.is_person(key)),
            told=told,
        )
        if inside:
            self.by_happening[act.happening].append(report)
        for unit in wanted:
            self._by_unit[act.type, unit].append(report)

    def near(self, type: EventType, units: Iterable[str], first: int, last: int) -> Sequence[Report]:
        """Returns the reports of a type published on some days in which the rarest of some units, which all must have a part, has one."""
        some = min((self._by_unit.get((type, unit), []) for unit in units), key=len, default=[])
        return some[bisect_left(some, first, key=_told) : bisect_right(some, last, key=_told)]


def _ahead(act: Act, told: int) -> bool:
    """Tells whether what an act is dated by lies, or for what isn't under way may lie, after its publication: that is no report."""
    return act.days is not None and (act.days[0] > told or (act.days[1] > told and act.status == "occurred"))


def _told(report: Report) -> int:
    return report.told


def found_of(matter: Matter, reports: Reports) -> Found | None:
    """Returns what became of a matter, None where no report says anything.

    A meeting that was held stays so whatever is denied later; of an undertaking the latest report counts.
    """
    said: dict[tuple[int, Result], list[str]] = defaultdict(list)
    for result, told, id in _said(matter, reports):
        said[told, result].append(id)
    if not said:
        return None
    if matter.mentions[0].kind == "undertaking":
        told, result = max(said, key=lambda key: (key[0], _RANKS[key[1]]))
    else:
        told, result = max(said, key=lambda key: (key[1] == "fulfilled", -key[0] if key[1] == "fulfilled" else key[0], _RANKS[key[1]]))
    events = [id for key in sorted(said) if key[1] == result for id in said[key]]
    return Found(result, told, tuple(dict.fromkeys(events))[:_MOST])


def _said(matter: Matter, reports: Reports) -> Iterator[tuple[Result, int, str]]:
    mentions = matter.mentions
    own = {mention.act.id for mention in mentions}
    last_windowed = max((mention.told or 0 for mention in mentions if mention.window is not None), default=0)
    for mention in mentions:
        if mention.postponed and mention.window is None and mention.told is not None and mention.told >= last_windowed:
            yield "moved", mention.told, mention.act.id
    happenings = dict.fromkeys(mention.act.happening for mention in mentions)
    for report in (report for id in happenings for report in reports.by_happening.get(id, ())):
        if report.act.id not in own and _fits(matter, report.act) and (result := _result(matter, report, reports.reading, True)):
            yield result, report.told, report.act.id
    for report in _others(matter, reports):
        if report.act.happening not in happenings and agrees(matter, report):
            result = _result(matter, report, reports.reading, False)
            if result is not None:
                yield result, report.told, report.act.id
    if is_ceasefire(matter):
        yield from _breaches(matter, reports)


def _others(matter: Matter, reports: Reports) -> Sequence[Report]:
    """Returns the reports of other happenings that may be of a matter: without a window, only where its place is known."""
    if matter.mentions[0].kind == "undertaking" and matter.type in _WORDS:
        return ()
    told = [mention.told or 0 for mention in matter.mentions]
    if matter.window is not None:
        last = matter.window[0] if matter.window[1] is None else matter.window[1]
        return reports.near(matter.type, needed_units(matter), min(told), last + LATE + _FINE)
    if matter.spot is None or len(matter.units) < 2:
        return ()
    return reports.near(matter.type, needed_units(matter), max(told), max(told) + _UNDATED)


def needed_units(matter: Matter) -> frozenset[str]:
    """Returns the units that must have a part in a report of a matter: of an undertaking those that do it, else all."""
    return _doing(matter) if matter.mentions[0].kind == "undertaking" else matter.units


def _fits(matter: Matter, act: Act) -> bool:
    """Tells whether a report of a matter's own happening is of its type, or of one that is taken for it."""
    if matter.type in _WORDS:
        return act.type in _DEEDS
    return act.type == matter.type or (act.type in BENEFITS and matter.type in BENEFITS)


def _result(matter: Matter, report: Report, reading: Reading, own: bool) -> Result | None:
    """Returns what a report says of a matter, None where it was told too early, too late, or says nothing."""
    first_told = min(mention.told or 0 for mention in matter.mentions)
    last_told = max(mention.told or 0 for mention in matter.mentions)
    if report.told < first_told:
        return None
    undertaking = matter.mentions[0].kind == "undertaking"
    window = matter.window
    if reading.postponed(report.act):
        return "moved" if own and report.told >= last_told else None
    if report.act.status == "negated":
        if undertaking:
            return "breached" if window is not None and window[1] is not None and report.told > window[1] and own else None
        if window is None:
            return "cancelled" if own and report.told > last_told else None
        met = report.days[1] >= window[0] - _SLACK and report.days[0] <= (window[1] or window[0]) + _SLACK
        return "cancelled" if report.told >= last_told and (own or (met and _placed(matter, report))) else None
    if not _timely(matter, report, own, first_told, last_told):
        return None
    return "partly" if undertaking and (report.act.status == "ongoing" or _less(matter, report.act)) else "fulfilled"


def _timely(matter: Matter, report: Report, own: bool, first_told: int, last_told: int) -> bool:
    """Tells whether something reported as done falls into the window of a plan; without one, after the plan was last told."""
    window = matter.window
    phoned = report.act.mode == "phone" and all(mention.act.mode != "phone" for mention in matter.mentions)
    if phoned or not (own or _placed(matter, report)):
        return False
    if window is None or width(window) > WIDE:
        there = (own and _placed(matter, report)) or (len(matter.units) > 1 and same(matter.spot, report.act.spot))
        begin = first_told if window is None else window[0]
        return there and last_told < report.told <= max(last_told, begin) + _UNDATED and report.days[0] >= begin
    if report.told < window[0] or any(report.act.article == mention.act.article for mention in matter.mentions):
        return False
    slack = _SLACK if own else 0
    late = LATE if matter.mentions[0].kind == "undertaking" else slack
    return report.days[1] >= window[0] - slack and report.days[0] <= (window[1] or window[0]) + late


def _placed(matter: Matter, report: Report) -> bool:
    """Tells whether a report has a day, the place of the plan or, where its window is fine, its very parties: bare nouns are told as done
    too easily.
    """
    if report.dated or same(matter.spot, report.act.spot):
        return True
    return len(matter.units) > 1 and report.units == matter.units and matter.window is not None and width(matter.window) <= _FINE


def agrees(matter: Matter, report: Report) -> bool:
    """Tells whether parties and place of a report are those of a plan: all its units; of one unit only, the place and somebody known, too,
    since a body meets often at its seat.
    """
    if not matter.units or (matter.people and report.people and not matter.people & report.people):
        return False
    if not agree(matter.spot, report.act.spot):
        return False
    there = same(matter.spot, report.act.spot)
    if matter.mentions[0].kind == "undertaking":
        doing = _doing(matter)
        alike = {mention.act.mode for mention in matter.mentions} & {report.act.mode, None} or report.act.mode is None
        return bool(alike and doing and doing == report.doing and (there or (len(matter.units) > 1 and matter.units <= report.units)))
    return matter.units <= report.units and (len(matter.units) > 1 or (there and bool(matter.people & report.people)))


def _doing(matter: Matter) -> frozenset[str]:
    return frozenset(unit for mention in matter.mentions for unit in mention.by if unit in mention.units)


def _less(matter: Matter, act: Act) -> bool:
    """Tells whether an act counts fewer than were promised."""
    promised = {kind: count for mention in matter.mentions for kind, count in mention.act.magnitudes}
    return any(kind in promised and count < _LESS * promised[kind] for kind, count in act.magnitudes)


def is_ceasefire(matter: Matter) -> bool:
    """Tells whether a matter is the undertaking to hold fire."""
    return matter.mentions[0].kind == "undertaking" and any(_is_truce(mention) for mention in matter.mentions)


def _is_truce(mention: Mention) -> bool:
    return mention.act.mode == "ceasefire" or mention.act.entry == "concede.ceasefire_announced"


def _breaches(matter: Matter, reports: Reports) -> Iterator[tuple[Result, int, str]]:
    """Yields the attacks of one party of a ceasefire on another after it was to begin, and what a source calls a breach by one of them."""
    last_told = max(mention.told or 0 for mention in matter.mentions)
    begin = matter.window[0] if matter.window is not None else last_told + 1
    for report in (report for unit in sorted(matter.units) for report in reports.near("ASSAULT", [unit], begin, begin + _UNDATED)):
        if report.act.status not in DONE or report.days[0] < begin:
            continue
        attackers = report.doing & matter.units
        aimed = report.dated and attackers and (report.units - report.doing) & matter.units
        if aimed or (attackers and report.act.entry in reports.reading.words.breaches):
            yield "breached", report.told, report.act.id
