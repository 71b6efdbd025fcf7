"""Turns a sentence with a cue into its condition and its consequence, by where the cue stands and where the answer begins."""

import re
from typing import NamedTuple
from unicodedata import lookup

from tawazun.analyse.wordings import Found, any_of, spans_of
from tawazun.base.letters import fold_word
from tawazun.model.evidence import Piece
from tawazun.model.wordings import ConditionWords, Cue

_STOPS = re.compile('[\u060c,\u061b;\u00bb\u201d".!\u061f?\n]')
"""Are comma, semicolon, closing quotation marks and full stops, Arabic and Latin."""
_COMMA = re.compile("[\u060c,]")
_TRIMMED = ' \n\t\u060c,\u061b;:.\u00ab\u00bb\u201c\u201d"!\u061f?'
_AND = lookup("ARABIC LETTER WAW")
_LEAST = 2
"""Is how many words a part has at least."""


class Halves(NamedTuple):
    """Is a condition and its consequence, as offsets in the article."""

    condition: tuple[int, int]
    consequence: tuple[int, int]


def halves_of(found: Found[Cue], piece: Piece, words: ConditionWords) -> Halves | None:
    """Splits the sentence at a cue; None where one half is missing, or lacks a word that the cue needs."""
    begin, end = piece.sentences[found.sentence]
    cue, text = found.entry, piece.text
    before = _clause_before(text, begin, found.start, words.openers)
    if cue.order == "first":
        halves = Halves(before, _trim(text, found.end, _stop(text, found.end, end)))
    elif cue.order == "last" or (_count(text, before) >= _LEAST and not _leads(text, found)):
        stop = _stop(text, found.end, end)
        halves = Halves(_trim(text, found.end, stop), before)
    else:
        halves = _answered(text, found, end, words)
    whole = all(_count(text, half) >= (1 if cue.order == "first" else _LEAST) for half in halves)
    if not whole or (cue.needs and not any_of(cue.needs, text[halves.condition[0] : halves.condition[1]])):
        return None
    return halves


def _leads(text: str, found: Found[Cue]) -> bool:
    """Tells whether a conjunction is written on to the cue: then its condition begins the sentence or half of it."""
    written = fold_word(text[found.start : found.end].split()[0])
    return written not in {phrase.split()[0] for phrase in found.entry.words}


def _clause_before(text: str, begin: int, at: int, openers: tuple[str, ...]) -> tuple[int, int]:
    """Returns the clause that ends at a place: from behind its opener, else from its comma."""
    stretch = text[begin:at]
    quotes = max(stretch.rfind(mark) for mark in ("\u00ab", "\u201c", ":"))
    ends = [behind for _, behind in spans_of(openers, stretch)]
    if ends:
        return _trim(text, begin + max(max(ends), quotes + 1), at)
    commas = [match.end() for match in _COMMA.finditer(stretch.rstrip(_TRIMMED))]
    start = max([0, quotes + 1, *commas[-1:]])
    half = _trim(text, begin + start, at)
    return half if _count(text, half) > _LEAST else _trim(text, begin + max(0, quotes + 1), at)


def _stop(text: str, start: int, end: int) -> int:
    """Returns where a half that begins at `start` ends: before a stop, but not before it has two words."""
    for match in _STOPS.finditer(text, start, end):
        if len(text[start : match.start()].split()) >= _LEAST:
            return match.start()
    return end


def _answered(text: str, found: Found[Cue], end: int, words: ConditionWords) -> Halves:
    """Splits at the word that begins the answer; without one, at the first comma, unless what follows it only goes on."""
    answers = words.answers["unreal" if found.entry.kind == "unreal" else "real"]
    later = [start + found.end for start, _ in sorted(spans_of(answers, text[found.end : end]))]
    places = [place for place in later if len(text[found.end : place].split()) >= _LEAST]
    comma = next(
        (match.start() for match in _COMMA.finditer(text, found.end, end) if len(text[found.end : match.start()].split()) >= _LEAST), None
    )
    behind_comma = [place for place in places if _COMMA.search(text[max(0, place - 3) : place])]
    first_answer = places if found.entry.kind == "unreal" else behind_comma or places
    at = (first_answer or ([comma] if comma else [end]))[0]
    if not places and fold_word(text[at:end].strip(_TRIMMED))[:1] == _AND:
        return Halves((at, at), (at, at))
    return Halves(_trim(text, found.end, min(at, comma) if comma else at), _trim(text, at, _sentence_end(text, at, end)))


def _sentence_end(text: str, at: int, end: int) -> int:
    """Returns where a consequence ends: its sentence's end, but before a closing quotation mark."""
    marks = [place for mark in ("\u00bb", "\u201d") if (place := text.find(mark, at, end)) > 0]
    return min(marks, default=end)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _TRIMMED:
        start += 1
    while end > start and text[end - 1] in _TRIMMED:
        end -= 1
    return start, end


def _count(text: str, half: tuple[int, int]) -> int:
    return len(text[half[0] : half[1]].split())
