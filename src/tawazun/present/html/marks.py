"""Turns an article's text and its findings into HTML: the text as received, each piece knowing which findings' words it is."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

import msgspec

from tawazun.app.reports import Numbered, Report, chain_of
from tawazun.model.dossier import Span
from tawazun.present.html.tags import escape, tag
from tawazun.present.labels import Labels
from tawazun.present.texts import stacked, stand_in

Role = str
"""Says what a piece is to an event: `t` trigger, `s` who, `g` to whom, `w` when, `p` where, `h` holder, `c` cue, `n` count."""


class Stretch(msgspec.Struct, frozen=True):
    """Is a span of the text that belongs to an event (`number`, `role`) or, with role `a`, to an actor."""

    start: int
    end: int
    number: int
    role: Role


class Piece(msgspec.Struct, frozen=True):
    """Is a piece of the text with all that it belongs to, triggers first."""

    start: int
    end: int
    belongs: tuple[Stretch, ...]


def stretches_of(report: Report) -> Iterator[Stretch]:
    """Yields the stretches of all events and actors."""
    for item in report.events:
        yield from _of_event(item)
    for number, actor in enumerate(report.actors, 1):
        for mention in actor.mentions:
            yield Stretch(mention.start, mention.end, number, "a")


def _of_event(item: Numbered) -> Iterator[Stretch]:
    event, number = item.event, item.number
    yield Stretch(event.trigger.start, event.trigger.end, number, "t")
    for participant in event.participants:
        yield Stretch(participant.start, participant.end, number, "s" if participant.role == "source" else "g")
    if event.time:
        yield Stretch(event.time.start, event.time.end, number, "w")
    if event.place:
        yield Stretch(event.place.start, event.place.end, number, "p")
    for count in event.magnitude:
        yield Stretch(count.start, count.end, number, "n")
    for one in chain_of(event.attribution) if event.attribution else ():
        yield Stretch(one.holder.start, one.holder.end, number, "h")
        yield Stretch(one.cue.start, one.cue.end, number, "c")


def pieces_of(length: int, stretches: Iterable[Stretch], cuts: Iterable[int] = ()) -> Iterator[Piece]:
    """Cuts a text of `length` where stretches begin and end and at `cuts`; the pieces cover it without gap or overlap."""
    valid = [s for s in stretches if 0 <= s.start < s.end <= length]
    starting: dict[int, list[Stretch]] = {}
    for stretch in valid:
        starting.setdefault(stretch.start, []).append(stretch)
    points = sorted({0, length, *(s.start for s in valid), *(s.end for s in valid), *(cut for cut in cuts if 0 < cut < length)})
    current: list[Stretch] = []
    for start, end in pairwise(points):
        current = [s for s in current if s.end > start] + starting.get(start, [])
        yield Piece(start, end, tuple(sorted(current, key=lambda s: (s.role != "t", s.number, s.role))))


def article_html(report: Report, labels: Labels) -> str:
    """Returns the paragraphs of the article; a trigger is a link to its event, so that keyboards reach it and script isn't needed."""
    text = report.dossier.document.text
    surplus = stacked(text)
    breaks = [index for index, char in enumerate(text) if char in "\n\r\u2028\u2029"]
    cuts = sorted({*breaks, *(index + 1 for index in breaks)})
    seen: set[int] = set()
    paragraphs: list[list[str]] = [[]]
    starts = [0]
    for piece in pieces_of(len(text), stretches_of(report), cuts):
        if text[piece.start] in "\n\r\u2028\u2029":
            paragraphs.append([])
            starts.append(piece.end)
        else:
            paragraphs[-1].append(_piece_html(piece, text, surplus, report, labels, seen))
    ends = [*starts[1:], len(text)]
    return "\n".join(
        tag("p", "".join(parts), dir=_direction(text[start:end]))
        for parts, start, end in zip(paragraphs, starts, ends, strict=True)
        if text[start:end].strip()
    )


def _direction(text: str) -> str:
    arabic = sum("\u0590" <= char <= "\u08ff" or "\ufb1d" <= char <= "\ufefc" for char in text)
    return "rtl" if arabic * 3 >= sum(char.isalpha() for char in text) else "ltr"


def _piece_html(piece: Piece, text: str, surplus: list[bool], report: Report, labels: Labels, seen: set[int]) -> str:
    shown = shown_html(text[piece.start : piece.end], labels, surplus[piece.start : piece.end])
    if not piece.belongs:
        return shown
    events = " ".join(f"{s.number}{s.role}" for s in piece.belongs if s.role != "a")
    actors = " ".join(str(s.number) for s in piece.belongs if s.role == "a")
    data = {key: value for key, value in (("data_e", events), ("data_a", actors)) if value}
    triggers = [s.number for s in piece.belongs if s.role == "t"]
    if triggers:
        return _trigger_html(triggers, shown, data, report, labels, seen)
    return tag("span", shown, "part" if events else "actor", **data)


def _trigger_html(numbers: list[int], shown: str, data: dict[str, str], report: Report, labels: Labels, seen: set[int]) -> str:
    """Makes a trigger's first piece a link that the keyboard reaches, its further pieces ones that only the pointer does."""
    events = [report.events[number - 1].event for number in numbers]
    fresh = [number for number in numbers if number not in seen]
    seen.update(fresh)
    title = labels.say("semicolon").join(
        f"{number}. {labels.of('types', event.type)} · {labels.of('statuses', event.status)}"
        for number, event in zip(numbers, events, strict=True)
    )
    reach = {"id": f"t{fresh[0]}"} if fresh else {"tabindex": "-1"}
    several = tag("sup", str(len(numbers)), "several", aria_hidden="true") if len(numbers) > 1 and fresh else ""
    classes = f"trigger {labels.quad(events[0].type)} {events[0].status}"
    anchors = "".join(tag("span", "", id=f"t{number}") for number in fresh[1:])
    return anchors + tag("a", shown + several, classes, href=f"#e{(fresh or numbers)[0]}", title=title, **reach, **data)


def shown_html(text: str, labels: Labels, surplus: list[bool] | None = None) -> str:
    """Returns text for a place in the page: escaped, control characters as visible symbols, surplus stacked marks left out."""
    parts: list[str] = []
    for index, char in enumerate(text):
        if surplus is not None and surplus[index]:
            continue
        stand = stand_in(char)
        if stand is None or stand == " ":
            parts.append(escape(stand or char))
        else:
            parts.append(
                f'<span class="control" dir="ltr" title="{escape(labels.say("control"))} U+{ord(char):04X}">{escape(stand)}</span>'
            )
    return "".join(parts)


def words_html(text: str, labels: Labels) -> str:
    """Returns words of the article for a list: isolated, in their own direction, on one line."""
    flat = " ".join(text.split())
    return tag("bdi", shown_html(flat, labels, stacked(flat)), dir="auto")


def span_words(report: Report, span: Span, labels: Labels) -> str:
    """Returns the words of a span for a list."""
    return words_html(report.dossier.document.text[span.start : span.end], labels)
