"""Turns tags into noun phrases: counts, construct chains, adjectives, titles with names, appositions.

A phrase grows to the right, word by word; what it may still take depends on its last word (can that be in construct? does an adjective
agree with it?) and on
whether a title waits for a name.
"""

from collections.abc import Sequence

import msgspec

from tawazun.model.lexicon import Lexicon
from tawazun.model.phrases import Match, Phrase, PhraseKind, Tag
from tawazun.model.readings import Token
from tawazun.recognise.agreement import Growth, Sight, agrees, describes, ends, is_event, is_state

_SHORT = 4
_LONGEST = 24
_NAME_WORDS = 4


def _take(sight: Sight, growth: Growth, at: int) -> None:
    tag = sight.tags[at]
    match = tag.match
    article = tag.article
    if match is not None and match.start == sight.base + at:
        growth.names.append(match)
        growth.end = match.end - sight.base
        last = sight.tokens[match.end - 1].word
        article = last.article
        _take_name(sight, growth, match)
    else:
        growth.end = at + 1
    nationality = sight.nationality(at)
    if nationality and (match is None or match.first("country", "actor", "short", "place", "capital") is None):
        growth.nationality.append((sight.base + at, sight.nation(at)))
    proper = match is not None and match.first("actor", "short", "country", "capital", "place") is not None
    closed = article or tag.pronoun or nationality or proper or growth.named or sight.within(growth.end - 1, "adjective")
    growth.open = not (closed or _keeps_nun(sight, growth, match))


def _keeps_nun(sight: Sight, growth: Growth, match: Match | None) -> bool:
    """Tells whether a phrase ends in a plural or dual that a word in construct can't have (gunmen, two soldiers)."""
    group = match.first("group") if match is not None else None
    if group is None or sight.lexicon.groups[group.ref].number == "s":
        return False
    return ends(sight.text(growth.end - 1), sight.classes["nun_endings"])


def _take_name(sight: Sight, growth: Growth, match: Match) -> None:
    title, group = match.first("title"), match.first("group")
    person = match.first("actor", "short")
    if person is not None and sight.lexicon.actors[person.ref].kind == "person":
        growth.named, growth.titled = True, False
    elif (title is not None and sight.lexicon.titles[title.ref].kind != "office") or (
        group is not None and sight.lexicon.groups[group.ref].number == "s" and sight.lexicon.groups[group.ref].kind == "people"
    ):
        growth.titled = True


def _follows(sight: Sight, growth: Growth, at: int) -> bool:
    """Tells whether the noun at `at` continues the phrase that ends before it."""
    tag = sight.tags[at]
    if tag.kind != "noun" or tag.preposition or tag.conjunction:
        return False
    if growth.titled and sight.within(at, "counterpart"):
        return False
    last = growth.end - 1
    match = tag.match
    if match is not None and match.first("phrase") is None and (not sight.nationality(at) or is_state(sight, growth, match)):
        return _name_follows(sight, growth, match, at)
    if sight.nationality(at) or sight.within(at, "adjective"):
        return not growth.named and (agrees(sight, growth, last, at) or agrees(sight, growth, growth.head, at))
    if is_event(tag):
        return False
    if growth.name_words:
        return _name_goes_on(sight, growth, at)
    if not growth.named and (agrees(sight, growth, last, at) or agrees(sight, growth, growth.head, at)):
        return True
    if growth.titled and not growth.open and _name_like(sight, at):
        return True
    return growth.open


def _name_follows(sight: Sight, growth: Growth, match: Match, at: int) -> bool:
    tag = sight.tags[at]
    person = match.first("actor", "short")
    if person is not None and sight.lexicon.actors[person.ref].kind == "person":
        return not growth.named and not growth.name_words and (growth.titled or growth.open or sight.within(growth.head, "counterpart"))
    if tag.article and sight.within(at, "adjectival") and (sight.tags[at - 1].article or sight.tags[at - 1].pronoun != ""):
        men, head = ends(sight.text(at), sight.classes["nun_endings"]), sight.text(growth.head)
        women = ends(head, sight.classes["feminine_endings"]) or ends(head, sight.classes["feminine_plural"])
        return not growth.named and not (men and women)
    if match.first("title") is not None:
        rank = sight.tokens[match.start].text in sight.classes["title_rank"]
        return growth.open or (growth.titled and rank and not growth.name_words)
    if growth.open and not growth.named:
        return True
    named = match.first("short") is not None or (growth.name_words > 0 and match.first("place") is not None)
    return growth.titled and not tag.article and named and growth.name_words < _NAME_WORDS


