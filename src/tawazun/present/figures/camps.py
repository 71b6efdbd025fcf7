"""Draws two sides as two arcs: ties within and across them, and those that don't fit as broken lines."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tawazun.model.camps import Camps
from tawazun.present.figures.canvases import COOL, GREY, INK, WARM, new_figure
from tawazun.present.labels import Labels

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_STEADY = 0.8


def draw_camps(found: Camps, names: Mapping[str, str], labels: Labels) -> "Figure":
    """Draws the map; a unit that changes sides in more than a fifth of the redraws is grey. The first side is where reading begins."""
    sides = [[member.unit for member in found.members if member.side == side] for side in (0, 1)]
    figure = new_figure(10, max(4.5, 0.42 * max(map(len, sides)) + 1.6))
    axes = figure.subplots()
    axes.axis("off")
    axes.set_title(labels.of("analyses", "camps"), fontsize=13)
    left = 0 if labels.language == "en" else 1
    places = {**_arc(sides[left], -1), **_arc(sides[1 - left], 1)}
    for tie in sorted(found.ties, key=lambda tie: tie.misfit):
        (x, y), (u, v) = places[tie.one], places[tie.other]
        width = 2.4 if tie.misfit else 1.0
        style = (0, (4, 2)) if tie.misfit else "solid"
        axes.plot([x, u], [y, v], color=COOL if tie.sign > 0 else WARM, linewidth=width, linestyle=style, alpha=1 if tie.misfit else 0.45)
    for member in found.members:
        x, y = places[member.unit]
        colour = INK if member.steadiness >= _STEADY else GREY
        axes.plot([x], [y], "o", color=colour, markersize=7)
        text = f"{names[member.unit]} ({member.steadiness:.0%})"
        axes.annotate(text, (x, y), (-9 if x < 0 else 9, 0), textcoords="offset points", ha="right" if x < 0 else "left", va="center")
    for colour, key in ((COOL, "positive_tie"), (WARM, "negative_tie")):
        axes.plot([], [], color=colour, label=labels.say(key))
    axes.plot([], [], color=INK, linestyle=(0, (4, 2)), label=labels.say("misfit"))
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, -0.06), ncols=3, frameon=False)
    axes.set_xlim(-2.4, 2.4)
    figure.supxlabel(labels.say("caution"), fontsize=9, color=GREY)
    return figure


def _arc(units: Sequence[str], direction: int) -> dict[str, tuple[float, float]]:
    """Places units from above to below at equal heights, on a line that bulges outwards."""
    heights = [1 - 2 * (at + 0.5) / len(units) for at in range(len(units))]
    return {unit: (direction * (1.05 - 0.45 * height**2), height) for unit, height in zip(units, heights, strict=True)}
