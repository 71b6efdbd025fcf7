"""Turns logical lines with Arabic in them into lines that a given terminal shows right, with or without bidi support of its own.

A line holds each stretch of Arabic between U+2068 and U+2069 (first strong isolate … pop). A terminal that reorders gets them so; for
one that doesn't, the line is shaped and reordered here.
"""

import os
import re
import sys
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Literal

import msgspec
from rich.cells import cell_len

from tawazun.present.labels import Labels
from tawazun.present.texts import visible

Bidi = Literal["auto", "isolate", "reorder", "plain"]
FSI, PDI = "\u2068", "\u2069"
_LEFT, _RIGHT = "\u200e", "\u200f"
_MARKS = re.compile(f"[{FSI}{PDI}{_LEFT}{_RIGHT}]")
_PAIRS = "()[]{}<>\u00ab\u00bb\u2039\u203a\u27e6\u27e7\u27e8\u27e9"
_MIRRORED = {ord(char): _PAIRS[index ^ 1] for index, char in enumerate(_PAIRS)}
# A mark after each bracket comes out before it where the run was turned round: the library reorders but doesn't mirror.
_WITNESS = "\U000e01ef"
_TURNED = re.compile(f"{_WITNESS}(.)")
_REORDERING = {"Apple_Terminal", "mintty", "mlterm"}


class Row(msgspec.Struct, frozen=True):
    """Is one row before it is wrapped: a label in the left column, and what stands beside it."""

    kind: str
    label: str
    body: str


class Layout(msgspec.Struct, frozen=True):
    """Says how lines are laid out: columns, what becomes of Arabic, and whether lines run from right to left."""

    width: int
    bidi: Literal["isolate", "reorder", "plain"]
    rtl: bool


def choose_bidi(asked: Bidi, is_terminal: bool, environment: Mapping[str, str]) -> Literal["isolate", "reorder", "plain"]:
    """Decides for `auto`: isolates for what isn't a terminal and for terminals known to reorder, else reordered.

    Known are VTE from 0.58, Konsole, Apple Terminal, mintty and mlterm. Inside screen and tmux the terminal can't be told, so lines are
    reordered; `TAWAZUN_BIDI` or `--bidi` says otherwise.
    """
    if asked != "auto":
        return asked
    if not is_terminal:
        return "isolate"
    if environment.get("TMUX") or environment.get("STY"):
        return "reorder"
    vte = environment.get("VTE_VERSION", "")
    known = (vte.isdigit() and int(vte) >= 5800) or "KONSOLE_VERSION" in environment
    return "isolate" if known or environment.get("TERM_PROGRAM") in _REORDERING or "MLTERM" in environment else "reorder"


def choose_width(asked: int | None, is_terminal: bool) -> int:
    """Returns the columns to use: those asked for, else those of the terminal up to 120, else 100."""
    if asked is not None:
        return asked
    if not is_terminal:
        return 100
    try:
        return max(40, min(120, os.get_terminal_size(sys.stdout.fileno()).columns))
    except (OSError, ValueError):
        return 80


def isolated(text: str) -> str:
    """Returns text of the article for a place inside a line: one line, controls visible, isolated where it isn't plain ASCII."""
    shown = visible(text)
    return shown if shown.isascii() else f"{FSI}{shown}{PDI}"


def apart(text: str, labels: Labels) -> str:
    """Returns a code, date or number, isolated in lines that run from right to left, where it would be turned round."""
    return f"{FSI}{visible(text)}{PDI}" if labels.language == "ar" else isolated(text)


def wrapped(text: str, width: int) -> Iterator[str]:
    """Yields lines of at most `width` columns, broken at spaces; an isolate that goes on in the next line is closed and opened again."""
    inside = False
    line: list[str] = []
    used = 0
    for word in _pieces(text, width):
        columns = cell_len(_MARKS.sub("", word))
        if line and used + 1 + columns > width:
            yield " ".join(line) + (PDI if inside else "")
            line, used = ([FSI + word] if inside else [word]), columns
        else:
            line, used = [*line, word], used + (1 if line else 0) + columns
        inside = inside + word.count(FSI) - word.count(PDI) > 0
    if line:
        yield " ".join(line)


def _pieces(text: str, width: int) -> Iterator[str]:
    """Yields the words of a text, those wider than a line in pieces."""
    for word in text.split(" "):
        while cell_len(_MARKS.sub("", word)) > width:
            cut = max(1, width)
            while cut > 1 and cell_len(_MARKS.sub("", word[:cut])) > width:
                cut -= 1
            yield word[:cut]
            word = word[cut:]
        yield word


def finish(line: str, layout: Layout) -> str:
    """Makes a logical line ready for the terminal."""
    if not line.strip():
        return ""
    if layout.bidi == "isolate":
        return _RIGHT + line if layout.rtl else line
    if layout.bidi == "plain":
        return _MARKS.sub("", line)
    shown = _MARKS.sub("", _reorder(line.rstrip(), layout.rtl))
    return shown.rjust(layout.width - cell_len(shown) + len(shown)) if layout.rtl else shown


@lru_cache(maxsize=1)
def _reshaper() -> Any:
    """Makes the shaper of Arabic letters, which takes a while."""
    from arabic_reshaper import ArabicReshaper

    return ArabicReshaper({"delete_harakat": False, "support_zwj": True})


def _reorder(line: str, rtl: bool) -> str:
    """Shapes the letters and puts them in the order in which they are seen from left to right."""
    if line.isascii() and not rtl:
        return line
    from bidi import get_display

    shaped = _reshaper().reshape(line.replace(_WITNESS, ""))
    seen = get_display("".join(char + _WITNESS if ord(char) in _MIRRORED else char for char in shaped), base_dir="R" if rtl else "L")
    return _TURNED.sub(lambda match: match[1].translate(_MIRRORED), seen).replace(_WITNESS, "")


def laid_out(rows: Iterator[Row], layout: Layout) -> Iterator[tuple[str, str]]:
    """Yields each row's lines with its kind, wrapped, with the label in a column of its own, ready for the terminal."""
    for row in rows:
        indent, label = _label(row, 14 if layout.width >= 70 else 10)
        if cell_len(label) >= indent:
            yield row.kind, finish(label, layout)
            label = ""
        label += " " * (indent - cell_len(label))
        for number, line in enumerate(wrapped(row.body, max(10, layout.width - indent))):
            yield row.kind, finish((label if number == 0 else " " * indent) + line, layout)


def _label(row: Row, column: int) -> tuple[int, str]:
    """Returns how far a row's body is indented, and what stands before it."""
    if row.kind == "tree":
        return len(row.label) + 1, row.label
    if row.kind == "event":
        return 4, row.label.rjust(3)
    if row.kind in ("title", "header", "note", "blank"):
        return 0, ""
    return column, f"    {row.label}"
