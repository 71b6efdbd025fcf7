"""Draws due windows as bars around the day of an agenda, one a line, the earliest above; thin ones are grey."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from tawazun.model.agendas import Agenda, Entry, State
from tawazun.model.evidence import Who
from tawazun.present.analyses.entries import head_of, parties_of
from tawazun.present.figures.canvases import COOL, GREY, INK, PALE, WARM, new_figure
from tawazun.present.labels import Labels
from tawazun.present.texts import visible

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST = 40
"""Is how many entries at most a figure shows: those that begin or end nearest to the day."""
_MARGIN, _REACH = 3, 45
"""Are how many days are left free on both sides, and how far from the day a bar may reach before it is cut."""
_COLOURS: Mapping[State, str] = {"overdue": WARM, "breached": WARM, "due": INK, "not_due": COOL}
_MARKS: Mapping[State, str] = {"fulfilled": "o", "partly": "D", "cancelled": "x", "breached": "X", "moved": ">", "superseded": ">"}
_LONGEST = 58
"""Is how many letters of a label are shown."""


def draw_agenda(found: Agenda, as_of: date, actors: Mapping[str, Who], labels: Labels) -> "Figure":
    """Draws the entries that have a window, nearest to the day, up to `MOST`; in Arabic time runs from right to left."""
    dated = [entry for entry in found.entries if entry.due is not None]
    near = [entry for entry in dated if _away(entry, as_of) <= _REACH] or dated
    nearest = sorted(near, key=lambda entry: (_edge(entry, as_of), _length(entry, as_of), entry.id))[:MOST]
    entries = sorted(nearest, key=lambda entry: (_ends(entry, as_of), entry.id))
    figure = new_figure(11, 1.6 + 0.3 * len(entries))
    axes: Any = figure.subplots()
    reach = timedelta(max(_REACH, *(_away(entry, as_of) for entry in entries)))
    first = min(max(_ends(entry, as_of)[0], as_of - reach) for entry in entries)
    last = max(min(_ends(entry, as_of)[1], as_of + reach) for entry in entries)
    edges = min(first, as_of) - timedelta(_MARGIN), max(last, as_of) + timedelta(_MARGIN)
    axes.set_xlim(edges if labels.language == "en" else edges[::-1])
    axes.axvline(datetime.combine(as_of, time(12)), color=INK, linewidth=1, linestyle=(0, (4, 3)), zorder=0)
    for at, entry in enumerate(entries):
        _bar(axes, at, entry, as_of, edges)
    axes.set_ylim(len(entries) - 0.4, -0.6)
    axes.set_yticks(range(len(entries)), [_label(entry, actors, labels) for entry in entries], fontsize=9)
    _dress(axes, entries, len(dated), as_of, labels)
    return figure


def _away(entry: Entry, as_of: date) -> int:
    first, last = _ends(entry, as_of)
    return max((first - as_of).days, (as_of - last).days, 0)


def _edge(entry: Entry, as_of: date) -> int:
    """Returns how far the nearer end of a window lies from the day: what just ended and what soon begins come first."""
    return min(abs((end - as_of).days) for end in _ends(entry, as_of))


def _length(entry: Entry, as_of: date) -> int:
    first, last = _ends(entry, as_of)
    return (last - first).days


def _ends(entry: Entry, as_of: date) -> tuple[date, date]:
    """Returns the days that a bar covers; one without an end reaches to the day of the agenda, or a day."""
    assert entry.due is not None
    first = date.fromisoformat(entry.due.first)
    return first, date.fromisoformat(entry.due.last) if entry.due.last else max(first, as_of)


def _bar(axes: Any, at: int, entry: Entry, as_of: date, edges: tuple[date, date]) -> None:
    """Draws one window, one day wide at least, with a mark for what became of it."""
    first, last = _ends(entry, as_of)
    colour = GREY if entry.support == "thin" else _COLOURS.get(entry.state, COOL)
    low, high = max(first, edges[0]), min(last + timedelta(1), edges[1])
    full = entry.state in ("overdue", "due", "not_due")
    axes.barh(at, (high - low).days, left=low, height=0.55, color=colour if full else PALE, edgecolor=colour, linewidth=0.9)
    for due in entry.moved_from:
        before = date.fromisoformat(due.first)
        if before > edges[0]:
            axes.barh(at, 1, left=before, height=0.55, facecolor="none", edgecolor=GREY, linestyle=":", linewidth=0.9)
    if entry.state in _MARKS:
        axes.plot([low + (high - low) / 2], [at], _MARKS[entry.state], color=colour, markersize=5)


def _label(entry: Entry, actors: Mapping[str, Who], labels: Labels) -> str:
    said = f"{head_of(entry, labels)}: {visible(entry.words)} · {parties_of(entry, actors, labels, 2)}"
    return said if len(said) <= _LONGEST else said[: _LONGEST - 1] + "…"


def _upright(day: date, labels: Labels) -> str:
    """Returns a day whose parts keep their order amid Arabic."""
    return day.isoformat() if labels.language == "en" else f"\u200e{day.isoformat()}\u200e"


def _dress(axes: Any, entries: list[Entry], dated: int, as_of: date, labels: Labels) -> None:
    """Writes title, day, dates and the key of what is drawn."""
    from matplotlib import dates
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    axes.set_title(f"{labels.of('analyses', 'agenda')} · {labels.say('as_of', day=_upright(as_of, labels))}", fontsize=13)
    ticks: Any = dates  # the stubs leave its classes untyped
    axes.xaxis.set_major_locator(ticks.AutoDateLocator(minticks=4, maxticks=8))
    axes.xaxis.set_major_formatter(ticks.DateFormatter("%Y-%m-%d"))
    axes.tick_params(axis="x", labelsize=9)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=PALE, linewidth=0.7, zorder=0)
    axes.set_axisbelow(True)
    if labels.language == "ar":
        axes.yaxis.tick_right()
        axes.spines["left"].set_visible(False)
        axes.spines["right"].set_visible(True)
    states = list(dict.fromkeys(entry.state for entry in entries if entry.support != "thin" or entry.state in _MARKS))
    key: list[Any] = [_handle(state, labels, Line2D, Patch) for state in states]
    if any(entry.support == "thin" for entry in entries):
        key.append(Patch(facecolor=GREY, label=labels.say("thin_note")))
    note = labels.say("figure_more", n=len(entries), all=dated) if dated > len(entries) else None
    axes.legend(
        handles=key,
        title=note,
        fontsize=8,
        title_fontsize=8,
        frameon=False,
        ncols=3,
        loc="upper center",
        bbox_to_anchor=(0.5, -0.9 / (1 + len(entries))),
    )


def _handle(state: State, labels: Labels, line: Any, patch: Any) -> Any:
    colour, text = _COLOURS.get(state, COOL), labels.of("states", state)
    if state in _MARKS:
        return line([], [], color=colour, marker=_MARKS[state], linestyle="", label=text)
    return patch(facecolor=colour, edgecolor=colour, label=text)
