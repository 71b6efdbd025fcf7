"""Turns denials into propositions: what is denied, by whom, and who claims it, in the same article or in another one.

A denial answers somebody. Who that is, is looked for in this order: in what stands right before it in the article, where it points back
(denied *that*) or an accusation of the denier went before; in other articles, by the words that are denied; in the denial's own words
(denied what a newspaper published). Where nobody is found, the denial stands alone and is thin.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import msgspec

from tawazun.analyse.propositions import Pages, proposition_of
from tawazun.analyse.speakers import doer_of, polarity_of, position_of, speaker_of, told_position
from tawazun.analyse.words import folded_words, mass_of, stemmed, stems_of
from tawazun.base.letters import fold_word
from tawazun.model.claims import Label, Position, Proposition, Rule, Voice
from tawazun.model.disputes import Vocabulary
from tawazun.model.evidence import Act, Corpus, Side
from tawazun.model.happenings import Joining

_BEFORE = 2
"""Is how many sentences before a denial are looked at for what it answers."""
_POINTING = 9
"""Is among how many words after a denial something points back."""
_LATE = 25
"""Is from how many letters on a denial stands late in its sentence."""
_DAYS = (-15, 1)
"""Is when another article may have claimed what is denied, from the day of the denial."""
_SHARE, _NATS = 0.45, 15.0
"""Are how much of what is denied another sentence must say: a share of it, and so much in nats."""
_SAME_SHARE, _SAME_NATS, _SAME_DAYS = 0.45, 6.0, 3
"""Are the same where it tells of an act of the same type by the same word within days."""
_RAREST, _RARE = 8, 3
"""Are how many of the rarest words denied are looked for in an article, and how many it must have."""
_LONGEST = 160
_NAMED = 6
_OPENED = 12
"""Is within how many words the words that are denied begin."""
_WORD = re.compile(r"\S+")
_MARKS = re.compile(r"\W+")
_ENDS = re.compile("[\u060c\u061b;,.]")


class Denial(msgspec.Struct, frozen=True):
    """Is a denial: its act, who denies, what is denied, whether it points back, and who is said to have reported it ("" for reports
    without a name, None where it isn't put as a report).
    """

    act: Act
    speaker: tuple[str, str]
    content: str
    back: bool
    reporter: str | None


def denials(corpus: Corpus, pages: Pages, vocabulary: Vocabulary, joining: Joining) -> Iterator[Proposition]:
    """Yields the propositions that are denied, one for each denier's denial, however many carry it."""
    elsewhere = _Elsewhere(corpus, pages, vocabulary, joining)
    told: dict[tuple[str, str], list[Denial]] = defaultdict(list)
    seen: set[tuple[str, int, str]] = set()
    for act in corpus.acts:
        if (found := denial_of(act, corpus, vocabulary)) is not None:
            place = (act.article, act.sentence, found.speaker[0])
            if place not in seen:  # denied and denied flatly: one denial
                seen.add(place)
                told[act.happening, found.speaker[0]].append(found)
    for same in told.values():
        yield _proposed(same, corpus, pages, elsewhere, vocabulary)


def denial_of(act: Act, corpus: Corpus, vocabulary: Vocabulary) -> Denial | None:
    """Reads a denial off the act of denying; None for another act, and where nobody is known to do it."""
    if act.type != "REJECT" or not set(folded_words(act.trigger)[:2]) & vocabulary.denials:
        return None
    speaker = doer_of(act.sides) or next(
        ((f"{act.origin}:{fold_word(side.text)}", side.text) for side in act.sides if side.role == "source"), None
    )
    if speaker is None:
        return None
    piece = corpus.articles[act.article]
    rest = piece.text[act.end : piece.sentences[act.sentence][1]]
    words = [(fold_word(_MARKS.sub("", match[0])), *match.span()) for match in _WORD.finditer(rest)]
    opened = next((at for at, word in enumerate(words) if word[0] in vocabulary.openers), len(words))
    reported = _report(words, vocabulary)
    back = _points_back([word[0] for word in words[: min(_POINTING, opened)]], vocabulary)
    reporter = None
    if reported is not None:
        opened = next((at for at in range(reported[0], len(words)) if words[at][0] in vocabulary.openers), len(words))
        named = [word for word in words[reported[0] : min(opened, reported[0] + _NAMED)] if reported[1]]
        spoken = next((at for at, word in enumerate(named) if word[0] in vocabulary.speech), len(named))
        reporter = _until_mark(rest[named[0][1] : named[spoken - 1][2]]) if named[:spoken] else ""
    back = back and reported is None
    # What somebody says beside denying (and says that…) isn't what is denied.
    beside = reported is None and any(word[0] in vocabulary.speech for word in words[:opened])
    unopened = opened >= min(len(words), (reported[0] if reported else 0) + _OPENED)
    content = "" if back or beside or unopened else _until_mark(rest[words[opened][1] :])[:_LONGEST]
    return Denial(act, speaker, content, back, reporter)


def _report(words: Sequence[tuple[str, int, int]], vocabulary: Vocabulary) -> tuple[int, bool] | None:
    """Returns the index of the word after that which makes it a report, and whether who reports it follows; None where nothing does."""
    for at, (word, _, _) in enumerate(words[: _POINTING + 3]):
        after = words[at + 1][0] if at + 1 < len(words) else ""
        if word in vocabulary.reported_after and after in vocabulary.reported:
            return at + 2, True
        if word in vocabulary.reports:
            return (at + 2, True) if after in vocabulary.reported else (at + 1, False)
    return None


def _points_back(words: Sequence[str], vocabulary: Vocabulary) -> bool:
    shown = any(one in vocabulary.this and other in vocabulary.said for one, other in pairwise(words))
    return shown or any(word in vocabulary.back for word in words)


def _until_mark(text: str) -> str:
    """Returns the words up to the first comma or stop, without quotation marks around them."""
    return _ENDS.split(text, maxsplit=1)[0].strip(" \u00ab\u00bb\"'\u201c\u201d:")


def _proposed(same: Sequence[Denial], corpus: Corpus, pages: Pages, elsewhere: "_Elsewhere", vocabulary: Vocabulary) -> Proposition:
    for denial in same:
        rule: Rule = "denies what stands before"
        claims = _before(denial, corpus, pages)
        if not claims:
            rule, claims = "same words", elsewhere.claims(denial)
        if claims:
            claimed = [position for act in claims for position in _claimed(act, corpus, denial.speaker[0])]
            expected = all(act.status == "planned" for act in claims)
            label: Label = "forecast_or_denial" if expected else "conflict"
            return _made(denial, rule, label, [*claimed, *_denied(denial, same, corpus)], claims[0])
    denial = next((one for one in same if one.reporter is not None), same[0])
    positions = _denied(denial, same, corpus)
    if denial.reporter is not None:
        act = denial.act
        speaker: tuple[str, str, Voice] = (f"reported:{act.origin}:{fold_word(denial.reporter)}", denial.reporter, "reported")
        positions.insert(0, told_position(corpus, act, act.sentence, speaker, "affirmed"))
    coming = any(word in vocabulary.coming for word in folded_words(denial.content))
    return _made(denial, "denies the report of", "forecast_or_denial" if coming else "denial", positions, None)


def _made(denial: Denial, rule: Rule, label: Label, positions: Sequence[Position], claim: Act | None) -> Proposition:
    what = denial.content or (claim.trigger if claim else denial.act.trigger)
    act = claim or denial.act
    return proposition_of(label, rule, what, positions, None if claim is None else claim.type, None, act.spot.name if act.spot else None)


def _denied(denial: Denial, same: Sequence[Denial], corpus: Corpus) -> list[Position]:
    """Returns the denier's position, in the sentence of one denial, with all that carry it."""
    speaker: tuple[str, str, Voice] = (*denial.speaker, "named")
    found = told_position(corpus, denial.act, denial.act.sentence, speaker, "denied", act="deny", cue=denial.act.trigger)
    whole = (denial, *(one for one in same if one is not denial))
    carriers = tuple(dict.fromkeys(one.act.origin for one in whole))
    return [msgspec.structs.replace(found, carriers=carriers, events=tuple(one.act.id for one in whole))]


def _claimed(act: Act, corpus: Corpus, denier: str) -> Iterator[Position]:
    """Yields who claims what an act tells: who accuses, or on whose word it rests."""
    if act.type == "ACCUSE" and (doer := doer_of(act.sides)) is not None and doer[0] != denier:
        yield told_position(corpus, act, act.sentence, (*doer, "named"), "affirmed", act="accuse", cue=act.trigger)
    else:
        yield position_of(act, corpus)


def _before(denial: Denial, corpus: Corpus, pages: Pages) -> list[Act]:
    """Returns the claim of the nearest sentence, at most two before the denial, that it answers. What points back from late in a sentence
    points at the beginning of that sentence.
    """
    act = denial.act
    start = corpus.articles[act.article].sentences[act.sentence][0]
    for sentence in range(act.sentence, max(-1, act.sentence - _BEFORE - 1), -1):
        earlier = [other for other in pages.acts(act.article, sentence) if other.end <= act.start and other.id != act.id]
        accusing = [other for other in earlier if _accuses(denial, other, earlier)]
        if accusing:
            return accusing[:1]
        if denial.back and act.sentence - sentence <= (act.start - start < _LATE):
            told = [other for other in earlier if _tells(denial, other)]
            if told:
                return told[:1]
    return []


def _accuses(denial: Denial, other: Act, beside: Sequence[Act]) -> bool:
    """Tells whether an act accuses the denier: by its target, or where that isn't known, by who else is in its sentence."""
    if other.type != "ACCUSE" or other.mode == "investigate" or other.status not in ("occurred", "ongoing"):
        return False
    doer = doer_of(other.sides)
    denier = denial.speaker[0][:3]
    if doer is None or doer[0][:3] == denier:
        return False
    accused = _coded(side for side in other.sides if side.role == "target") - {doer[0][:3]}
    return denier in accused or (not accused and denier in _coded(side for act in beside for side in act.sides))


def _coded(sides: Iterable[Side]) -> set[str]:
    return {code[:3] for side in sides if side.code for code in side.code.split("+")}


def _tells(denial: Denial, other: Act) -> bool:
    """Tells whether an act is told by somebody else by name, as something that happened or will."""
    if other.word is None or other.type in ("REQUEST", "REJECT", "SUPPORT") or polarity_of(other) == "denied":
        return False
    speaker, voice = speaker_of(other.word, other.origin)
    return voice == "named" and speaker != denial.speaker[0] and other.status in ("occurred", "ongoing", "planned")


class _Elsewhere:
    """Finds the claims of other articles that a denial answers, by the words that it denies."""

    def __init__(self, corpus: Corpus, pages: Pages, vocabulary: Vocabulary, joining: Joining) -> None:
        self.corpus, self.pages, self.vocabulary, self.joining = corpus, pages, vocabulary, joining
        self.days: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for act in corpus.acts:
            if act.published is not None and act.type != "REJECT":
                for country in _countries(act):
                    place = (act.published, act.article)
                    if not self.days[country] or self.days[country][-1] != place:
                        self.days[country].append(place)
        self.stems: dict[tuple[str, int], frozenset[str]] = {}

    def claims(self, denial: Denial) -> list[Act]:
        """Returns the claim of the sentence that says most of what is denied, if any says enough of it."""
        act = denial.act
        wanted = stems_of(denial.content, self.joining.affixes)
        whole = mass_of(wanted, self.joining)
        beside = self.pages.acts(act.article, act.sentence)
        denied = frozenset((other.type, self._head(other)) for other in beside if polarity_of(other) == "denied")
        best: tuple[float, list[Act]] = (0.0, [])
        if act.published is None or (whole < _NATS and not denied):
            return []
        rare = sorted(wanted, key=lambda stem: (-self.joining.words.get(stem, self.joining.rare), stem))[:_RAREST]
        for article in self._articles(denial, rare):
            for sentence, acts in self.pages.of(article).items():
                if not self._alike(article, sentence, rare):
                    continue
                shared = mass_of(wanted & self._stems(article, sentence), self.joining)
                if shared > best[0] and shared >= min(_SHARE, _SAME_SHARE) * whole and not self._denies(article, sentence):
                    fitting = [other for other in acts if self._claims(other, denial) and self._fits(other, denial, wanted, denied, shared)]
                    best = (shared, fitting) if fitting else best
        return best[1][:1]

    def _fits(self, other: Act, denial: Denial, wanted: frozenset[str], denied: frozenset[tuple[str, str]], shared: float) -> bool:
        """Tells whether an act is told by a word that is denied, and its sentence says enough else of it."""
        head = self._head(other)
        days = abs((other.published or 0) - (denial.act.published or 0))
        if (other.type, head) in denied and days <= _SAME_DAYS and shared >= _SAME_NATS:
            return True
        return shared >= _NATS and any(_kin(head, stem) for stem in wanted)

    def _head(self, act: Act) -> str:
        return stemmed(act.trigger, self.joining.affixes).partition(" ")[0]

    def _denies(self, article: str, sentence: int) -> bool:
        return any(word in self.vocabulary.denials for word in folded_words(self.corpus.articles[article].sentence(sentence)))

    def _claims(self, other: Act, denial: Denial) -> bool:
        """Tells whether an act is somebody else's claim: on a word, of something that happened or is planned."""
        if other.type == "REJECT" or other.word is None or polarity_of(other) == "denied":
            return False
        return other.status in ("occurred", "ongoing", "planned") and speaker_of(other.word, other.origin)[0] != denial.speaker[0]

    def _alike(self, article: str, sentence: int, rare: Sequence[str]) -> bool:
        """Tells whether a sentence has three of the rarest words, two of few; to stem it takes far longer."""
        if (article, sentence) in self.stems:
            return True
        text = self.corpus.articles[article].sentence(sentence)
        return sum(stem in text for stem in rare) >= (_RARE if len(rare) > _RARE else 2)

    def _articles(self, denial: Denial, rare: Sequence[str]) -> Iterator[str]:
        """Yields the articles of other origins around the day that name the denier's country and have three of the rarest words."""
        act = denial.act
        assert act.published is not None
        seen = {act.article}
        listed = self.days.get(denial.speaker[0][:3], [])
        for at in range(bisect_left(listed, (act.published + _DAYS[0], "")), len(listed)):
            day, article = listed[at]
            if day > act.published + _DAYS[1]:
                return
            piece = self.corpus.articles[article]
            if article not in seen and piece.origin != act.origin and sum(stem in piece.text for stem in rare) >= _RARE:
                seen.add(article)
                yield article

    def _stems(self, article: str, sentence: int) -> frozenset[str]:
        if (article, sentence) not in self.stems:
            words = self.corpus.articles[article].sentence(sentence)
            self.stems[article, sentence] = stems_of(words, self.joining.affixes)
        return self.stems[article, sentence]


def _kin(one: str, other: str) -> bool:
    """Tells whether one stem stands in the other, as that of a verb in that of its derived forms."""
    return len(one) > 2 and len(other) > 2 and (one in other or other in one)


def _countries(act: Act) -> set[str]:
    return _coded(act.sides) | {code[:3] for code in (act.word.codes if act.word else ())}
