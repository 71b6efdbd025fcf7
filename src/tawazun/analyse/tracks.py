"""Turns a corpus into the board of tracks: formats of negotiation under their changing names, and how far each came."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

import msgspec

from tawazun.analyse.days import iso_of, iso_or_none
from tawazun.analyse.track_names import Name, Scene, scenes_of
from tawazun.analyse.track_steps import Found, continuations, says, steps_in
from tawazun.analyse.units import Units
from tawazun.base.letters import fold_word
from tawazun.model.evidence import Act, Corpus, Paper, Piece
from tawazun.model.track_words import TrackWords
from tawazun.model.tracks import FLAGS, RUNGS, Board, Relation, Source, Step, Track, TrackName

PATIENCE = 90
"""Is after how many silent days nothing is reported any more."""
ENOUGH = 2
"""Is how many origins make a track more than thin."""
_ERA = 365
"""Is after how many days without its name a town's talks are others."""
_SAME = 3
"""Is how many days two reports of one step may lie apart."""
_PLACES: dict[str, int] = {rung: place for place, rung in enumerate(RUNGS)}
_BEFOREHAND: frozenset[str] = frozenset({"proposed", "agreed_in_principle"})
"""Are the rungs that a track climbs once, before it meets."""
_TIED: frozenset[str] = frozenset({"resolution", "agreement", "statement"})
Key = tuple[str, ...]


class _Report(msgspec.Struct, frozen=True, gc=False):
    """Is one thing that one sentence says of a track."""

    found: Found
    source: Source
    published: int | None
    opinion: bool


class _Gathered:
    """Is what a corpus says of one track."""

    def __init__(self) -> None:
        self.names: list[tuple[Name, str]] = []
        self.reports: list[_Report] = []
        self.units: Counter[str] = Counter()
        self.papers: dict[str, None] = {}
        self.continues: dict[Key, Source] = {}
        self.origins: set[str] = set()
        self.published: list[int] = []


def tracks(corpus: Corpus, words: TrackWords, patience: int = PATIENCE) -> Board:
    """Finds the tracks that the articles of a corpus name, the last active first."""
    acts: dict[tuple[str, int], list[Act]] = defaultdict(list)
    for act in corpus.acts:
        acts[act.article, act.sentence].append(act)
    papers: dict[str, list[Paper]] = defaultdict(list)
    for paper in corpus.papers:
        papers[paper.article].append(paper)
    gathered: dict[Key, _Gathered] = defaultdict(_Gathered)
    units = Units(corpus.acts, corpus.actors)
    scenes = [(piece, tuple(scenes_of(piece, words))) for piece in corpus.articles.values()]
    everywhere = _settled(scenes, words)
    eras = _eras(scenes, everywhere)
    for piece, some in scenes:
        named = {name.key for scene in some for name in scene.names if name.key in everywhere}
        settled = {key: _era(everywhere[key], piece.published, eras) for key in named}
        for scene in some:
            _gather(piece, scene, acts[piece.id, scene.index], papers[piece.id], settled, gathered, units, words)
    every = [_track(key, one, corpus, words, patience) for key, one in gathered.items()]
    found = [track for track in every if track.known or track.rungs or track.flags or track.planned]
    return Board(
        patience,
        len(every) - len(found),
        tuple(sorted(found, key=lambda track: (track.activity or "", track.told, track.id), reverse=True)),
    )


def _settled(scenes: Iterable[tuple[Piece, Sequence[Scene]]], words: TrackWords) -> dict[Key, Key]:
    """Returns the track of each key; a key without one is of no track.

    What a town names is one track with whatever else meets there under a wider name (process, meeting); a number of parties is the
    track of as many parties that are named, where there is but one.
    """
    names = [name for _, some in scenes for scene in some for name in scene.names if name.explicit]
    strong = Counter(name.key for name in names if name.key[0] == "known" or (name.strict and not words.kinds[name.kind].weak))
    loose = {name.key for name in names if not name.strict}
    towns: dict[str, list[Key]] = defaultdict(list)
    for key, _ in strong.most_common():
        if key[0] == "town" and key[2] not in ("any", "summit"):
            towns[key[1]].append(key)
    settled: dict[Key, Key] = {key: key for key in strong}
    named = sorted({name.key for name in names if name.key[0] == "town"}, key=lambda key: (key[2] == "any", key))
    for key in named:
        there = towns[key[1]]
        if key[2] != "any":
            if key not in strong:
                settled.pop(key, None)
        elif there:
            settled[key] = there[0]
        elif key not in strong:
            settled.pop(key, None)
            if (talks := ("town", key[1], "talks")) in loose:
                settled[key] = settled[talks] = talks
    for key in sorted({name.key for name in names if name.key[0] == "count"}):
        alike = [other for other in strong if other[:2] == ("parties", key[1]) and len(other) - 2 == int(key[2])]
        if len(alike) == 1:
            settled[key] = alike[0]
        elif "parties" in words.kinds[key[1]].by:
            settled.pop(key, None)
    return settled


