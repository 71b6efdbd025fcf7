"""Makes event mentions by hand, so that joining is tested without the engine."""

import msgspec

from tawazun.analyse.days import days_of
from tawazun.analyse.words import mass_of, stems_of
from tawazun.model.happenings import Party, Spot, Telling
from tawazun.scorers.joining import load_joining

JOINING = load_joining()
CITY = Spot("1001", "المدينة", "SYR", 36.2, 37.1)
PORT = Spot("1002", "الميناء", "SYR", 35.5, 35.8)
MINISTER = Party("source", "EGY.GOV", ("Q1",))
COLLEAGUE = Party("source", "TUR.GOV", ("Q2",))


def told(article: str, published: str | None, sentence: str, **changes: object) -> Telling:
    """Returns a mention of talks between two ministers in `sentence`, with what is given changed."""
    words = stems_of(sentence, JOINING.affixes)
    made = Telling(
        id=f"event-{article}",
        article=article,
        origin=article,
        published=published,
        told=days_of(published),
        type="CONSULT",
        mode=None,
        status="occurred",
        entry="consult.talks",
        trigger="محادث",
        start=0,
        end=5,
        sentence=0,
        parties=(MINISTER, COLLEAGUE),
        days=None,
        granularity="none",
        spot=None,
        magnitudes=(),
        words=words,
        mass=mass_of(words, JOINING),
        heading=words,
        confidence=0.8,
    )
    return msgspec.structs.replace(made, **changes)


def blast(article: str, published: str, sentence: str, day: str, **changes: object) -> Telling:
    """Returns a mention of an explosion in the city."""
    common = {
        "type": "ASSAULT",
        "entry": "assault_strike.explosion",
        "trigger": "انفجار",
        "parties": (),
        "days": days_of(day),
        "spot": CITY,
    }
    return told(article, published, sentence, **{**common, **changes})