def _name_like(sight: Sight, at: int) -> bool:
    tag = sight.tags[at]
    if tag.article or tag.pronoun or tag.forms or sight.within(at, "not_name") or sight.within(at, "not_adjective") or _owned(sight, at):
        return False
    return len(sight.text(at)) > 1


def _owned(sight: Sight, at: int) -> bool:
    """Tells whether a word ends in the pronoun `his`, written apart from ta marbuta (his post)."""
    token = sight.tokens[sight.base + at]
    ending = sight.classes["his"]
    return not token.feminine and len(token.text) > _SHORT and ends(token.text, ending) and not sight.within(at, "given_name")


def _name_goes_on(sight: Sight, growth: Growth, at: int) -> bool:
    if growth.name_words >= _NAME_WORDS + 2 or sight.within(at, "not_name"):
        return False
    if sight.within(at, "name_link") or sight.within(at - 1, "name_link"):
        return True
    article = sight.tags[at].article
    return not sight.tags[at - 1].article and (article or (_name_like(sight, at) and growth.name_words < _NAME_WORDS))


def _next_noun(sight: Sight, at: int) -> int:
    """Steps over an opening quotation mark or bracket, or a mark written twice, before a noun."""
    inner = at
    while inner < min(sight.end, at + 2) and sight.tags[inner].kind == "mark" and sight.tags[inner].value in sight.classes["quoting_marks"]:
        inner += 1
    if at < inner < sight.end and sight.tags[inner].kind == "noun" and sight.tags[inner].match is not None:
        return at if sight.tags[inner].conjunction else inner
    return at


def _begins_name(sight: Sight, at: int) -> bool:
    """Tells whether the word at `at` begins a person's name (the Moroccan Abd al-Majid)."""
    tag = sight.tags[at]
    return (
        tag.kind == "noun"
        and not tag.conjunction
        and not tag.preposition
        and (sight.within(at, "given_name") or sight.within(at, "name_link"))
    )


def _grow(sight: Sight, growth: Growth, at: int) -> None:
    """Takes the noun at `at` and all that follows it in the phrase."""
    growth.head = at
    _take(sight, growth, at)
    if growth.nationality and growth.end < sight.end and _begins_name(sight, growth.end):
        growth.titled = True
    limit = min(sight.end, growth.start + _LONGEST)
    while growth.end < limit:
        following = _next_noun(sight, growth.end)
        if following >= limit or not _follows(sight, growth, following):
            break
        unknown = sight.tags[following].match is None and not sight.nationality(following) and not sight.within(following, "adjective")
        name = growth.name_words > 0 or (unknown and growth.titled and not growth.open and _name_like(sight, following))
        _take(sight, growth, following)
        if name:
            growth.name_words += 1
            growth.open = False
    _second_nationality(sight, growth)


def _second_nationality(sight: Sight, growth: Growth) -> None:
    """Takes `and` with a nationality of the same form after one (the Egyptian and Sudanese sides)."""
    at = growth.end
    if not growth.nationality or growth.nationality[-1][0] != sight.base + at - 1 or at - 1 == growth.head or at >= sight.end:
        return
    tag, forms = sight.tags[at], {form for _, form in sight.nationality(at)}
    alike = forms.intersection(form for _, form in sight.nationality(at - 1))
    if tag.kind == "noun" and tag.conjunction and not tag.preposition and alike and tag.article == sight.tags[at - 1].article:
        if tag.match is None or tag.match.first("country", "actor", "short") is None:
            growth.nationality.append((sight.base + at, sight.nation(at)))
            growth.end = at + 1
            _second_nationality(sight, growth)


