"""Turns `ar/conditions.yaml`, `ar/ripeness.yaml` and `ar/voices.yaml` into the phrases that analyses look for in sentences."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from tawazun.base.letters import fold_word
from tawazun.lexicon.files import Block, check_keys, fail, nearest, parse_mapping, words_of
from tawazun.model.wordings import (
    CUE_KINDS,
    DIRECTIONS,
    ELEMENTS,
    ORDERS,
    WHOSE,
    ConditionWords,
    Cue,
    Ground,
    RipenessWords,
    VoiceWords,
    Wording,
)

CONDITIONS, RIPENESS, VOICES = "ar/conditions.yaml", "ar/ripeness.yaml", "ar/voices.yaml"
_ENTRY = ("id", "words", "except", "must", "must_not")
Value = TypeVar("Value", bound=str)


def read_conditions(files: Mapping[str, str]) -> ConditionWords:
    """Reads the file among `files`; raises `KnowledgeError` with the line of what is unknown or missing."""
    names = ("cues", "answers", "openers", "certainty", "met", "links")
    block = parse_mapping(files, CONDITIONS, names)
    check_keys(block, names)
    answers, certainty = _below(block, "answers", ("real", "unreal")), _below(block, "certainty", ("possible", "threatened", "own"))
    return ConditionWords(
        cues=tuple(_cue(entry) for entry in _entries(block, "cues", (*_ENTRY, "kind", "order", "needs"))),
        answers={"real": _folded(answers, "real"), "unreal": _folded(answers, "unreal")},
        openers=_folded(block, "openers"),
        possible=_folded(certainty, "possible"),
        threatened=_folded(certainty, "threatened"),
        own=_folded(certainty, "own"),
        met=tuple(Wording(**_wording(entry)) for entry in _entries(block, "met", _ENTRY)),
        links=tuple(Wording(**_wording(entry)) for entry in _entries(block, "links", _ENTRY)),
    )


def read_ripeness(files: Mapping[str, str]) -> RipenessWords:
    """Reads the file among `files`; raises `KnowledgeError` with the line of what is unknown or missing."""
    block = parse_mapping(files, RIPENESS, ("grounds",))
    check_keys(block, ("grounds",))
    grounds = _entries(block, "grounds", (*_ENTRY, "element", "direction", "whose"))
    return RipenessWords(
        grounds=tuple(
            Ground(
                **_wording(entry),
                element=_one_of(entry, "element", ELEMENTS),
                direction=_one_of(entry, "direction", DIRECTIONS),
                whose=_one_of(entry, "whose", WHOSE),
            )
            for entry in grounds
        ),
    )


def read_voices(files: Mapping[str, str]) -> VoiceWords:
    """Reads the file among `files`; raises `KnowledgeError` with the line of what is unknown or missing."""
    names = ("speech", "goes_on", "clauses", "analysts", "opinions")
    block = parse_mapping(files, VOICES, names)
    check_keys(block, names)
    return VoiceWords(**{name: _folded(block, name) for name in names})


def _cue(entry: Block) -> Cue:
    return Cue(
        **_wording(entry),
        kind=_one_of(entry, "kind", CUE_KINDS),
        order=_one_of(entry, "order", ORDERS),
        needs=_folded(entry, "needs"),
    )


def _wording(entry: Block) -> dict[str, Any]:
    if not entry.get("id") or not entry.get("words"):
        raise fail(entry.path, entry.line, "an entry needs an 'id' and 'words'")
    if not entry.get("must") or not entry.get("must_not"):
        raise fail(entry.path, entry.line, f"{entry['id']!r} needs a sentence that it must match and one that it must not")
    return {
        "id": entry["id"],
        "words": _folded(entry, "words"),
        "excepts": _folded(entry, "except"),
        "must": words_of(entry["must"], entry, "must"),
        "must_not": words_of(entry["must_not"], entry, "must_not"),
    }


def _entries(block: Block, key: str, allowed: Sequence[str]) -> list[Block]:
    entries = block[key]
    if not isinstance(entries, list) or not all(isinstance(entry, Block) for entry in entries):
        raise fail(block.path, block.lines[key], f"{key!r} must be a list of entries")
    for entry in entries:
        check_keys(entry, allowed)
    return entries


def _one_of(entry: Block, key: str, known: Sequence[Value]) -> Value:
    found = next((value for value in known if value == entry.get(key)), None)
    if found is None:
        given = str(entry.get(key, ""))
        raise fail(
            entry.path, entry.lines.get(key, entry.line), f"{key!r} is {given!r}{nearest(given, known)}; known are {', '.join(known)}"
        )
    return found


def _below(block: Block, key: str, names: Sequence[str]) -> Block:
    inner = block[key]
    if not isinstance(inner, Block):
        raise fail(block.path, block.lines[key], f"{key!r} must be a mapping")
    check_keys(inner, names)
    return inner


def _folded(block: Block, key: str) -> tuple[str, ...]:
    return tuple(fold_word(word) for word in words_of(block.get(key), block, key))
