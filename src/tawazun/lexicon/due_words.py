"""Turns `ar/agenda.yaml` into the words and entries that make plans and undertakings out of acts."""

from collections.abc import Mapping, Sequence

from tawazun.base.letters import fold_word
from tawazun.lexicon.files import Block, check_keys, fail, parse_mapping, words_of
from tawazun.model.due_words import EVERY, DueWords

AGENDA = "ar/agenda.yaml"
_KEYS = ("by", "after", "counted", "postponed", "recurring", "undertakings", "breaches")


def read_due_words(files: Mapping[str, str]) -> DueWords:
    """Reads the file among `files`; raises `KnowledgeError` with the line of what is unknown or missing."""
    block = parse_mapping(files, AGENDA, _KEYS)
    check_keys(block, _KEYS)
    postponed = _below(block, "postponed", ("before", "after"))
    recurring = _below(block, "recurring", EVERY)
    return DueWords(
        by=_phrases(block, "by"),
        after=_phrases(block, "after"),
        counted=_phrases(block, "counted"),
        put_off=_phrases(postponed, "before"),
        was_put_off=_phrases(postponed, "after"),
        recurring={every: _phrases(recurring, every) for every in EVERY},
        undertakings=frozenset(words_of(block["undertakings"], block, "undertakings")),
        breaches=frozenset(words_of(block["breaches"], block, "breaches")),
    )


def _below(block: Block, key: str, names: Sequence[str]) -> Block:
    inner = block[key]
    if not isinstance(inner, Block):
        raise fail(AGENDA, block.lines[key], f"{key!r} must be a mapping")
    check_keys(inner, names)
    return inner


def _phrases(block: Block, key: str) -> tuple[tuple[str, ...], ...]:
    """Returns the folded words of each phrase, the longest phrase first."""
    found = [tuple(fold_word(word) for word in phrase.split()) for phrase in words_of(block.get(key), block, key)]
    return tuple(sorted(found, key=lambda phrase: (-len(phrase), phrase)))
