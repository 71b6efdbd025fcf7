"""Turns a drawing into an SVG or PNG file, with Arabic shaped and set from right to left.

Matplotlib 3.11 shapes and orders Arabic itself. The same drawing gives the same bytes: no dates, no random ids.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tawazun.base.errors import InputError, SetupError
from tawazun.present.labels import Labels

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Drawing = Callable[[Labels], "Figure"]
"""Draws on a figure that `new_figure` makes, with labels of the language that is wanted."""
INK, GREY, PALE = "#1f2933", "#9aa5b1", "#e4e7eb"
WARM, COOL = "#c2410c", "#1d6fb8"
"""Are the colours of conflict and of cooperation; they differ for every kind of colour-blindness, and in grey."""
_SETTINGS: dict[Any, Any] = {
    "font.family": ["DejaVu Sans"],
    "font.size": 11,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "svg.hashsalt": "tawazun",
}
_KINDS: dict[str, dict[str, Any]] = {".svg": {"Date": None}, ".png": {"Software": None}}


def new_figure(width: float, height: float) -> "Figure":
    """Makes an empty figure, its size in inches; importing Matplotlib takes half a second, hence here."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained")


def check_kind(path: Path) -> None:
    """Raises `InputError` where a file is of a kind that isn't drawn."""
    if path.suffix not in _KINDS:
        raise InputError(f"{path}: figures are .svg or .png; name such a file")


def save(drawing: Drawing, path: Path, labels: Labels) -> None:
    """Draws into a file; raises `InputError` for another kind of file, `SetupError` where it can't be written or the library lacks."""
    check_kind(path)
    try:
        from matplotlib import rc_context
    except ImportError:
        raise SetupError("figures need Matplotlib; install it with `pip install 'tawazun[analyse]'`") from None
    settings = _SETTINGS | {"axes.titlelocation": "right" if labels.language == "ar" else "left"}
    with rc_context(settings):
        figure = drawing(labels)
        try:
            figure.savefig(path, dpi=160, metadata=_KINDS[path.suffix])
        except OSError as error:
            raise SetupError(f"{path}: can't be written ({error.strerror}); name another file") from None
