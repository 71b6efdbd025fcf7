"""Turns counts of people beside a trigger into magnitudes: how many killed, wounded, detained."""

from typing import Literal

from tawazun.code.scenes import Scene
from tawazun.model.dossier import Magnitude
from tawazun.model.phrases import Predicate

Kind = Literal["killed", "wounded", "detained", "abducted"]
_BY_WORD: tuple[Kind, ...] = ("killed", "wounded")
_BY_MODE: dict[str, Kind] = {"arrest": "detained", "abduct": "abducted"}


def magnitudes_of(scene: Scene, predicate: Predicate) -> tuple[Magnitude, ...]:
    """Finds the counted phrases right after a trigger and says what became of the people."""
    kind = next((name for name in _BY_WORD if any(scene.within(index, name) for index in range(predicate.start, predicate.end))), None)
    if kind is None:
        kind = _BY_MODE.get(predicate.entry.mode or "")
    if kind is None:
        return ()
    found = []
    for phrase in scene.parse.phrases:
        if phrase.count and predicate.end <= phrase.start <= predicate.end + 2 and scene.clause_at(phrase.start) == predicate.clause:
            start, end = scene.tokens[phrase.start].start, scene.tokens[phrase.end - 1].end
            found.append(Magnitude(start=start, end=end, count=phrase.count, kind=kind))
    return tuple(found)
