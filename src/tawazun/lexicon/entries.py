"""Turns blocks of `ar/verbs/*.yaml`, `ar/attribution.yaml` and `ar/status.yaml` into entries."""

import re
from sys import intern
from typing import Any, cast

from tawazun.base.letters import fold_word
from tawazun.lexicon.files import Block, check_keys, fail, nearest, words_of
from tawazun.model.entries import (
    EVENT_TYPES,
    SLOTS,
    SPEECH_ACTS,
    STATUSES,
    Condition,
    Content,
    Entry,
    EventType,
    Frame,
    Light,
    Slot,
    SpeechAct,
    Status,
    Verb,
)

KEYS = (
    "id",
    "gloss",
    "type",
    "mode",
    "verbs",
    "verbal_nouns",
    "participles",
    "nouns",
    "phrases",
    "frame",
    "prepositions",
    "subject",
    "object",
    "genitive",
    "mutual",
    "content",
    "speech",
    "light",
    "needs",
    "unless",
    "must",
    "must_not",
)
FRAME_KEYS = ("subject", "object", "genitive", "mutual", "prepositions")
WHERE = ("object", "subject", "near", "next", "previous", "preposition")
CLASSES = ("<actor>", "<group>", "<place>", "<country>", "<sport>", "<weather>", "<market>", "<event>")
_VERB = re.compile(r"^(\S+) \(([^)]+)\) (\S+)$")


def _slot(block: Block, key: str, value: Any) -> Slot:
    if value not in SLOTS:
        raise fail(block.path, block.line, f"{key}: unknown role {value!r}{nearest(str(value), SLOTS)}; roles are {', '.join(SLOTS)}")
    return cast(Slot, value)


def _flag(block: Block, key: str, default: bool) -> bool:
    value = block.get(key)
    if value is None:
        return default
    if value not in ("true", "false"):
        raise fail(block.path, block.line, f"{key} must be true or false, not {value!r}")
    return bool(value == "true")


def _prepositions(block: Block) -> dict[str, Slot]:
    value = block.get("prepositions") or Block()
    if not isinstance(value, dict):
        raise fail(block.path, block.line, "prepositions must be a mapping of preposition to role")
    return {fold_word(key): _slot(block, f"prepositions, {key}", role) for key, role in value.items()}


def read_frames(blocks: Block) -> dict[str, Frame]:
    """Reads `ar/frames.yaml`."""
    frames: dict[str, Frame] = {}
    for name, block in blocks.items():
        if not isinstance(block, Block):
            raise fail(blocks.path, blocks.lines[name], f"the frame {name!r} must be a mapping of slot to role")
        check_keys(block, FRAME_KEYS)
        frames[name] = _frame(block, Frame())
    return frames


def _frame(block: Block, base: Frame) -> Frame:
    prepositions = {**dict(base.prepositions), **_prepositions(block)}
    return Frame(
        subject=_slot(block, "subject", block.get("subject", base.subject)),
        object=_slot(block, "object", block.get("object", base.object)),
        genitive=_slot(block, "genitive", block.get("genitive", base.genitive)),
        prepositions=tuple(prepositions.items()),
        mutual=_flag(block, "mutual", base.mutual),
    )


def _content(block: Block) -> Content | None:
    value = block.get("content")
    if value is None:
        return None
    if not isinstance(value, Block):
        raise fail(block.path, block.line, "content must be a mapping")
    check_keys(value, ("at", "status", "control", "holder", "denied"))
    status = value.get("status", "keep")
    if status != "keep" and status not in STATUSES:
        raise fail(value.path, value.line, f"unknown status {status!r}{nearest(status, STATUSES)}")
    control = value.get("control", "none")
    if control not in ("source", "target", "none"):
        raise fail(value.path, value.line, f"control must be source, target or none, not {control!r}")
    denied = value.get("denied")
    if denied is not None and denied not in STATUSES:
        raise fail(value.path, value.line, f"unknown status {denied!r}{nearest(denied, STATUSES)}")
    at = tuple(fold_word(word) for word in words_of(value.get("at"), value, "at"))
    if not at:
        raise fail(value.path, value.line, "content needs `at`: the slots in which the act stands")
    return Content(
        at=at,
        status=None if status == "keep" else cast(Status, status),
        control=control,
        holder=_flag(value, "holder", False),
        denied=cast(Status, denied) if denied is not None else None,
    )


