"""Turns tokens into tags: one class a token, chosen among its segmentations by its neighbours."""

from collections.abc import Mapping, Sequence

from tawazun.model.entries import Form
from tawazun.model.lexicon import Lexicon
from tawazun.model.phrases import Match, Tag, TokenClass
from tawazun.model.readings import Segmentation, Token, Word

_PARTICLES: dict[str, TokenClass] = {
    "preposition": "preposition",
    "complementiser": "complementiser",
    "relative": "relative",
    "subordinator": "subordinator",
    "negation": "negation",
    "future": "future",
    "certainty": "certainty",
    "conjunction": "conjunction",
    "question": "question",
    "pronoun": "pronoun",
    "demonstrative": "demonstrative",
    "auxiliary": "auxiliary",
    "quantifier": "quantifier",
    "adverb": "adverb",
}
_BEFORE_VERB = frozenset({"negation", "future", "certainty", "relative", "question"})
_STARTS_CLAUSE = frozenset({"complementiser", "subordinator", "conjunction", "mark", "relative", "auxiliary", "adverb", "time"})
_NO_VERB, _EARLIER, _IN_CLAUSE = 0, 1, 2
_COMMAS = frozenset({"\u060c", ","})
_BEFORE_UNLESS = frozenset({"preposition", "verb", "complementiser"})
_NOT_NOUN_NEXT = frozenset({"preposition", "complementiser"})


def _from_cuts(kind: TokenClass, cuts: Sequence[Segmentation]) -> Tag:
    """Makes a tag of the first cut and all forms of the cuts that share its clitics."""
    first = cuts[0]
    verbal = kind == "verb"
    forms: dict[Form, None] = {}
    for cut in cuts:
        if (cut.conjunction, cut.preposition, cut.article, cut.pronoun, cut.future) == (
            first.conjunction,
            first.preposition,
            first.article,
            first.pronoun,
            first.future,
        ):
            forms.update((form, None) for form in cut.forms if (form.part == "V") == verbal)
    return Tag(
        kind=kind,
        value=first.stem,
        conjunction=first.conjunction,
        preposition=first.preposition,
        article=first.article,
        future=first.future,
        pronoun=first.pronoun,
        forms=tuple(forms),
    )


def _noun(word: Word) -> Tag:
    return Tag(
        kind="noun",
        value=word.bare,
        conjunction=word.conjunction,
        preposition=word.preposition,
        article=word.article,
        pronoun=word.possessive,
    )


def _particle(token: Token, previous: Tag | None, following: Token | None) -> Tag | None:
    """Picks a particle class, unless the word is none."""
    classes = token.word.particles
    if not classes:
        return None
    conjunction = token.word.particle_conjunction
    chosen = classes[0]
    if chosen[0] == "pronominal":
        preposition, _, pronoun = chosen[1].rpartition(" ")
        return Tag(kind="pronoun", value=token.word.text, conjunction=conjunction, preposition=preposition, pronoun=pronoun)
    if len(classes) > 1 and following is not None:
        chosen = _choose(classes, previous, following)
    return Tag(
        kind=_PARTICLES.get(chosen[0], "adverb"), value=chosen[1], conjunction=conjunction, preposition=token.word.particle_preposition
    )


def _choose(classes: Sequence[tuple[str, str]], previous: Tag | None, following: Token) -> tuple[str, str]:
    kinds = {kind: (kind, value) for kind, value in classes}
    if "relative" in kinds and previous is not None and previous.kind == "subordinator":
        return "adverb", "also"
    verb_next = bool(following.word.verbs)
    if "relative" in kinds and "negation" in kinds:
        return kinds["negation"] if verb_next and (previous is None or previous.kind == "conjunction") else kinds["relative"]
    if "negation" in kinds and "subordinator" in kinds:
        return kinds["negation"] if verb_next else kinds["subordinator"]
    if "quantifier" in kinds and following.kind == "number":
        return kinds["quantifier"]
    if "preposition" in kinds and "subordinator" in kinds:
        return kinds["subordinator"] if verb_next else kinds["preposition"]
    return classes[0]


