"""Turns tokens into sentences that survive stray full stops, initials, numbers, dots and quotations."""

from collections.abc import Sequence

from tawazun.model.readings import Quotation, Sentence, Token

_STOPS = frozenset({".", "!", "?", "\u061f", "\u2026", "\u06d4"})
_CLOSERS = frozenset({'"', "\u00bb", "\u201d", ")", "]", "'", "\u2019"})
_COMMAS = frozenset({"\u060c", ",", "\u061b", ";"})
_LINES = frozenset("\n\r\x85\u2028\u2029")
_FRAGMENT = 6
_QUOTED = 60
_LONGEST = 220


def breaks_of(text: str, tokens: Sequence[Token]) -> frozenset[int]:
    """Returns the indices of tokens that start a new line."""
    return frozenset(index for index in range(1, len(tokens)) if not _LINES.isdisjoint(text[tokens[index - 1].end : tokens[index].start]))


def _has_verb(tokens: Sequence[Token]) -> bool:
    """Tells whether a phrase that starts with a preposition has a word after what that governs that may be a verb."""
    return any(token.word.verbs for token in tokens[2:] if not token.word.particles)


def _is_mark(token: Token) -> bool:
    """Tells whether a token is a mark that may end a sentence."""
    return token.kind == "mark" and (token.text in _STOPS or token.text.startswith(".."))


def _is_stop(tokens: Sequence[Token], start: int, index: int, breaks: frozenset[int]) -> bool:
    """Tells whether the mark at `index` ends the sentence that begins at `start`, by its neighbours."""
    if not _is_mark(tokens[index]):
        return False
    if index == start or index + 1 == len(tokens) or index + 1 in breaks:
        return True
    after = tokens[index + 1]
    if after.text in _COMMAS:
        return False
    if tokens[index].text != ".":
        return tokens[index].text in ("!", "?", "\u061f", "\u06d4") or _sets_out(after)
    return not (_abbreviates(tokens, start, index) or _stray(tokens, index + 1, breaks))


def _sets_out(after: Token) -> bool:
    """Tells whether a sentence may begin after three dots: with a conjunction."""
    return after.word.conjunction != "" or after.word.particle_conjunction != ""


def _abbreviates(tokens: Sequence[Token], start: int, index: int) -> bool:
    """Tells whether the full stop at `index` belongs to an initial, the number of a list, a number or an address."""
    before, after = tokens[index - 1], tokens[index + 1]
    if before.kind == "word" and len(before.text) == 1:
        return index - 2 < start or tokens[index - 2].kind != "number"
    if before.kind == "number" and index - 1 == start:
        return True
    return before.kind in ("number", "other") and after.kind in ("number", "other") and after.start - before.end == 1


def _stray(tokens: Sequence[Token], start: int, breaks: frozenset[int]) -> bool:
    """Tells whether what begins at `start`, after a full stop, only goes on: a relative, or a short phrase with a preposition."""
    first = tokens[start].word
    if first.particle_conjunction or not first.particles:
        return False
    if all(particle == ("relative", "who") for particle in first.particles):
        return True
    if all(kind != "preposition" for kind, _ in first.particles):
        return False
    end = start
    while end < len(tokens) and end not in breaks and end - start <= _FRAGMENT and not _is_mark(tokens[end]):
        end += 1
    return end - start <= _FRAGMENT and not _has_verb(tokens[start:end])


def sentences_of(text: str, tokens: Sequence[Token], quotations: Sequence[Quotation], breaks: frozenset[int]) -> tuple[Sentence, ...]:
    """Cuts tokens into sentences; a line break always ends one."""
    found: list[Sentence] = []
    start = 0
    index = 0
    quoted = _cover(len(tokens), quotations)
    while index < len(tokens):
        if index in breaks and index > start:
            found.append(Sentence(start, index))
            start = index
        ends = not quoted[index] and _is_stop(tokens, start, index, breaks)
        index += 1
        if ends:
            index = _after_closers(tokens, index, breaks)
        elif index - start >= _LONGEST:
            index = _comma_before(tokens, start, index)
        else:
            continue
        found.append(Sentence(start, index))
        start = index
    if start < len(tokens):
        found.append(Sentence(start, len(tokens)))
    return tuple(found)


def _after_closers(tokens: Sequence[Token], index: int, breaks: frozenset[int]) -> int:
    """Steps over the marks written on to a full stop: closing quotation marks and brackets, further stops."""
    while index < len(tokens) and index not in breaks and tokens[index].start == tokens[index - 1].end:
        if tokens[index].text not in _CLOSERS and not _is_mark(tokens[index]):
            break
        index += 1
    return index


def _comma_before(tokens: Sequence[Token], start: int, end: int) -> int:
    """Returns where a stretch without a full stop is cut: after its last comma, or at its end."""
    return next((index + 1 for index in range(end - 1, start + _LONGEST // 2, -1) if tokens[index].text in _COMMAS), end)


def _cover(length: int, quotations: Sequence[Quotation]) -> bytearray:
    """Marks the tokens inside short closed quotations, but for the last two: a stop before the closing mark ends the sentence."""
    covered = bytearray(length)
    for quotation in quotations:
        if quotation.closed and quotation.end - quotation.start <= _QUOTED:
            for index in range(quotation.start + 1, max(quotation.start + 1, quotation.end - 2)):
                covered[index] = 1
    return covered
