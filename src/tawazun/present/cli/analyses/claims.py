"""Turns `tawazun analyse claims` into what sources disagree on: propositions, each with a position for every independent origin."""

from collections.abc import Iterator
from typing import Annotated, Any, get_args

import typer

from tawazun.app.analyses import claims_of
from tawazun.base.errors import InputError
from tawazun.model.analyses import Analysis
from tawazun.model.claims import Claims, Label, Position, Proposition
from tawazun.model.evidence import Corpus
from tawazun.present.analyses.positions import about, days_of, saying_of
from tawazun.present.cli.analyses.answers import Answer, analysis
from tawazun.present.cli.terminals import Row, apart, isolated
from tawazun.present.figures.claims import draw_claims
from tawazun.present.labels import Labels

_KINDS: tuple[Label, ...] = get_args(Label)


@analysis("claims")
def claims_command(
    corpus: Corpus,
    labels: Labels,
    *,
    kind: Annotated[list[str] | None, typer.Option(help=f"Only one of {', '.join(_KINDS)}; may be repeated.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many propositions.")] = 20,
) -> Answer:
    """Show where sources disagree, with every position and its independent origins; nobody is scored for truth."""
    found = claims_of(corpus, [_kind(text) for text in kind or ()], limit)
    drawn = [one for one in found.propositions if one.support == "enough"]

    def rows(whole: Analysis[Claims]) -> Iterator[Row]:
        if not found.propositions:
            yield Row("note", "", labels.say("no_claims"))
        else:
            yield Row("note", "", labels.say("caution"))
        for proposition in found.propositions:
            yield from _rows(proposition, labels)
        if found.left_out:
            yield Row("faint", "", labels.say("left_out", n=found.left_out))
        yield Row("faint", "", labels.say("agreed", n=labels.count("happenings", found.agreed)))

    def draw(labels: Labels) -> Any:
        return draw_claims(drawn, corpus.actors, labels)

    return Answer(found, rows, draw if drawn else None)


def _kind(text: str) -> Label:
    if text not in _KINDS:
        raise InputError(f"--kind {text!r}: expected one of {', '.join(_KINDS)}; give one of them")
    return _KINDS[_KINDS.index(text)]


def _rows(proposition: Proposition, labels: Labels) -> Iterator[Row]:
    thin = "" if proposition.support == "enough" else f" · {labels.of('support', proposition.support)}"
    counted = labels.count("origins", proposition.origins)
    kind = labels.of("labels_of_claims", proposition.label)
    yield Row("blank", "", "")
    days = f" · {apart(days_of(proposition), labels)}" if proposition.first else ""
    yield Row("title", "", f"{kind}: {isolated(about(proposition, labels))}{days} · {counted}{thin}")
    yield Row("faint", "", labels.of("rules_of_claims", proposition.rule))
    for position in proposition.positions:
        yield from _position(position, labels)


def _position(position: Position, labels: Labels) -> Iterator[Row]:
    name = position.name or labels.say("reported" if position.count is None else "somebody")
    cue = f" ({isolated(position.cue)})" if position.cue else ""
    quoted = f" · {labels.say('quoted')}" if position.quoted else ""
    carried = f" · {labels.say('carried', n=labels.count('articles', len(position.carriers)))}" if len(position.carriers) > 1 else ""
    yield Row("row", "", f"{isolated(name)}: {isolated(saying_of(position, labels))}{cue}{quoted}{carried}")
    parts = [position.outlet or position.article, position.published or "", position.article]
    yield Row("sentence", "-", f"{' · '.join(isolated(part) for part in dict.fromkeys(parts) if part)}: {isolated(position.quote)}")
