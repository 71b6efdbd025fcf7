"""Holds what one predicate entry of the knowledge says: its words, its frame, and what it does to the acts in its complement."""

from typing import Literal, NamedTuple, get_args

import msgspec

EventType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
Status = Literal["occurred", "ongoing", "planned", "called_for", "conditional", "possible", "negated"]
ParticipantRole = Literal["source", "target", "mediator", "host", "beneficiary"]
SpeechAct = Literal["state", "allege", "deny", "confirm", "warn", "ask", "report", "quote", "promise", "accuse"]
Slot = Literal["source", "target", "mediator", "host", "beneficiary", "content", "topic", "place", "none"]

EVENT_TYPES: tuple[EventType, ...] = get_args(EventType)
VERBAL_TYPES: frozenset[EventType | None] = frozenset({"REQUEST", "ACCUSE", "SUPPORT", "REJECT", "THREATEN", "AGREE", "CONCEDE"})
"""Are the types of acts that are done by saying something."""
PARTICIPANT_ROLES: tuple[ParticipantRole, ...] = get_args(ParticipantRole)
STATUSES: tuple[Status, ...] = get_args(Status)
DONE: frozenset[Status] = frozenset({"occurred", "ongoing"})
"""Are the statuses of what took place."""
SPEECH_ACTS: tuple[SpeechAct, ...] = get_args(SpeechAct)
SLOTS: tuple[Slot, ...] = get_args(Slot)


class Frame(msgspec.Struct, frozen=True):
    """Says which role stands in which slot; `prepositions` is in the order of the file."""

    subject: Slot = "none"
    object: Slot = "none"
    genitive: Slot = "none"
    prepositions: tuple[tuple[str, Slot], ...] = ()
    mutual: bool = False


class Content(msgspec.Struct, frozen=True):
    """Says what an entry does to an act in its complement.

    `at` lists the slots (`object`, `subject`, `genitive`, `clause`, or a folded preposition or complementiser); `status` is None where
    the act keeps its own;
    `control` is the role, in the entry's own event, of who does the embedded act; `holder` is true where the act rests on the word of the
    entry's subject; `denied` is the act's status where the entry itself is negated (did not rule out), None where that lifts what it does.
    """

    at: tuple[str, ...]
    status: Status | None
    control: Literal["source", "target", "none"] = "none"
    holder: bool = False
    denied: Status | None = None


class Light(msgspec.Struct, frozen=True):
    """Says where a light verb has its noun, and which role its own subject gets in the noun's event."""

    at: tuple[str, ...]
    subject: Slot


class Condition(msgspec.Struct, frozen=True):
    """Is one condition on the neighbourhood of a trigger: any of `words` (folded) or of `classes` at `where`."""

    where: Literal["object", "subject", "near", "next", "previous", "preposition"]
    words: frozenset[str]
    classes: tuple[str, ...] = ()


class Verb(msgspec.Struct, frozen=True):
    """Is a verb by lemma (third person masculine singular past), root and mazini's form code."""

    lemma: str
    root: str
    form: str


class Entry(msgspec.Struct, frozen=True):
    """Is one word family in one sense, as a file under `ar/` states it; `path` and `line` say where.

    `verbal_nouns` are added to those that follow from the verbs' forms; None adds nothing, an empty tuple leaves out even those.
    """

    id: str
    gloss: str
    path: str
    line: int
    type: EventType | None
    mode: str | None
    frame: Frame
    content: Content | None
    light: Light | None
    speech: SpeechAct | None
    verbs: tuple[Verb, ...]
    verbal_nouns: tuple[str, ...] | None
    nouns: tuple[str, ...]
    phrases: tuple[str, ...]
    participles: bool
    needs: tuple[Condition, ...]
    unless: tuple[Condition, ...]
    must: tuple[str, ...]
    must_not: tuple[str, ...]

    @property
    def sort(self) -> str:
        """Says what the entry is: its event type, else speech, a light verb, an operator or a plain word."""
        return self.type or ("speech" if self.speech else "light" if self.light else "operator" if self.content else "plain")


class Form(NamedTuple):
    """Is one written form of an entry.

    `part` is V (finite verb), M (verbal noun), N (other noun), A (active participle), P (passive participle); `tense` is past, present,
    imperative or empty;
    `person` joins the persons that the form may have (`3ms 3mp`), for nouns `s`, `d` or `p` with gender; `voice` is a, p or ap; `joint`
    says whether an
    attached pronoun must (`+`), must not (`-`) or may (empty) follow.
    """

    entry: int
    part: Literal["V", "M", "N", "A", "P"]
    tense: Literal["past", "present", "imperative", ""]
    person: str
    voice: Literal["a", "p", "ap"]
    joint: Literal["+", "-", ""]


def part_of(form: Form | None) -> str:
    """Says what kind of word a form is, a verb with its tense; None is a fixed expression."""
    return "expression" if form is None else form.part + form.tense
