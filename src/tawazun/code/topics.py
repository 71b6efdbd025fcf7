"""Turns the words after `about` into topics, and tells acts from the mere names of topics."""

from tawazun.code.circumstances import Circumstances
from tawazun.code.governors import Governor
from tawazun.code.scenes import Scene
from tawazun.model.phrases import Predicate

_REACH = 12


def topics_of(scene: Scene, predicate: Predicate, text: str) -> tuple[str, ...]:
    """Returns what an act is about, as the text has it."""
    found = []
    for phrase in scene.parse.phrases:
        if (
            predicate.end <= phrase.start <= predicate.end + _REACH
            and phrase.preposition in scene.lexicon.words["about"]
            and scene.clause_at(phrase.start) == predicate.clause
        ):
            found.append(text[scene.tokens[phrase.start].start : scene.tokens[phrase.end - 1].end])
            break
    return tuple(found)


def is_mere_topic(scene: Scene, predicate: Predicate, governor_of: dict[int, Governor], parties: bool, around: Circumstances) -> bool:
    """Tells whether an event noun only names what others talk about: after `about`, or in `the file of`, without anybody who does it."""
    if predicate.phrase < 0 or parties or predicate.index in governor_of or predicate.index in around.times:
        return False
    phrase = scene.phrase(predicate.phrase)
    if phrase.preposition in scene.lexicon.words["about"]:
        return True
    return phrase.construct >= 0 and any(scene.within(scene.phrase(phrase.construct).head, name) for name in ("topic_noun",))
