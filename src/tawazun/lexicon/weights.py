"""Turns the file of learned weights into scorers."""

from sys import intern

import msgspec

from tawazun.base.errors import KnowledgeError
from tawazun.model.weights import Scorer

WEIGHTS = "ar/weights.json"
SEPARATOR = "|"
"""Stands between the parts of a feature; no part holds it."""


class _Written(msgspec.Struct, forbid_unknown_fields=True):
    """Is one scorer as the file has it."""

    decides: str
    classes: tuple[str, ...]
    thresholds: tuple[float, ...]
    gain: str
    table: dict[str, tuple[float, ...]]


class _File(msgspec.Struct, forbid_unknown_fields=True):
    """Is the whole file: how it was made, from which coded sentences, and the scorers by name."""

    recipe: str
    trained_on: dict[str, str]
    scorers: dict[str, _Written]


def read_weights(text: str, path: str) -> dict[str, Scorer]:
    """Reads `ar/weights.json`; the file is written by `make train`, never by hand."""
    try:
        file = msgspec.json.decode(text, type=_File)
    except msgspec.DecodeError as error:
        raise KnowledgeError(f"{path}:1: {error}; write it anew with `make train`") from None
    for name, written in file.scorers.items():
        wanted = len(written.classes) - 1
        if len(written.thresholds) != wanted or any(len(weights) != wanted for weights in written.table.values()):
            raise KnowledgeError(f"{path}:1: scorer {name!r} needs {wanted} thresholds and weights; write it anew with `make train`")
    # equal weights and parts are kept once: a table that fills less of the processor's cache is read faster
    shared: dict[tuple[float, ...], tuple[float, ...]] = {}
    return {
        name: Scorer(
            classes=written.classes,
            thresholds=written.thresholds,
            table={
                tuple(map(intern, feature.split(SEPARATOR))): shared.setdefault(weights, weights)
                for feature, weights in written.table.items()
            },
        )
        for name, written in file.scorers.items()
    }
