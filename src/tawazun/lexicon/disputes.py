"""Turns `ar/disputes.yaml` into the words by which denials, corrections and counts are told."""

from collections.abc import Iterable, Mapping, Sequence

from tawazun.base.letters import fold_word
from tawazun.lexicon.files import Block, check_keys, fail, parse_mapping, words_of
from tawazun.model.disputes import Vocabulary

DISPUTES = "ar/disputes.yaml"
_SETS = (
    *("denials", "reports", "reported_after", "reported", "openers", "speech", "back", "this", "said", "contrasts", "parts"),
    *("corrections", "right", "wrong", "not", "tolls", "totals", "rises", "reached", "earlier", "least", "about", "coming"),
)
_KEYS = ("before", "numbers", "kinds", "opposite", *_SETS)


def read_disputes(files: Mapping[str, str]) -> Vocabulary:
    """Reads the file among `files`; raises `KnowledgeError` with the line of what is unknown or missing."""
    block = parse_mapping(files, DISPUTES, _KEYS)
    check_keys(block, _KEYS)
    before = _mapping(block, "before")
    check_keys(before, ("conjunctions", "prefixes"))
    conjunctions = [fold_word(word) for word in words_of(before.get("conjunctions"), before, "conjunctions")]
    prefixes = [fold_word(word) for word in words_of(before.get("prefixes"), before, "prefixes")]
    fronts = [first + second for first in ("", *conjunctions) for second in ("", *prefixes)]
    numbers = {word: _value(block, key) for key, words in _listed(block, "numbers") for word in words}
    sets = {
        # A verb of denying has a conjunction before it at most; a noun with an article (the denial) is spoken of, not done.
        "not_" if name == "not" else name: frozenset(
            _fronted(map(fold_word, words_of(block.get(name), block, name)), ("", *conjunctions) if name == "denials" else fronts)
        )
        for name in _SETS
    }
    return Vocabulary(
        numbers={front + word: value for word, value in numbers.items() for front in fronts},
        joined=frozenset(first + word for word in numbers for first in conjunctions),
        kinds={front + word: key for key, words in _listed(block, "kinds") for word in words for front in fronts},
        opposite=tuple(fold_word(words) for words in words_of(block["opposite"], block, "opposite")),
        stems=_shortest([word for name in ("corrections", "wrong", "rises", "tolls") for word in words_of(block[name], block, name)]),
        **sets,
    )


def _mapping(block: Block, key: str) -> Block:
    found = block[key]
    if not isinstance(found, Block):
        raise fail(DISPUTES, block.lines[key], f"{key!r} must be a mapping")
    return found


def _listed(block: Block, key: str) -> list[tuple[str, list[str]]]:
    """Returns the keys of a mapping of lists with their words, folded."""
    inner = _mapping(block, key)
    return [(name, [fold_word(word) for word in words_of(inner[name], inner, name)]) for name in inner]


def _value(block: Block, key: str) -> int:
    if not key.isdigit():
        raise fail(DISPUTES, block["numbers"].lines[key], f"{key!r} must be a whole number")
    return int(key)


def _fronted(words: Iterable[str], fronts: Iterable[str]) -> list[str]:
    some = list(fronts)
    return [front + word for word in words for front in some]


def _shortest(words: Sequence[str]) -> tuple[str, ...]:
    """Leaves out words that have another one in them."""
    return tuple(word for word in words if not any(other != word and other in word for other in words))
