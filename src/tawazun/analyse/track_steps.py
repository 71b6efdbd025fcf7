"""Turns a sentence that names tracks, with the acts in it, into what it says of them: rungs, flags, sessions to come, continuations."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

import msgspec

from tawazun.analyse.track_names import Name, Scene, Token, follows
from tawazun.model.entries import Status
from tawazun.model.evidence import Act
from tawazun.model.track_words import CueForm, Phrase, TrackWords
from tawazun.model.tracks import FLAGS, Flag, Rung

_CLOSE = 4
"""Is how many words before a verb may say that it is yet to be, or isn't."""
_TEXT = 18
"""Is how many words after a verb the text may stand that was adopted."""
_BODY = 9
_LONG = 31
"""Is of how many days a date may be at most to say when a step was."""
_RECENT = 120
"""Is how many days back talks may lie that a noun alone tells of: older ones have a year that wasn't written."""
_FLAGS: dict[str, Flag] = {flag: flag for flag in FLAGS}
_MEETING: frozenset[str] = frozenset({"proposed", "agreed_in_principle", "convened", "planned"})
"""Are the steps that no text takes."""
_FORWARD: frozenset[str] = frozenset({"proposed", "agreed"})
"""Are the cues that stand before what they are about."""
_RUNGS: dict[str, Rung] = {
    "proposed": "proposed",
    "agreed": "agreed_in_principle",
    "convened": "convened",
    "adopted": "text_adopted",
    "endorsed": "endorsed",
    "implemented": "implemented",
}
Course = Literal["done", "planned", "wished", "not"]
_COURSES: dict[Status, Course] = {"occurred": "done", "ongoing": "done", "planned": "planned", "negated": "not"}


class Found(msgspec.Struct, frozen=True, gc=False):
    """Is what a sentence says of a track: `days` are None where it doesn't say when; `at` are offsets of the words that say it."""

    name: Name
    step: Rung | Flag | Literal["planned"]
    days: tuple[int, int] | None
    when: str | None
    place: str | None
    at: tuple[int, int]
    event: str | None


def steps_in(scene: Scene, acts: Sequence[Act], offset: int, published: int | None, words: TrackWords) -> Iterator[Found]:
    """Yields what a sentence says of the tracks in it; `offset` is where it begins in the article."""
    placed = [(act, *_tokens_of(act, scene.tokens, offset)) for act in acts]
    said: set[int] = set()
    for at, form, name in _cues(scene, words):
        act = _own(at, name, placed)
        course = _course(scene.tokens, at, form, act, words)
        step = _step(form, course, scene.tokens, at, words)
        if step is None or (words.kinds[name.kind].text and step in _MEETING):
            continue
        days, when = _time(scene.tokens, at, placed, act, published, course, words)
        token = scene.tokens[at]
        place = act.spot.name if act is not None and act.spot is not None else None
        yield Found(name, step, days, when, place, (token.start, token.end), act.id if act else None)
        if step in ("convened", "planned"):
            said.add(id(name))
            if step == "convened" and any(
                follows(_texts(scene.tokens), k, phrase) for phrase in words.fruitless for k in range(at, len(scene.tokens))
            ):
                yield Found(name, "stalled", days, when, None, (token.start, token.end), act.id if act else None)
    yield from _met(scene, placed, said, published, words)


def _met(scene: Scene, placed: Sequence[tuple[Act, int, int]], said: set[int], published: int | None, words: TrackWords) -> Iterator[Found]:
    """Yields the sessions that acts alone tell of: talks that carry the name and have a date."""
    for name in scene.names:
        for act, first, last in placed:
            if (
                id(name) in said
                or words.kinds[name.kind].text
                or not (first < name.end and name.start < last)
                or act.type != "CONSULT"
                or not act.days
            ):
                continue
            planned = act.status == "planned"
            fits = _fits(act.days, published, "planned" if planned else "done")
            fits = fits and (planned or published is None or published - act.days[1] <= _RECENT)
            if fits and act.status in ("occurred", "ongoing", "planned"):
                token = scene.tokens[name.start]
                step: Rung | Literal["planned"] = "planned" if planned else "convened"
                yield Found(name, step, act.days, act.when, act.spot.name if act.spot else None, (token.start, token.end), act.id)


def _own(at: int, name: Name, placed: Sequence[tuple[Act, int, int]]) -> Act | None:
    """Returns the act that a cue tells of: the one on it or on the name, else talks that follow it at once."""
    for act, first, last in placed:
        if first <= at < last or (first < name.end and name.start < last):
            return act
    return next((act for act, first, _ in placed if at < first <= at + 2 and act.type == "CONSULT"), None)


def _texts(tokens: Sequence[Token]) -> list[str]:
    return [token.text for token in tokens]


def _tokens_of(act: Act, tokens: Sequence[Token], offset: int) -> tuple[int, int]:
    """Returns the first token of a trigger and the one after its last."""
    inside = [at for at, token in enumerate(tokens) if token.start < act.end - offset and act.start - offset < token.end]
    return (inside[0], inside[-1] + 1) if inside else (-1, -1)


def _cues(scene: Scene, words: TrackWords) -> Iterator[tuple[int, CueForm, Name]]:
    """Yields the cues of a sentence, each with the name that it is nearest to and may be about."""
    texts = _texts(scene.tokens)
    for at, text in enumerate(texts):
        if any(name.start <= at < name.end for name in scene.names):
            continue
        for form in words.cues.get(text, ()):
            if form.cue == "continuing" or not follows(texts, at + 1, form.rest):
                continue
            if form.cue in _FORWARD and (wider := _widened(at, scene, words)) is not None:
                yield at, form, wider
                continue
            near = sorted(
                (_distance(at, name, texts), name.start, name) for name in scene.names if form.cue not in _FORWARD or name.start > at
            )
            if near and near[0][0] <= words.rules[form.cue].reach:
                yield at, form, near[0][2]


