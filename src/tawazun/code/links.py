"""Turns clauses and connectives between two acts into links: condition, cause, purpose, response, continuation, same."""

from collections.abc import Sequence

from tawazun.code.events import Coded
from tawazun.model.dossier import Because, Link, LinkKind, Span

_BACK = 40
_CONNECTIVES: tuple[tuple[str, LinkKind], ...] = (
    ("response_link", "response"),
    ("cause_link", "cause"),
    ("purpose_link", "purpose"),
    ("continuation_link", "continuation"),
)


def links_of(coded: Sequence[Coded]) -> tuple[Link, ...]:
    """Finds the links between acts of one sentence, then the acts told twice in the article."""
    links: list[Link] = []
    by_sentence: dict[int, list[Coded]] = {}
    for item in coded:
        by_sentence.setdefault(item.event.sentence, []).append(item)
    for items in by_sentence.values():
        links += _clauses(items)
        links += _connectives(items)
    links += _same(coded)
    return _once(links)


def _once(links: Sequence[Link]) -> tuple[Link, ...]:
    """Keeps one link of a kind between two acts, the first found."""
    kept: dict[tuple[str, frozenset[str]], Link] = {}
    for link in links:
        kept.setdefault((link.kind, frozenset((link.origin, link.to))), link)
    return tuple(kept.values())


def _clauses(items: Sequence[Coded]) -> list[Link]:
    """Links an act in a clause of condition, cause or purpose to the act of the clause around it."""
    links = []
    for item in items:
        clause = item.scene.parse.clauses[item.predicate.clause]
        if clause.kind not in ("condition", "cause", "purpose") or clause.opener < 0:
            continue
        outer = [o for o in items if o is not item and o.predicate.clause == clause.parent] or _consequence(item, items)
        if outer:
            head = next((o for o in outer if o.scene.heads.get(clause.parent) is o.predicate), outer[0])
            links.append(_link(clause.kind, item, head, clause.opener))
    return links


def _consequence(item: Coded, items: Sequence[Coded]) -> list[Coded]:
    """Finds the act that a condition before its main clause is set for (had they withdrawn, the rebels would have come)."""
    clauses = item.scene.parse.clauses
    if clauses[item.predicate.clause].kind != "condition":
        return []
    return [o for o in items if o.predicate.start > item.predicate.start and clauses[o.predicate.clause].kind == "main"][:1]


def _connectives(items: Sequence[Coded]) -> list[Link]:
    """Links an act to the nominal act after a connective (in response to, because of, in order to)."""
    links = []
    for item in items:
        predicate = item.predicate
        if predicate.phrase < 0:
            continue
        at = item.scene.phrase(predicate.phrase).start
        if not any(o is not item and o.predicate.end <= at for o in items):
            continue
        for name, kind in _CONNECTIVES:
            found = next(
                (index for index in range(at, max(item.scene.parse.start, at - 3) - 1, -1) if item.scene.within(index, name)), None
            )
            if found is None:
                continue
            others = [o for o in items if o is not item and o.predicate.end <= found]
            if others:
                links.append(_link(kind, item, others[-1], found))
                break
    return links


def _same(coded: Sequence[Coded]) -> list[Link]:
    """Links an act to an earlier mention of it: same type, an actor in common, the words for the act akin, no date or status against it."""
    links = []
    for number, item in enumerate(coded):
        actors = {actor for p in item.event.participants for actor in p.actors}
        for earlier in coded[max(0, number - _BACK) : number]:
            if earlier.event.sentence == item.event.sentence or not _akin(earlier, item, actors):
                continue
            links.append(_link("same", item, earlier, item.predicate.start))
            break
    return links


def _akin(earlier: Coded, item: Coded, actors: set[str]) -> bool:
    first, second = earlier.event, item.event
    if first.type != second.type or earlier.predicate.entry.id != item.predicate.entry.id or "negated" in (first.status, second.status):
        return False
    if first.time and second.time and first.time.iso and second.time.iso and first.time.iso != second.time.iso:
        return False
    return bool(actors & {actor for p in first.participants for actor in p.actors})


def _link(kind: LinkKind, origin: Coded, to: Coded, cue: int) -> Link:
    token = origin.scene.tokens[cue]
    span = Span(token.start, token.end)
    return Link(kind=kind, origin=origin.event.id, to=to.event.id, cue=span, because=Because(rule=f"link: {kind}", spans=(span,)))
