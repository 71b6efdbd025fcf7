"""Turns YAML and TSV text into blocks and rows that remember their line; every scalar is text and a repeated key is an error."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import yaml

from tawazun.base.errors import KnowledgeError


class Block(dict[str, Any]):
    """Is a YAML mapping with the line that it starts on and those of its keys."""

    def __init__(self, path: str = "", line: int = 0) -> None:
        super().__init__()
        self.path, self.line = path, line
        self.lines: dict[str, int] = {}


def fail(path: str, line: int, what: str) -> KnowledgeError:
    """Makes an error that says where a knowledge file is wrong."""
    return KnowledgeError(f"{path}:{line}: {what}")


def nearest(word: str, known: Iterable[str]) -> str:
    """Returns a hint at the known word nearest to `word`, or nothing."""
    close = difflib.get_close_matches(word, list(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


def _convert(node: yaml.Node, path: str, seen: set[int]) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return node.value
    line = node.start_mark.line + 1
    if id(node) in seen:
        raise fail(path, line, "this is used again by an alias (*); write it out where it is wanted")
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        return [_convert(child, path, seen) for child in node.value]
    block = Block(path, line)
    for key_node, value_node in node.value:
        key, line = key_node.value, key_node.start_mark.line + 1
        if not isinstance(key, str):
            raise fail(path, line, "a key must be a word")
        if key in block:
            raise fail(path, line, f"the key {key!r} stands twice in one entry; keep one of them")
        block.lines[key] = line
        block[key] = _convert(value_node, path, seen)
    return block


def parse_yaml(text: str, path: str) -> Any:
    """Parses strict YAML; mappings come as `Block`, lists as lists, every scalar as the text that stands there."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        node = yaml.compose(text, Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise fail(path, mark.line + 1 if mark else 1, f"not valid YAML: {getattr(error, 'problem', error)}") from None
    return [] if node is None else _convert(node, path, set())


def check_keys(block: Block, allowed: Sequence[str]) -> None:
    """Raises where a block has a key that isn't among `allowed`."""
    for key in block:
        if key not in allowed:
            raise fail(block.path, block.lines[key], f"unknown key {key!r}{nearest(key, allowed)}; allowed are {', '.join(allowed)}")


def words_of(value: Any, block: Block, key: str) -> tuple[str, ...]:
    """Returns a list of texts given as a list or as one text; a key without a value is an empty list."""
    if value is None or value == "":
        return ()
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not all(isinstance(item, str) for item in texts):
        raise fail(block.path, block.lines.get(key, block.line), f"{key!r} must be a text or a list of texts")
    if not all(item.strip("+ ") for item in texts):
        raise fail(block.path, block.lines.get(key, block.line), f"{key!r} has an empty item; take it out")
    return tuple(texts)


def parse_mapping(files: Mapping[str, str], path: str, needed: Sequence[str] = ()) -> Block:
    """Parses the YAML file `path` of `files`, which must be a mapping with the keys `needed`."""
    value = parse_yaml(file_of(files, path), path)
    if not isinstance(value, Block):
        raise fail(path, 1, "the file must be a mapping")
    for key in needed:
        if key not in value:
            raise fail(path, 1, f"the key {key!r} is missing")
    return value


def file_of(files: Mapping[str, str], path: str) -> str:
    """Returns the text of the file `path`, which must be there."""
    if path not in files:
        raise fail(path, 1, "the file is missing")
    return files[path]


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
