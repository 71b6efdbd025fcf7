"""Turns the predicates of a sentence into events: type, status, participants, holder, time, place, with the derivation."""

from collections.abc import Callable, Mapping, Sequence
from typing import cast

import msgspec

from tawazun.base.ids import make_id
from tawazun.code.attributions import Holder, Speaker, Speakers
from tawazun.code.circumstances import Circumstances, circumstances, place_match
from tawazun.code.confidences import confidence_of, sense_because, weighed_confidence, weights_because
from tawazun.code.governors import Governor, governors
from tawazun.code.magnitudes import magnitudes_of
from tawazun.code.merits import merits_of
from tawazun.code.moods import Beside, moods_of, weighed
from tawazun.code.participants import Fillers, all_slots
from tawazun.code.roles import Roles
from tawazun.code.scenes import Filler, Scene, Slots
from tawazun.code.statuses import Step, status_steps
from tawazun.code.topics import is_mere_topic, topics_of
from tawazun.code.voices import Voices
from tawazun.model.dossier import Attribution, Because, Event, Location, Participant, Span, Time
from tawazun.model.entries import PARTICIPANT_ROLES, VERBAL_TYPES, ParticipantRole, Status
from tawazun.model.phrases import Phrase, Predicate
from tawazun.model.readings import Quotation
from tawazun.model.referents import Belonging, Named, Referent

_THINGS = frozenset({"ASSAULT", "COERCE"})
_OF_STATES = frozenset({"CONSULT", "AGREE", "COOPERATE"})
"""Are the acts in which `the Russians` are the state: who meets, agrees and cooperates by nation alone is no crowd."""
PronounOf = Callable[[int, str], Named | None]
ActorId = Callable[[Referent], tuple[str, ...]]
TimeOf = Callable[[int, Status], Time]
BelongingOf = Callable[[int], Belonging | None]
PlaceOf = Callable[[Phrase], Location]


class Setting(msgspec.Struct, frozen=True):
    """Is what coding a sentence needs from outside it: who its phrases are, its dated expressions (token ranges), and how to name
    what it finds.
    """

    document: str
    sentence: int
    text: str
    referents: Mapping[int, Referent]
    belonging: BelongingOf
    times: Sequence[tuple[int, int]]
    time: TimeOf
    quotations: Sequence[Quotation]
    pronoun: PronounOf
    actor_ids: ActorId
    last_speaker: Speaker | None
    place: PlaceOf


class Coded(msgspec.Struct, frozen=True):
    """Is an event with what later steps ask of it: its predicate and scene, and who else speaks around it."""

    event: Event
    predicate: Predicate
    scene: Scene
    governor: Governor | None
    holder: Holder | None


def raw_start(scene: Scene, index: int) -> int:
    """Returns where the word at a token begins after a conjunction or preposition written on to it."""
    token = scene.tokens[index]
    if not scene.parse.start <= index < scene.parse.end:
        return token.start
    tag = scene.tag(index)
    cut = len(tag.conjunction)
    contracted = scene.lexicon.clitics.article_after_l
    apart = tag.article and not token.text.startswith(contracted, cut)
    if tag.preposition and (apart or (tag.match is not None and tag.preposition != contracted[0])):
        cut += len(tag.preposition)
    if cut and len(token.text) > cut + 1 and token.end - token.start == len(token.text):
        return token.start + cut
    return token.start


def _span(scene: Scene, start: int, end: int) -> Span:
    return Span(scene.tokens[start].start, scene.tokens[end - 1].end)


def _antecedent(filler: Filler, scene: Scene, setting: Setting) -> tuple[Filler, Referent | None]:
    """Replaces a pronoun by the phrase of the same sentence that it stands for, where there is one."""
    word = filler.phrase < 0 and filler.nationality < 0
    if not word and scene.phrase(filler.phrase).kind != "pronoun" if filler.phrase >= 0 else not word:
        return filler, setting.referents.get(filler.phrase)
    tag = scene.tag(filler.start if word else scene.phrase(filler.phrase).head)
    found = setting.pronoun(filler.start, tag.pronoun or scene.tokens[filler.start].text)
    if found is None:
        return filler, None
    at, referent = found.at, found.referent
    if scene.parse.start <= at < scene.parse.end:
        number = scene.parse.phrase_of[at - scene.parse.start]
        phrase = scene.phrase(number)
        return Filler(filler.role, phrase.start, phrase.end, number, filler.rule + ", pronoun resolved"), referent
    return filler, referent


