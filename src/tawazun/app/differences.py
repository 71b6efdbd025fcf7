"""Turns two bodies of knowledge and a sample of articles into what the one codes there that the other doesn't, sentence by sentence."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from tawazun.app.samples import articles_of
from tawazun.base.errors import InputError, KnowledgeError
from tawazun.lexicon.load import knowledge_folder, load_lexicon
from tawazun.model.dossier import Dossier, Event
from tawazun.model.entries import EventType, Status
from tawazun.pipeline.articles import Reader

Aspect = Literal["type", "mode", "status", "participants", "codes", "holder", "time", "place"]
Verdict = Literal["gained", "lost", "changed"]


class Party(msgspec.Struct, frozen=True):
    """Is a participant in words."""

    role: str
    text: str
    code: str | None


class Reported(msgspec.Struct, frozen=True):
    """Is an event in words: the entry that it rests on and what is said of it."""

    entry: str
    type: EventType
    mode: str | None
    status: Status
    participants: tuple[Party, ...]
    holder: str | None
    time: str | None
    place: str | None


class Difference(msgspec.Struct, frozen=True):
    """Is an event that is coded differently; `start` and `end` are those of the trigger in the document, `at` in the sentence.

    `aspects` are those in which a changed event differs.
    """

    verdict: Verdict
    document: str
    start: int
    end: int
    sentence: str
    at: int
    before: Reported | None
    after: Reported | None
    aspects: tuple[Aspect, ...]

    @property
    def entry(self) -> str:
        """Is the entry that the event rests on, of a changed one the new entry."""
        said = self.after or self.before
        assert said is not None
        return said.entry


class Balance(msgspec.Struct, frozen=True):
    """Is how many events one entry gained, lost and changed."""

    entry: str
    gained: int
    lost: int
    changed: int


class Differences(msgspec.Struct, frozen=True):
    """Is all that differs, in the order of the sample; `old` and `new` are the digests of the knowledge."""

    old: str
    new: str
    articles: int
    unread: int
    events_before: int
    events_after: int
    differences: tuple[Difference, ...]
    balances: tuple[Balance, ...]


def compare(names: Sequence[str], old: Path, new: Path | None = None, step: Callable[[int], None] = lambda articles: None) -> Differences:
    """Codes the articles that `names` stand for with the knowledge in two folders, `new` by default the packaged one, and compares.

    Events of one trigger are one event; articles that can't be read are counted and passed over. `step` is told how many are done.
    """
    before, after = _reader(old), _reader(new or knowledge_folder())
    found: list[Difference] = []
    articles = unread = events_before = events_after = 0
    for article, _ in articles_of(names):
        if article is None:
            unread += 1
            continue
        first, second = before.read(article), after.read(article)
        found += differences_of(first, second)
        articles += 1
        events_before, events_after = events_before + len(first.events), events_after + len(second.events)
        step(articles)
    if not articles:
        raise InputError(f"{', '.join(names)}: no article that can be read in it")
    digests = before.lexicon.digest, after.lexicon.digest
    return Differences(*digests, articles, unread, events_before, events_after, tuple(found), balances_of(found))


def _reader(folder: Path) -> Reader:
    """Makes a reader with the knowledge in a folder; its errors name the folder."""
    if not (folder / "ar" / "frames.yaml").is_file():
        raise InputError(
            f"{folder}: no knowledge folder (it has no ar/frames.yaml); `tawazun knowledge snapshot` makes one to compare with"
        )
    try:
        return Reader(load_lexicon(folder))
    except KnowledgeError as error:
        raise KnowledgeError(f"{folder}/{error}") from None


def balances_of(differences: Sequence[Difference]) -> tuple[Balance, ...]:
    """Counts differences by entry, those with most first."""
    counts = Counter((item.entry, item.verdict) for item in differences)
    rows = [Balance(entry, *(counts[entry, verdict] for verdict in ("gained", "lost", "changed"))) for entry in {e for e, _ in counts}]
    return tuple(sorted(rows, key=lambda row: (-row.gained - row.lost - row.changed, row.entry)))


def differences_of(before: Dossier, after: Dossier) -> Iterator[Difference]:
    """Yields what differs between two dossiers of one article, in the order of the text."""
    found: list[Difference] = []
    for first, second in _pairs(before.events, after.events):
        aspects = _aspects(first, second) if first is not None and second is not None else ()
        if first is None or second is None or aspects:
            found.append(_difference(before, first, after, second, aspects))
    yield from sorted(found, key=lambda item: (item.start, item.end))


def _pairs(before: Sequence[Event], after: Sequence[Event]) -> Iterator[tuple[Event | None, Event | None]]:
    """Pairs the events of two codings: those of one trigger and type first, then of one trigger, then of overlapping triggers."""
    left, right = list(before), list(after)
    for same in (_same_event, _same_trigger, _overlap):
        for event in list(left):
            other = next((item for item in right if same(event, item)), None)
            if other is not None:
                left.remove(event)
                right.remove(other)
                yield event, other
    yield from ((event, None) for event in left)
    yield from ((None, event) for event in right)


def _same_event(first: Event, second: Event) -> bool:
    return first.id == second.id


def _same_trigger(first: Event, second: Event) -> bool:
    return first.trigger == second.trigger


def _overlap(first: Event, second: Event) -> bool:
    return first.trigger.start < second.trigger.end and second.trigger.start < first.trigger.end


def _aspects(first: Event, second: Event) -> tuple[Aspect, ...]:
    """Lists in what two codings of one event differ."""
    parts: dict[Aspect, tuple[object, object]] = {
        "type": (first.type, second.type),
        "mode": (first.mode, second.mode),
        "status": (first.status, second.status),
        "participants": _both(first, second, lambda event: {(part.role, part.start, part.end) for part in event.participants}),
        "codes": _both(first, second, lambda event: {(part.start, part.end, part.code) for part in event.participants}),
        "holder": _both(first, second, lambda event: event.attribution and event.attribution.holder),
        "time": (first.time, second.time),
        "place": (first.place, second.place),
    }
    differing = tuple(aspect for aspect, (one, other) in parts.items() if one != other)
    return tuple(aspect for aspect in differing if aspect != "codes" or "participants" not in differing)


def _both(first: Event, second: Event, part: Callable[[Event], object]) -> tuple[object, object]:
    return part(first), part(second)


def _difference(before: Dossier, first: Event | None, after: Dossier, second: Event | None, aspects: tuple[Aspect, ...]) -> Difference:
    event = second or first
    assert event is not None
    dossier = before if second is None else after
    sentence = dossier.sentences[event.sentence]
    return Difference(
        verdict="changed" if first and second else "gained" if second else "lost",
        document=dossier.document.id,
        start=event.trigger.start,
        end=event.trigger.end,
        sentence=dossier.document.text[sentence.start : sentence.end],
        at=event.trigger.start - sentence.start,
        before=_reported(first, before.document.text) if first else None,
        after=_reported(second, after.document.text) if second else None,
        aspects=aspects,
    )


def _reported(event: Event, text: str) -> Reported:
    holder = event.attribution.holder if event.attribution else None
    return Reported(
        entry=event.because.rule,
        type=event.type,
        mode=event.mode,
        status=event.status,
        participants=tuple(Party(part.role, text[part.start : part.end], part.code) for part in event.participants),
        holder=text[holder.start : holder.end] if holder else None,
        time=(event.time.iso or event.time.text) if event.time else None,
        place=event.place.name if event.place else None,
    )
