"""Holds the words that outlets write around articles."""

from collections.abc import Mapping
from typing import Literal, get_args

import msgspec

Column = Literal["text", "title", "published", "outlet", "url", "id"]
COLUMNS: tuple[Column, ...] = get_args(Column)
"""Are the parts of an article that a column of a table may hold."""


class Publishing(msgspec.Struct, frozen=True):
    """Is what stands around articles, every form folded.

    `columns` maps a part of an article to the names that its column goes by, the surest first; the others are beginnings of lines: of
    those that lead to other articles, of the heading of readers' comments, of the outlet's own notices, and of days on which an article
    was revised or printed.
    """

    columns: Mapping[Column, tuple[str, ...]]
    asides: tuple[str, ...]
    comments: tuple[str, ...]
    notices: tuple[str, ...]
    revisions: tuple[str, ...]
