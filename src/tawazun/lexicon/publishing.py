"""Turns `ar/publishing.yaml` into the words that outlets write around articles."""

from collections.abc import Mapping

from tawazun.base.letters import fold_word
from tawazun.lexicon.files import Block, check_keys, fail, parse_mapping, words_of
from tawazun.model.publishing import COLUMNS, Publishing

PUBLISHING = "ar/publishing.yaml"
_LINES = ("asides", "comments", "notices", "revisions")


def read_publishing(files: Mapping[str, str]) -> Publishing:
    """Reads the file among `files`; raises `KnowledgeError` with the line of what is unknown or missing."""
    block = parse_mapping(files, PUBLISHING, ("columns", *_LINES))
    check_keys(block, ("columns", *_LINES))
    columns = block["columns"]
    if not isinstance(columns, Block):
        raise fail(PUBLISHING, block.lines["columns"], "'columns' must be a mapping")
    check_keys(columns, COLUMNS)
    return Publishing(
        columns={column: _folded(columns, column) for column in COLUMNS},
        **{name: _folded(block, name) for name in _LINES},
    )


def _folded(block: Block, key: str) -> tuple[str, ...]:
    return tuple(fold_word(word).casefold() for word in words_of(block.get(key), block, key))
