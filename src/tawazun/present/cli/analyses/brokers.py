"""Turns `tawazun analyse go-betweens ONE-OTHER` into those who are in contact with both."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from tawazun.analyse.brokers import go_betweens
from tawazun.model.analyses import Analysis
from tawazun.model.brokers import GoBetweens
from tawazun.model.evidence import Corpus
from tawazun.present.analyses.names import name_of, pair_of
from tawazun.present.cli.analyses.answers import Answer, analysis, sentences
from tawazun.present.cli.terminals import Row, isolated
from tawazun.present.figures.brokers import draw_go_betweens
from tawazun.present.labels import Labels


@analysis("go-betweens")
def go_betweens_command(
    corpus: Corpus,
    labels: Labels,
    *,
    pair: Annotated[str, typer.Option(metavar="ONE-OTHER", help="The two sides, such as IRN-USA.")],
    limit: Annotated[int, typer.Option(min=1, help="How many to show.")] = 10,
) -> Answer:
    """Show who is in contact with both of two sides: access, not willingness or success."""
    found = go_betweens(corpus, *pair_of(pair, corpus.actors), limit)

    def rows(whole: Analysis[GoBetweens]) -> Iterator[Row]:
        yield from _rows(found, whole, labels)

    def draw(labels: Labels) -> Any:
        units = {item.unit for item in found.go_betweens} | {found.one, found.other}
        return draw_go_betweens(found, {unit: name_of(unit, corpus.actors, labels) for unit in units}, labels)

    return Answer(found, rows, draw if found.go_betweens else None)


def _rows(found: GoBetweens, whole: Analysis[GoBetweens], labels: Labels) -> Iterator[Row]:
    one, other = (isolated(name_of(unit, whole.actors, labels)) for unit in (found.one, found.other))
    yield Row("note", "", labels.say("between", one=one, other=other, direct=labels.count("happenings", found.direct)))
    yield Row("note", "", labels.say("caution"))
    if not found.go_betweens:
        yield Row("note", "", labels.say("nobody"))
    for item in found.go_betweens:
        parts = [
            labels.say("reach", reach=item.reach, with_one=item.with_one, with_other=item.with_other, one=one, other=other),
            labels.say("lean", lean=f"{item.lean:+.2f}"),
        ]
        parts += [labels.say("convened", n=labels.count("happenings", len(item.convened)))] if item.convened else []
        parts += [labels.of("support", "thin")] if item.support == "thin" else []
        yield Row("title", "", f"{isolated(name_of(item.unit, whole.actors, labels))}: {' · '.join(parts)}")
        yield from sentences(whole, item.convened or item.events, 2)
    if found.chains:
        yield Row("blank", "", "")
        yield Row("title", "", labels.say("chains"))
    for chain in found.chains:
        names = [one, *(isolated(name_of(unit, whole.actors, labels)) for unit in (chain.first, chain.second)), other]
        thin = f" · {labels.of('support', 'thin')}" if chain.support == "thin" else ""
        yield Row("row", "", f"{' – '.join(names)}: {chain.reach}{thin}")
