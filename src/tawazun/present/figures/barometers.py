"""Draws the relationship of two units: attention above, tone with its band below, never on one axis."""

from datetime import date
from typing import TYPE_CHECKING, Any

from tawazun.model.barometers import Reading, Relationship
from tawazun.present.figures.canvases import COOL, GREY, INK, PALE, WARM, new_figure
from tawazun.present.labels import Labels

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def draw_relationship(relationship: Relationship, names: tuple[str, str], labels: Labels) -> "Figure":
    """Draws both lines over the same windows; thin windows are grey, with their count, and breaks are upright lines."""
    figure = new_figure(9, 5.2)
    above, below = figure.subplots(2, 1, sharex=True)
    readings = relationship.readings
    days = [date.fromisoformat(reading.first) for reading in readings]
    above.set_title(f"{labels.of('analyses', 'barometer')}: {names[0]} – {names[1]}", fontsize=13)
    _attention(above, days, readings, labels)
    _tone(below, days, readings, labels)
    for change in relationship.breaks:
        at = date.fromisoformat(change.first)
        (below if change.kind == "tone" else above).axvline(at, color=INK, linewidth=1, linestyle=(0, (4, 3)))
    return figure


def _attention(axes: Any, days: list[date], readings: tuple[Reading, ...], labels: Labels) -> None:
    axes.plot(days, [reading.attention for reading in readings], color=INK, linewidth=1.4)
    axes.set_ylabel(labels.say("attention"))
    axes.set_ylim(bottom=0)
    for day, reading in zip(days, readings, strict=True):
        if reading.support == "thin":
            axes.annotate(str(reading.happenings), (day, reading.attention), (0, 5), textcoords="offset points", ha="center", color=GREY)
            axes.plot([day], [reading.attention], "o", color=GREY, markersize=4)


def _tone(axes: Any, days: list[date], readings: tuple[Reading, ...], labels: Labels) -> None:
    axes.axhline(0, color=GREY, linewidth=0.8)
    shown = [(day, reading) for day, reading in zip(days, readings, strict=True) if reading.support != "none"]
    for day, reading in shown:
        colour = GREY if reading.support == "thin" else COOL if reading.tone > 0 else WARM
        axes.plot([day, day], [reading.low, reading.high], color=PALE if reading.support == "thin" else colour, linewidth=3, alpha=0.6)
        axes.plot([day], [reading.tone], "o", color=colour, markersize=5)
    axes.set_ylim(-1.05, 1.05)
    axes.set_ylabel(labels.say("tone"))
