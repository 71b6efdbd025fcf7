"""Turns a corpus into what is due: planned meetings and undertakings with their windows, and what became of them by a day.

A plan is due from the first to the last day that its phrase and the day of publication give; "soon" gives none, so it is never overdue.
Overdue says that no report was found, not that nothing happened; every other end has a source.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from datetime import date

from tawazun.analyse.days import iso_of, iso_or_none
from tawazun.analyse.matters import Matter, matters_of, meet
from tawazun.analyse.outcomes import Found, Reports, agrees, found_of, needed_units
from tawazun.analyse.plans import Mention, Reading, Window, plans_of
from tawazun.base.ids import make_id
from tawazun.model.agendas import STATES, Agenda, Due, Entry, Outcome, Repeat, State
from tawazun.model.due_words import DueWords, Every
from tawazun.model.evidence import Corpus
from tawazun.model.happenings import Affixes

ENOUGH = 2
"""Is how many origins make a plan more than thin."""
_WATCHED = 14
"""Is how many days after the end of a window articles are counted that might have reported."""
_SOON = 90
"""Is how many days later a window may begin that supersedes another."""
_LENGTHS: dict[Every, float] = {"day": 1, "week": 7, "month": 30.44, "quarter": 91.31, "year": 365.25}


def agenda(corpus: Corpus, words: DueWords, affixes: Affixes, states: Sequence[State] = ()) -> Agenda:
    """Lists the plans of a corpus with their state on its day `as_of`; of some `states` only, where they are given.

    `words` are those of `ar/agenda.yaml`, `affixes` what is cut off words for comparing. Of a corpus that a query narrowed, reports that
    the query leaves out close nothing.
    """
    reading = Reading(corpus, words, affixes)
    mentions, left_out = plans_of(corpus, reading)
    matters = matters_of(mentions)
    reports = Reports(corpus, matters, reading)
    published = sorted(piece.published for piece in corpus.articles.values() if piece.published is not None)
    found = [found_of(matter, reports) for matter in matters]
    later = _superseded(matters, found)
    entries = [
        _entry(matter, one, later.get(at), reports, corpus.as_of, published)
        for at, (matter, one) in enumerate(zip(matters, found, strict=True))
    ]
    counts = Counter(entry.state for entry in entries)
    kept = [entry for entry in entries if not states or entry.state in states]
    kept.sort(key=lambda entry: (STATES.index(entry.state), *_nearness(entry, corpus.as_of)))
    return Agenda(tuple(kept), {state: counts[state] for state in STATES if counts[state]}, left_out)


def _superseded(matters: Sequence[Matter], found: Sequence[Found | None]) -> dict[int, Matter]:
    """Returns, for undertakings without an outcome, the next one by the same to the same, of the same act, with a later window."""
    latest: dict[tuple[object, ...], int] = {}
    later: dict[int, Matter] = {}
    for at, matter in enumerate(matters):
        first = matter.mentions[0]
        if first.kind != "undertaking" or matter.window is None or len(matter.units) < 2 or first.every is not None:
            continue
        key = (matter.type, first.act.mode, first.by, first.to)
        before = latest.get(key)
        latest[key] = at
        if before is None or found[before] is not None:
            continue
        old = matters[before].window
        if old is not None and not meet(old, matter.window) and 0 < matter.window[0] - old[0] <= _SOON:
            later[before] = matter
    return later


def _entry(matter: Matter, found: Found | None, later: Matter | None, reports: Reports, as_of: int, published: Sequence[int]) -> Entry:
    mentions = matter.mentions
    first = mentions[0]
    fullest = _fullest(mentions)
    days = [mention.told for mention in mentions if mention.told is not None]
    origins = len({mention.act.origin for mention in mentions})
    dues = tuple(_due(window, some) for window, some in matter.windows)
    every = next((mention.every for mention in mentions if mention.every is not None), None)
    holders = [mention.act.word.text if mention.act.word is not None else None for mention in mentions]
    return Entry(
        id=make_id("plan", first.act.id),
        kind=first.kind,
        type=matter.type,
        mode=next((mention.act.mode for mention in mentions if mention.act.mode), None),
        words=fullest.act.trigger,
        by=fullest.by,
        to=fullest.to,
        place=matter.spot.name if matter.spot is not None else None,
        due=dues[-1] if dues else None,
        moved_from=dues[:-1],
        state=_state(matter, found, later, every, as_of),
        outcome=_outcome(found, later),
        repeat=None if every is None else _repeat(matter, every, reports, as_of),
        on_word_of=() if None in holders else tuple(dict.fromkeys(holder for holder in holders if holder is not None)),
        first_told=iso_of(min(days)) if days else None,
        last_told=iso_of(max(days)) if days else None,
        origins=origins,
        support="enough" if origins >= ENOUGH else "thin",
        watched=_watched(matter.window, as_of, published),
        events=tuple(dict.fromkeys(mention.act.id for mention in mentions)),
        pledges=tuple(dict.fromkeys(mention.pledge for mention in mentions if mention.pledge is not None)),
    )


def _fullest(mentions: Sequence[Mention]) -> Mention:
    """Returns the first mention whose parties most origins give; of equals the one that names most."""
    once = {(mention.by, mention.to, mention.act.origin) for mention in mentions}
    votes = Counter((by, to) for by, to, _ in once)
    return max(mentions, key=lambda mention: (bool(mention.by), votes[mention.by, mention.to], len(mention.by) + len(mention.to)))


def _state(matter: Matter, found: Found | None, later: Matter | None, every: Every | None, as_of: int) -> State:
    """Returns the state on a day: what a source says became of it, else where the day lies beside the window."""
    if found is not None:
        return found.result
    if later is not None:
        return "superseded"
    if matter.window is None:
        return "undated" if every is None else "recurring"
    first, last = matter.window
    return "not_due" if as_of < first else "due" if last is None or as_of <= last else "overdue"


def _outcome(found: Found | None, later: Matter | None) -> Outcome | None:
    if found is not None:
        return Outcome(iso_of(found.told), found.events)
    if later is None:
        return None
    told = later.mentions[0].told
    return Outcome(iso_or_none(told), tuple(mention.act.id for mention in later.mentions))


def _repeat(matter: Matter, every: Every, reports: Reports, as_of: int) -> Repeat:
    """Counts how often something that comes again was to happen since it was first told, and how often it was seen to."""
    begin = min(mention.told or as_of for mention in matter.mentions)
    length = _LENGTHS.get(every)
    own = {mention.act.id for mention in matter.mentions}
    seen: dict[str, str] = {}
    for report in reports.near(matter.type, needed_units(matter), begin + 1, as_of):
        known = report.act.id in own or report.act.status == "negated"
        if not known and agrees(matter, report):
            seen.setdefault(report.act.happening, report.act.id)
    return Repeat(every, None if length is None else int((as_of - begin) / length), len(seen), tuple(seen.values()))


def _due(window: Window, mentions: Sequence[Mention]) -> Due:
    first, last = window
    narrowest = min(mentions, key=lambda mention: mention.window != window)
    told = mentions[0].told
    return Due(
        first=iso_of(first),
        last=iso_or_none(last),
        phrase=narrowest.act.when or "",
        told=iso_or_none(told),
        events=tuple(dict.fromkeys(mention.act.id for mention in mentions)),
    )


def _watched(window: Window | None, as_of: int, published: Sequence[int]) -> int:
    """Counts the articles published from the beginning of a window to a fortnight after its end, and up to the day of the analysis."""
    if window is None:
        return 0
    first, last = window
    end = as_of if last is None else min(as_of, last + _WATCHED)
    return max(bisect_right(published, end) - bisect_left(published, first), 0)


def _nearness(entry: Entry, as_of: int) -> tuple[int, str, str]:
    """Returns how far an entry lies from a day, by its window, else by when it was last told."""
    if entry.due is None:
        told = date.fromisoformat(entry.last_told).toordinal() if entry.last_told else 0
        return abs(as_of - told), entry.last_told or "", entry.id
    first = date.fromisoformat(entry.due.first).toordinal()
    last = date.fromisoformat(entry.due.last).toordinal() if entry.due.last else as_of
    return max(first - as_of, as_of - last, 0), entry.due.first, entry.id
