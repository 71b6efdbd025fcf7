"""Draws an evidence sheet: statements for and against each element, and below them reports of fighting by month with their band."""

from typing import TYPE_CHECKING, Any

from tawazun.model.sheets import Sheet
from tawazun.model.wordings import ELEMENTS
from tawazun.present.figures.canvases import COOL, GREY, PALE, WARM, new_figure
from tawazun.present.labels import Labels

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def draw_sheet(sheet: Sheet, name: str, labels: Labels) -> "Figure":
    """Draws counts side by side, never added up; opinions are hollow, and all is grey where there is little."""
    figure = new_figure(9, 6.4 if sheet.fighting else 4)
    if sheet.fighting:
        above, below = figure.subplots(2, 1, height_ratios=(3, 2))
        _fighting(below, sheet, labels)
    else:
        above = figure.subplots()
    thin = "" if sheet.support == "enough" else f" ({labels.of('support', sheet.support)})"
    above.set_title(f"{labels.of('analyses', 'ripeness')} · {name}{thin}", fontsize=13)
    _counts(above, sheet, labels)
    return figure


def _counts(axes: Any, sheet: Sheet, labels: Labels) -> None:
    sides = {"for": 1, "against": -1} if labels.language == "en" else {"for": -1, "against": 1}
    colours = {"for": COOL, "against": WARM} if sheet.support == "enough" else dict.fromkeys(("for", "against"), GREY)
    for at, element in enumerate(reversed(ELEMENTS)):
        for direction, sign in sides.items():
            told = [one for one in sheet.statements if (one.element, one.direction) == (element, direction)]
            for place, one in enumerate(sorted(told, key=lambda one: one.voice.opinion)):
                face = "white" if one.voice.opinion else colours[direction]
                axes.plot([sign * (place + 1)], [at], "o", color=colours[direction], markerfacecolor=face, markersize=8)
            axes.annotate(str(len(told)), (sign * (len(told) + 1), at), ha="center", va="center", fontsize=9, color=GREY)
    widest = max(len([one for one in sheet.statements if one.element == element]) for element in ELEMENTS) + 2
    axes.axvline(0, color=GREY, linewidth=0.8)
    axes.set_xlim(-widest, widest)
    axes.set_ylim(-0.6, len(ELEMENTS) - 0.4)
    axes.set_xticks([sides["against"] * widest / 2, sides["for"] * widest / 2])
    axes.set_xticklabels([labels.of("directions", "against"), labels.of("directions", "for")])
    axes.set_yticks(range(len(ELEMENTS)), [labels.of("elements", element) for element in reversed(ELEMENTS)])
    axes.tick_params(length=0)
    if labels.language == "ar":
        axes.yaxis.tick_right()


def _fighting(axes: Any, sheet: Sheet, labels: Labels) -> None:
    places = range(len(sheet.fighting))
    axes.fill_between(places, [month.low for month in sheet.fighting], [month.high for month in sheet.fighting], color=PALE)
    axes.plot(places, [month.happenings for month in sheet.fighting], color=GREY if sheet.trend is None else WARM, marker="o", markersize=3)
    step = max(1, len(sheet.fighting) // 8)
    axes.set_xticks(list(places)[::step], [month.month for month in sheet.fighting][::step])
    axes.set_ylim(bottom=0)
    axes.set_title(labels.say("reports"), fontsize=10)
