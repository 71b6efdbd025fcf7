"""The page on the commands has a section for each command, and in it a row for each option."""

import re
from pathlib import Path

import pytest
from command_tree import command_tree

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "commands.md"
HEADING = re.compile(r"^## `tawazun ([a-z -]+)`$", re.MULTILINE)
ROW = re.compile(r"^\| (`-[^|]*) \|", re.MULTILINE)
SPELLING = re.compile(r"`(--?[a-z][a-z-]*)")
TREE = command_tree()


def sections() -> dict[str, str]:
    parts = HEADING.split(PAGE.read_text("utf-8"))[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_the_page_has_a_section_for_each_command_and_for_nothing_else() -> None:
    assert list(sections()) == list(TREE)


@pytest.mark.parametrize("name", sorted(TREE))
def test_each_command_has_its_options_and_no_others(name: str) -> None:
    rows = ROW.findall(sections()[name])
    written = {spelling for row in rows for spelling in SPELLING.findall(row)}
    assert written == TREE[name].options
