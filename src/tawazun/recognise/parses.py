"""Turns one sentence of a reading into a parse: names, times, tags, phrases, clauses, predicates."""

from collections.abc import Mapping, Sequence

from tawazun.model.lexicon import Lexicon
from tawazun.model.phrases import Match, Parse, Tag
from tawazun.model.readings import Quotation, Sentence, Token
from tawazun.model.times import TimeMention
from tawazun.recognise.clauses import clauses_of
from tawazun.recognise.names import find_names
from tawazun.recognise.phrases import noun_phrases
from tawazun.recognise.predicates import predicates_of
from tawazun.recognise.senses import Neighbourhood
from tawazun.recognise.tags import tag_tokens
from tawazun.recognise.times import find_times


def times_of(tokens: Sequence[Token], sentence: Sentence, lexicon: Lexicon) -> tuple[TimeMention, ...]:
    """Finds the time expressions of a sentence; indices of tokens run from the sentence's first."""
    inside = tokens[sentence.start : sentence.end]
    dating = [token.word.dating for token in inside]
    if "rests" not in dating:
        return ()
    return find_times([token.text for token in inside], lexicon.times, dating)


_DATELINE, _WIRE, _TOWN = 16, 4, 3
_COMMAS = frozenset({"\u060c", ","})
_WIRE_MARKS = {
    "/": "/",
    "(": ")",
    "[": "]",
    "\u00ab": "\u00bb",
    "\u201c": "\u201d",
    '"': '"',
    "-": "-",
    "\u2013": "\u2013",
    "\u2014": "\u2014",
}
"""Are the marks between which a dateline may name an agency, each with the one that closes it."""


def dateline_end(
    tokens: Sequence[Token], base: int, end: int, matches: Mapping[int, Match], timed: frozenset[int], lexicon: Lexicon
) -> int:
    """Returns the index after the dateline of a sentence (`Tripoli (AFP) -`), or the sentence's first index."""
    words = lexicon.words
    index, last, named = base, base, False
    while index < min(end, base + _DATELINE):
        token, match = tokens[index], matches.get(index)
        by_agency = token.text in words["dateline_agency"] and (index - 1 in timed or (index > 0 and tokens[index - 1].kind == "mark"))
        wire = _after_wire(tokens, index, end, matches, lexicon) if named and token.kind == "mark" else index
        if wire > index:
            index = wire
            last = index if tokens[index - 1].text in words["dateline_end"] else last
        elif named and (by_agency or token.text in words["dateline_end"]):
            index += 1
            last = index
        elif match is not None and _is_dateline_name(match, lexicon):
            named, index = True, match.end
        elif token.kind in ("mark", "other", "number") or index in timed or token.text in words["dateline_word"]:
            named = named or token.kind == "other"
            index += 1
        elif index == base and (dated := _unknown_town(tokens, base, end, timed)) > base:
            named, index = True, dated
        else:
            break
        spelled = index - base >= 2 and all(len(t.text) == 1 and t.kind == "word" for t in tokens[base:index])
        if last == base and spelled and index < end and len(tokens[index].text) > 1:
            last, named = index, True
    return last if base < last < end else base


def _after_wire(tokens: Sequence[Token], at: int, end: int, matches: Mapping[int, Match], lexicon: Lexicon) -> int:
    """Returns the index after the name of an agency that stands between two marks of a dateline (/ the harbour /), or `at`: no more than
    four words, none of which can be a verb, a title or a person.
    """
    closing = _WIRE_MARKS.get(tokens[at].text)
    if closing is None:
        return at
    for index in range(at + 1, min(end, at + _WIRE + 2)):
        token, match = tokens[index], matches.get(index)
        if token.text == closing:
            return index + 1 if index > at + 1 else at
        if token.kind == "mark" or token.word.verbs or (match is not None and not _is_dateline_name(match, lexicon)):
            return at
    return at


def _unknown_town(tokens: Sequence[Token], base: int, end: int, timed: frozenset[int]) -> int:
    """Returns the index of the date after an unknown place of up to three words and a comma that open a sentence, or `base`."""
    for index in range(base, min(end - 1, base + _TOWN + 1)):
        if tokens[index].kind == "mark":
            return index if index > base and index + 1 in timed and tokens[index].text in _COMMAS else base
        if tokens[index].kind != "word" or tokens[index].word.verbs:
            return base
    return base


def _is_dateline_name(match: Match, lexicon: Lexicon) -> bool:
    """Tells whether a known name may stand in a dateline: a place, or an outlet."""
    if match.conjunction or match.first("place", "capital", "country", "actor") is None:
        return False
    actor = match.first("actor")
    return actor is None or lexicon.actors[actor.ref].kind == "media" or match.first("place", "capital", "country") is not None


def parse_sentence(tokens: Sequence[Token], sentence: Sentence, quotations: Sequence[Quotation], lexicon: Lexicon) -> Parse:
    """Takes one sentence apart; `quotations` are those that touch it. Fixed expressions that mean nothing here are taken as plain words."""
    base, end = sentence.start, sentence.end
    times = times_of(tokens, sentence, lexicon)
    timed = frozenset(at for mention in times for at in range(base + mention.start, base + mention.end))
    names = find_names(tokens, base, end, lexicon)
    matches = {match.start: match for match in names if timed.isdisjoint(range(match.start, match.end))}
    parse = _parse(tokens, sentence, matches, timed, quotations, lexicon, times)
    covered = {index for predicate in parse.predicates for index in range(predicate.start, predicate.end)}
    idle = [start for start, match in matches.items() if start not in covered and _is_expression(match)]
    if not idle:
        return parse
    kept = {start: match for start, match in matches.items() if start not in idle}
    return _parse(tokens, sentence, kept, timed, quotations, lexicon, times)


def _is_expression(match: Match) -> bool:
    """Tells whether a match is only a fixed expression of several words."""
    return match.end - match.start > 1 and all(pattern.kind == "phrase" for pattern in match.patterns)


def _parse(
    tokens: Sequence[Token],
    sentence: Sentence,
    matches: Mapping[int, Match],
    timed: frozenset[int],
    quotations: Sequence[Quotation],
    lexicon: Lexicon,
    times: tuple[TimeMention, ...],
) -> Parse:
    base, end = sentence.start, sentence.end
    tags = tag_tokens(tokens, base, end, matches, timed, lexicon)
    opening = dateline_end(tokens, base, end, matches, timed, lexicon)
    tags = (*(Tag(kind="mark", value=tokens[index].text) for index in range(base, opening)), *tags[opening - base :])
    phrases = noun_phrases(tokens, tags, base, lexicon)
    phrase_of = [-1] * (end - base)
    for number, phrase in enumerate(phrases):
        for index in range(phrase.start, phrase.end):
            phrase_of[index - base] = number
    clauses, clause_of = clauses_of(tokens, tags, base, phrases, phrase_of, quotations, lexicon)
    near = Neighbourhood(tokens, tags, base, phrases, phrase_of, clauses, clause_of, lexicon)
    return Parse(
        start=base,
        end=end,
        tags=tags,
        phrases=phrases,
        phrase_of=tuple(phrase_of),
        clauses=clauses,
        clause_of=clause_of,
        predicates=predicates_of(near),
        times=times,
    )
