"""Holds what is known of the event types, and how PLOVER turns one into another."""

import msgspec

from tawazun.model.entries import EventType, SpeechAct, Status


class Mode(msgspec.Struct, frozen=True):
    """Is one way of doing an event, with PLOVER's score from -10 to +10 and the CAMEO root, two digits."""

    mode: str
    score: float
    cameo: str


class EventKind(msgspec.Struct, frozen=True):
    """Is an event type: quad class (1 verbal, 2 material cooperation, 3 verbal, 4 material conflict), score, CAMEO root and modes."""

    type: EventType
    quad: int
    score: float
    cameo: str
    modes: tuple[Mode, ...]


class Shift(msgspec.Struct, frozen=True):
    """Says which type PLOVER gives an event of a type and status; not where the event rests on a word of the kind `unless_act`."""

    type: EventType
    status: Status
    to: EventType
    mode: str | None
    unless_act: SpeechAct | None


class PloverRules(msgspec.Struct, frozen=True):
    """Says which statuses PLOVER keeps as they are, how it shifts others, and its names for our sectors and international bodies."""

    kept: frozenset[Status]
    shifts: dict[tuple[EventType, Status], Shift]
    sectors: dict[str, str]
    international: dict[str, str]


class Ontology(msgspec.Struct, frozen=True):
    """Is the table of event types with PLOVER's rules."""

    kinds: dict[EventType, EventKind]
    plover: PloverRules

    def rating(self, type: EventType, mode: str | None) -> Mode:
        """Returns score and CAMEO root of a type in a mode; for a mode that isn't in the table, those of the type."""
        kind = self.kinds[type]
        return next((known for known in kind.modes if known.mode == mode), Mode(mode or "", kind.score, kind.cameo))
