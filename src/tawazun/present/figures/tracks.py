"""Draws the board of tracks: a row for each, a column for each rung, with when it was reached, and the flags beside them."""

from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from tawazun.model.tracks import RUNGS, Board, Step, Track
from tawazun.present.figures.canvases import COOL, GREY, INK, PALE, WARM, new_figure
from tawazun.present.labels import Labels

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_NAME = 26
_HEAD = 11
_HOLLOW = "\u25cb "
_LEFT_TO_RIGHT = "\u200e"
"""Keeps the parts of a date in order after an Arabic word."""


def draw_board(board: Board, names: Mapping[str, str], labels: Labels, limit: int = 20) -> "Figure":
    """Draws the tracks of which something is said, last activity first; in Arabic the ladder runs from right to left."""
    some = [track for track in board.tracks if track.rungs or track.flags]
    shown = some[:limit]
    figure = new_figure(13, 0.62 * len(shown) + 2.0)
    axes = figure.subplots()
    axes.set_title(labels.of("analyses", "tracks"), fontsize=13)
    for at, rung in enumerate((*RUNGS, "flags")):
        head = labels.say("flags") if rung == "flags" else labels.of("steps", rung)
        axes.text(at, -0.75, "\n".join(wrap(head, _HEAD)), ha="center", va="center", fontweight="bold", fontsize=9.5)
    for row, track in enumerate(shown):
        _row(axes, row, track, labels)
    axes.set_yticks(range(len(shown)), ["\n".join(wrap(names[track.id], _NAME)) for track in shown], fontsize=10)
    for tick, track in zip(axes.yaxis.get_major_ticks(), shown, strict=True):
        for label in (tick.label1, tick.label2):
            label.set_color(GREY if track.support == "thin" else INK)
    axes.set_ylim(len(shown) - 0.4, -1.25)
    ends = (-0.55, len(RUNGS) + 0.75)
    axes.set_xlim(*(ends if labels.language == "en" else ends[::-1]))
    axes.set_xticks([])
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    if labels.language == "ar":
        axes.yaxis.tick_right()
    more = f" {labels.say('more', n=len(some) - limit)}" if len(some) > limit else ""
    figure.supxlabel(f"{labels.say('caution')}\n{labels.say('legend')}{more}", fontsize=9, color=GREY)
    return figure


def _row(axes: Any, row: int, track: Track, labels: Labels) -> None:
    axes.axhline(row, color=PALE, linewidth=1, zorder=0)
    colour = GREY if track.support == "thin" else COOL
    for at, rung in enumerate(RUNGS):
        steps = [step for step in track.rungs if step.step == rung]
        if steps:
            hollow = all(step.opinion for step in steps)
            axes.plot([at], [row], "o", color=colour, markerfacecolor="white" if hollow else colour, markersize=9)
            axes.text(at, row + 0.33, _days(steps, labels), ha="center", va="center", fontsize=8, color=INK)
    for place, step in enumerate(_last_flags(track.flags)):
        axes.text(
            len(RUNGS),
            row - 0.17 + 0.34 * place,
            f"{_HOLLOW if step.opinion else ''}{labels.of('steps', step.step)} {_LEFT_TO_RIGHT}{_days([step], labels)}",
            ha="center",
            va="center",
            fontsize=8.5,
            color=GREY if track.support == "thin" else WARM,
        )


def _last_flags(flags: Sequence[Step], most: int = 2) -> list[Step]:
    """Returns the last flags of a track, one of each kind."""
    return list({step.step: step for step in flags}.values())[-most:]


def _days(steps: Sequence[Step], labels: Labels) -> str:
    """Returns when the last of some steps was, and how many more there are."""
    step = steps[-1]
    if step.last is None or step.first is None:
        return labels.say("undated") + (f" (+{len(steps) - 1})" if len(steps) > 1 else "")
    day = step.last if step.first == step.last else step.last[:7]
    more = f" (+{len(steps) - 1})" if len(steps) > 1 else ""
    return f"{'' if step.dated else '~'}{day}{more}"
