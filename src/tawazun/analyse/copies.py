"""Turns what several articles say in the same words into one record that counts all their origins."""

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

import msgspec

from tawazun.model.scenarios import Assertion, Card
from tawazun.model.sheets import Statement

Said = TypeVar("Said", Assertion, Card, Statement)


def once(told: Iterable[Said], words: Callable[[Said], Hashable]) -> list[Said]:
    """Returns one record for each wording, the first that was given, with the origins of all."""
    found: dict[Hashable, list[Said]] = {}
    for one in told:
        found.setdefault(words(one), []).append(one)
    return [
        msgspec.structs.replace(some[0], origins=tuple(dict.fromkeys(origin for one in some for origin in one.origins)))
        for some in found.values()
    ]
