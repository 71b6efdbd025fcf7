"""Turns nouns such as resolution, agreement, statement, conference and law with their number or name into instruments."""

from collections.abc import Sequence
from typing import get_args

from tawazun.base.ids import make_id
from tawazun.model.dossier import Instrument, InstrumentKind, Mention, Names
from tawazun.model.lexicon import Lexicon
from tawazun.model.phrases import Parse
from tawazun.model.readings import Token

_KINDS: tuple[InstrumentKind, ...] = get_args(InstrumentKind)
_REACH = 6


def _kinds(lexicon: Lexicon) -> dict[str, InstrumentKind]:
    """Returns the kind of instrument that a word names, by word."""
    return {word: kind for kind in reversed(_KINDS) for word in lexicon.words["instrument_" + kind]}


def _end(tokens: Sequence[Token], start: int, limit: int, lexicon: Lexicon) -> tuple[int, str | None, bool]:
    """Returns where the name ends, its number, and whether anything names it."""
    at = start + 1
    named = False
    while at < min(limit, start + _REACH):
        token = tokens[at]
        if token.kind == "number" and (tokens[at - 1].text in lexicon.words["number_sign"] or at == start + 1 or named):
            return at + 1, token.text, True
        word = token.word
        if (
            token.kind != "word"
            or (word.conjunction and word.article)
            or (word.particles and token.text not in lexicon.words["number_sign"])
        ):
            break
        if token.text in lexicon.words["number_sign"]:
            at += 1
            continue
        known = any(
            p.kind in ("actor", "country", "capital", "place") for name, _, _ in word.variants for p in lexicon.patterns.get(name, ())
        )
        if not (
            known
            or word.nationality
            or token.text in lexicon.words["instrument_adjective"]
            or word.bare in lexicon.words["instrument_adjective"]
        ):
            if not known and not any(tokens[k].text in lexicon.words["number_sign"] for k in range(at, min(limit, at + 3))):
                break
        named = True
        at += 1
    return at, None, named


def instruments_of(tokens: Sequence[Token], parses: Sequence[Parse], text: str, document: str, lexicon: Lexicon) -> tuple[Instrument, ...]:
    """Finds the instruments that an article names; one named twice is one."""
    found: dict[tuple[InstrumentKind, str], list[tuple[int, int, str | None]]] = {}
    kinds = _kinds(lexicon)
    for parse in parses:
        after = parse.start
        for index, token in enumerate(tokens[parse.start : parse.end], parse.start):
            kind = kinds.get(token.word.bare) or kinds.get(token.text)
            if kind is None or index < after:
                continue
            end, number, named = _end(tokens, index, parse.end, lexicon)
            if named and end > index + 1:
                key = number or " ".join([inside.text for inside in tokens[index + 1 : end]])
                found.setdefault((kind, key), []).append((index, end, number))
            after = end
    return tuple(_instrument(kind, key, places, tokens, text, document) for (kind, key), places in found.items())


def _instrument(
    kind: InstrumentKind, key: str, places: Sequence[tuple[int, int, str | None]], tokens: Sequence[Token], text: str, document: str
) -> Instrument:
    mentions = tuple(
        Mention(tokens[start].start, tokens[end - 1].end, text[tokens[start].start : tokens[end - 1].end]) for start, end, _ in places
    )
    return Instrument(
        id=make_id("instrument", document, kind, key),
        kind=kind,
        number=places[0][2],
        names=Names(mentions[0].form, None),
        mentions=mentions,
    )
