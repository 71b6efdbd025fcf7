"""Turns tags and phrases into predicates: the words that name acts, introduce speech or set the status of others."""

from collections.abc import Iterator, Sequence

from tawazun.model.entries import Entry, Form
from tawazun.model.phrases import Predicate, Tag
from tawazun.recognise.options import Candidate, Choice, weigh
from tawazun.recognise.senses import Neighbourhood, choose_entries

_REACH = 9


def _verbal_phrase(number: int, index: int, near: Neighbourhood) -> tuple[int, int] | None:
    """Returns where the rest of a verbal phrase (`took` ... `prisoner`) stands after its verb, or None."""
    for _, rest in near.lexicon.verbal_phrases[number]:
        for at in range(index + 1, min(near.end, index + _REACH)):
            if near.tags[at - near.base].kind in ("verb", "complementiser", "relative"):
                break
            if all(at + k < near.end and _is_word(at + k, word, near) for k, word in enumerate(rest)):
                return at, at + len(rest)
    return None


def _is_word(at: int, word: str, near: Neighbourhood) -> bool:
    token = near.tokens[at].word
    return word in (token.text, token.bare) or word in [name for name, _, _ in token.variants]


def _spans(index: int, form_entries: Sequence[int], near: Neighbourhood) -> Iterator[tuple[int, int, int]]:
    """Yields (entry number, start, end) for the entries of a one-word form, verbal phrases whole."""
    for number in form_entries:
        if number not in near.lexicon.verbal_phrases:
            yield number, index, index + 1
            continue
        rest = _verbal_phrase(number, index, near)
        if rest is not None:
            yield (number, index, rest[1]) if rest[0] == index + 1 else (number, rest[0], rest[1])


def candidates_at(index: int, tag: Tag, near: Neighbourhood) -> list[Candidate]:
    """Returns the entries that the word at `index`, a verb or the head of a phrase, may stand for, with their tokens."""
    numbers = list(dict.fromkeys([form.entry for form in tag.forms]))
    if tag.kind == "verb":
        return list(_spans(index, numbers, near))
    if tag.match is None:
        return [(number, index, index + 1) for number in numbers if number not in near.lexicon.verbal_phrases]
    end = tag.match.end
    expressions = [(pattern.ref, index, end) for pattern in tag.match.patterns if pattern.kind == "phrase"]
    return expressions + ([(number, index, end) for number in dict.fromkeys(numbers)] if end - index == 1 else [])


def _choose(index: int, tag: Tag, near: Neighbourhood) -> Choice | None:
    """Chooses among the entries of a word: an act by the weights, where there are any, else by the conditions of the entries."""
    candidates = candidates_at(index, tag, near)
    scorer = near.lexicon.scorers.get("senses")
    if scorer is None:
        return _by_conditions(candidates, near)
    weighed = weigh(candidates, tag, near, scorer)
    return weighed or _by_conditions([item for item in candidates if near.lexicon.entries[item[0]].type is None], near)


def _by_conditions(candidates: Sequence[Candidate], near: Neighbourhood) -> Choice | None:
    """Chooses among entries by their conditions, longer spans first."""
    by_span: dict[tuple[int, int], list[Entry]] = {}
    for number, start, end in candidates:
        by_span.setdefault((start, end), []).append(near.lexicon.entries[number])
    for (start, end), entries in sorted(by_span.items(), key=lambda item: item[0][0] - item[0][1]):
        chosen = choose_entries(entries, start, end, near)
        if chosen:
            return Choice(chosen, start, end, ())
    return None


def _form(forms: Sequence[Form], entry: Entry, near: Neighbourhood) -> Form | None:
    fitting = [form for form in forms if near.lexicon.entries[form.entry] is entry]
    if len(fitting) < 2:
        return fitting[0] if fitting else None
    return min(fitting, key=lambda form: ("VMNAP".index(form.part), form.person == "1s"))


def _predicate(number: int, index: int, clause: int, phrase: int, near: Neighbourhood) -> Predicate | None:
    """Returns the predicate that the word at `index` is, a verb (`phrase` -1) or the head of a phrase; None where no entry fits."""
    tag = near.tag(index)
    found = _choose(index, tag, near)
    if found is None:
        return None
    entry, *others = found.entries
    return Predicate(
        index=number,
        start=found.start,
        end=found.end,
        entry=entry,
        form=_form(tag.forms, entry, near),
        clause=clause,
        phrase=phrase,
        pronoun=tag.pronoun,
        preposition=near.phrases[phrase].preposition if phrase >= 0 else tag.preposition,
        future=tag.future,
        conjunction=tag.conjunction,
        alternatives=tuple(others),
        features=found.features,
    )


def predicates_of(near: Neighbourhood) -> tuple[Predicate, ...]:
    """Finds the predicates of a sentence in the order of their words."""
    found: list[Predicate] = []
    taken = -1
    heads = {phrase.head: number for number, phrase in enumerate(near.phrases) if phrase.kind == "event"}
    for at, tag in enumerate(near.tags):
        index = near.base + at
        if index < taken or not (index in heads or (tag.kind == "verb" and tag.forms)):
            continue
        predicate = _predicate(len(found), index, near.clause_of[at], -1 if tag.kind == "verb" else heads[index], near)
        if predicate is not None:
            found.append(predicate)
            if predicate.start == index:
                taken = predicate.end
    return tuple(found)
