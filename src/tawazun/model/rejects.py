"""Holds what is kept of an input that can't be read."""

import msgspec


class Reject(msgspec.Struct, frozen=True):
    """Is a line of a rejects file: what could not be read, where it stands and why.

    `coded` is true where only a part, such as the date, was left out.
    """

    source: str
    line: int | None
    id: str | None
    reason: str
    coded: bool
