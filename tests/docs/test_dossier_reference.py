"""The page on the dossier names every record and field of the dossier, with its type, and nothing else."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import msgspec
import pytest

from tawazun.model.dossier import SCHEMA, Dossier

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "dossier.md"
HEADING = re.compile(r"^## (\w+)$", re.MULTILINE)
ROW = re.compile(r"^\| `(\w+)` \| ([^|]+) \|.*\|.+\|$", re.MULTILINE)
SCALARS = {str: "text", int: "integer", float: "number", bool: "true or false"}


def records(root: type[msgspec.Struct]) -> dict[str, type[msgspec.Struct]]:
    """Returns every record that a dossier may hold, by name."""
    found: dict[str, type[msgspec.Struct]] = {}
    waiting: list[type[msgspec.Struct]] = [root]
    while waiting:
        record = waiting.pop()
        if record.__name__ not in found:
            found[record.__name__] = record
            waiting += [part for field in msgspec.structs.fields(record) for part in structs_in(field.type)]
    return found


def structs_in(kind: Any) -> Iterator[type[msgspec.Struct]]:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield kind
    for part in get_args(kind):
        yield from structs_in(part)


def words_for(kind: Any) -> str:
    """Writes a type the way the page does."""
    if kind in SCALARS:
        return SCALARS[kind]
    parts = get_args(kind)
    if get_origin(kind) is tuple:
        return f"list of {words_for(parts[0])}"
    if get_origin(kind) is Literal:
        return "one of " + ", ".join(f"`{part}`" for part in parts)
    if type(None) in parts:
        return " or ".join(words_for(part) for part in parts if part is not type(None)) + ", or null"
    assert issubclass(kind, msgspec.Struct), kind
    return f"[{kind.__name__}](#{kind.__name__.lower()})"


def sections() -> dict[str, dict[str, str]]:
    """Returns what the page says: record, to field, to type."""
    parts = HEADING.split(PAGE.read_text("utf-8"))[1:]
    return {name: dict(ROW.findall(text)) for name, text in zip(parts[::2], parts[1::2], strict=True) if name in KNOWN}


KNOWN = records(Dossier)


def test_the_page_has_a_section_for_each_record_and_for_nothing_else() -> None:
    headings = HEADING.findall(PAGE.read_text("utf-8"))
    assert sorted(headings) == sorted(KNOWN), "one `## Name` for each record of src/tawazun/model/dossier.py"


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_each_record_has_its_fields_in_order_with_their_types(name: str) -> None:
    expected = {field.encode_name: words_for(field.type) for field in msgspec.structs.fields(KNOWN[name])}
    assert list(sections()[name].items()) == list(expected.items())


def test_the_schema_that_the_page_names_is_the_one_that_is_written() -> None:
    assert f"`{SCHEMA}`" in PAGE.read_text("utf-8")
