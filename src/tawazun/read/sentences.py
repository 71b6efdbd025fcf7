"""Turns tokens into sentences that survive stray full stops, initials, numbers and quotations."""

from collections.abc import Sequence

from tawazun.model.readings import Quotation, Sentence, Token

_STOPS = frozenset({".", "!", "?", "\u061f", "\u2026", "...", "\u06d4"})
_CLOSERS = frozenset({'"', "\u00bb", "\u201d", ")", "]", "'", "\u2019"})
_FRAGMENT = 6
_QUOTED = 60
_LONGEST = 220


def breaks_of(text: str, tokens: Sequence[Token]) -> frozenset[int]:
    """Returns the indices of tokens that start a new line."""
    return frozenset(index for index in range(1, len(tokens)) if "\n" in text[tokens[index - 1].end : tokens[index].start])


def _has_verb(tokens: Sequence[Token]) -> bool:
    return any(form.part == "V" for token in tokens for cut in token.word.segmentations for form in cut.forms)


def _is_stop(tokens: Sequence[Token], index: int) -> bool:
    """Tells whether the mark at `index` ends a sentence, by its neighbours."""
    if tokens[index].text not in _STOPS and not tokens[index].text.startswith(".."):
        return False
    before = tokens[index - 1] if index else None
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if before is None or after is None:
        return True
    if tokens[index].text != ".":
        return True
    if before.kind == "word" and len(before.text) == 1 and before.end == tokens[index].start:
        return False
    return not (before.kind == "number" and after.kind == "number" and after.start == tokens[index].end)


def _stray(tokens: Sequence[Token], index: int, breaks: frozenset[int]) -> bool:
    """Tells whether the full stop at `index` cuts off a fragment without a verb that starts with a preposition: a phrase torn in two."""
    start = index + 1
    end = start
    while end < len(tokens) and end not in breaks and not (tokens[end].kind == "mark" and tokens[end].text in _STOPS):
        end += 1
    if start in breaks or not 0 < end - start <= _FRAGMENT:
        return False
    first = tokens[start].word
    opens = any(kind == "preposition" for kind, _ in first.particles) and not first.particle_conjunction
    return opens and not _has_verb(tokens[start:end])


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
        if tokens[index].kind == "mark" and not quoted[index] and _is_stop(tokens, index) and not _stray(tokens, index, breaks):
            index += 1
            while (
                index < len(tokens)
                and tokens[index].text in _CLOSERS
                and index not in breaks
                and tokens[index].start == tokens[index - 1].end
            ):
                index += 1
            found.append(Sentence(start, index))
            start = index
            continue
        index += 1
        if index - start >= _LONGEST:
            found.append(Sentence(start, index))
            start = index
    if start < len(tokens):
        found.append(Sentence(start, len(tokens)))
    return tuple(found)


def _cover(length: int, quotations: Sequence[Quotation]) -> bytearray:
    """Marks the tokens inside short closed quotations, their last two tokens excepted (a stop before the closing mark ends the
    sentence).
    """
    covered = bytearray(length)
    for quotation in quotations:
        if quotation.closed and quotation.end - quotation.start <= _QUOTED:
            for index in range(quotation.start + 1, max(quotation.start + 1, quotation.end - 2)):
                covered[index] = 1
    return covered
