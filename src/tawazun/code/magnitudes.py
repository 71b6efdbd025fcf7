"""Turns counts of people beside a trigger into magnitudes: how many killed, wounded, detained."""

from tawazun.code.scenes import Scene
from tawazun.model.dossier import Magnitude
from tawazun.model.phrases import Predicate

_KINDS = (("killed", "killed"), ("wounded", "wounded"))


def magnitudes_of(scene: Scene, predicate: Predicate) -> tuple[Magnitude, ...]:
    """Finds the counted phrases right after a trigger and says what became of the people."""
    kind = next(
        (name for name, words in _KINDS if any(scene.within(index, words) for index in range(predicate.start, predicate.end))), None
    )
    if kind is None:
        kind = {"arrest": "detained", "abduct": "abducted"}.get(predicate.entry.mode or "")
    if kind is None:
        return ()
    found = []
    for phrase in scene.parse.phrases:
        if phrase.count and predicate.end <= phrase.start <= predicate.end + 2 and scene.clause_at(phrase.start) == predicate.clause:
            start, end = scene.tokens[phrase.start].start, scene.tokens[phrase.end - 1].end
            found.append(Magnitude(start=start, end=end, count=phrase.count, kind=kind))  # type: ignore[arg-type]
    return tuple(found)