def _prefers_verb(
    token: Token, previous: Tag | None, following: Token | None, verb: Segmentation, verbs_before: int, lexicon: Lexicon
) -> bool:
    """Decides between verb and noun for a word that may be either; `verbs_before` tells whether the sentence has had a verb, without
    which a comma starts no clause, and whether this clause has, after whose subject a verbal noun follows.
    """
    if previous is None or verb.future:
        return True
    if previous.kind in _BEFORE_VERB:
        return True
    if previous.kind in ("preposition", "quantifier", "number", "demonstrative"):
        return False
    present = any(form.tense == "present" for form in verb.forms if form.part == "V")
    if present:
        return previous.kind != "noun" or not previous.forms or previous.article
    if previous.kind == "mark" and previous.value in _COMMAS and verbs_before and not verb.conjunction:
        return following is not None and any(kind == "pronominal" for kind, _ in following.word.particles)
    if verb.conjunction or previous.kind in _STARTS_CLAUSE:
        return not (following is not None and following.word.preposition == "" and following.kind == "mark")
    if previous.kind == "noun" and (previous.article or previous.match is not None):
        if previous.match is not None and previous.match.first("phrase") is not None and previous.match.start != previous.match.end - 1:
            return False
        return verbs_before != _IN_CLAUSE and (_takes_subject_before(following) or _counts(following, lexicon))
    return False


def _counts(following: Token | None, lexicon: Lexicon) -> bool:
    """Tells whether what follows begins with a number in words (the army killed five)."""
    return following is not None and following.word.text in lexicon.words["number_word"]


def _takes_subject_before(following: Token | None) -> bool:
    """Tells whether what follows looks like the complement of a verb whose subject stood before it."""
    if following is None:
        return False
    kinds = {kind for kind, _ in following.word.particles}
    return bool(kinds & _NOT_NOUN_NEXT) or following.word.article or following.word.preposition != "" or following.kind == "number"


def _looks_like_verb(token: Token, previous: Tag | None, prefixes: frozenset[str]) -> bool:
    """Guesses that an unknown word is a present-tense verb: after a particle that wants one, or by its first letter at the start of
    a clause.
    """
    text = token.word.bare
    if token.word.article or len(text) < 4 or text[0] not in prefixes:
        return False
    if previous is None:
        return False
    if previous.kind in _BEFORE_VERB:
        return True
    return previous.kind in ("complementiser", "auxiliary", "pronoun") and not text.endswith("\u0647")


def tag_tokens(
    tokens: Sequence[Token],
    start: int,
    end: int,
    matches: Mapping[int, Match],
    timed: frozenset[int],
    lexicon: Lexicon,
) -> tuple[Tag, ...]:
    """Tags tokens `start` to `end`; `matches` gives the known name that starts at a token, `timed` the tokens inside time expressions."""
    tags: list[Tag] = []
    inside: Match | None = None
    verbs_before = _NO_VERB
    for index in range(start, end):
        token = tokens[index]
        previous = tags[-1] if tags else None
        following = tokens[index + 1] if index + 1 < end else None
        if inside is not None and index < inside.end:
            tags.append(Tag(kind="noun", value=token.text, match=inside))
            continue
        inside = matches.get(index)
        tag = _tag(token, previous, following, inside, index in timed, lexicon, verbs_before)
        if tag.kind == "verb":
            verbs_before = _IN_CLAUSE
        elif verbs_before and (tag.kind in _STARTS_CLAUSE or tag.conjunction):
            verbs_before = _EARLIER
        if tag.match is None:
            inside = None
        tags.append(tag)
    return tuple(tags)


def _tag(
    token: Token,
    previous: Tag | None,
    following: Token | None,
    match: Match | None,
    timed: bool,
    lexicon: Lexicon,
    verbs_before: int,
) -> Tag:
    """Chooses the tag of a token outside the names before it: a mark, time or number, else a name, a particle, a verb or a noun."""
    if token.kind == "mark":
        return Tag(kind="mark", value=token.text)
    if timed:
        return Tag(kind="time", value=token.text)
    if token.kind == "number":
        return Tag(kind="number", value=token.text)
    word = token.word
    if word.text in lexicon.words["unless_first"] and _is_unless(previous, following, lexicon):
        return Tag(kind="subordinator", value="condition", conjunction=word.particle_conjunction)
    if match is not None and following is not None and word.text in lexicon.words["presented"] and following.text in lexicon.words["from"]:
        match = None
    if match is not None and match.end - match.start == 1 and word.particles and match.first("country", "actor", "phrase", "title") is None:
        match = None
    if not word.particles and (word.text in lexicon.words["name_link"] or word.text in lexicon.words["given_name"]):
        if match is None and not (previous is None or previous.kind in _BEFORE_VERB):
            return _noun(word)
    verbs, nouns = word.verbs, word.nouns
    counted = previous is not None and previous.kind == "number" and _is_counted(word, match, lexicon)
    if counted and match is None:
        return _noun(word)
    if nouns and (counted or word.text in lexicon.words["person_word"] or word.bare in lexicon.words["person_word"]):
        nouns = ()
    single = match is not None and match.end - match.start == 1
    if match is not None and not (verbs and single and _name_is_verb(token, previous, following, verbs[0], match, verbs_before, lexicon)):
        return _named(word, match, nouns)
    particle = _particle(token, previous, following)
    if particle is not None and not (verbs and previous is not None and previous.kind in _BEFORE_VERB):
        return particle
    return _verb_or_noun(token, previous, following, verbs, nouns, verbs_before, lexicon)


