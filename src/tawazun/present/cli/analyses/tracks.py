"""Turns `tawazun analyse tracks` into the board of tracks: how far each came, with the sentences that say so."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer

from tawazun.analyse.tracks import PATIENCE
from tawazun.app.analyses import tracks_of
from tawazun.model.analyses import Analysis
from tawazun.model.evidence import Corpus
from tawazun.model.tracks import Board, Source, Step, Track
from tawazun.present.analyses.names import name_of
from tawazun.present.analyses.tracks import track_name
from tawazun.present.cli.analyses.answers import Answer, analysis
from tawazun.present.cli.terminals import Row, isolated
from tawazun.present.figures.tracks import draw_board
from tawazun.present.labels import Labels

_FORMS = 5
_SOURCES = 2


@analysis("tracks")
def tracks_command(
    corpus: Corpus,
    labels: Labels,
    *,
    patience: Annotated[int, typer.Option(min=1, help="After how many silent days nothing counts as reported.")] = PATIENCE,
    limit: Annotated[int, typer.Option(min=1, help="How many tracks to show; `--json` has all.")] = 20,
) -> Answer:
    """Show tracks and formats of negotiation: how far each came and when it was last heard of."""
    found = tracks_of(corpus, patience)

    def rows(whole: Analysis[Board]) -> Iterator[Row]:
        yield from _rows(found, whole, labels, limit)

    def draw(labels: Labels) -> Any:
        return draw_board(found, {track.id: track_name(track, corpus.actors, labels) for track in found.tracks}, labels, limit)

    return Answer(found, rows, draw if any(track.rungs or track.flags for track in found.tracks) else None)


def _rows(found: Board, whole: Analysis[Board], labels: Labels, limit: int) -> Iterator[Row]:
    yield Row("note", "", labels.say("caution" if found.tracks else "none_found"))
    if found.named_only:
        yield Row("faint", "", labels.say("named_only", n=found.named_only))
    names = {track.id: isolated(track_name(track, whole.actors, labels)) for track in found.tracks}
    for track in found.tracks[:limit]:
        yield Row("blank", "", "")
        yield from _track(track, names, whole, labels)
    if len(found.tracks) > limit:
        yield Row("faint", "", labels.say("more", n=len(found.tracks) - limit))


def _track(track: Track, names: Mapping[str, str], whole: Analysis[Board], labels: Labels) -> Iterator[Row]:
    heard = _ordered(track.activity, labels) if track.activity else labels.say("undated")
    parts = [labels.say("silent" if track.silent else "active", day=heard), labels.count("origins_told", track.told)]
    parts += [labels.of("support", "thin")] if track.support == "thin" else []
    yield Row("title", "", f"{names[track.id]}: {' · '.join(parts)}")
    comma = labels.say("comma")
    units = [isolated(name_of(unit, whole.actors, labels)) for unit in track.members]
    told = [labels.say("members", units=comma.join(units))] if units else []
    told += [labels.say("called", forms=comma.join(isolated(form) for form in track.name.forms[:_FORMS]))]
    told += [labels.say("papers", papers=comma.join(isolated(paper) for paper in track.papers))] if track.papers else []
    told += [labels.say("continues", track=names.get(relation.track, relation.track)) for relation in track.continues]
    told += [labels.say("known_since", day=_ordered(track.since, labels))] if track.since else []
    for text in told:
        yield Row("faint", "", text)
    for step in (*track.rungs, *track.flags, *track.planned):
        yield from _step(step, labels)


def _step(step: Step, labels: Labels) -> Iterator[Row]:
    parts = [labels.of("steps", step.step), _day(step, labels)]
    parts += [isolated(step.when)] if step.when else []
    parts += [labels.say("place", place=isolated(step.place))] if step.place else []
    parts += [labels.say("opinion")] if step.opinion else []
    yield Row("row", "", " · ".join(parts))
    for source in step.sources[:_SOURCES]:
        yield Row("sentence", "-", _sentence(source))


def _sentence(source: Source) -> str:
    text = source.sentence
    marked = f"{text[: source.start]}\u27e6{text[source.start : source.end]}\u27e7{text[source.end :]}"
    parts = [source.outlet or source.article, source.published or "", source.event or ""]
    return f"{' · '.join(isolated(part) for part in parts if part)}: {isolated(marked)}"


def _day(step: Step, labels: Labels) -> str:
    """Returns when a step was: a day, a month, or about when it was reported."""
    if step.last is None or step.first is None:
        return labels.say("undated")
    if not step.dated:
        return labels.say("reported", day=_ordered(step.last, labels))
    if step.first == step.last:
        return _ordered(step.last, labels)
    return _ordered(step.last[:7] if step.first[:7] == step.last[:7] else f"{step.first} – {step.last}", labels)


def _ordered(day: str, labels: Labels) -> str:
    """Keeps the parts of a date in their order after an Arabic word."""
    return f"\u200e{day}" if labels.language == "ar" else day