def _eras(scenes: Iterable[tuple[Piece, Sequence[Scene]]], settled: Mapping[Key, Key]) -> dict[Key, list[int]]:
    """Returns the days on which a track that only a town names begins anew: after a year in which nobody named it."""
    days: dict[Key, set[int]] = defaultdict(set)
    for piece, some in scenes:
        if piece.published is not None:
            for key in {name.key for scene in some for name in scene.names if name.key in settled and name.key[0] == "town"}:
                days[settled[key]].add(piece.published)
    return {key: [day for before, day in pairwise(sorted(some)) if day - before > _ERA] for key, some in days.items()}


def _era(key: Key, published: int | None, eras: Mapping[Key, Sequence[int]]) -> Key:
    starts = eras.get(key)
    return (*key, str(bisect_right(starts, published or 0) + 1)) if starts else key


def _gather(
    piece: Piece,
    scene: Scene,
    acts: Sequence[Act],
    papers: Sequence[Paper],
    settled: Mapping[Key, Key],
    gathered: dict[Key, _Gathered],
    units: Units,
    words: TrackWords,
) -> None:
    """Adds what one sentence says to its tracks."""
    texts = [token.text for token in scene.tokens]
    opinion = says(texts, words.opinion) or _by_author(piece, words)
    named = {name.key: name for name in scene.names if name.key in settled}
    for key, name in named.items():
        one = gathered[settled[key]]
        one.names += [(other, piece.id) for other in scene.names if other.key == key]
        one.origins.add(piece.origin)
        one.units.update(name.parties)
        if piece.published is not None:
            one.published.append(piece.published)
        one.papers.update((paper.name, None) for paper in papers if paper.kind in _TIED and scene.index in paper.sentences)
    if scene.index < 0:
        return
    ids = {act.id: act for act in acts}
    ours = msgspec.structs.replace(scene, names=tuple(name for name in scene.names if name.key in settled))
    for found in steps_in(ours, acts, piece.sentences[scene.index][0], piece.published, words):
        one = gathered[settled[found.name.key]]
        one.reports.append(_Report(found, _source(piece, scene, found.at, found.event), piece.published, opinion))
        if found.event is not None:
            taking = (side for side in ids[found.event].sides if side.role != "host")
            one.units.update(sorted({unit for side in taking for unit in units.of_side(side)}))
    for later, earlier, at in continuations(ours, words):
        if settled[later.key] != settled[earlier.key]:
            gathered[settled[later.key]].continues.setdefault(settled[earlier.key], _source(piece, scene, at, None))


def _by_author(piece: Piece, words: TrackWords) -> bool:
    first = fold_word((piece.title or "").partition(":")[0]).split()
    return len(first) == 1 and first[0] in words.opinion_titles


def _source(piece: Piece, scene: Scene, at: tuple[int, int], event: str | None) -> Source:
    published = iso_or_none(piece.published)
    return Source(piece.id, piece.origin, piece.outlet, published, scene.text, *at, event)


def _track(key: Key, one: _Gathered, corpus: Corpus, words: TrackWords, patience: int) -> Track:
    known = words.known.get(key[1]) if key[0] == "known" else None
    kind = known.kind if known else Counter(name.kind for name, _ in one.names if name.explicit).most_common(1)[0][0]
    forms = [form for form, _ in Counter(_plain(name, words) for name, _ in one.names if name.explicit).most_common()]
    telling = next((_plain(name, words) for name, _ in one.names if name.explicit and len(name.parties) > 1), None)
    forms.sort(key=lambda form: form != telling)
    town = next((name.town for name, _ in one.names if name.town is not None), None)
    steps = _steps(one.reports, corpus.as_of)
    rungs = tuple(_laddered([step for step in steps if step.step in RUNGS], words.kinds[kind].sessions))
    flags = tuple(step for step in steps if step.step in FLAGS)
    days = [step.last for step in (*rungs, *flags) if step.last is not None]
    activity = max(days) if days else None
    heard = activity or (iso_of(max(one.published)) if one.published else None)
    told = len(one.origins)
    return Track(
        id=".".join(key[1:] if known else key),
        known=known is not None,
        kind=kind,
        name=TrackName(known.ar if known else forms[0], known.en if known else None, tuple(forms)),
        place=known.place if known else town.en if town else None,
        since=known.since if known else None,
        members=_members(one, known.members if known else (), key),
        rungs=rungs,
        flags=flags,
        planned=tuple(step for step in steps if step.step == "planned"),
        papers=tuple(one.papers),
        continues=_relations(one, known.parent if known else None),
        activity=heard,
        silent=heard is not None and corpus.as_of - date.fromisoformat(heard).toordinal() > patience,
        told=told,
        support="enough" if told >= ENOUGH else "thin",
    )


