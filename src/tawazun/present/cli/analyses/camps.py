"""Turns `tawazun analyse camps` into the sides that ties fit best, with the ties that don't."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer

from tawazun.analyse.camps import LEAST, SURETY, camps
from tawazun.base.errors import InputError
from tawazun.model.analyses import Analysis
from tawazun.model.camps import Camps, Supposition
from tawazun.model.evidence import Corpus, Who
from tawazun.present.analyses.names import name_of, pair_of, unit_of
from tawazun.present.cli.analyses.answers import Answer, analysis, sentences
from tawazun.present.cli.terminals import Row, isolated
from tawazun.present.figures.camps import draw_camps
from tawazun.present.labels import Labels

_SIGNS = {"+": 1, "-": -1, "0": 0}


@analysis("camps")
def camps_command(
    corpus: Corpus,
    labels: Labels,
    *,
    only: Annotated[list[str] | None, typer.Option(metavar="UNIT", help="Map only these units; may be repeated.")] = None,
    what_if: Annotated[list[str] | None, typer.Option(metavar="ONE-OTHER=SIGN", help='Suppose another sign: "RUS-TUR=-".')] = None,
    least: Annotated[int, typer.Option(min=1, help="How many happenings a tie needs.")] = LEAST,
    surety: Annotated[float, typer.Option(min=0, help="How clear a sign must be: |p - n| / sqrt(p + n).")] = SURETY,
) -> Answer:
    """Show who stands with whom on what was asked for, and which ties don't fit."""
    supposed = dict(_supposition(text, corpus.actors) for text in what_if or ())
    found = camps(corpus, least, surety, tuple(unit_of(text, corpus.actors) for text in only or ()), supposed)

    def rows(whole: Analysis[Camps]) -> Iterator[Row]:
        yield from _rows(found, whole, labels)

    def draw(labels: Labels) -> Any:
        return draw_camps(found, {member.unit: name_of(member.unit, corpus.actors, labels) for member in found.members}, labels)

    return Answer(found, rows, draw if found.clear else None)


def _supposition(text: str, actors: Mapping[str, Who]) -> tuple[tuple[str, str], int]:
    pair, equals, sign = text.rpartition("=")
    if not equals or sign.strip() not in _SIGNS:
        raise InputError(f"--what-if {text!r}: expected a pair and a sign, such as RUS-TUR=- (or =+, or =0 for none); give them so")
    one, other = pair_of(pair, actors)
    return (min(one, other), max(one, other)), _SIGNS[sign.strip()]


def _rows(found: Camps, whole: Analysis[Camps], labels: Labels) -> Iterator[Row]:
    if not found.ties:
        yield Row("note", "", labels.say("no_ties"))
    else:
        triads = "–" if found.triads is None else f"{found.triads:.2f}"
        ties = labels.count("ties", len(found.ties))
        said = labels.say("measured", ties=ties, misfits=found.frustration, balance=f"{found.balance:.2f}", triads=triads)
        yield Row("note", "", said + ("" if found.proven else f"; {labels.say('bound')}"))
        by_chance = labels.say("by_chance", share=f"{found.chance:.3f}", draws=found.draws)
        yield Row("note", "", by_chance if found.clear else f"{labels.say('no_camps')} {by_chance}")
        yield Row("note", "", labels.say("caution"))
    yield Row("faint", "", labels.say("left_out", mixed=found.mixed, thin=found.thin))
    if found.clear:
        yield from _sides(found, whole, labels)
    yield from _misfits(found, whole, labels)
    if found.supposed is not None:
        yield from _supposed(found.supposed, whole, labels)


def _sides(found: Camps, whole: Analysis[Camps], labels: Labels) -> Iterator[Row]:
    for side in (0, 1):
        yield Row("title", "", labels.say("side", n=side + 1))
        for member in sorted((one for one in found.members if one.side == side), key=lambda one: (-one.steadiness, one.unit)):
            name = isolated(name_of(member.unit, whole.actors, labels))
            yield Row("row", "", f"{name}: {labels.say('steady', share=f'{member.steadiness:.0%}')}")
    for other in found.optima[1:2]:
        yield Row("note", "", labels.say("others", n=len(found.optima)))
        for units in other.sides:
            yield Row("row", "", ", ".join(isolated(name_of(unit, whole.actors, labels)) for unit in units))
    if found.camps is not None and found.camps > 2:
        yield Row("note", "", labels.say("many_camps", n=found.camps, misfits=found.camp_misfits))


def _misfits(found: Camps, whole: Analysis[Camps], labels: Labels) -> Iterator[Row]:
    for tie in found.ties:
        if tie.misfit and found.clear:
            names = [isolated(name_of(unit, whole.actors, labels)) for unit in (tie.one, tie.other)]
            counted = labels.say("counted", positive=tie.positive, negative=tie.negative)
            yield Row("title", "", f"{labels.say('misfit')}: {names[0]} – {names[1]}: {counted}")
            yield from sentences(whole, tie.events)


def _supposed(supposed: Supposition, whole: Analysis[Camps], labels: Labels) -> Iterator[Row]:
    said = labels.say("supposed", ties=", ".join(supposed.ties), misfits=supposed.frustration, balance=f"{supposed.balance:.2f}")
    yield Row("title", "", f"{said} ({labels.say('supposed_note')})")
    names = ", ".join(isolated(name_of(unit, whole.actors, labels)) for unit in supposed.moved)
    yield Row("row", "", labels.say("moved", units=names) if names else labels.say("moved_none"))