def _grow_event(sight: Sight, growth: Growth, at: int) -> None:
    """Takes an event noun and its adjectives."""
    growth.head = at
    _take(sight, growth, at)
    while growth.end < sight.end:
        tag = sight.tags[growth.end]
        if tag.kind != "noun" or tag.preposition or tag.conjunction or (is_event(tag) and not sight.nationality(growth.end)):
            break
        if tag.match is not None and not sight.nationality(growth.end) and not describes(sight, at, growth.end):
            break
        if not agrees(sight, growth, at, growth.end) or (not tag.article and sight.tags[at].article):
            break
        _take(sight, growth, growth.end)


def _apposition(sight: Sight, growth: Growth) -> None:
    """Takes a name after a title and a comma, or a title after a name and a comma."""
    at = growth.end
    if at + 1 >= sight.end or sight.tags[at].kind != "mark" or sight.tags[at].value not in sight.classes["comma"]:
        return
    tag = sight.tags[at + 1]
    if tag.kind != "noun" or tag.conjunction:
        return
    if growth.titled and not growth.named and not growth.name_words and tag.match is None:
        _unknown_name(sight, growth, at + 1)
        return
    if tag.preposition or tag.match is None:
        return
    person = tag.match.first("actor", "short")
    is_person = person is not None and sight.lexicon.actors[person.ref].kind == "person"
    if growth.titled and not growth.named and not growth.name_words and is_person:
        _take(sight, growth, at + 1)
    elif (growth.named or growth.name_words) and tag.match.first("title") is not None and not any(n.first("title") for n in growth.names):
        inner = Growth(at + 1)
        _grow(sight, inner, at + 1)
        growth.names += inner.names
        growth.nationality += inner.nationality
        growth.end = inner.end


def _unknown_name(sight: Sight, growth: Growth, at: int) -> None:
    """Takes two to six unknown words between commas after a title as a name."""
    end = at
    while end < min(sight.end, at + _NAME_WORDS + 2):
        tag, match = sight.tags[end], sight.tags[end].match
        if tag.kind != "noun" or tag.conjunction or is_event(tag) or sight.within(end, "not_name"):
            break
        if match is not None and match.first("title", "group") is not None:
            break
        end += 1
    closed = end < sight.end and (sight.tags[end].kind == "mark" or sight.tags[end].kind == "time")
    if closed and end - at >= 2 and not sight.tags[at].article:
        growth.name_words = end - at
        growth.end = end


def _count(sight: Sight, growth: Growth) -> int:
    """Takes numbers and quantifiers (and `of`) at the start of a phrase; returns the index of what is counted."""
    at = growth.start
    while at < sight.end:
        tag = sight.tags[at]
        first = at == growth.start
        if not first and (tag.preposition or tag.conjunction) and not (sight.within(at, "number_word") and tag.conjunction):
            break
        if tag.kind == "number":
            growth.count = growth.count or _value(tag.value)
        elif tag.kind != "quantifier" and not sight.within(at, "number_word"):
            if first or not (
                sight.text(at) in sight.classes["partitive"] and at + 1 < sight.end and sight.tags[at + 1].kind in ("noun", "number")
            ):
                break
        at += 1
    return at


def _value(text: str) -> int:
    digits = text.replace(",", "").split(".")[0]
    return int(digits) if digits.isdigit() and len(digits) < 9 else 0


def _preposition(sight: Sight, at: int) -> tuple[str, int]:
    """Returns the preposition before the phrase at `at` and where it stands."""
    tag = sight.tags[at]
    if tag.preposition:
        return tag.preposition, sight.base + at
    if tag.kind == "pronoun":
        return "", -1
    if tag.match is not None and tag.match.first("phrase") is not None and (written := sight.tokens[sight.base + at].word.preposition):
        return written, sight.base + at
    if at and sight.tags[at - 1].kind == "demonstrative" and not tag.conjunction:
        return _preposition(sight, at - 1)
    if at > 1 and sight.tags[at - 1].value == "by" and sight.tags[at - 2].kind == "preposition" and not tag.conjunction:
        return sight.tokens[sight.base + at - 1].text, sight.base + at - 1
    if at and sight.tags[at - 1].kind == "preposition" and not tag.conjunction:
        return sight.tokens[sight.base + at - 1].word.text[len(sight.tags[at - 1].conjunction) :], sight.base + at - 1
    return "", -1


