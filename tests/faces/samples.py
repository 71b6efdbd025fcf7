"""Makes small dossiers by hand, so that the faces are tested without the engine."""

import msgspec

from tawazun.model.dossier import (
    SCHEMA,
    Actor,
    Attribution,
    Because,
    Claim,
    Document,
    Dossier,
    Event,
    Instrument,
    Link,
    Location,
    MadeBy,
    Mention,
    Names,
    Participant,
    Role,
    Span,
    Time,
)

TEXT = (
    "في 17 آب / أغسطس أجرى الوزير المصري محادثات مع نظيره التركي في أنقرة. "
    "ودعت الصحيفة إلى هدنة قريبا، وقالت إن القمة ستعقد يوم 25 آب إذا نجحت المحادثات وفق القرار 2510."
)


def at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def event(text: str, words: str, number: int, **changes: object) -> Event:
    trigger = at(text, words)
    made = Event(
        id=f"event-{number:016x}",
        type="CONSULT",
        mode=None,
        status="occurred",
        trigger=trigger,
        sentence=0,
        participants=(),
        attribution=None,
        time=None,
        place=None,
        topic=(),
        magnitude=(),
        confidence=0.8,
        because=Because(
            "consult.talks",
            "CONSULT: talks",
            (trigger,),
            (Because("status", "occurred", (), (Because("status: noun", "occurred", (trigger,)),)),),
        ),
    )
    return msgspec.structs.replace(made, **changes)


def dossier(text: str, events: tuple[Event, ...] = (), **changes: object) -> Dossier:
    made = Dossier(
        schema=SCHEMA,
        id="dossier-00000000000000aa",
        made_by=MadeBy("0.1.0", "sha256:" + "0" * 64),
        document=Document("doc", None, "صحيفة الاختبار", "عنوان المقال", "ar", "2020-08-19", text),
        sentences=(Span(0, len(text)),) if text else (),
        actors=(),
        events=events,
        claims=(),
        links=(),
        instruments=(),
        unread=(),
    )
    return msgspec.structs.replace(made, **changes)


def sample() -> Dossier:
    egypt = Actor(
        "actor-00000000000000e1", "person", "EGY.GOV", "Q1234", Names("الوزير المصري", "Egypt's Minister"), Role("وزير", None),
        (Mention(*_ends("الوزير المصري"), "الوزير المصري"),),
    )  # fmt: skip
    turkey = Actor(
        "actor-00000000000000e2", "person", "TUR.GOV", None, Names("نظيره", None), None, (Mention(*_ends("نظيره التركي"), "نظيره التركي"),)
    )
    paper = Actor(
        "actor-00000000000000e3", "media", "EGY.MED", None, Names("الصحيفة", None), None, (Mention(*_ends("الصحيفة"), "الصحيفة"),)
    )
    talks = event(
        TEXT, "محادثات", 1,
        mode="meet",
        participants=(
            Participant("target", *_ends("نظيره التركي"), (turkey.id,), "TUR.GOV"),
            Participant("source", *_ends("الوزير المصري"), (egypt.id,), "EGY.GOV"),
        ),
        time=Time(*_ends("في 17 آب / أغسطس"), "في 17 آب / أغسطس", "2020-08-17", "day"),
        place=Location(*_ends("أنقرة"), "أنقرة", "323786", 39.9, 32.8, "TUR"),
    )  # fmt: skip
    truce = event(TEXT, "هدنة", 2, type="RETREAT", mode="ceasefire", status="called_for", time=Time(*_ends("قريبا"), "قريبا", None, "none"))
    word = Attribution(at(TEXT, "الصحيفة"), (paper.id,), at(TEXT, "وقالت"), "named", "state", False)
    summit = event(
        TEXT, "القمة", 3, status="planned", attribution=word, time=Time(*_ends("يوم 25 آب"), "يوم 25 آب", "2020-08-25", "day")
    )  # fmt: skip
    success = event(TEXT, "المحادثات", 4, status="conditional", attribution=word)
    refusal = event(TEXT, "نجحت", 5, type="REJECT", status="negated")
    return dossier(
        TEXT,
        (talks, truce, summit, success, refusal),
        actors=(egypt, turkey, paper),
        claims=(Claim("claim-00000000000000c1", word.holder, "state", at(TEXT, "القمة ستعقد"), False, (summit.id, success.id)),),
        links=(
            Link("condition", success.id, summit.id, at(TEXT, "إذا"), Because("link: condition", "", (at(TEXT, "إذا"),))),
            Link("same", success.id, talks.id, at(TEXT, "المحادثات"), Because("link: same")),
        ),
        instruments=(
            Instrument(
                "instrument-00000000000000f1",
                "resolution",
                "2510",
                Names("القرار 2510", None),
                (Mention(*_ends("القرار 2510"), "القرار 2510"),),
            ),
        ),
    )


def _ends(words: str) -> tuple[int, int]:
    span = at(TEXT, words)
    return span.start, span.end
