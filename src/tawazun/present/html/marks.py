"""Turns an article's text and its findings into HTML: the text as received, cut where findings begin and end, each piece knowing whose words it is."""

from collections.abc import Iterable, Iterator
from html import escape

import msgspec

from tawazun.app.reports import Numbered, Report, chain_of
from tawazun.model.dossier import Span
from tawazun.present.labels import Labels
from tawazun.present.texts import stacked, stand_in

Role = str
"""Says what a piece is to an event: `t` trigger, `s` who, `g` to whom or another part, `w` when, `p` where, `h` holder, `c` cue, `n` count."""


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
    for start, end in zip(points, points[1:], strict=False):
        current = [s for s in current if s.end > start] + starting.get(start, [])
        yield Piece(start, end, tuple(sorted(current, key=lambda s: (s.role != "t", s.number, s.role))))


def article_html(report: Report, labels: Labels) -> str:
    """Returns the paragraphs of the article; a trigger is a link to its event, so that the page works from the keyboard and without script."""
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
        f'<p dir="{_direction(text[start:end])}">{"".join(parts)}</p>'
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
    data = (f' data-e="{events}"' if events else "") + (f' data-a="{actors}"' if actors else "")
    triggers = [s for s in piece.belongs if s.role == "t"]
    if not triggers:
        return f'<span class="{"part" if events else "actor"}"{data}>{shown}</span>'
    return _trigger_html(triggers, shown, data, report, labels, seen)


def _trigger_html(triggers: list[Stretch], shown: str, data: str, report: Report, labels: Labels, seen: set[int]) -> str:
    """Makes a trigger's first piece a link that the keyboard reaches, its further pieces ones that only the pointer does."""
    first = triggers[0].number
    event = report.events[first - 1].event
    fresh = [s.number for s in triggers if s.number not in seen]
    seen.update(fresh)
    anchors = "".join(f'<span class="anchor" id="t{number}"></span>' for number in fresh[1:])
    quad = labels.quad(event.type)
    title = "; ".join(
        f"{number}. {labels.of('types', one.type)} · {labels.of('statuses', one.status)}"
        for number, one in ((s.number, report.events[s.number - 1].event) for s in triggers)
    )
    reach = f' id="t{fresh[0]}"' if fresh else ' tabindex="-1"'
    several = f'<sup class="several" aria-hidden="true">{len(triggers)}</sup>' if len(triggers) > 1 and fresh else ""
    return (
        f'{anchors}<a class="trigger {quad} {event.status}" href="#e{(fresh or [first])[0]}"{reach}{data} title="{escape(title)}">{shown}{several}</a>'
    )


def shown_html(text: str, labels: Labels, surplus: list[bool] | None = None) -> str:
    """Returns text for a place in the page: escaped, control characters as visible symbols that say what they are, surplus stacked marks left out."""
    parts: list[str] = []
    for index, char in enumerate(text):
        if surplus is not None and surplus[index]:
            continue
        stand = stand_in(char)
        if stand is None or stand == " ":
            parts.append(escape(stand or char))
        else:
            parts.append(f'<span class="control" dir="ltr" title="{escape(labels.say("control"))} U+{ord(char):04X}">{escape(stand)}</span>')
    return "".join(parts)


def words_html(text: str, labels: Labels) -> str:
    """Returns words of the article for a list: isolated, in their own direction, on one line."""
    flat = " ".join(text.split())
    return f'<bdi dir="auto">{shown_html(flat, labels, stacked(flat))}</bdi>'


def span_words(report: Report, span: Span, labels: Labels) -> str:
    """Returns the words of a span for a list."""
    return words_html(report.dossier.document.text[span.start : span.end], labels)