def _plain(name: Name, words: TrackWords) -> str:
    """Returns a name without what is written on to it but the article."""
    first = fold_word(name.form.split(" ")[0])
    cuts = [first.find(word[0]) for word in words.kinds[name.kind].words if word[0] in first]
    cut = min(cuts, default=0)
    if len(first) != len(name.form.split(" ")[0]) or cut <= 0:
        return name.form
    before = first[:cut]
    second = fold_word(name.form).split(" ")[1:2]
    if before.endswith(words.assimilated) or (first.startswith(words.assimilated) and second and second[0].startswith(words.article)):
        return words.article + name.form[cut:]
    return name.form[cut - len(words.article) if before.endswith(words.article) else cut :]


def _members(one: _Gathered, known: Sequence[str], key: Key) -> tuple[str, ...]:
    """Returns who takes part: those of the name and of the knowledge, else those of two of its acts, else of one."""
    own = tuple(dict.fromkeys((*known, *(key[2:] if key[0] == "parties" else ()))))
    if own:
        return own
    often = [unit for unit, count in one.units.most_common() if count > 1]
    return tuple(often if len(often) > 1 else one.units)


def _relations(one: _Gathered, parent: str | None) -> tuple[Relation, ...]:
    told = [Relation(".".join(key[1:] if key[0] == "known" else key), source) for key, source in one.continues.items()]
    return (*([Relation(parent, None)] if parent else []), *(relation for relation in told if relation.track != parent))


def _steps(reports: Sequence[_Report], as_of: int) -> list[Step]:
    """Joins reports of one step: dated ones within three days, undated ones with the one before them."""
    groups: dict[str, list[list[_Report]]] = defaultdict(list)
    for report in sorted(reports, key=_order):
        some = groups[report.found.step]
        if (same := next((group for group in reversed(some) if _alike(group, report)), None)) is not None:
            same.append(report)
        else:
            some.append([report])
    planned = [report for report in reports if report.found.step == "planned" and report.published is not None]
    for group in [min(planned, key=_said)] if planned else []:
        found = msgspec.structs.replace(group.found, step="agreed_in_principle", days=None, when=None)
        groups["agreed_in_principle"].append([msgspec.structs.replace(group, found=found)])
    steps = [_joined(group) for some in groups.values() for group in some]
    shown = [step for step in steps if step.step != "planned" or step.last is None or _to_come(step, as_of)]
    return sorted(shown, key=lambda step: (step.last or "", _PLACES.get(step.step, len(RUNGS))))


def _to_come(step: Step, as_of: int) -> bool:
    """Tells whether a session is yet to be: one that was due is the agenda's to follow."""
    return not step.dated or step.last is None or date.fromisoformat(step.last).toordinal() >= as_of


def _order(report: _Report) -> tuple[int, int, str]:
    days = report.found.days
    return (0 if days else 1, days[1] if days else report.published or 0, report.source.article)


def _said(report: _Report) -> tuple[int, str]:
    return report.published or 0, report.source.article


def _alike(group: Sequence[_Report], report: _Report) -> bool:
    """Tells whether a report is of the step that a group tells of."""
    days = report.found.days
    if days is not None:
        return any(
            other.found.days and other.found.days[0] - _SAME <= days[1] and days[0] <= other.found.days[1] + _SAME for other in group
        )
    if report.found.step == "planned":
        return any(other.source.origin == report.source.origin or not other.found.days for other in group)
    dated = [other.found.days[0] for other in group if other.found.days]
    return not dated or report.published is None or report.published + _SAME >= min(dated)


def _joined(group: Sequence[_Report]) -> Step:
    dated = sorted((r.found.days[1] - r.found.days[0], r.found.days) for r in group if r.found.days)
    first, last = dated[0][1] if dated else (None, None)
    published = min((r.published for r in group if r.published is not None), default=None)
    ends = (
        (iso_of(first), iso_of(last))
        if first is not None and last is not None
        else (None, iso_of(published))
        if published is not None
        else (None, None)
    )
    sources: dict[str, Source] = {}
    for report in group:
        sources.setdefault(report.source.origin, report.source)
    return Step(
        step=group[0].found.step,
        first=ends[0] or ends[1],
        last=ends[1],
        dated=bool(dated),
        when=next((r.found.when for r in group if r.found.when), None),
        place=next((r.found.place for r in group if r.found.place), None),
        opinion=all(r.opinion for r in group),
        sources=tuple(sources.values()),
    )


def _laddered(steps: Iterable[Step], sessions: bool) -> Iterator[Step]:
    """Yields rungs in order of time; a track that has met and meets again, or meets over a text, is a mechanism that meets."""
    met = texted = False
    early: set[str] = set()
    for step in steps:
        if step.step == "convened":
            yield msgspec.structs.replace(step, step="mechanism_meets") if met and (sessions or texted) else step
            met = True
            continue
        if step.step in _BEFOREHAND:
            if met or texted or step.step in early:
                continue
            early.add(step.step)
        texted = texted or step.step in ("text_adopted", "endorsed")
        yield step
