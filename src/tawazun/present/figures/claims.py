"""Draws a matrix of propositions and origins: a cell for each that speaks, coloured by what it says, with its number."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tawazun.model.claims import Polarity, Position, Proposition
from tawazun.model.evidence import Who
from tawazun.present.analyses.names import name_of
from tawazun.present.analyses.positions import about, days_of
from tawazun.present.figures.canvases import COOL, GREY, INK, PALE, WARM, new_figure
from tawazun.present.labels import Labels

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_COLOURS: dict[Polarity, str] = {"affirmed": COOL, "expected": "#8fbce6", "denied": WARM}
_MOST_ROWS, _MOST_COLUMNS = 14, 16
_LETTERS = 46


def draw_claims(found: Sequence[Proposition], actors: Mapping[str, Who], labels: Labels) -> "Figure":
    """Draws the first propositions on which two origins or more speak, and those that speak of them; columns run as the language does."""
    rows, columns = _chosen(found)
    figure = new_figure(4.6 + 0.62 * len(columns), 2.7 + 0.78 * len(rows))
    axes = figure.subplots()
    axes.set_title(labels.of("analyses", "claims"), fontsize=13)
    for down, proposition in enumerate(rows):
        for across, speaker in enumerate(columns):
            _cell(axes, across, down, [one for one in proposition.positions if one.speaker == speaker])
    axes.set_xlim(-0.5, len(columns) - 0.5)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    headings = [_short(_named(speaker, rows, actors, labels), 26) for speaker in columns]
    axes.set_xticks(range(len(columns)), headings, rotation=55, ha="left", rotation_mode="anchor")
    axes.xaxis.tick_top()
    axes.set_yticks(range(len(rows)), [_titled(proposition, labels) for proposition in rows], fontsize=9)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    if labels.language == "ar":
        axes.invert_xaxis()
        axes.yaxis.tick_right()
        for tick in axes.get_xticklabels():
            tick.set(rotation=-55, ha="right")
    for polarity, colour in _COLOURS.items():
        axes.scatter([], [], marker="s", s=90, color=colour, label=labels.of("polarities", polarity))
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.01), ncols=3, frameon=False)
    figure.supxlabel(labels.say("caution"), fontsize=9, color=GREY)
    return figure


def _chosen(found: Sequence[Proposition]) -> tuple[list[Proposition], list[str]]:
    """Returns the propositions that there is room for, and their origins by how often they speak."""
    rows: list[Proposition] = []
    columns: dict[str, int] = {}
    for proposition in found:
        speakers = dict.fromkeys(position.speaker for position in proposition.positions)
        if len(rows) == _MOST_ROWS or len({*columns, *speakers}) > _MOST_COLUMNS:
            continue
        rows.append(proposition)
        for speaker in speakers:
            columns[speaker] = columns.get(speaker, 0) + 1
    return rows, sorted(columns, key=lambda speaker: -columns[speaker])


def _cell(axes: Any, across: int, down: int, positions: Sequence[Position]) -> None:
    from matplotlib.patches import Rectangle

    frame = (across - 0.46, down - 0.42)
    axes.add_patch(Rectangle(frame, 0.92, 0.84, facecolor=PALE if not positions else "none", alpha=0.4, linewidth=0))
    for at, position in enumerate(positions):
        width = 0.92 / len(positions)
        corner = (frame[0] + at * width, frame[1])
        axes.add_patch(Rectangle(corner, width, 0.84, facecolor=_COLOURS[position.polarity], linewidth=0))
        if position.count is not None:
            ink = INK if position.polarity == "expected" else "white"
            at_least = {"exact": "", "least": "\u2265", "about": "~"}[position.bound]
            text = f"{at_least}{position.count:,}"
            axes.text(corner[0] + width / 2, down, text, ha="center", va="center", color=ink, fontsize=9)


def _named(speaker: str, rows: Sequence[Proposition], actors: Mapping[str, Who], labels: Labels) -> str:
    """Returns what a column is called: the name of an actor or code, else what the articles call it."""
    if speaker in actors or (speaker[:3] in actors and speaker[3:4] in ("", ".")) or speaker.startswith("IGO."):
        return name_of(speaker, actors, labels)
    positions = (position for proposition in rows for position in proposition.positions if position.speaker == speaker)
    return next((position.name for position in positions if position.name), labels.say("reported"))


def _titled(proposition: Proposition, labels: Labels) -> str:
    """Returns the label, what it is about in two lines, and the days on a line of their own: beside Arabic they would be turned round."""
    words = textwrap.wrap(about(proposition, labels), _LETTERS, max_lines=2, placeholder=" \u2026")
    return "\n".join(part for part in (labels.of("labels_of_claims", proposition.label), *words, days_of(proposition)) if part)


def _short(text: str, letters: int) -> str:
    return textwrap.shorten(text, letters, placeholder="\u2026")
