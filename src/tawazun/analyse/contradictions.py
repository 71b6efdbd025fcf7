"""Turns acts that one affirms or expects and another denies into propositions: in a happening, or side by side in an article."""

from collections.abc import Iterator, Sequence

from tawazun.analyse.propositions import Pages, proposition_of
from tawazun.analyse.speakers import polarity_of, position_of, speaker_of
from tawazun.analyse.words import folded_words, stemmed
from tawazun.model.claims import Proposition
from tawazun.model.disputes import Vocabulary
from tawazun.model.evidence import Act, Corpus
from tawazun.model.happenings import Joining

_TURN = 3
"""Is among how many words at its beginning a sentence turns to the other side."""
_SAID = frozenset({"occurred", "ongoing"})
_EXPECTED = frozenset({"planned", "possible"})


def contradictions(
    corpus: Corpus, happenings: Sequence[Sequence[Act]], pages: Pages, vocabulary: Vocabulary, joining: Joining
) -> Iterator[Proposition]:
    """Yields what some affirm and others deny."""
    for acts in happenings:
        if (found := _within(acts, corpus, joining)) is not None:
            yield found
    for act in corpus.acts:
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


def _within(acts: Sequence[Act], corpus: Corpus, joining: Joining) -> Proposition | None:
    """Returns what the mentions of a happening contradict one another on.

    A mention counts that somebody denies, where others tell the act with the same word. What is only put into the negative is mostly a
    refusal (won't take part), or told of another act (stopped, put off).
    """
    denying = [act for act in acts if act.word is not None and act.word.act == "deny"]
    if not denying:
        return None
    stems = {stemmed(act.trigger, joining.affixes) for act in denying}
    deniers = {speaker_of(act.word, act.origin)[0] for act in denying}
    others = [act for act in acts if polarity_of(act) != "denied" and stemmed(act.trigger, joining.affixes) in stems]
    others = [act for act in others if speaker_of(act.word, act.origin)[0] not in deniers]
    told = [act for act in others if act.status in _SAID]
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


def _not_after(act: Act, denying: Sequence[Act]) -> bool:
    days = [other.published for other in denying if other.published is not None]
    return act.published is None or not days or act.published <= max(days)


def _contrasted(act: Act, corpus: Corpus, pages: Pages, vocabulary: Vocabulary, joining: Joining) -> Act | None:
    """Returns the act in the sentence before that this one's speaker, set against another by the first words, denies: told with the same
    word and not of others, or what became of people.
    """
    if act.word is None or act.word.voice != "named" or not act.sentence:
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
