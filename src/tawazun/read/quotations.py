"""Turns tokens into quotations, nested ones too; a mark that is never closed ends at its paragraph."""

from bisect import bisect_right
from collections.abc import Callable, Sequence

from tawazun.model.readings import Quotation, Sentence, Token

_PAIRS = {
    "\u00ab": "\u00bb",
    "\u201c": "\u201d",
    "\u201e": "\u201c",
    "\u2039": "\u203a",
    "\u2018": "\u2019",
    "\u300c": "\u300d",
}
_CLOSING = frozenset(_PAIRS.values())
_SAME = frozenset("\"'`") | {"\uff02"}
_LONGEST = 400


def _reversed(mark: str, stack: list[tuple[str, int]]) -> bool:
    """Tells whether a closing mark opens a quotation, as typists of right-to-left text often have it."""
    return mark in _CLOSING and not any(closing == mark for closing, _ in stack)


def quotations_of(tokens: Sequence[Token], breaks: frozenset[int]) -> tuple[Quotation, ...]:
    """Finds quotations; `breaks` are the token indices before which a paragraph ends."""
    found: list[Quotation] = []
    stack: list[tuple[str, int]] = []

    def close(end: int, closed: bool) -> None:
        _, start = stack.pop()
        found.append(Quotation(start, end, len(stack), closed))

    for index, token in enumerate(tokens):
        if stack and (index in breaks or index - stack[0][1] > _LONGEST):
            while stack:
                close(index, False)
        if token.kind != "mark":
            continue
        mark = token.text
        if stack and mark == stack[-1][0]:
            close(index + 1, True)
        elif mark in _SAME:
            _same(mark, index, stack, close)
        elif mark in _PAIRS:
            stack.append((_PAIRS[mark], index))
        elif _reversed(mark, stack):
            opening = next((key for key, value in _PAIRS.items() if value == mark), mark)
            stack.append((opening, index))
        elif mark in _CLOSING:
            while stack[-1][0] != mark:
                close(index, False)
            close(index + 1, True)
    while stack:
        close(len(tokens), False)
    return tuple(sorted(found, key=lambda item: (item.start, -item.end)))


def _same(mark: str, index: int, stack: list[tuple[str, int]], close: Callable[[int, bool], None]) -> None:
    if any(closing == mark for closing, _ in stack):
        while stack[-1][0] != mark:
            close(index, False)
        close(index + 1, True)
    else:
        stack.append((mark, index))


def by_sentence(quotations: Sequence[Quotation], sentences: Sequence[Sentence]) -> list[list[Quotation]]:
    """Gives each sentence the quotations that touch it, in their order."""
    found: list[list[Quotation]] = [[] for _ in sentences]
    ends = [sentence.end for sentence in sentences]
    for quotation in quotations:
        at = bisect_right(ends, quotation.start)
        while at < len(sentences) and sentences[at].start < quotation.end:
            found[at].append(quotation)
            at += 1
    return found
