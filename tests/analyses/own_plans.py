"""Makes corpora of plans by hand."""

from datetime import date

import msgspec
from own_evidence import act, corpus

from tawazun.model.evidence import Corpus


def day(iso):
    return date.fromisoformat(iso).toordinal()


def told(number, published, sources=("EGY", "TUR"), targets=(), *, due=None, when=None, text="", trigger="لقاء", **more):
    """Makes an act told on a day and dated by a range of days, or by none; `text` is its whole sentence."""
    fields = {name: more.pop(name) for name in ("spot", "entry", "magnitudes") if name in more}
    kind = more.pop("type", "CONSULT")
    made = act(number, published, kind, sources, targets, **{"status": "planned", **more})
    days = tuple(day(part) for part in due.split("/")) if due else None
    start = (text or trigger).index(trigger)
    return msgspec.structs.replace(
        made,
        days=None if days is None else (days[0], days[-1]),
        iso=due,
        when=when,
        trigger=trigger,
        start=start,
        end=start + len(trigger),
        **fields,
    ), text or trigger


def made(tellings, as_of) -> Corpus:
    return corpus([one for one, _ in tellings], as_of, {one.article: text for one, text in tellings})
