"""Turns the entries of an agenda into a calendar file."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tawazun.base.errors import SetupError
from tawazun.model.agendas import Entry

_STATUS = {"cancelled": "CANCELLED", "moved": "CANCELLED", "superseded": "CANCELLED"}
_DOMAIN = "tawazun"


def calendar(entries: Iterable[Entry], as_of: str, summary: Callable[[Entry], str], description: Callable[[Entry], str]) -> bytes:
    """Returns the entries that have a window as a calendar (RFC 5545), each an event of whole days.

    The id of an entry is that of its event, so that a calendar read again takes the place of the old one; its sequence counts its moves and
    the origins that tell it. The stamp is the day of the analysis: the same agenda gives the same bytes. Importing the library takes a
    fifth of a second, hence here. Raises `SetupError` where it lacks.
    """
    try:
        from icalendar import Calendar, Event
    except ImportError:
        raise SetupError("calendars need icalendar; install it with `pip install 'tawazun[analyse]'`") from None
    made = Calendar()
    made.add("prodid", "-//Tawazun//agenda//AR")
    made.add("version", "2.0")
    stamp = datetime.combine(date.fromisoformat(as_of), datetime.min.time(), UTC)
    for entry in entries:
        if entry.due is None:
            continue
        event = Event()
        event.add("uid", f"{entry.id}@{_DOMAIN}")
        event.add("dtstamp", stamp)
        event.add("dtstart", date.fromisoformat(entry.due.first))
        if entry.due.last is not None:
            event.add("dtend", date.fromisoformat(entry.due.last) + timedelta(days=1))
        event.add("summary", summary(entry))
        event.add("description", description(entry))
        if entry.place is not None:
            event.add("location", entry.place)
        event.add("status", _STATUS.get(entry.state, "CONFIRMED" if entry.support == "enough" else "TENTATIVE"))
        event.add("sequence", len(entry.moved_from) + entry.origins - 1)
        event.add("categories", [entry.kind, entry.state])
        event.add("transp", "TRANSPARENT")
        made.add_component(event)
    return bytes(made.to_ical())


def write_calendar(path: Path, content: bytes) -> None:
    """Writes a calendar file; raises `SetupError` where it can't be written."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise SetupError(f"{path}: can't be written ({error.strerror}); name another file") from None
