"""Finds the speaker of a cue: its subject, its genitive, whom it quotes, or whoever spoke before."""

from typing import Literal

import msgspec

from tawazun.code.scenes import Scene, Slots
from tawazun.model.entries import SpeechAct
from tawazun.model.phrases import Predicate
from tawazun.model.weights import Grounds

_FAR_SPEAKER = 6
_NUNATION = ("\u064b", "\u064b\u0627")


class Speaker(msgspec.Struct, frozen=True, gc=False):
    """Is who spoke last before a sentence: tokens of the article, and the actors."""

    start: int
    end: int
    actors: tuple[str, ...]


class Holder(msgspec.Struct, frozen=True, gc=False):
    """Is a speaker: tokens `start` to `end` (the cue itself where its ending holds the speaker), their phrase or -1, and the cue.

    `before` is the speaker of a sentence before, where the cue goes on with the same one (and he added); `grounds` are the features that
    weighed most for it, empty where the rules alone decided.
    """

    start: int
    end: int
    phrase: int
    cue: Predicate
    act: SpeechAct
    voice: Literal["named", "anonymous", "document"]
    quoted: bool
    before: Speaker | None = None
    grounds: Grounds = ()


def _voice(scene: Scene, start: int, end: int) -> Literal["named", "anonymous", "document"]:
    for index in range(start, end):
        if scene.within(index, "anonymous"):
            return "anonymous"
        if scene.within(index, "document"):
            return "document"
    return "named"


def holder_of(scene: Scene, cue: Predicate, slots: dict[int, Slots], quoted: bool, last: Speaker | None) -> Holder | None:
    """Finds the speaker of a cue: its subject, its genitive, or the cue word where the speaker is only in its ending."""
    slot = slots[cue.index]
    act = cue.entry.speech or "state"
    number = slot.subject
    if cue.phrase < 0 and number < 0:
        number = _of_relative(scene, cue, slots)
    elif cue.phrase < 0 and scene.phrase(number).end <= cue.start:
        number = _past_dateline(scene, cue, number)
    if cue.phrase < 0 and number >= 0:
        number = _past_title(scene, number)
    elif cue.phrase < 0:
        number = _in_marks(scene, cue)
    if cue.phrase >= 0 and cue.pronoun and cue.form is not None and cue.form.part in ("M", "N"):
        number = _of_pronoun(scene, cue, slots)
    elif cue.phrase >= 0 and (cue.form is None or cue.form.part in ("M", "N")):
        number = _after(scene, cue, slot)
        if number < 0 and cue.form is not None and cue.end < scene.parse.end and scene.tag(cue.end).kind == "complementiser":
            number = _of_pronoun(scene, cue, slots)
        if number < 0 and scene.within(cue.start, "document"):
            phrase = scene.phrase(cue.phrase)
            return Holder(phrase.start, phrase.end, cue.phrase, cue, act, "document", quoted)
    if cue.phrase >= 0 and cue.form is not None and cue.form.part == "A" and number >= 0 and scene.phrase(number).preposition:
        number = -1
    if number < 0 and cue.phrase >= 0 and cue.form is not None and cue.form.part == "A" and not scene.tag(cue.start).article:
        spoke = [p for p in scene.parse.predicates if p.end <= cue.start and p.phrase < 0 and p.entry.speech is not None]
        number = next((slots[p.index].subject for p in reversed(spoke) if slots[p.index].subject >= 0), -1)
        number = number if number >= 0 else _of_verb(scene, cue, slots)
    quoted_from = _quoted_from(scene, cue)
    if quoted_from >= 0:
        number = quoted_from
    aside = cue.phrase >= 0 and (cue.form is None or cue.form.part != "A")
    if number >= 0 and not _is_no_source(scene, number, aside) and (number == quoted_from or not _is_plain(scene, cue, number)):
        phrase = scene.phrase(number)
        return Holder(phrase.start, phrase.end, number, cue, act, _voice(scene, phrase.start, phrase.end), quoted)
    if last is not None and cue.phrase < 0 and cue.form is not None and not slot.passive and cue.entry.speech is not None:
        return Holder(last.start, last.end, -1, cue, act, "named", quoted, last)
    if cue.phrase < 0 and cue.form is not None and (slot.passive or "3mp" in cue.form.person or cue.form.voice == "p"):
        return Holder(cue.start, cue.end, -1, cue, act, "anonymous", quoted)
    return None


def _of_verb(scene: Scene, cue: Predicate, slots: dict[int, Slots]) -> int:
    """Returns the subject of the verb that a participle of saying goes with (he voiced hope, stressing that ...), or -1."""
    before = [p for p in scene.parse.predicates if p.end <= cue.start and p.phrase < 0 and p.clause == cue.clause]
    number = slots[before[-1].index].subject if before else -1
    return number if number >= 0 and scene.phrase(number).kind == "actor" and not scene.phrase(number).preposition else -1


def _past_title(scene: Scene, number: int) -> int:
    """Returns the phrase after the dot of an abbreviated title (Dr. X said), else the phrase itself."""
    phrase, after = scene.phrase(number), number + 1
    if phrase.end - phrase.start > 1 or len(scene.tokens[phrase.start].text) > 1 or after >= len(scene.parse.phrases):
        return number
    dotted = scene.tag(phrase.end).kind == "mark" and scene.phrase(after).start == phrase.end + 1
    return after if dotted else number


