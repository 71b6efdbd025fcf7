"""Turns tokens into known names: the longest that fits at each place."""

from collections.abc import Sequence

from tawazun.model.lexicon import Lexicon, Pattern
from tawazun.model.phrases import Match
from tawazun.model.readings import Token

_TITLE_REACH = 3
_ALONE = ("",)


def _fits(pattern: Pattern, tokens: Sequence[Token], index: int, end: int, lexicon: Lexicon) -> int:
    """Returns the index after the last word of a pattern whose first word fits at `index`, or -1."""
    last = len(pattern.words) - 1
    if index + last >= end:
        return -1
    for number in range(1, last + 1):
        text, want = tokens[index + number].text, pattern.words[number]
        if text != want and not (number == last and pattern.kind == "phrase" and _with_pronoun(text, want, lexicon)):
            return -1
    return index + last + 1


def _with_pronoun(text: str, want: str, lexicon: Lexicon) -> bool:
    return text.startswith(want) and text[len(want) :] in lexicon.clitics.pronouns


def _placed(tokens: Sequence[Token], index: int, preposition: str, lexicon: Lexicon) -> bool:
    """Tells whether a place word (town, village) or `in` stands before a name that otherwise is a common word."""
    if preposition in lexicon.words["in_clitic"]:
        return True
    before = tokens[index - 1].word if index else None
    return before is not None and (
        before.text in lexicon.words["place_word"]
        or before.bare in lexicon.words["place_word"]
        or before.text in lexicon.words["in_word"]
        or before.bare in lexicon.words["fought_noun"]
    )


def _at(tokens: Sequence[Token], index: int, end: int, lexicon: Lexicon) -> Match | None:
    """Returns the longest name that begins at `index`, with all that are as long and have the same clitics before them."""
    best: Match | None = None
    seconds = tokens[index + 1].word.seconds if index + 1 < end else _ALONE
    for name, conjunction, preposition, longer in tokens[index].word.openings:
        for second in seconds if longer else _ALONE:
            for pattern in lexicon.patterns.get(name + second, ()):
                if best is not None and len(pattern.words) < best.end - best.start:
                    break
                stop = _fits(pattern, tokens, index, end, lexicon)
                if stop < 0 or (
                    pattern.kind == "place" and lexicon.places[pattern.ref].risky and not _placed(tokens, index, preposition, lexicon)
                ):
                    continue
                if best is None or stop > best.end:
                    best = Match(index, stop, conjunction, preposition, (pattern,))
                elif (conjunction, preposition) == (best.conjunction, best.preposition) and pattern not in best.patterns:
                    best = Match(index, stop, conjunction, preposition, (*best.patterns, pattern))
    return best


def _is_idle(match: Match, found: Sequence[Match], lexicon: Lexicon) -> bool:
    """Tells whether a match is only a bare surname that is a common word too (main), without a title right before it."""
    if match.end - match.start > 1 or any(p.kind != "short" or p.words[0] not in lexicon.words["common_surname"] for p in match.patterns):
        return False
    return not any(before.end >= match.start - _TITLE_REACH and before.first("title") is not None for before in found[-2:])


def find_names(tokens: Sequence[Token], start: int, end: int, lexicon: Lexicon) -> tuple[Match, ...]:
    """Finds known names in tokens `start` to `end`, left to right, none overlapping another."""
    found: list[Match] = []
    index = start
    while index < end:
        named = tokens[index].word.openings and tokens[index].kind in ("word", "other")
        match = _at(tokens, index, end, lexicon) if named else None
        if match is None or _is_idle(match, found, lexicon):
            index += 1
        else:
            found.append(match)
            index = match.end
    return tuple(found)
