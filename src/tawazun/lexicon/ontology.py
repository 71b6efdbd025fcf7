"""Turns the files below `ontology/` into the table of event types."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from tawazun.base.errors import KnowledgeError
from tawazun.lexicon.files import Block, check_keys, fail, nearest, parse_yaml
from tawazun.lexicon.load import knowledge_folder
from tawazun.model.entries import EVENT_TYPES, SPEECH_ACTS, STATUSES, EventType, SpeechAct, Status
from tawazun.model.ontology import EventKind, Mode, Ontology, PloverRules, Shift

_EVENTS = "ontology/events.yaml"
_PLOVER = "ontology/plover.yaml"


@lru_cache(maxsize=1)
def load_ontology(folder: Path | None = None) -> Ontology:
    """Loads the event types below `folder` (the packaged knowledge by default); raises `KnowledgeError` with `file:line`."""
    root = folder or knowledge_folder()
    kinds = read_kinds((root / _EVENTS).read_text("utf-8"), _EVENTS)
    return Ontology(kinds, read_plover((root / _PLOVER).read_text("utf-8"), _PLOVER, kinds))


def read_kinds(text: str, path: str) -> dict[EventType, EventKind]:
    """Reads the table of event types; each of the 16 must stand there once."""
    kinds: dict[EventType, EventKind] = {}
    for block in _blocks(parse_yaml(text, path), path):
        check_keys(block, ("type", "quad", "score", "cameo", "modes"))
        type_ = _type(block, "type")
        if type_ in kinds:
            raise fail(path, block.line, f"{type_} stands there twice")
        cameo = _cameo(block, block.get("cameo"))
        modes = []
        for mode in _blocks(block.get("modes") or [], path):
            check_keys(mode, ("mode", "score", "cameo"))
            modes.append(Mode(_word(mode, "mode"), _score(mode), _cameo(mode, mode.get("cameo", cameo))))
        if block.get("quad") not in ("1", "2", "3", "4"):
            raise fail(path, block.line, f"quad {block.get('quad')!r} isn't 1, 2, 3 or 4")
        kinds[type_] = EventKind(type_, int(block["quad"]), _score(block), cameo, tuple(modes))
    missing = [name for name in EVENT_TYPES if name not in kinds]
    if missing:
        raise KnowledgeError(f"{path}:1: no entry for {', '.join(missing)}")
    return kinds


def read_plover(text: str, path: str, kinds: dict[EventType, EventKind]) -> PloverRules:
    """Reads PLOVER's rules; the modes that they name must be in the table of event types."""
    block = parse_yaml(text, path)
    if not isinstance(block, Block):
        raise fail(path, 1, "expected the keys kept, shifts, sectors, international")
    check_keys(block, ("kept", "shifts", "sectors", "international"))
    shifts: dict[tuple[EventType, Status], Shift] = {}
    for row in _blocks(block.get("shifts") or [], path):
        check_keys(row, ("type", "status", "to", "mode", "unless_act"))
        shift = Shift(_type(row, "type"), _status(row, _word(row, "status")), _type(row, "to"), row.get("mode"), _act(row))
        if shift.mode and shift.mode not in {mode.mode for mode in kinds[shift.to].modes}:
            raise fail(path, row.line, f"{shift.to} has no mode {shift.mode!r} in {_EVENTS}")
        shifts[shift.type, shift.status] = shift
    return PloverRules(
        kept=frozenset(_status(block, status) for status in block.get("kept") or []),
        shifts=shifts,
        sectors={_word(row, "sector"): _word(row, "to") for row in _blocks(block.get("sectors") or [], path)},
        international={_word(row, "code"): _word(row, "to") for row in _blocks(block.get("international") or [], path)},
    )


def _blocks(value: Any, path: str) -> list[Block]:
    if not isinstance(value, list) or not all(isinstance(item, Block) for item in value):
        raise fail(path, 1, "expected a list of entries")
    return value


def _word(block: Block, key: str) -> str:
    value = block.get(key)
    if not isinstance(value, str) or not value:
        raise fail(block.path, block.line, f"{key!r} is missing")
    return value


def _type(block: Block, key: str) -> EventType:
    value = _word(block, key)
    for known in EVENT_TYPES:
        if known == value:
            return known
    raise fail(block.path, block.line, f"unknown event type {value!r}{nearest(value, EVENT_TYPES)}")


def _status(block: Block, value: str) -> Status:
    for known in STATUSES:
        if known == value:
            return known
    raise fail(block.path, block.line, f"unknown status {value!r}{nearest(value, STATUSES)}")


def _act(block: Block) -> SpeechAct | None:
    value = block.get("unless_act")
    for known in SPEECH_ACTS:
        if known == value:
            return known
    if value is not None:
        raise fail(block.path, block.line, f"unknown speech act {value!r}{nearest(str(value), SPEECH_ACTS)}")
    return None


def _score(block: Block) -> float:
    value = _word(block, "score")
    try:
        score = float(value)
    except ValueError:
        raise fail(block.path, block.line, f"score {value!r} isn't a number") from None
    if not -10 <= score <= 10:
        raise fail(block.path, block.line, f"score {value} isn't between -10 and 10")
    return score


def _cameo(block: Block, value: object) -> str:
    if not isinstance(value, str) or len(value) != 2 or not value.isdigit() or not 1 <= int(value) <= 20:
        raise fail(block.path, block.line, f"cameo {value!r} isn't a root from '01' to '20'")
    return value
