"""Turns a happening into what its mentions agree on, where they differ, and what became of it over the days."""

from collections import defaultdict
from collections.abc import Iterator

from tawazun.analyse.days import iso_of
from tawazun.model.entries import DONE, Status
from tawazun.model.happenings import Course, Fact, Happening, StatusOn, Telling


def facts_of(happening: Happening) -> tuple[Fact, ...]:
    """Returns what the mentions say, point by point, each with the ids of those that say it.

    A value is agreed where every mention that says anything on its point says it: of two parties to talks, one of whom is named by one
    mention only, the other is agreed.
    """
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    speaking: dict[str, set[str]] = defaultdict(set)
    for telling in happening.tellings:
        for about, value in dict.fromkeys(_said(telling)):
            said[about][value].append(telling.id)
            speaking[about].add(telling.id)
    return tuple(
        Fact(about, value, len(tellings) == len(speaking[about]), tuple(tellings))
        for about, values in sorted(said.items())
        for value, tellings in sorted(values.items(), key=lambda each: (-len(each[1]), each[0]))
    )


def _said(telling: Telling) -> Iterator[tuple[str, str]]:
    for party in telling.parties:
        if party.code:
            yield from ((party.role, code) for code in party.code.split("+"))
    if telling.spot:
        yield "place", telling.spot.key
    if telling.days:
        first, last = (iso_of(day) for day in telling.days)
        yield "day", first if first == last else f"{first}/{last}"
    for kind, count in telling.magnitudes:
        yield kind, str(count)


def statuses_of(happening: Happening) -> tuple[StatusOn, ...]:
    """Returns how the happening was presented, by day of publication; mentions without one come last."""
    found: dict[tuple[str, Status], list[str]] = defaultdict(list)
    for telling in happening.tellings:
        found[telling.published or "", telling.status].append(telling.id)
    ordered = sorted(found.items(), key=lambda each: (each[0][0] or "~", each[0][1]))
    return tuple(StatusOn(published or None, status, tuple(tellings)) for (published, status), tellings in ordered)


def course_of(happening: Happening) -> Course:
    """Says what became of a happening by the last day on which anything settled was published.

    Where that day's mentions disagree, what is told as fact goes before a denial, and a denial before a plan. A denial cancels only what
    was planned before.
    """
    days = [(status.published or "", status.status) for status in statuses_of(happening)]
    planned = min((day for day, status in days if status == "planned"), default=None)
    settled = [day for day, status in days if status in DONE or (status == "negated" and planned is not None and day >= planned)]
    if not settled:
        return "planned" if planned is not None else "open"
    last = {status for day, status in days if day == max(settled)}
    return "occurred" if last & DONE else "cancelled"
