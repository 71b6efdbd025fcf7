"""Turns a word with an attached pronoun (his forces, her government) into the people or body that it names and the pronoun."""

from collections.abc import Sequence
from typing import NamedTuple

from tawazun.model.lexicon import Lexicon, Pattern
from tawazun.model.names import ActorKind
from tawazun.model.phrases import Phrase
from tawazun.model.readings import Token


class Possession(NamedTuple):
    """Is what a word with a pronoun names, without its owner."""

    sector: str
    kind: ActorKind
    number: str
    pronoun: str


def _stems(text: str, pronoun: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Returns what a word is without a pronoun: as it stands, and with ta marbuta again."""
    stem = text[: -len(pronoun)]
    for bound in lexicon.words["bound_ending"]:
        if stem.endswith(bound):
            return (stem, *(stem[: -len(bound)] + free for free in lexicon.words["free_ending"]))
    return (stem,)


def _named(stem: str, lexicon: Lexicon) -> Pattern | None:
    found = (p for p in lexicon.patterns.get(stem, ()) if p.kind in ("group", "title") and len(p.words) == 1)
    return next(found, None)


def possession(phrase: Phrase, tokens: Sequence[Token], lexicon: Lexicon) -> Possession | None:
    """Reads the head of a phrase of one word as a group or title with a pronoun."""
    if phrase.names or phrase.nationality or phrase.kind == "pronoun":
        return None
    pronouns = lexicon.clitics.pronouns
    for text, _, _ in tokens[phrase.head].word.variants:
        if not text.endswith(pronouns):
            continue
        for pronoun in sorted(filter(text.endswith, pronouns), key=len, reverse=True):
            if len(text) < len(pronoun) + 3:
                continue
            for stem in _stems(text, pronoun, lexicon):
                pattern = _named(stem, lexicon)
                if pattern is None:
                    continue
                record = lexicon.groups[pattern.ref] if pattern.kind == "group" else lexicon.titles[pattern.ref]
                if record.sector is None:
                    continue
                if pattern.kind == "group":
                    group = lexicon.groups[pattern.ref]
                    return Possession(record.sector, group.kind, group.number, pronoun)
                title = lexicon.titles[pattern.ref]
                kind: ActorKind = "government" if title.kind == "office" else "person"
                return Possession(record.sector, kind, "p" if title.plural else "s", pronoun)
    return None