def _code_of(filler: Filler, scene: Scene, setting: Setting) -> tuple[Referent | None, str | None]:
    if filler.nationality >= 0:
        code = scene.lexicon.nationalities[filler.nationality].code
        return None, code if len(code) == 3 or code.startswith("IGO") else None
    referent = setting.referents.get(filler.phrase)
    return referent, referent.code if referent is not None else None


def _is_party(filler: Filler, referent: Referent | None, scene: Scene, predicate: Predicate) -> bool:
    """Tells whether a filler names somebody that can act or be acted on."""
    if filler.nationality >= 0 or filler.phrase < 0 or (referent is not None and not referent.key.startswith("place:")):
        return True
    phrase = scene.phrase(filler.phrase)
    if phrase.kind in ("actor", "pronoun") or phrase.count:
        return True
    if phrase.kind == "noun" and "subject" in filler.rule and predicate.phrase < 0:
        return filler.role == "source" or predicate.entry.type in _THINGS
    if filler.role == "target" and predicate.entry.type in _THINGS and predicate.entry.frame.object == "target":
        return phrase.kind == "place" or filler.rule.startswith(("object", "genitive"))
    return False


def _participants(
    scene: Scene, predicate: Predicate, roles: Roles, setting: Setting
) -> tuple[tuple[Participant, ...], tuple[Because, ...]]:
    found: list[Participant] = []
    steps: list[Because] = []
    seen: set[tuple[int, int]] = set()
    for given in roles.of(predicate):
        if given.role not in PARTICIPANT_ROLES:
            continue
        filler, referent = (given, None) if given.grounds else _antecedent(given, scene, setting)
        if filler is given or referent is None:
            referent, code = _code_of(filler, scene, setting) if referent is None else (referent, referent.code)
        else:
            code = referent.code
        if not (filler.grounds or _is_party(filler, referent, scene, predicate)) or (filler.start, filler.end) in seen:
            continue
        seen.add((filler.start, filler.end))
        rule = referent.rule if referent is not None else ""
        if (
            referent is not None
            and referent.rule == "people by nationality"
            and filler.role == "source"
            and predicate.entry.type in _OF_STATES
        ):
            code, rule = referent.country, rule + " that stands for its state"
        if code is None and filler.phrase >= 0:
            code, rule = setting.belonging(filler.phrase) or (None, rule)
        span = Span(raw_start(scene, filler.start), scene.tokens[filler.end - 1].end)
        ids = setting.actor_ids(referent) if referent is not None else ()
        found.append(Participant(role=cast(ParticipantRole, filler.role), start=span.start, end=span.end, actors=ids, code=code))
        says = f"{filler.role}: {code or 'unknown'}" + (f" ({rule})" if rule else "")
        steps.append(
            Because(
                rule="participant: " + filler.rule,
                says=says,
                spans=(span,),
                children=weights_because(filler.grounds),
            )
        )
    return tuple(found), tuple(steps)


def _actors_of(holder: Holder, setting: Setting) -> tuple[str, ...]:
    """Returns the actors that a holder is."""
    if holder.before is not None:
        return holder.before.actors
    referent = setting.referents.get(holder.phrase) if holder.phrase >= 0 else None
    return setting.actor_ids(referent) if referent is not None else ()


def _attribution(scene: Scene, holders: Sequence[Holder], setting: Setting) -> Attribution | None:
    chain: Attribution | None = None
    made: list[Attribution] = []
    for holder in holders:
        made.append(
            Attribution(
                holder=Span(raw_start(scene, holder.start), scene.tokens[holder.end - 1].end),
                actors=_actors_of(holder, setting),
                cue=_span(scene, holder.cue.start, holder.cue.end),
                voice=holder.voice,
                act=holder.act,
                quoted=holder.quoted,
            )
        )
    if made:
        chain = msgspec.structs.replace(made[0], nested=tuple(made[1:]))
    return chain


