"""Turns an event as it was read into the features by which it is weighed whether a careful reader would code it so."""

from collections.abc import Mapping, Sequence

from tawazun.code.governors import Governor
from tawazun.code.scenes import Scene
from tawazun.model.dossier import Event, Participant
from tawazun.model.phrases import Predicate
from tawazun.model.weights import Feature

_MOST = 2
_STEP = 4
_STEPS = 6


def _governed(scene: Scene, governor: Governor | None) -> str:
    if governor is None:
        return "free"
    return scene.parse.predicates[governor.predicate].entry.sort + " " + governor.slot


def _kin(scene: Scene, predicate: Predicate) -> tuple[str, str]:
    """Says whether acts of the same type stand before or after, and how near the nearest is, in steps of a few words."""
    same = [p for p in scene.parse.predicates if p.entry.type == predicate.entry.type and p.index != predicate.index]
    if not same:
        return "alone", "-"
    near = min(abs(p.start - predicate.start) for p in same) // _STEP
    return "second" if any(p.index < predicate.index for p in same) else "first", str(min(near, _STEPS))


def _roles(participants: Sequence[Participant]) -> str:
    roles = [participant.role for participant in participants]
    return f"{min(roles.count('source'), _MOST)} {min(roles.count('target'), _MOST)}"


def merits_of(scene: Scene, predicate: Predicate, governor_of: Mapping[int, Governor], event: Event) -> list[Feature]:
    """Returns the features of an event: its kind of word, what governs it, who takes part, what stands around it."""
    part, kind, status, roles = predicate.part, event.type, event.status, _roles(event.participants)
    governed = _governed(scene, governor_of.get(predicate.index))
    kin, near = _kin(scene, predicate)
    around = ("dated" if event.time else "-") + (" placed" if event.place else "")
    rivals = " ".join(sorted({entry.type for entry in predicate.alternatives if entry.type is not None})) or "-"
    coded = "coded" if any(p.code for p in event.participants) else "-"
    clause = scene.parse.clauses[predicate.clause].kind
    found: list[Feature] = [
        ("all",),
        ("type", kind, part),
        ("entry", predicate.entry.id),
        ("governed", governed, part),
        ("governed roles", governed, roles, part),
        ("clause", clause, part),
        ("roles", roles, part),
        ("roles type", roles, kind),
        ("around", around, part),
        ("coded", coded, part),
        ("rivals", rivals, kind),
        ("status", status, part),
        ("status type", status, kind),
        ("held", "held" if event.attribution else "-", part),
        ("kin", kin, roles, part),
        ("kin near", kin, near, kind),
    ]
    return found + (_nominal(scene, predicate, roles, kin, governed) if predicate.phrase >= 0 else [])


def _nominal(scene: Scene, predicate: Predicate, roles: str, kin: str, governed: str) -> list[Feature]:
    """Returns the features of a noun that names an act: definite or not, its preposition, of what it is the genitive."""
    phrase = scene.phrase(predicate.phrase)
    kind = predicate.entry.type or "none"
    article = "definite" if scene.tag(predicate.start).article else "bare"
    construct = scene.phrase(phrase.construct).kind if phrase.construct >= 0 else "-"
    preposition = phrase.preposition or "-"
    genitive = "genitive" if scene.construct_of(predicate.phrase) else "-"
    nation = "nation" if phrase.nationality else "-"
    return [
        ("article", article, kind),
        ("article roles", article, roles, genitive, nation),
        ("article governed", article, governed),
        ("construct type", construct, kind),
        ("preposition", preposition, article, kind),
        ("kin article", kin, article, roles),
    ]
