"""Turns entries of an agenda into words: what, who with whom, where and when, in one language."""

from collections.abc import Mapping

from tawazun.model.agendas import Due, Entry
from tawazun.model.evidence import Who
from tawazun.present.analyses.names import name_of
from tawazun.present.labels import Labels
from tawazun.present.texts import visible


def head_of(entry: Entry, labels: Labels) -> str:
    """Returns the kind of an entry and, of acts that have one, its mode: `Meeting (visit)`, `Undertaking (Aid)`."""
    inner = labels.of("modes", entry.mode) if entry.mode else "" if entry.kind == "meeting" else labels.of("types", entry.type)
    kind = labels.of("entry_kinds", entry.kind)
    return f"{kind} ({inner})" if inner else kind


def parties_of(entry: Entry, actors: Mapping[str, Who], labels: Labels, most: int = 4) -> str:
    """Returns who owes it and to whom, up to `most` on either side."""
    by, to = (_listed([name_of(unit, actors, labels) for unit in side], labels, most) for side in (entry.by, entry.to))
    return labels.say("towards", by=by or "?", to=to) if to else by or "?"


def _listed(names: list[str], labels: Labels, most: int) -> str:
    comma = labels.say("comma") + " "
    return comma.join(visible(name) for name in names[:most]) + (" …" if len(names) > most else "")


def place_of(entry: Entry, labels: Labels) -> str:
    """Returns where it is to be, empty where that isn't known."""
    return labels.say("in_place", place=visible(entry.place)) if entry.place else ""


def window_of(due: Due, labels: Labels) -> str:
    """Returns a window in words."""
    if due.last is None:
        return labels.say("from_day", first=due.first)
    if due.first == due.last:
        return labels.say("on_day", first=due.first)
    return labels.say("between", first=due.first, last=due.last)


def label_of(entry: Entry, actors: Mapping[str, Who], labels: Labels, most: int = 3) -> str:
    """Returns an entry in one line: its words, parties and place."""
    words = visible(entry.words)
    place = place_of(entry, labels)
    return f"{head_of(entry, labels)}: {words} · {parties_of(entry, actors, labels, most)}" + (f" · {place}" if place else "")
