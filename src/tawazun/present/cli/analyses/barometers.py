"""Turns `tawazun analyse barometer` into the relationships of pairs: attention and tone by window, and where they changed."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from tawazun.analyse.barometers import Window, barometer
from tawazun.model.analyses import Analysis
from tawazun.model.barometers import Barometer, Reading, Relationship
from tawazun.model.evidence import Corpus
from tawazun.present.analyses.names import name_of, pair_of
from tawazun.present.cli.analyses.answers import Answer, analysis, sentences
from tawazun.present.cli.terminals import Row, isolated
from tawazun.present.figures.barometers import draw_relationship
from tawazun.present.labels import Labels


@analysis("barometer")
def barometer_command(
    corpus: Corpus,
    labels: Labels,
    *,
    pair: Annotated[list[str] | None, typer.Option(metavar="ONE-OTHER", help="Two units, such as RUS-TUR; may be repeated.")] = None,
    window: Annotated[Window, typer.Option(help="How long a reading covers.")] = "month",
    limit: Annotated[int, typer.Option(min=1, help="How many pairs, where none is named.")] = 10,
) -> Answer:
    """Show relationships over time: attention and tone, never one line, with breaks of either."""
    pairs = [pair_of(text, corpus.actors) for text in pair or ()]
    found = barometer(corpus, pairs, window, limit)
    drawn = next((one for one in found.relationships if one.support != "none"), None)

    def rows(whole: Analysis[Barometer]) -> Iterator[Row]:
        if not found.relationships:
            yield Row("note", "", labels.say("no_relationship"))
        for relationship in found.relationships:
            yield from _rows(relationship, whole, labels, detailed=bool(pairs))

    def draw(labels: Labels) -> Any:
        assert drawn is not None
        names = (name_of(drawn.one, corpus.actors, labels), name_of(drawn.other, corpus.actors, labels))
        return draw_relationship(drawn, names, labels)

    return Answer(found, rows, draw if drawn else None)


def _rows(relationship: Relationship, whole: Analysis[Barometer], labels: Labels, detailed: bool) -> Iterator[Row]:
    names = [name_of(unit, whole.actors, labels) for unit in (relationship.one, relationship.other)]
    counted = labels.say(
        "counted",
        happenings=labels.count("happenings", relationship.happenings),
        positive=relationship.positive,
        negative=relationship.negative,
    )
    thin = "" if relationship.support == "enough" else f" · {labels.of('support', relationship.support)}"
    yield Row("title", "", f"{isolated(names[0])} – {isolated(names[1])}: {counted}{thin}")
    if relationship.support != "none":
        toned = labels.say("toned", tone=f"{relationship.tone:+.2f}", low=f"{relationship.low:+.2f}", high=f"{relationship.high:+.2f}")
        yield Row("row", "", toned)
    for change in relationship.breaks:
        kind = (
            labels.say("attention_broke") if change.direction is None else labels.say("tone_broke", direction=labels.say(change.direction))
        )
        yield Row("row", change.first, f"{kind} ({change.before:+.2f} → {change.after:+.2f})")
    if detailed:
        for reading in relationship.readings:
            yield from _reading(reading, whole, labels)


def _reading(reading: Reading, whole: Analysis[Barometer], labels: Labels) -> Iterator[Row]:
    if not reading.happenings:
        return
    thin = "" if reading.support == "enough" else f" · {labels.of('support', reading.support)}"
    said = labels.say("reading", attention=f"{reading.attention:.2f}", tone=f"{reading.tone:+.2f}")
    yield Row("row", reading.first, f"{labels.count('happenings', reading.happenings)}, {said}{thin}")
    yield from sentences(whole, reading.events, 2)