def _is_counted(word: Word, match: Match | None, lexicon: Lexicon) -> bool:
    """Tells whether a word after a number, which may name an act, names counted people (1800 students)."""
    return match.first("group") is not None if match is not None else word.text in lexicon.words["counted_person"]


def _is_unless(previous: Tag | None, following: Token | None, lexicon: Lexicon) -> bool:
    """Tells whether what follows the first word of `unless` opens a condition together with it."""
    if following is None or following.text not in lexicon.words["unless_second"]:
        return False
    return previous is None or previous.kind not in _BEFORE_UNLESS


def _named(word: Word, match: Match, nouns: Sequence[Segmentation]) -> Tag:
    """Makes the tag of the first word of a known name; a name of one word keeps its forms as a noun."""
    return Tag(
        kind="noun",
        value=word.bare,
        conjunction=match.conjunction,
        preposition=match.preposition,
        article=word.article,
        forms=_from_cuts("noun", nouns).forms if nouns and match.end - match.start == 1 else (),
        match=match,
    )


def _verb_or_noun(
    token: Token,
    previous: Tag | None,
    following: Token | None,
    verbs: Sequence[Segmentation],
    nouns: Sequence[Segmentation],
    verbs_before: int,
    lexicon: Lexicon,
) -> Tag:
    """Chooses the tag of a word that is neither name nor particle, by its segmentations as verb and as noun."""
    word = token.word
    if verbs and _is_described(verbs, following, lexicon):
        verbs = ()
    if verbs and (not nouns or _prefers_verb(token, previous, following, verbs[0], verbs_before, lexicon)):
        if not nouns and previous is not None and previous.kind == "preposition" and not verbs[0].future:
            return _noun(word)
        return _from_cuts("verb", verbs)
    if nouns:
        return _from_cuts("noun", nouns)
    if _looks_like_verb(token, previous, lexicon.words["present_prefixes"]):
        return Tag(kind="verb", value=word.bare, conjunction=word.conjunction)
    return _noun(word)


def _is_described(verbs: Sequence[Segmentation], following: Token | None, lexicon: Lexicon) -> bool:
    """Tells whether a word that as a verb is only of two (they demanded) is an indefinite noun after all: an adjective of nation in the
    same accusative describes it (a Danish student).
    """
    if following is None or not following.text.endswith(lexicon.clitics.article[0]):
        return False
    dual = all(form.person == "3md" and form.tense == "past" for verb in verbs for form in verb.forms if form.part == "V")
    return dual and any(form == "sm" for _, form in following.word.nationality)


def _wants_name(previous: Tag | None, match: Match, verb: Segmentation, lexicon: Lexicon) -> bool:
    """Tells whether the word before asks for a name: a place word (the town of) before a place, `that` or a title before a person."""
    if previous is None:
        return False
    if match.first("place") is not None and previous.kind == "noun":
        return not previous.article and any(previous.value in lexicon.words[name] for name in ("place_word", "site_word", "fought_noun"))
    if match.first("short") is None or any(form.tense == "present" for form in verb.forms):
        return False
    titled = previous.match.first("title") if previous.match is not None else None
    return previous.kind == "complementiser" or (titled is not None and lexicon.titles[titled.ref].kind != "office")


def _name_is_verb(
    token: Token, previous: Tag | None, following: Token | None, verb: Segmentation, match: Match, verbs_before: int, lexicon: Lexicon
) -> bool:
    """Tells whether a one-word name is a verb here after all; a title or group is none by a letter of its own (minister, and visited)."""
    if match.first("country", "capital", "actor") is not None or token.word.article or _wants_name(previous, match, verb, lexicon):
        return False
    if match.first("title", "group") is not None and (verb.future or (verb.conjunction and not match.conjunction)):
        return False
    return _prefers_verb(token, previous, following, verb, verbs_before, lexicon)
