"""Turns laid-out lines into output: coloured on a terminal, plain where it is piped or redirected."""

import re
import sys
from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from tawazun.present.cli.outputs import standard_output
from tawazun.present.cli.terminals import Bidi, Layout, Row, choose_bidi, choose_width, laid_out
from tawazun.present.labels import Labels

_STYLES = {"header": "bold", "title": "bold underline", "event": "bold cyan", "note": "italic", "faint": "dim", "sentence": "default"}
_BRACKETS = re.compile(r"[\[\u2039\u27e6{][^\[\]\u2039\u203a\u27e6\u27e7{}]*[\]\u203a\u27e7}]")


def open_console() -> Console:
    """Makes the console for standard output; characters that its encoding lacks are written as escapes rather than failing."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
    return Console(highlight=False, soft_wrap=True, emoji=False, markup=False)


def show(rows: Iterable[Row], labels: Labels, width: int | None, bidi: Bidi, environment: dict[str, str]) -> None:
    """Writes rows to standard output."""
    console = open_console()
    layout = Layout(choose_width(width, console.is_terminal), choose_bidi(bidi, console.is_terminal, environment), labels.language == "ar")
    with standard_output():
        for kind, line in laid_out(iter(rows), layout):
            console.print(_styled(kind, line) if console.is_terminal else Text(line))


def _styled(kind: str, line: str) -> Text:
    text = Text(line, style=_STYLES.get(kind, ""))
    if kind == "sentence":
        for match in _BRACKETS.finditer(line):
            text.stylize("bold yellow", match.start(), match.end())
    return text
