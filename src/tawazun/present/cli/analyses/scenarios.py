"""Turns `tawazun analyse scenarios` into cards of conditions, and into how crises hang together."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from tawazun.app.analyses import scenarios_of
from tawazun.base.errors import InputError
from tawazun.model.analyses import Analysis
from tawazun.model.evidence import Corpus
from tawazun.model.scenarios import Assertion, Card, Linkage, Part, Scenarios, Timing, Voice
from tawazun.present.analyses.names import name_of
from tawazun.present.cli.analyses.answers import Answer, analysis, sentences
from tawazun.present.cli.terminals import Row, isolated
from tawazun.present.figures.scenarios import draw_cards
from tawazun.present.labels import Labels

_CLEAR = 0.05


@analysis("scenarios")
def scenarios_command(
    corpus: Corpus,
    labels: Labels,
    *,
    crises: Annotated[str | None, typer.Option(metavar="ONE,OTHER", help="Crises to link: countries, places or topics.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many conditions to show, the last first.")] = 20,
) -> Answer:
    """Show what is said to follow if something happens, what came of it, and how crises hang together."""
    found = scenarios_of(corpus, _crises(crises), limit)

    def rows(whole: Analysis[Scenarios]) -> Iterator[Row]:
        yield from _rows(found, whole, labels)

    def draw(labels: Labels) -> Any:
        return draw_cards(found.cards, labels)

    return Answer(found, rows, draw if found.cards else None)


def _crises(text: str | None) -> list[str]:
    names = [name.strip() for name in (text or "").split(",") if name.strip()]
    if text is not None and len(names) < 2:
        raise InputError(f"--crises {text!r}: expected two or more with commas between them, such as LBY,SYR; give them so")
    return names


def _rows(found: Scenarios, whole: Analysis[Scenarios], labels: Labels) -> Iterator[Row]:
    yield Row("note", "", labels.say("caution") if found.cards else labels.say("no_cards"))
    for card in found.cards:
        yield from _card(card, whole, labels)
    if found.assertions:
        yield Row("blank", "", "")
        yield Row("title", "", labels.say("asserted"))
        for assertion in found.assertions:
            yield from _assertion(assertion, labels)
    for linkage in found.linkages:
        yield Row("blank", "", "")
        yield from _linkage(linkage, whole, labels)


def _card(card: Card, whole: Analysis[Scenarios], labels: Labels) -> Iterator[Row]:
    cue = labels.say("unless" if card.kind == "unless" else "if")
    parts = [isolated(card.published or ""), spoken(card.voice, labels), labels.of("certainty", card.certainty)]
    parts += [labels.count("origins", len(card.origins))] if len(card.origins) > 1 else []
    yield Row("title", "", " · ".join(part for part in parts if part))
    yield from _part(cue, card.condition, whole, labels)
    yield from _part(labels.say("then"), card.consequence, whole, labels)
    yield Row("sentence", "-", f"{isolated(card.outlet or card.article)}: {isolated(card.sentence)}")


def _part(word: str, part: Part, whole: Analysis[Scenarios], labels: Labels) -> Iterator[Row]:
    watched = whole.evidence.get(part.watched or "") if part.outcome == "open" else None
    watch = labels.say("watch", trigger=isolated(watched.sentence[watched.start : watched.end])) if watched else ""
    outcome = labels.say("comma").join(said for said in (labels.of("outcomes", part.outcome), watch) if said)
    yield Row("row", word, f"{isolated(part.text)} [{outcome}]")
    if part.said is not None:
        yield Row("sentence", "-", f"{labels.say('source_says')}: {isolated(part.said)}")
    yield from sentences(whole, part.later, 1)


def spoken(voice: Voice, labels: Labels) -> str:
    """Returns who speaks, an opinion marked as one."""
    if not voice.name:
        return labels.say("author")
    return labels.say("opinion", name=isolated(voice.name)) if voice.opinion else isolated(voice.name)


def _assertion(item: Assertion, labels: Labels) -> Iterator[Row]:
    parts = [isolated(item.outlet or item.article), isolated(item.published or ""), spoken(item.voice, labels)]
    yield Row("sentence", "-", f"{' · '.join(part for part in parts if part)}: {isolated(item.sentence)}")


def _linkage(found: Linkage, whole: Analysis[Scenarios], labels: Labels) -> Iterator[Row]:
    names = [isolated(name_of(name, whole.actors, labels)) for name in (found.one, found.other)]
    counts = [labels.count("happenings", count) for count in (found.one_happenings, found.other_happenings)]
    yield Row("title", "", f"{names[0]} ({counts[0]}) – {names[1]} ({counts[1]})")
    yield Row("row", labels.say("asserted"), "" if found.asserted else labels.say("nobody_asserts"))
    for item in found.asserted:
        yield from _assertion(item, labels)
    thin = f" · {labels.of('support', 'thin')}"
    structure = found.structure
    if structure.chance is None:
        yield Row("row", "", f"{labels.say('structure')}: {labels.say('too_little')}")
    else:
        sizes = {"shared": len(structure.shared), "one": structure.one_units, "other": structure.other_units}
        said = labels.say("structural", **sizes, chance=f"{structure.chance:.2g}")
        yield Row("row", "", f"{said}{thin if structure.support == 'thin' else ''}")
        yield Row("row", "", labels.say("comma").join(isolated(name_of(unit, whole.actors, labels)) for unit in structure.shared[:12]))
    yield Row("row", "", _timed(found.timing, names, labels) + (thin if found.timing.support == "thin" else ""))


def _timed(timing: Timing, names: list[str], labels: Labels) -> str:
    if timing.chance is None or timing.lag is None:
        return f"{labels.say('in_time')}: {labels.say('too_little')}"
    said = {"r": f"{timing.correlation:+.2f}", "share": f"{timing.chance:.3f}", "draws": timing.draws}
    if timing.chance >= _CLEAR:
        return labels.say("temporal_none", **said)
    if timing.lag == 0:
        return labels.say("temporal_same", **said)
    first, second = names if timing.lag > 0 else names[::-1]
    return labels.say("temporal_lead", first=first, second=second, lag=abs(timing.lag), **said)
