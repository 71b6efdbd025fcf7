"""Holds what reading a source gives, and what a user may choose about it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from types import MappingProxyType

import msgspec

from tawazun.base.errors import SetupError
from tawazun.model.articles import Article
from tawazun.model.publishing import Column


class Found(msgspec.Struct, frozen=True):
    """Is an article and where it came from, what is wrong with it, or both where it can be read all the same.

    `line` is where it starts in a text of lines, or else the number of the record, entry or letter, from 1; None where the source is one
    article. `size` is in bytes of the source.
    """

    source: str
    line: int | None
    size: int
    article: Article | None
    problem: str | None


class Choices(msgspec.Struct, frozen=True):
    """Is what the user chose about reading.

    `columns` maps parts of an article to the columns of a table; `follow_links` has the pages fetched that a feed's entries point at;
    `now`, in UTC, is the time after which no article can have been published; `allow_private` lets addresses of private networks be
    fetched.
    """

    columns: Mapping[Column, str] = MappingProxyType({})
    follow_links: bool = False
    now: datetime | None = None
    allow_private: bool = False


PLAIN = Choices()
"""Is the choice of those who chose nothing."""


@contextmanager
def installed(library: str, extra: str) -> Iterator[None]:
    """Turns a library that isn't there into a `SetupError` that says how to get it."""
    try:
        yield
    except ImportError as error:
        raise SetupError(f"{library} isn't installed ({error}); pip install 'tawazun[{extra}]'") from None
