"""Turns `tawazun read` into a report on the terminal, a dossier in JSON, or a page."""

import os
import sys
from typing import Annotated

import typer

from tawazun.app.reports import report_of
from tawazun.app.sources import read_source
from tawazun.base.errors import InputError
from tawazun.present.cli.outputs import print_json, write_whole
from tawazun.present.cli.reports import report_rows
from tawazun.present.cli.screens import show
from tawazun.present.cli.terminals import Bidi
from tawazun.present.html.pages import page_of
from tawazun.present.labels import Labels, Language

_BIDI = (
    "How Arabic is written: `isolate` for a terminal that reorders by itself, `reorder` for one that doesn't, `plain` for neither. "
    "`auto`: isolate when piped and in VTE terminals (GNOME), Konsole, Apple Terminal, mintty and mlterm; else reorder."
)


def read_command(
    source: Annotated[
        str, typer.Argument(metavar="FILE|-|URL", help="The article: a text or HTML file, - for standard input, or an address.")
    ],
    date: Annotated[
        str | None, typer.Option(help="Day of publication (2020-08-19, or 2020-08, or 2020); relative times count from it.")
    ] = None,
    outlet: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    title: Annotated[str | None, typer.Option(help="Its headline.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the dossier as one line of JSON.")] = False,
    html: Annotated[str | None, typer.Option(metavar="OUT", help="Write a page that stands by itself; - for standard output.")] = None,
    lang: Annotated[Language, typer.Option(help="Language of the labels.")] = "en",
    width: Annotated[
        int | None, typer.Option(min=40, help="Columns; by default those of the terminal up to 120, or 100 when piped.")
    ] = None,
    bidi: Annotated[Bidi, typer.Option(envvar="TAWAZUN_BIDI", help=_BIDI)] = "auto",
    allow_private: Annotated[bool, typer.Option("--allow-private", help="Also fetch addresses of private networks.")] = False,
) -> None:
    """Read one article and report what it says: who did what to whom, when, where, on whose word."""
    if json and html == "-":
        raise InputError("--json and --html - both print; name a file for the page")
    dossier, problem = read_source(source, published=date, title=title, outlet=outlet, allow_private=allow_private)
    if problem:
        sys.stderr.write(f"tawazun: {problem}\n")
    labels = Labels(lang)
    if html is not None:
        write_whole(html, page_of(report_of(dossier), labels))
        if html != "-":
            sys.stderr.write(labels.say("wrote", path=html) + "\n")
    if json:
        print_json(dossier)
    if not json and html is None:
        show(report_rows(report_of(dossier), labels), labels, width, bidi, dict(os.environ))
