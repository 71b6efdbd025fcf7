"""Turns acts that one affirms or expects and another denies into propositions: in a happening, or side by side in an article."""

from collections.abc import Iterator, Sequence

from tawazun.analyse.propositions import Pages, proposition_of
from tawazun.analyse.speakers import code_of, doer_of, polarity_of, position_of, speaker_of, told_position
from tawazun.analyse.words import folded_words, stemmed
from tawazun.model.claims import Proposition
from tawazun.model.disputes import Vocabulary
from tawazun.model.entries import DONE, EventType
from tawazun.model.evidence import Act, Corpus
from tawazun.model.happenings import Joining

_TURN = 3
"""Is among how many words at its beginning a sentence turns to the other side."""
_RIGHT_BEFORE = 70
"""Is within how many letters before an act a word of denying denies it itself."""
_DEEDS: frozenset[EventType] = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "RETREAT", "CONSULT", "AID"})
"""Are the types of what is done rather than said: of a stance two speakers each have their own."""
_OPENING = 6
"""Is among how many words at its beginning a sentence says that somebody says the opposite."""
_EXPECTED = frozenset({"planned", "possible"})


def contradictions(
    corpus: Corpus, happenings: Sequence[Sequence[Act]], pages: Pages, vocabulary: Vocabulary, joining: Joining
) -> Iterator[Proposition]:
    """Yields what some affirm and others deny."""
    for acts in happenings:
        if (found := _within(acts, corpus, vocabulary, joining)) is not None:
            yield found
    for act in corpus.acts:
        if act.type == "ACCUSE" and act.status == "occurred" and (told := _opposite(act, corpus, vocabulary)) is not None:
            yield told
        if act.status == "negated" and (against := _contrasted(act, corpus, pages, vocabulary, joining)) is not None:
            yield proposition_of(
                "conflict",
                "contrast",
                against.trigger,
                [position_of(against, corpus), position_of(act, corpus)],
                against.type,
                None,
                against.spot.name if against.spot else None,
            )


def _within(acts: Sequence[Act], corpus: Corpus, vocabulary: Vocabulary, joining: Joining) -> Proposition | None:
    """Returns what the mentions of a happening contradict one another on.

    A mention counts that somebody denies, where others are named that tell the act with the same word. What is only put into the negative
    is mostly a refusal (won't take part), or told of another act (stopped, put off).
    """
    denying = [act for act in acts if act.word is not None and act.word.act == "deny" and _denied_itself(act, corpus, vocabulary)]
    if not denying:
        return None
    stems = {stemmed(act.trigger, joining.affixes) for act in denying}
    deniers = {speaker_of(act.word, act.origin)[0] for act in denying}
    others = [act for act in acts if act.word is not None and polarity_of(act) != "denied"]
    others = [act for act in others if stemmed(act.trigger, joining.affixes) in stems]
    others = [act for act in others if speaker_of(act.word, act.origin)[0] not in deniers]
    told = [act for act in others if act.status in DONE]
    expected = [act for act in others if act.status in _EXPECTED and _not_after(act, denying)]
    claims = told or expected
    if not claims or {act.origin for act in claims} == {act.origin for act in denying}:
        return None
    return proposition_of(
        "conflict" if told else "forecast_or_denial",
        "same happening",
        claims[0].trigger,
        [position_of(act, corpus) for act in (*claims, *denying)],
        claims[0].type,
        None,
        next((act.spot.name for act in claims if act.spot), None),
    )


def _denied_itself(act: Act, corpus: Corpus, vocabulary: Vocabulary) -> bool:
    """Tells whether an act stands right after a word of denying, and not somebody's part in it or knowledge of it."""
    words = folded_words(corpus.articles[act.article].text[max(0, act.start - _RIGHT_BEFORE) : act.start])
    at = next((at for at in range(len(words) - 1, -1, -1) if words[at] in vocabulary.denials), None)
    return at is not None and not set(words[at:]) & vocabulary.parts


def _not_after(act: Act, denying: Sequence[Act]) -> bool:
    days = [other.published for other in denying if other.published is not None]
    return act.published is None or not days or act.published <= max(days)


def _opposite(act: Act, corpus: Corpus, vocabulary: Vocabulary) -> Proposition | None:
    """Returns what one side accuses another of, where the next sentence says that this one says the opposite."""
    piece = corpus.articles[act.article]
    doer = doer_of(act.sides)
    accused = next((side for side in act.sides if side.role == "target" and side.code), None)
    if doer is None or accused is None or accused.code is None or act.sentence + 1 >= len(piece.sentences):
        return None
    speaker = code_of((accused.code,))
    beginning = " ".join(folded_words(piece.sentence(act.sentence + 1))[:_OPENING])
    if speaker[:3] == doer[0][:3] or not any(words in beginning for words in vocabulary.opposite):
        return None
    positions = [
        told_position(corpus, act, act.sentence, (*doer, "named"), "affirmed", act="accuse", cue=act.trigger),
        told_position(corpus, act.article, act.sentence + 1, (speaker, accused.text, "named"), "denied", act="deny"),
    ]
    return proposition_of("conflict", "denies what stands before", act.trigger, positions, act.type)


def _contrasted(act: Act, corpus: Corpus, pages: Pages, vocabulary: Vocabulary, joining: Joining) -> Act | None:
    """Returns the act in the sentence before that this one's speaker, set against another by the first words, denies: told with the same
    word and not of others, or what became of people.
    """
    if act.word is None or act.word.voice != "named" or not act.sentence or act.type not in _DEEDS:
        return None
    speaker = speaker_of(act.word, act.origin)[0]
    if not set(folded_words(corpus.articles[act.article].sentence(act.sentence)[:60])[:_TURN]) & vocabulary.contrasts:
        return None
    for other in pages.acts(act.article, act.sentence - 1):
        if other.type != act.type or polarity_of(other) != "affirmed" or other.word is None or other.word.voice != "named":
            continue
        doers = [{side.code for side in one.sides if side.role == "source" and side.code} for one in (act, other)]
        harm = any(word in vocabulary.kinds for word in folded_words(other.trigger))
        alike = harm or stemmed(other.trigger, joining.affixes) == stemmed(act.trigger, joining.affixes)
        if alike and not (doers[0] and doers[1] and not doers[0] & doers[1]) and speaker_of(other.word, other.origin)[0] != speaker:
            return other
    return None
