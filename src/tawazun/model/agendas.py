"""Holds what is due: planned meetings and undertakings with their windows, and what became of them."""

from typing import Literal, get_args

import msgspec

from tawazun.model.due_words import Every
from tawazun.model.entries import EventType
from tawazun.model.evidence import Support

EntryKind = Literal["meeting", "undertaking", "measure"]
ENTRY_KINDS: tuple[EntryKind, ...] = get_args(EntryKind)
State = Literal["overdue", "due", "not_due", "moved", "undated", "recurring", "fulfilled", "partly", "breached", "superseded", "cancelled"]
STATES: tuple[State, ...] = get_args(State)
"""Are the states of an entry, the open ones first; those from `fulfilled` on have a source that says so."""


class Due(msgspec.Struct, frozen=True):
    """Is when something is due, as ISO days; `last` is None where it has no end. `phrase` is how the text puts it, `told` when, as far as
    that is known; `events` are the mentions that say so.
    """

    first: str
    last: str | None
    phrase: str
    told: str | None
    events: tuple[str, ...]


class Repeat(msgspec.Struct, frozen=True):
    """Says how often something comes again: how often it was to happen by the day of the analysis (None where that isn't said), how often
    it was seen to happen, and in which events.
    """

    every: Every
    expected: int | None
    seen: int
    events: tuple[str, ...]


class Outcome(msgspec.Struct, frozen=True):
    """Is what became of an entry by what was published on a day, and the events that say so."""

    published: str | None
    events: tuple[str, ...]


class Entry(msgspec.Struct, frozen=True):
    """Is one plan, however often it is told: who is to do it (`by`), with or for whom (`to`), where, and when it is due.

    `id` follows from its first mention, so it stays as more is told. `by` and `to` are units (`analyse.units`), or words of the text where
    they are none. `words` are those that name the act. `moved_from` are windows that it had before. `on_word_of` are the holders of all its
    mentions, empty where an outlet says it by itself. `watched` counts the articles published from the beginning of the window to a
    fortnight after its end: it says how much "no report found" is worth. `events` are the mentions, `pledges` those that bind who does it.
    """

    id: str
    kind: EntryKind
    type: EventType
    mode: str | None
    words: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    place: str | None
    due: Due | None
    moved_from: tuple[Due, ...]
    state: State
    outcome: Outcome | None
    repeat: Repeat | None
    on_word_of: tuple[str, ...]
    first_told: str | None
    last_told: str | None
    origins: int
    support: Support
    watched: int
    events: tuple[str, ...]
    pledges: tuple[str, ...]


class LeftOut(msgspec.Struct, frozen=True):
    """Counts the mentions of plans that make no entry: those dated before their own publication, those that name nobody and no place, and
    intentions that bind nobody (undated, of other types than meetings, without a pledge).
    """

    past: int
    nameless: int
    intentions: int


class Agenda(msgspec.Struct, frozen=True):
    """Is the entries, in the order of their states, then those nearest to the day of the analysis first; `counts` is by state."""

    entries: tuple[Entry, ...]
    counts: dict[State, int]
    left_out: LeftOut