def _light(block: Block) -> Light | None:
    value = block.get("light")
    if value is None:
        return None
    if not isinstance(value, Block):
        raise fail(block.path, block.line, "light must be a mapping with `at` and `subject`")
    check_keys(value, ("at", "subject"))
    at = tuple(fold_word(word) for word in words_of(value.get("at"), value, "at"))
    return Light(at=at, subject=_slot(value, "light, subject", value.get("subject", "none")))


def _verbs(block: Block) -> tuple[Verb, ...]:
    found = []
    for text in words_of(block.get("verbs"), block, "verbs"):
        match = _VERB.match(text)
        if not match:
            raise fail(block.path, block.line, f"a verb is written `lemma (root) form`, as in kataba (k t b) I/a~u; found {text!r}")
        found.append(Verb(lemma=match[1], root=match[2], form=match[3]))
    return tuple(found)


def _conditions(block: Block, key: str) -> tuple[Condition, ...]:
    found = []
    for item in block.get(key) or ():
        if not isinstance(item, Block):
            raise fail(block.path, block.line, f"{key} is a list of mappings such as {{object: [...]}}")
        check_keys(item, WHERE)
        for where, words in item.items():
            folded = [word if word.startswith("<") else fold_word(word) for word in words_of(words, item, where)]
            for word in folded:
                if word.startswith("<") and word not in CLASSES:
                    raise fail(item.path, item.line, f"unknown class {word}{nearest(word, CLASSES)}")
            classes = tuple(word.strip("<>") for word in folded if word.startswith("<"))
            plain = frozenset(word for word in folded if not word.startswith("<"))
            found.append(Condition(where=cast(Any, where), words=plain, classes=classes))
    return tuple(found)


def read_entry(block: Block, frames: dict[str, Frame]) -> Entry:
    """Reads one entry block."""
    check_keys(block, KEYS)
    for key in ("id", "frame"):
        if not isinstance(block.get(key), str) and not (key == "frame" and "light" in block):
            raise fail(block.path, block.line, f"the entry has no {key!r}")
    for key in ("gloss", "mode"):
        if not isinstance(block.get(key, ""), str):
            raise fail(block.path, block.lines[key], f"{key!r} must be a text")
    frame_name = block.get("frame", "plain")
    if frame_name not in frames:
        raise fail(block.path, block.line, f"unknown frame {frame_name!r}{nearest(frame_name, frames)}")
    kind = block.get("type")
    if kind is not None and kind not in EVENT_TYPES:
        raise fail(block.path, block.line, f"unknown event type {kind!r}{nearest(kind, EVENT_TYPES)}")
    speech = block.get("speech")
    if speech is not None and speech not in SPEECH_ACTS:
        raise fail(block.path, block.line, f"unknown speech act {speech!r}{nearest(speech, SPEECH_ACTS)}")
    return Entry(
        id=intern(block["id"]),
        gloss=block.get("gloss", ""),
        path=block.path,
        line=block.line,
        type=cast(EventType | None, kind),
        mode=block.get("mode"),
        frame=_frame(block, frames[frame_name]),
        content=_content(block),
        light=_light(block),
        speech=cast(SpeechAct | None, speech),
        verbs=_verbs(block),
        verbal_nouns=words_of(block["verbal_nouns"], block, "verbal_nouns") if "verbal_nouns" in block else None,
        nouns=words_of(block.get("nouns"), block, "nouns"),
        phrases=words_of(block.get("phrases"), block, "phrases"),
        participles=_flag(block, "participles", True),
        needs=_conditions(block, "needs"),
        unless=_conditions(block, "unless"),
        must=words_of(block.get("must"), block, "must"),
        must_not=words_of(block.get("must_not"), block, "must_not"),
    )
