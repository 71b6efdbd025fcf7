"""Turns tokens into known names: the longest that fits at each place."""

from collections.abc import Sequence

from tawazun.model.lexicon import Lexicon, Pattern
from tawazun.model.phrases import Match
from tawazun.model.readings import Token


def _fits(pattern: Pattern, tokens: Sequence[Token], index: int, end: int, lexicon: Lexicon) -> int:
    """Returns the index after the pattern's last word, or -1."""
    at = index
    last = len(pattern.words) - 1
    for number in range(1, last + 1):
        at += 1
        if at >= end:
            return -1
        text, want = tokens[at].text, pattern.words[number]
        if text != want and not (number == last and pattern.kind == "phrase" and _with_pronoun(text, want, lexicon)):
            return -1
    return at + 1


def _with_pronoun(text: str, want: str, lexicon: Lexicon) -> bool:
    return text.startswith(want) and text[len(want) :] in lexicon.clitics.pronouns


def _at(tokens: Sequence[Token], index: int, end: int, lexicon: Lexicon) -> Match | None:
    best: Match | None = None
    for name, conjunction, preposition in tokens[index].word.variants:
        for pattern in lexicon.patterns.get(name, ()):
            if best is not None and len(pattern.words) < best.end - best.start:
                break
            stop = _fits(pattern, tokens, index, end, lexicon)
            if stop < 0:
                continue
            if best is None or stop > best.end:
                best = Match(index, stop, conjunction, preposition, (pattern,))
            elif stop == best.end and (conjunction, preposition) == (best.conjunction, best.preposition) and pattern not in best.patterns:
                best = Match(index, stop, conjunction, preposition, (*best.patterns, pattern))
    return best


def find_names(tokens: Sequence[Token], start: int, end: int, lexicon: Lexicon) -> tuple[Match, ...]:
    """Finds known names in tokens `start` to `end`, left to right, none overlapping another."""
    found: list[Match] = []
    index = start
    while index < end:
        match = _at(tokens, index, end, lexicon) if tokens[index].kind in ("word", "other") else None
        if match is None:
            index += 1
        else:
            found.append(match)
            index = match.end
    return tuple(found)
