"""Turns tags and phrases into predicates: the words that name acts, introduce speech or set the status of others."""

from collections.abc import Iterator, Sequence

from tawazun.model.entries import Entry, Form
from tawazun.model.phrases import Phrase, Predicate, Tag
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
    return word in (token.text, token.bare) or any(name == word for name, _, _ in token.variants)


def _spans(index: int, form_entries: Sequence[int], near: Neighbourhood) -> Iterator[tuple[int, int, int]]:
    """Yields (entry number, start, end) for the entries of a one-word form, verbal phrases whole."""
    for number in form_entries:
        if number not in near.lexicon.verbal_phrases:
            yield number, index, index + 1
            continue
        rest = _verbal_phrase(number, index, near)
        if rest is not None:
            yield (number, index, rest[1]) if rest[0] == index + 1 else (number, rest[0], rest[1])


def _choose(candidates: Sequence[tuple[int, int, int]], near: Neighbourhood) -> tuple[tuple[Entry, ...], int, int] | None:
    """Chooses among entries, longer spans first."""
    by_span: dict[tuple[int, int], list[Entry]] = {}
    for number, start, end in candidates:
        by_span.setdefault((start, end), []).append(near.lexicon.entries[number])
    for (start, end), entries in sorted(by_span.items(), key=lambda item: item[0][0] - item[0][1]):
        chosen = choose_entries(entries, start, end, near)
        if chosen:
            return chosen, start, end
    return None


def _of_verb(tag: Tag, index: int, clause: int, number: int, near: Neighbourhood) -> Predicate | None:
    numbers = list(dict.fromkeys(form.entry for form in tag.forms))
    found = _choose(tuple(_spans(index, numbers, near)), near)
    if found is None:
        return None
    entries, start, end = found
    return Predicate(
        index=number,
        start=start,
        end=end,
        entry=entries[0],
        form=_form(tag.forms, entries[0], near),
        clause=clause,
        phrase=-1,
        pronoun=tag.pronoun,
        preposition=tag.preposition,
        future=tag.future,
        conjunction=tag.conjunction,
        alternatives=entries[1:],
    )


def _form(forms: Sequence[Form], entry: Entry, near: Neighbourhood) -> Form | None:
    fitting = [form for form in forms if near.lexicon.entries[form.entry] is entry]
    return min(fitting, key=lambda form: ("VMNAP".index(form.part), form.person == "1s"), default=None)


def _of_phrase(phrase: Phrase, number_of_phrase: int, tag: Tag, clause: int, number: int, near: Neighbourhood) -> Predicate | None:
    start, end = phrase.head, phrase.head + 1
    if tag.match is not None:
        end = tag.match.end
        candidates = [(pattern.ref, start, end) for pattern in tag.match.patterns if pattern.kind == "phrase"]
        if end - start == 1:
            candidates += [(form.entry, start, end) for form in tag.forms]
    else:
        numbers = dict.fromkeys(form.entry for form in tag.forms)
        candidates = [(item, start, end) for item in numbers if item not in near.lexicon.verbal_phrases]
    found = _choose(candidates, near)
    if found is None:
        return None
    entries, start, end = found
    return Predicate(
        index=number,
        start=start,
        end=end,
        entry=entries[0],
        form=_form(tag.forms, entries[0], near),
        clause=clause,
        phrase=number_of_phrase,
        pronoun=tag.pronoun,
        preposition=phrase.preposition,
        future=False,
        conjunction=tag.conjunction,
        alternatives=entries[1:],
    )


def predicates_of(near: Neighbourhood, clause_of: Sequence[int]) -> tuple[Predicate, ...]:
    """Finds the predicates of a sentence in the order of their words."""
    found: list[Predicate] = []
    taken = -1
    heads = {phrase.head: number for number, phrase in enumerate(near.phrases) if phrase.kind == "event"}
    for at, tag in enumerate(near.tags):
        index = near.base + at
        if index < taken:
            continue
        predicate = None
        if tag.kind == "verb" and tag.forms:
            predicate = _of_verb(tag, index, clause_of[at], len(found), near)
        elif index in heads:
            number = heads[index]
            predicate = _of_phrase(near.phrases[number], number, tag, clause_of[at], len(found), near)
        if predicate is not None:
            found.append(predicate)
            if predicate.start == index:
                taken = predicate.end
    return tuple(found)
