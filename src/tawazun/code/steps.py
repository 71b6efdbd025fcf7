"""Holds the steps of a status and how one status composes with another."""

import msgspec

from tawazun.model.entries import Status
from tawazun.model.weights import Grounds

STRONG: tuple[Status, ...] = ("negated", "called_for", "conditional", "possible", "planned")
FAR = 8


class Step(msgspec.Struct, frozen=True, gc=False):
    """Is one operator of the chain: the words it stands on, the rule, and the status after it; `grounds` are the features that weighed
    most where the weights decided.
    """

    start: int
    end: int
    rule: str
    status: Status
    grounds: Grounds = ()


def compose(outer: Status | None, inner: Status) -> Status:
    """Composes an operator's status with that of the act in its scope."""
    if outer is None or outer == inner:
        return inner
    if outer == "conditional":
        return outer
    if inner == "negated":
        return "occurred" if outer == "negated" else "negated"
    if inner == "conditional" and outer in ("planned", "occurred", "ongoing", "possible", "called_for"):
        return "conditional"
    if inner in STRONG and outer in ("occurred", "ongoing"):
        return inner
    if inner == "planned" and outer == "ongoing":
        return inner
    return outer