def _widened(at: int, scene: Scene, words: TrackWords) -> Name | None:
    """Returns the track that another is to be widened into, where that is what is proposed: the second of two names."""
    texts = _texts(scene.tokens)
    widening = (
        place
        for place in range(at + 1, min(at + _CLOSE, len(texts)))
        if any(f.cue == "continuing" for f in words.cues.get(texts[place], ()))
    )
    start = next(widening, None)
    after = [] if start is None else [name for name in scene.names if name.start > start]
    return after[1] if len(after) > 1 and after[1].key != after[0].key else None


def _distance(at: int, name: Name, texts: Sequence[str]) -> int:
    between = texts[at + 1 : name.start] if at < name.start else texts[name.end : at]
    return sum(text[0].isalnum() for text in between)


def _course(tokens: Sequence[Token], at: int, form: CueForm, act: Act | None, words: TrackWords) -> Course:
    """Tells whether what a cue says is done, yet to be, wished for or not so."""
    before = [token.text for token in tokens[max(0, at - _CLOSE) : at]]
    if not words.negated.isdisjoint(before[-1:]):
        return "not"
    noun = form.tense == "noun" or not (words.prepositions | words.after).isdisjoint(before[-1:])
    if noun and (form.cue in _FLAGS and not words.after.isdisjoint(before[-1:])):
        return "not"
    if noun and any(cue.cue in _FORWARD for token in tokens[max(0, at - 2 * _CLOSE) : at] for cue in words.cues.get(token.text, ())):
        return "not"
    if not words.conditional.isdisjoint(token.text for token in tokens[max(0, at - 2 * _CLOSE) : at]):
        return "wished"
    if not words.planned.isdisjoint(before) or form.tense == "future":
        return "planned"
    if form.tense == "past" and not noun:
        return "done"
    if not words.called_for.isdisjoint(before):
        return "wished"
    if form.tense == "present":
        return "planned"
    if act is not None:
        return _COURSES.get(act.status, "wished")
    return "not"


def _step(form: CueForm, course: Course, tokens: Sequence[Token], at: int, words: TrackWords) -> Rung | Flag | Literal["planned"] | None:
    texts, rule = _texts(tokens), words.rules[form.cue]
    if course == "not":
        return None
    body = any(follows(texts, place, phrase) for phrase in words.bodies for place in range(max(0, at - _BODY), at + _BODY))
    if rule.by_body != body and (rule.by_body or form.cue == "adopted"):
        return None
    after = texts[at + 1 : at + 1 + _TEXT]
    if rule.objects and rule.objects.isdisjoint((*after, *(text.removeprefix(words.conjunction) for text in after))):
        return None
    if form.cue == "convened" and course != "done":
        return "planned" if course == "planned" else "proposed"
    if course != "done":
        return None
    return _FLAGS.get(form.cue) or _RUNGS[form.cue]


def _time(
    tokens: Sequence[Token],
    at: int,
    placed: Sequence[tuple[Act, int, int]],
    own: Act | None,
    published: int | None,
    course: Course,
    words: TrackWords,
) -> tuple[tuple[int, int] | None, str | None]:
    """Returns when something was or is to be: as its own act says, else a weekday in the sentence, else the nearest act."""
    if own is not None and own.days is not None and _fits(own.days, published, course):
        return own.days, own.when
    if (day := _weekday(tokens, published, course, words)) is not None:
        return (day, day), None
    dated = sorted((abs(first - at), act.id, act) for act, first, _ in placed if act.days and _fits(act.days, published, course))
    if dated:
        return dated[0][2].days, dated[0][2].when
    return None, own.when if own is not None and own.days is None else None


def _fits(days: tuple[int, int], published: int | None, course: Course) -> bool:
    """Tells whether a date is fine enough, and on the right side of the day of publication."""
    if days[1] - days[0] > _LONG:
        return False
    return published is None or (days[0] <= published if course == "done" else days[1] >= published)


def _weekday(tokens: Sequence[Token], published: int | None, course: Course, words: TrackWords) -> int | None:
    if published is None or course not in ("done", "planned"):
        return None
    texts = _texts(tokens)
    for at, text in enumerate(texts):
        weekday = words.weekdays.get(text)
        if weekday is None:
            if course == "done" and text in words.yesterday:
                return published - 1
            if course == "done" and text in words.this_day:
                return published
            continue
        today = date.fromordinal(published).weekday()
        later = at + 1 < len(texts) and texts[at + 1] in words.next
        if course == "done" and not later:
            return published - (today - weekday) % 7
        if course == "planned":
            return published + ((weekday - today) % 7 or 7)
    return None


def continuations(scene: Scene, words: TrackWords) -> Iterator[tuple[Name, Name, tuple[int, int]]]:
    """Yields a track, another that it continues or widens, and the offsets of the words that say so."""
    texts = _texts(scene.tokens)
    for at, text in enumerate(texts):
        if not any(form.cue == "continuing" for form in words.cues.get(text, ())):
            continue
        before = [name for name in scene.names if name.end <= at]
        after = [name for name in scene.names if name.start > at and name.start - at <= words.rules["continuing"].reach]
        token = scene.tokens[at]
        if before and after and before[-1].key != after[0].key:
            yield before[-1], after[0], (token.start, token.end)
        elif len(after) > 1 and after[0].key != after[1].key:
            yield after[1], after[0], (token.start, token.end)


def says(texts: Sequence[str], phrases: Sequence[Phrase]) -> bool:
    """Tells whether any of some phrases stands in a sentence."""
    return any(follows(texts, at, phrase) for phrase in phrases if phrase[0] in texts for at in range(len(texts)))
