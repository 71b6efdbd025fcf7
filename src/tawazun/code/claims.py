"""Turns the events of an article into claims: what each holder says, by cue."""

from collections.abc import Sequence

from tawazun.base.ids import make_id
from tawazun.code.events import Coded
from tawazun.model.dossier import Attribution, Claim, Span


def claims_of(coded: Sequence[Coded], document: str) -> tuple[Claim, ...]:
    """Groups the events that rest on one cue of one holder; the content reaches from the first to the last of their words."""
    groups: dict[tuple[int, int, int, int], list[Coded]] = {}
    for item in coded:
        attribution = item.event.attribution
        if attribution is not None:
            key = (attribution.holder.start, attribution.holder.end, attribution.cue.start, attribution.cue.end)
            groups.setdefault(key, []).append(item)
    claims = []
    for items in groups.values():
        attribution = items[0].event.attribution
        assert attribution is not None
        claims.append(_claim(items, attribution, document))
    return tuple(claims)


def _claim(items: Sequence[Coded], attribution: Attribution, document: str) -> Claim:
    starts = [item.event.trigger.start for item in items] + [p.start for item in items for p in item.event.participants]
    ends = [item.event.trigger.end for item in items] + [p.end for item in items for p in item.event.participants]
    content = Span(min(starts), max(ends))
    return Claim(
        id=make_id("claim", document, attribution.holder.start, attribution.cue.start, content.start),
        holder=attribution.holder,
        act=attribution.act,
        content=content,
        quoted=attribution.quoted,
        events=tuple(item.event.id for item in items),
    )
