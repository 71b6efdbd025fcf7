"""Holds the words and entries that make plans and undertakings out of acts."""

from collections.abc import Mapping
from typing import Literal, get_args

import msgspec

Every = Literal["day", "week", "month", "quarter", "year", "regular"]
EVERY: tuple[Every, ...] = get_args(Every)
"""Says how often something comes again; what is `regular` doesn't say."""


class DueWords(msgspec.Struct, frozen=True):
    """Is what `ar/agenda.yaml` says, every phrase as its folded words.

    `by`, `after` and `counted` begin a phrase that dates an act: by its last day, by its first, by another act. `put_off` stand before the
    trigger of what is put off, `was_put_off` and `recurring` after it. `undertakings` and `breaches` are ids of entries: of acts that bind
    who does them, and of those that break a ceasefire.
    """

    by: tuple[tuple[str, ...], ...]
    after: tuple[tuple[str, ...], ...]
    counted: tuple[tuple[str, ...], ...]
    put_off: tuple[tuple[str, ...], ...]
    was_put_off: tuple[tuple[str, ...], ...]
    recurring: Mapping[Every, tuple[tuple[str, ...], ...]]
    undertakings: frozenset[str]
    breaches: frozenset[str]
