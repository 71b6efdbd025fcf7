"""Writes docs/reference/json.md from the records that commands print: `PYTHONPATH=src python tests/docs/json_records.py`."""

import inspect
import re
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

import msgspec

from tawazun.model.dossier import Dossier
from tawazun.present.cli.results import RESULTS, result_of

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "json.md"
SCALARS = {str: "text", int: "integer", float: "number", bool: "true or false", datetime: "ISO time"}
HEAD = """# What `--json` prints

Every command that prints something has `--json`: one JSON object on a line of standard output, and all else on standard error.
`tawazun happenings` prints a line for each happening, `tawazun export` an account of the file that it wrote. `tawazun schema COMMAND`
prints the JSON Schema of the same. Records of a dossier are in [The dossier](dossier.md).

This page is written by `tests/docs/json_records.py` from the records; a test fails where it is out of date.

"""


def records_below(root: Any, found: dict[str, type]) -> dict[str, type]:
    """Returns a record and those in it, by name, as far as they aren't found yet, in the order in which they are met."""
    for part in get_args(root):
        records_below(part, found)
    root = get_origin(root) or root
    if root.__name__ not in found:
        found[root.__name__] = root
        for _, kind, _ in fields_of(root):
            for part in records_in(kind):
                records_below(part, found)
    return found


def is_record(kind: Any) -> bool:
    return isinstance(kind, type) and (issubclass(kind, msgspec.Struct) or hasattr(kind, "_fields"))


def records_in(kind: Any) -> Iterator[type]:
    if is_record(kind):
        yield kind
    for part in get_args(kind):
        yield from records_in(part)


def fields_of(record: type) -> list[tuple[str, Any, bool]]:
    """Returns name and type of each field, and whether its key may be lacking; a named tuple is a list in JSON, its fields in order."""
    if issubclass(record, msgspec.Struct):
        config = record.__struct_config__
        return [(field.encode_name, field.type, config.omit_defaults and not field.required) for field in msgspec.structs.fields(record)]
    return [(name, kind, False) for name, kind in inspect.get_annotations(record, eval_str=True).items()]


def words_for(kind: Any, own: dict[str, type]) -> str:
    """Writes a type in words, with a link to the record's place."""
    if kind in SCALARS:
        return SCALARS[kind]
    if isinstance(kind, TypeVar):
        return "the record of the analysis"
    parts = get_args(kind)
    origin = get_origin(kind)
    if is_record(origin):
        return f"{words_for(origin, own)} of {words_for(parts[0], own)}"
    if origin in (tuple, list):
        inner = [part for part in parts if part is not Ellipsis]
        one = len(inner) == 1 or (len(inner) == 2 and parts[1] is Ellipsis)
        return f"list of {words_for(inner[0], own)}" if one else "list: " + ", ".join(words_for(part, own) for part in inner)
    if origin is dict:
        return f"object of {words_for(parts[1], own)} by name"
    if origin is Literal:
        return "one of " + ", ".join(f"`{part}`" for part in parts)
    if origin in (Union, UnionType):
        kinds = " or ".join(words_for(part, own) for part in parts if part is not type(None))
        return kinds + (", or null" if type(None) in parts else "")
    page = "" if kind.__name__ in own else "dossier.md"
    return f"[{kind.__name__}]({page}#{kind.__name__.lower()})"


def doc_of(record: type) -> str:
    text = re.sub(r"\s*\n\s*", " ", inspect.getdoc(record) or "").strip()
    shape = "" if issubclass(record, msgspec.Struct) else " A list, in this order."
    return text + shape


def page() -> str:
    """Returns the whole page."""
    dossier = records_below(Dossier, {})
    own: dict[str, type] = {}
    for command in RESULTS:
        records_below(result_of(command), own)
    own = {name: record for name, record in own.items() if dossier.get(name) is not record}
    lines = ["| command | record |", "|---|---|"]
    for command in RESULTS:
        kind = result_of(command)
        name = (get_origin(kind) or kind).__name__
        lines.append(f"| [`tawazun {command}`](commands.md#tawazun-{command.replace(' ', '-')}) | {words_for(result_of(command), own)} |")
        assert name in own or name in dossier
    for name, record in own.items():
        lines += ["", f"## {name}", "", doc_of(record), "", "| key | type |", "|---|---|"]
        for key, kind, optional in fields_of(record):
            lines.append(f"| `{key}` | {words_for(kind, own)}{'; left out where it doesn’t apply' if optional else ''} |")
    return HEAD + "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    sys.stderr.write(f"{PAGE}\n")
