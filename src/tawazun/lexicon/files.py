"""Turns YAML and TSV text into blocks and rows that remember their line; every scalar is text and a repeated key is an error."""

import difflib
from collections.abc import Iterable, Sequence
from typing import Any

import yaml

from tawazun.base.errors import KnowledgeError


class Block(dict[str, Any]):
    """Is a YAML mapping with the line that it starts on."""

    line: int = 0
    path: str = ""


def fail(path: str, line: int, what: str) -> KnowledgeError:
    """Makes an error that says where a knowledge file is wrong."""
    return KnowledgeError(f"{path}:{line}: {what}")


def nearest(word: str, known: Iterable[str]) -> str:
    """Returns a hint at the known word nearest to `word`, or nothing."""
    close = difflib.get_close_matches(word, list(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


def _convert(node: yaml.Node, path: str) -> Any:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_convert(child, path) for child in node.value]
    block = Block()
    block.line, block.path = line, path
    for key_node, value_node in node.value:
        key = key_node.value
        if not isinstance(key, str):
            raise fail(path, key_node.start_mark.line + 1, "a key must be a word")
        if key in block:
            raise fail(path, key_node.start_mark.line + 1, f"the key {key!r} stands twice in one entry; keep one of them")
        block[key] = _convert(value_node, path)
    return block


def parse_yaml(text: str, path: str) -> Any:
    """Parses strict YAML; mappings come as `Block`, lists as lists, every scalar as the text that stands there."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        node = yaml.compose(text, Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise fail(path, mark.line + 1 if mark else 1, f"not valid YAML: {getattr(error, 'problem', error)}") from None
    return [] if node is None else _convert(node, path)


def check_keys(block: Block, allowed: Sequence[str]) -> None:
    """Raises where a block has a key that isn't among `allowed`."""
    for key in block:
        if key not in allowed:
            raise fail(block.path, block.line, f"unknown key {key!r}{nearest(key, allowed)}; allowed are {', '.join(allowed)}")


def words_of(value: Any, block: Block, key: str) -> tuple[str, ...]:
    """Returns a list of texts given as a list or as one text."""
    if value is None:
        return ()
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    raise fail(block.path, block.line, f"{key!r} must be a text or a list of texts")


def parse_tsv(text: str, path: str, columns: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """Parses a tab-separated table whose first line names `columns`; returns (line number, row) pairs. Lines that start with # are
    comments.
    """
    rows: list[tuple[int, dict[str, str]]] = []
    header: list[str] | None = None
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.rstrip("\r").split("\t")
        if header is None:
            header = cells
            if list(header) != list(columns):
                raise fail(path, number, f"the first line must name the columns {', '.join(columns)}")
            continue
        if len(cells) > len(columns):
            raise fail(path, number, f"{len(cells)} cells, {len(columns)} columns")
        cells += [""] * (len(columns) - len(cells))
        rows.append((number, {name: cell.strip() for name, cell in zip(columns, cells, strict=True)}))
    return rows
