"""Turns `tawazun analyse ripeness` into evidence sheets: what is said for and against each element, of whom, on whose word."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from tawazun.app.analyses import ripeness_of
from tawazun.model.analyses import Analysis
from tawazun.model.evidence import Corpus
from tawazun.model.sheets import Ripeness, Sheet, Statement
from tawazun.model.wordings import ELEMENTS
from tawazun.present.analyses.names import name_of, unit_of
from tawazun.present.cli.analyses.answers import Answer, analysis
from tawazun.present.cli.analyses.scenarios import spoken
from tawazun.present.cli.terminals import Row, isolated
from tawazun.present.figures.sheets import draw_sheet
from tawazun.present.labels import Labels


@analysis("ripeness")
def ripeness_command(
    corpus: Corpus,
    labels: Labels,
    *,
    of: Annotated[list[str] | None, typer.Option(metavar="UNIT", help="Whose sheet; may be repeated.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many sheets, where none is named.")] = 10,
) -> Answer:
    """Show what speaks for and against the moment being ripe: no total and no index."""
    found = ripeness_of(corpus, tuple(unit_of(text, corpus.actors) for text in of or ()), limit)
    drawn = next((sheet for sheet in found.sheets if sheet.support != "none" and sheet.unit is not None), None)

    def rows(whole: Analysis[Ripeness]) -> Iterator[Row]:
        yield Row("note", "", labels.say("caution") if found.sheets else labels.say("nothing"))
        for sheet in found.sheets:
            yield from _sheet(sheet, whole, labels)

    def draw(labels: Labels) -> Any:
        assert drawn is not None
        return draw_sheet(drawn, name_of(drawn.unit or "", corpus.actors, labels), labels)

    return Answer(found, rows, draw if drawn else None)


def _sheet(sheet: Sheet, whole: Analysis[Ripeness], labels: Labels) -> Iterator[Row]:
    name = labels.say("nobody") if sheet.unit is None else isolated(name_of(sheet.unit, whole.actors, labels))
    thin = "" if sheet.support == "enough" else f" · {labels.of('support', sheet.support)}"
    yield Row("blank", "", "")
    yield Row("title", "", f"{name}: {labels.count('statements', len(sheet.statements))}{thin}")
    for element in ELEMENTS:
        for direction in ("for", "against"):
            told = [one for one in sheet.statements if (one.element, one.direction) == (element, direction)]
            if told:
                yield Row("event", "", f"{labels.of('elements', element)} – {labels.of('directions', direction)}: {len(told)}")
            for one in told:
                yield _statement(one, labels)
    if sheet.unit is not None:
        yield Row("row", "", trend_of(sheet, labels))


def _statement(one: Statement, labels: Labels) -> Row:
    begin = one.sentence.find(one.words)
    marked = f"{one.sentence[:begin]}\u27e6{one.words}\u27e7{one.sentence[begin + len(one.words) :]}"
    parts = [spoken(one.voice, labels), isolated(one.outlet or one.article), isolated(one.published or "")]
    return Row("sentence", "-", f"{' · '.join(part for part in parts if part)}: {isolated(marked)}")


def trend_of(sheet: Sheet, labels: Labels) -> str:
    """Returns the trend of reports of fighting in words."""
    if sheet.trend is None:
        return labels.say("no_trend")
    return labels.say(sheet.trend, before=sheet.before, after=sheet.after, chance=f"{sheet.chance:.3f}")
