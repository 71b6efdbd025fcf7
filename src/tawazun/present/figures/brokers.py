"""Draws possible go-betweens: a pair of bars for each, one towards either side."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tawazun.model.brokers import GoBetweens
from tawazun.present.figures.canvases import COOL, GREY, INK, new_figure
from tawazun.present.labels import Labels

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def draw_go_betweens(found: GoBetweens, names: Mapping[str, str], labels: Labels) -> "Figure":
    """Draws the contacts of each with either side; thin ones are grey, and the shorter bar is what counts."""
    rows = found.go_betweens[::-1]
    figure = new_figure(9, 0.45 * len(rows) + 1.8)
    axes = figure.subplots()
    axes.set_title(f"{labels.of('analyses', 'go-betweens')}: {names[found.one]} – {names[found.other]}", fontsize=13)
    first = -1 if labels.language == "en" else 1
    for at, item in enumerate(rows):
        colour = GREY if item.support == "thin" else COOL
        for count, direction in ((item.with_one, first), (item.with_other, -first)):
            axes.barh([at], [direction * count], color=colour, alpha=1 if count == item.reach else 0.45, height=0.62)
            axes.annotate(
                str(count),
                (direction * count, at),
                (4 * direction, 0),
                textcoords="offset points",
                ha="left" if direction > 0 else "right",
                va="center",
            )
    axes.set_yticks(range(len(rows)), [names[item.unit] for item in rows])
    axes.axvline(0, color=INK, linewidth=1)
    sides = (names[found.one], names[found.other]) if first < 0 else (names[found.other], names[found.one])
    axes.set_xticks([])
    for x, align, name in ((0.0, "left", sides[0]), (1.0, "right", sides[1])):
        axes.text(x, -0.04, name, transform=axes.transAxes, ha=align, va="top", fontweight="bold")
    axes.spines[["bottom", "left"]].set_visible(False)
    axes.margins(x=0.12)
    if labels.language == "ar":
        axes.yaxis.tick_right()
    figure.supxlabel(labels.say("caution"), fontsize=9, color=GREY)
    return figure