def _in_marks(scene: Scene, cue: Predicate) -> int:
    """Returns the actor whose name stands in quotation marks right after the cue, or -1."""
    if cue.end + 2 >= scene.parse.end or scene.tag(cue.end).kind != "mark":
        return -1
    for number, phrase in enumerate(scene.parse.phrases):
        if phrase.start == cue.end + 1:
            named = phrase.kind == "actor" and phrase.end < scene.parse.end and scene.tag(phrase.end).kind == "mark"
            return number if named and scene.tokens[phrase.end].text in scene.lexicon.words["quoting_marks"] else -1
    return -1


def _of_relative(scene: Scene, cue: Predicate, slots: dict[int, Slots]) -> int:
    """Returns the speaker of a verb without subject in a clause that describes his words (a statement in which he condemned ...), or -1."""
    clause = scene.parse.clauses[cue.clause]
    taken_up = any(scene.within(index, "in_it") for index in range(cue.end, min(scene.parse.end, cue.end + 2)))
    if clause.kind != "relative" or not taken_up:
        return -1
    before = [p for p in scene.parse.predicates if p.end <= cue.start and p.clause == clause.parent and p.phrase < 0]
    return slots[before[-1].index].subject if before else -1


def _past_dateline(scene: Scene, cue: Predicate, number: int) -> int:
    """Returns the phrase after a verb where the one before it is only the agency at the head of a dispatch (Reuters The minister said)."""
    phrase = scene.phrase(number)
    if phrase.start != scene.parse.start or not all(scene.within(index, "dateline_word") for index in range(phrase.start, phrase.end)):
        return number
    after = number + 1
    near = after < len(scene.parse.phrases) and scene.phrase(after).start == cue.end and not scene.phrase(after).preposition
    return after if near and scene.phrase(after).kind != "event" else number


def _of_pronoun(scene: Scene, cue: Predicate, slots: dict[int, Slots]) -> int:
    """Returns whom the pronoun of a noun of saying stands for: whom an agency quotes, else the subject of the verb before (his saying)."""
    within = {cue.clause, scene.parse.clauses[cue.clause].parent}
    before = [p for p in scene.parse.predicates if p.end <= cue.start and p.clause in within and p.phrase < 0]
    before = [p for p in before if p.entry.speech is not None] or before
    if not before:
        return -1
    source = _quoted_from(scene, before[-1])
    return source if source >= 0 else slots[before[-1].index].subject


def _quoted_from(scene: Scene, cue: Predicate) -> int:
    """Returns the phrase of whom a relayed report comes (the agency quoted the minister as saying), or -1."""
    sources = {preposition for preposition, role in cue.entry.frame.prepositions if role == "source"}
    if cue.phrase >= 0 or not sources:
        return -1
    return next(
        (n for n in scene.phrases_in(cue.clause) if scene.phrase(n).start >= cue.end and scene.phrase(n).preposition in sources), -1
    )


def _is_no_source(scene: Scene, number: int, aside: bool) -> bool:
    """Tells whether a phrase can't be a speaker: an act, or what one acts according to (a law, a plan); `aside` is for according to."""
    phrase = scene.phrase(number)
    if phrase.kind == "pronoun" and not phrase.preposition:
        return True
    if aside and phrase.kind in ("noun", "place") and not (scene.within(phrase.head, "document") or scene.within(phrase.head, "anonymous")):
        return scene.tag(phrase.head).article or phrase.kind == "place" or scene.within(phrase.head, "no_source")
    voiced = scene.within(phrase.head, "document") or scene.within(phrase.head, "anonymous")
    return (phrase.kind == "event" and not voiced) or scene.within(phrase.head, "no_source")


def _is_plain(scene: Scene, cue: Predicate, number: int) -> bool:
    """Tells whether the subject of a verb of saying is no speaker: bound to a preposition, or only an adverb or adjective."""
    phrase = scene.phrase(number)
    if (cue.phrase >= 0 and (cue.form is None or cue.form.part != "A")) or phrase.kind not in ("noun", "place", "event"):
        return False
    if scene.within(phrase.head, "document") or scene.within(phrase.head, "anonymous"):
        return False
    within = phrase.kind == "place" and scene.parse.start < phrase.preposition_at < cue.start
    return (
        (bool(phrase.preposition) and not within)
        or scene.within(phrase.head, "no_speaker")
        or scene.tokens[phrase.head].text.endswith(_NUNATION)
    )


def _after(scene: Scene, cue: Predicate, slot: Slots) -> int:
    """Returns the speaker after a nominal or prepositional cue: its genitive, else the next phrase."""
    what = next((index for index in range(cue.end, min(scene.parse.end, cue.end + 2)) if scene.within(index, "what")), -1)
    said = scene.by_token.get(what + 1) if what >= 0 else None
    if what >= 0 and (said is None or said.entry.speech is None):
        return -1
    if said is not None and said.phrase < 0 and said.entry.speech is not None:
        return next(
            (
                n
                for n, p in enumerate(scene.parse.phrases)
                if what < p.start <= what + _FAR_SPEAKER and p.kind != "pronoun" and not p.preposition
            ),
            -1,
        )
    if slot.objects:
        return slot.objects[0]
    if cue.form is not None and cue.end < scene.parse.end and scene.tag(cue.end).kind == "complementiser":
        return -1
    for number, phrase in enumerate(scene.parse.phrases):
        if phrase.start >= cue.end:
            return number if (phrase.start - cue.end <= 2 and phrase.kind != "event") or phrase.start == cue.end else -1
    return -1