def _speaks_for_itself(holder: Holder, participants: Sequence[Participant], setting: Setting) -> bool:
    """Tells whether a holder is the very actor who performs the act of words: then he is its source, and nobody reports it."""
    ids = set(_actors_of(holder, setting))
    return any(p.role == "source" and ids.intersection(p.actors) for p in participants)


def _status_because(scene: Scene, steps: Sequence[Step]) -> Because:
    children = tuple(
        Because("status: " + step.rule, step.status, (_span(scene, step.start, step.end),), weights_because(step.grounds)) for step in steps
    )
    return Because(rule="status", says=steps[-1].status, children=children)


def _holder_because(scene: Scene, holder: Holder) -> Because:
    """Makes the step of a derivation that says who holds an event and by which act."""
    spans = (_span(scene, holder.start, holder.end), _span(scene, holder.cue.start, holder.cue.end))
    return Because(rule="holder: " + holder.cue.entry.id, says=holder.act, spans=spans, children=weights_because(holder.grounds))


def _sense(scene: Scene, predicate: Predicate) -> tuple[Because, ...]:
    return sense_because(scene.lexicon.scorers.get("senses"), predicate, _trigger(scene, predicate))


def _trigger(scene: Scene, predicate: Predicate) -> Span:
    return _span(scene, predicate.start, predicate.end)


def _is_event(predicate: Predicate) -> bool:
    """Tells whether a predicate is an event by itself: typed, and no participle that only names people."""
    if predicate.entry.type is None:
        return False
    return predicate.form is None or predicate.form.part != "A" or predicate.entry.participles


def _repeats(scene: Scene, predicate: Predicate, earlier: Sequence[Coded], participants: Sequence[Participant]) -> bool:
    """Tells whether an act only repeats one of its sentence: in the same words, or as a noun that names nobody or, definite, nobody new."""
    same = [c for c in earlier if (c.predicate.start, c.predicate.end) == (predicate.start, predicate.end)]
    if any(coded.event.type == predicate.entry.type for coded in same):
        return True
    if predicate.phrase < 0:
        return False
    definite = scene.tag(predicate.start).article
    new = {(p.start, p.end) for p in participants}
    for coded in earlier:
        if coded.predicate.entry.id == predicate.entry.id and coded.event.type == predicate.entry.type:
            if not new or (definite and new <= {(p.start, p.end) for p in coded.event.participants}):
                return True
    return False


def sources_in(participants: Sequence[Participant], scene: Scene) -> list[int]:
    """Returns the phrases of those who do an act."""
    starts = {p.start for p in participants if p.role == "source"}
    if not starts:
        return []
    first, last, tokens = min(starts), max(starts), scene.tokens
    near = [(n, p.start) for n, p in enumerate(scene.parse.phrases) if tokens[p.start].start <= last and tokens[p.start].end > first]
    return [number for number, start in near if raw_start(scene, start) in starts]


def code_sentence(scene: Scene, setting: Setting) -> tuple[tuple[Coded, ...], Speaker | None]:
    """Codes one sentence; returns its events and who spoke last in it."""
    governor_of = governors(scene)
    slots = all_slots(scene)
    speakers = Speakers(scene, slots, governor_of, setting.quotations, setting.last_speaker)
    acts = [predicate for predicate in scene.parse.predicates if _is_event(predicate)]
    coded = _events(scene, setting, acts, governor_of, slots, speakers) if acts else ()
    last = speakers.last_cue()
    return coded, Speaker(last.start, last.end, _actors_of(last, setting)) if last is not None else None


