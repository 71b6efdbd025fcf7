"""Turns one sentence of a reading into a parse: names, times, tags, phrases, clauses, predicates."""

from collections.abc import Sequence

from tawazun.model.lexicon import Lexicon
from tawazun.model.phrases import Parse
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
    return find_times([token.text for token in tokens[sentence.start : sentence.end]], lexicon.times)


def parse_sentence(tokens: Sequence[Token], sentence: Sentence, quotations: Sequence[Quotation], lexicon: Lexicon) -> Parse:
    """Takes one sentence apart; `quotations` are those that touch it."""
    base, end = sentence.start, sentence.end
    times = times_of(tokens, sentence, lexicon)
    timed = frozenset(at for mention in times for at in range(base + mention.start, base + mention.end))
    names = find_names(tokens, base, end, lexicon)
    matches = {match.start: match for match in names if timed.isdisjoint(range(match.start, match.end))}
    tags = tag_tokens(tokens, base, end, matches, timed, lexicon)
    phrases = noun_phrases(tokens, tags, base, lexicon)
    phrase_of = [-1] * (end - base)
    for number, phrase in enumerate(phrases):
        for index in range(phrase.start, phrase.end):
            phrase_of[index - base] = number
    clauses, clause_of = clauses_of(tokens, tags, base, phrases, phrase_of, quotations, lexicon)
    near = Neighbourhood(tokens, tags, base, phrases, phrase_of, lexicon)
    return Parse(
        start=base,
        end=end,
        tags=tags,
        phrases=phrases,
        phrase_of=tuple(phrase_of),
        clauses=clauses,
        clause_of=clause_of,
        predicates=predicates_of(near, clause_of),
        times=times,
    )
