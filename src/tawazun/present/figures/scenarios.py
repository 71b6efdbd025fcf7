"""Draws cards of conditions: what is set on one side, what is to follow on the other, with what came of each."""

from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from tawazun.model.scenarios import Card, Part
from tawazun.present.figures.canvases import COOL, GREY, INK, PALE, WARM, new_figure
from tawazun.present.labels import Labels

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_MOST = 8
_WIDE, _LINES = 44, 3
_COLOURS = {"met": COOL, "matched": COOL, "announced": WARM, "open": INK, "unwatched": GREY}


def draw_cards(cards: Sequence[Card], labels: Labels) -> "Figure":
    """Draws up to eight cards, the last first; a half that nothing can be watched for is grey."""
    shown = cards[:_MOST]
    figure = new_figure(11, 1.35 * len(shown) + 0.9)
    axes = figure.subplots()
    axes.set_title(labels.of("analyses", "scenarios"), fontsize=13)
    axes.set_axis_off()
    axes.set_xlim(0, 2.12)
    axes.set_ylim(-len(shown), 0.05)
    for at, card in enumerate(shown):
        for part, first in ((card.condition, True), (card.consequence, False)):
            place = 0.0 if first == (labels.language == "en") else 1.12
            _box(axes, place, -at - 0.95, part, labels)
        arrow = ("", (1.11, -at - 0.5), (1.01, -at - 0.5)) if labels.language == "en" else ("", (1.01, -at - 0.5), (1.11, -at - 0.5))
        axes.annotate(*arrow, arrowprops={"arrowstyle": "->", "color": GREY})
        said = " · ".join(
            part for part in (card.published or "", card.voice.name or labels.say("author"), labels.of("certainty", card.certainty)) if part
        )
        axes.text(1.06, -at - 0.07, said, ha="center", va="center", fontsize=8.5, color=GREY)
    return figure


def _box(axes: Any, left: float, low: float, part: Part, labels: Labels) -> None:
    from matplotlib.patches import Rectangle

    colour = _COLOURS[part.outcome]
    axes.add_patch(
        Rectangle((left, low), 1.0, 0.78, facecolor="white", edgecolor=PALE if part.outcome == "unwatched" else colour, linewidth=1.3)
    )
    lines = wrap(part.text, _WIDE)
    shown = [*lines[:_LINES]] if len(lines) <= _LINES else [*lines[: _LINES - 1], lines[_LINES - 1] + " \u2026"]
    axes.text(left + 0.97, low + 0.48, "\n".join(shown), ha="right", va="center", fontsize=9.5)
    axes.text(left + 0.03, low + 0.09, labels.of("outcomes", part.outcome), ha="left", va="center", fontsize=8.5, color=colour)