def _events(
    scene: Scene,
    setting: Setting,
    acts: Sequence[Predicate],
    governor_of: dict[int, Governor],
    slots: dict[int, Slots],
    speakers: Speakers,
) -> tuple[Coded, ...]:
    """Makes the events of a sentence's acts, but for acts that only repeat or are talked about."""
    roles = Roles(scene, Fillers(scene, slots, governor_of), governor_of, setting.referents, scene.lexicon.scorers.get("roles"))
    voices = Voices(scene, speakers, governor_of, setting.referents, scene.lexicon.scorers.get("voices"))
    around = circumstances(scene, governor_of, setting.times)
    coded: list[Coded] = []
    for predicate in acts:
        participants, found = _participants(scene, predicate, roles, setting)
        if _repeats(scene, predicate, coded, participants) or is_mere_topic(scene, predicate, governor_of, bool(participants), around):
            continue
        holders = voices.of(predicate, sources_in(participants, scene))
        coded.append(_event(scene, predicate, setting, governor_of, participants, found, holders, around))
    return tuple(coded)


def _place(scene: Scene, number: int, setting: Setting) -> Location:
    phrase = scene.phrase(number)
    location = setting.place(phrase)
    return msgspec.structs.replace(location, start=raw_start(scene, phrase.start)) if place_match(scene, phrase) else location


def beside_of(predicate: Predicate, participants: Sequence[Participant], holders: Sequence[Holder], around: Circumstances) -> Beside:
    """Returns what an act has beside it."""
    return Beside(len(participants), bool(holders), predicate.index in around.times, predicate.index in around.places)


def _steps(scene: Scene, predicate: Predicate, governor_of: dict[int, Governor], beside: Beside) -> tuple[Step, ...]:
    """Returns the steps of an act's status, the weights' last where they overrule the rules."""
    steps = status_steps(scene, predicate, governor_of)
    scorer = scene.lexicon.scorers.get("moods")
    return steps if scorer is None else weighed(scorer, moods_of(scene, predicate, governor_of, steps, beside), predicate, steps)


def _event(
    scene: Scene,
    predicate: Predicate,
    setting: Setting,
    governor_of: dict[int, Governor],
    participants: tuple[Participant, ...],
    found: tuple[Because, ...],
    holders: Sequence[Holder],
    around: Circumstances,
) -> Coded:
    """Makes the event of a predicate from its participants, its holders and what is around it."""
    entry = predicate.entry
    assert entry.type is not None
    if entry.type in VERBAL_TYPES:
        holders = [holder for holder in holders if not _speaks_for_itself(holder, participants, setting)]
    steps = _steps(scene, predicate, governor_of, beside_of(predicate, participants, holders, around))
    trigger, status = _trigger(scene, predicate), steps[-1].status
    time = setting.time(around.times[predicate.index], status) if predicate.index in around.times else None
    place = _place(scene, around.places[predicate.index], setting) if predicate.index in around.places else None
    attribution = _attribution(scene, holders, setting)
    spans = (trigger, *(Span(item.start, item.end) for item in (time, place) if item is not None))
    because = (*_sense(scene, predicate), _status_because(scene, steps), *found, *(_holder_because(scene, h) for h in holders))
    event = Event(
        id=make_id("event", setting.document, entry.type, trigger.start, trigger.end),
        type=entry.type,
        mode=entry.mode,
        status=status,
        trigger=trigger,
        sentence=setting.sentence,
        participants=participants,
        attribution=attribution,
        time=time,
        place=place,
        topic=topics_of(scene, predicate, setting.text),
        magnitude=magnitudes_of(scene, predicate),
        confidence=0.0,
        because=Because(rule=entry.id, says=f"{entry.type}: {entry.gloss}", spans=spans, children=because),
    )
    event = _weighed(event, scene, predicate, governor_of, steps)
    return Coded(event, predicate, scene, governor_of.get(predicate.index), next(iter(holders), None))


def _weighed(event: Event, scene: Scene, predicate: Predicate, governor_of: dict[int, Governor], steps: Sequence[Step]) -> Event:
    """Gives an event its confidence: that of its merits by the weights, where there are any."""
    scorer = scene.lexicon.scorers.get("events")
    if scorer is None:
        confidence = confidence_of(predicate, event.participants, steps, event.attribution is not None)
        return msgspec.structs.replace(event, confidence=confidence)
    confidence, because = weighed_confidence(scorer, merits_of(scene, predicate, governor_of, event))
    children = (*event.because.children, because)
    return msgspec.structs.replace(event, confidence=confidence, because=msgspec.structs.replace(event.because, children=children))
