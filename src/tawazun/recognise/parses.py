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


_DATELINE = 16


def dateline_end(
    tokens: Sequence[Token], base: int, end: int, matches: Mapping[int, Match], timed: frozenset[int], lexicon: Lexicon
) -> int:
    """Returns the index after the dateline of a sentence (`Tripoli (AFP) -`), or the sentence's first index."""
    index, last, named = base, base, False
    while index < min(end, base + _DATELINE):
        token, match = tokens[index], matches.get(index)
        by_agency = token.text in lexicon.words["dateline_agency"] and (
            index - 1 in timed or (index > 0 and tokens[index - 1].kind == "mark")
        )
        if named and (by_agency or token.text in lexicon.words["dateline_end"]):
            last = index + 1
            index += 1
        elif (
            match is not None
            and not match.conjunction
            and match.first("place", "capital", "country", "actor") is not None
            and _is_dateline_name(match, lexicon)
        ):
            named, index = True, match.end
        elif token.kind in ("mark", "other", "number") or index in timed or token.text in lexicon.words["dateline_word"]:
            named = named or token.kind == "other"
            index += 1
        else:
            break
        if (
            index - base >= 2
            and last == base
            and index < end
            and all(len(t.text) == 1 and t.kind == "word" for t in tokens[base:index])
            and index < end
            and len(tokens[index].text) > 1
        ):
            last, named = index, True
    return last if last > base and last < end else base


def _is_dateline_name(match: Match, lexicon: Lexicon) -> bool:
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