def _kind(sight: Sight, growth: Growth, event: bool) -> PhraseKind:
    if event:
        return "event"
    for match in growth.names:
        if match.first("actor", "short", "country", "title", "group", "capital") is not None:
            return "actor"
    if growth.names:
        return "place"
    counted = sight.tags[growth.start].kind != "pronoun" and sight.within(growth.start, "quantity") and growth.end - growth.start == 1
    counted = counted and not (growth.start > 0 and sight.within(growth.start - 1, "number_sign"))
    return "actor" if growth.name_words or counted else "noun"


def _grown(sight: Sight, at: int) -> tuple[Growth, bool]:
    """Takes all of the phrase that begins at `at`; tells too whether its noun is an event."""
    growth = Growth(at)
    inner = _count(sight, growth)
    if inner >= sight.end or sight.tags[inner].kind != "noun":
        growth.end = max(inner, at + 1)
        return growth, False
    if is_event(sight.tags[inner]):
        _grow_event(sight, growth, inner)
        return growth, True
    _grow(sight, growth, inner)
    _apposition(sight, growth)
    return growth, False


def _phrase(sight: Sight, growth: Growth, event: bool, before: Phrase | None, open_head: int) -> Phrase:
    """Makes a phrase of its growth and of what stands before it: a preposition, a phrase to join, an open head (index, or -1)."""
    tag = sight.tags[growth.start]
    preposition, preposition_at = _preposition(sight, growth.start)
    construct = open_head if not preposition and not tag.conjunction else -1
    also = growth.start > 0 and sight.tags[growth.start - 1].value == "also" and sight.tags[growth.start - 1].conjunction != ""
    joined = (tag.conjunction != "" or also) and before is not None
    if joined and before is not None and not preposition:
        preposition = before.preposition
    return Phrase(
        start=sight.base + growth.start,
        end=sight.base + growth.end,
        head=sight.base + growth.head,
        kind="pronoun" if tag.kind == "pronoun" else _kind(sight, growth, event),
        preposition=preposition,
        preposition_at=preposition_at,
        joined=joined,
        construct=construct,
        article=sight.tags[growth.head].article,
        nationality=tuple(growth.nationality),
        names=tuple(growth.names),
        count=growth.count,
    )


def noun_phrases(tokens: Sequence[Token], tags: Sequence[Tag], base: int, lexicon: Lexicon) -> tuple[Phrase, ...]:
    """Finds the noun phrases of a sentence whose first token has index `base`, in order; event nouns are phrases of their own,
    their genitives the next ones.
    """
    sight = Sight(tokens, tags, base, lexicon)
    phrases: list[Phrase] = []
    at = 0
    open_head = -1
    while at < sight.end:
        if tags[at].kind not in ("noun", "number", "quantifier", "pronoun"):
            open_head = -1
            at += 1
            continue
        growth, event = _grown(sight, at)
        phrases.append(_phrase(sight, growth, event, phrases[-1] if phrases else None, open_head))
        open_head = len(phrases) - 1 if growth.open else -1
        at = growth.end
    return _with_tails(sight, phrases)


def _with_tails(sight: Sight, phrases: list[Phrase]) -> tuple[Phrase, ...]:
    """Ties people and bodies to the phrase right after them that says, after `of`, `in` or `for`, where they belong."""
    tied = list(phrases)
    for number in range(len(phrases) - 2, -1, -1):
        phrase, after = phrases[number], phrases[number + 1]
        gap = after.start - phrase.end
        if phrase.kind != "actor" or after.kind not in ("actor", "place") or after.joined or gap > 1:
            continue
        if (gap == 1) != (not sight.tags[after.start - sight.base].preposition) or after.preposition not in sight.classes["belonging"]:
            continue
        if sight.within(after.start - sight.base, "by_weapon"):
            continue
        if any(match.first("title", "group") is not None for match in phrase.names):
            tied[number] = msgspec.structs.replace(phrase, tail=number + 1)
    return tuple(tied)
