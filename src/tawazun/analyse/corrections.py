"""Turns sentences that put a number right, tell how a toll rose, or give a toll of more than one happening, into propositions."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from tawazun.analyse.figures import Figure, figures_in, words_and_figures
from tawazun.analyse.propositions import Pages, proposition_of
from tawazun.analyse.speakers import speaker_of, told_position
from tawazun.analyse.words import folded_words, stem
from tawazun.base.letters import fold_word
from tawazun.model.claims import Label, Polarity, Position, Proposition, Voice
from tawazun.model.disputes import Vocabulary
from tawazun.model.evidence import Corpus, Piece, Saying
from tawazun.model.happenings import Affixes

_AFTER = 3
"""Is how many sentences after a toll one of a larger scope may stand."""
_TIMES = 5
"""Is how many times as large a toll of a larger scope may be: nobody takes one that is larger still for the same."""
_NEAR = 3
"""Is how many words around a number say that it is the right one, or what it counts."""
Speaker = tuple[str, str, Voice]
Read = tuple[list[str], tuple[Figure, ...]]


class Corrections:
    """Reads the corrections, rises and totals of a corpus, article by article."""

    def __init__(self, corpus: Corpus, pages: Pages, vocabulary: Vocabulary, affixes: Affixes) -> None:
        self.corpus, self.pages, self.vocabulary, self.affixes = corpus, pages, vocabulary, affixes
        # To look for numbers takes most of the time: only where a word says that they are put right, rise, or are a toll.
        self._telling = vocabulary.corrections | vocabulary.wrong | vocabulary.rises | vocabulary.tolls
        self.sayings: Mapping[str, list[Saying]] = defaultdict(list)
        for saying in corpus.sayings:
            self.sayings[saying.article].append(saying)

    def all(self) -> Iterator[Proposition]:
        """Yields what articles put right, tell to have risen, or count with another scope; a copy tells it once."""
        origins: set[str] = set()
        for piece in self.corpus.articles.values():
            if piece.origin not in origins and any(word in piece.text for word in self.vocabulary.stems):
                origins.add(piece.origin)
                yield from self._of(piece)

    def _of(self, piece: Piece) -> Iterator[Proposition]:
        stems = self.vocabulary.stems
        for at in range(len(piece.sentences)):
            text = piece.sentence(at)
            if any(word in text for word in stems):
                words = folded_words(text)
                if not self._telling & set(words):
                    continue
                figures = figures_in(words, self.vocabulary, self.affixes)
                found = self._corrected(piece, at, words, figures) or self._risen(piece, at, words, figures)
                found = found or self._wider(piece, at, words, figures)
                if found is not None:
                    yield found

    def _corrected(self, piece: Piece, at: int, words: list[str], figures: Sequence[Figure]) -> Proposition | None:
        """Reads a number that takes the place of a wrong one: *six, not nine*; *thirty-one … the right one is 13*; *eighty, a mistake*."""
        vocabulary = self.vocabulary
        if not set(words) & (vocabulary.corrections | vocabulary.wrong):
            return None
        right = wrong = None
        for figure in figures:
            before = words[max(0, figure.at - _NEAR) : figure.at]
            if before and before[-1] in vocabulary.not_:
                wrong = figure
            elif set(before) & vocabulary.right:
                right = figure
        others = [figure for figure in figures if figure not in (right, wrong)]
        if right is not None and wrong is None and len(others) == 1:
            wrong = others[0]
        if wrong is not None and right is None:
            right = next((one for one in reversed(others) if one.end <= wrong.at and self._alike(one, wrong)), None)
        if wrong is None and right is None and len(figures) == 1 and set(words) & vocabulary.wrong and set(words) & vocabulary.corrections:
            wrong = figures[0]
            right = self._counting_the_same(piece, at, words, wrong)
        if right is None or wrong is None or right.value == wrong.value:
            return None
        return self._proposed("correction", piece, at, right, wrong)

    def _alike(self, one: Figure, other: Figure) -> bool:
        return one.kind == other.kind or one.kind is None or other.kind is None

    def _counting_the_same(self, piece: Piece, at: int, words: list[str], wrong: Figure) -> Figure | None:
        """Returns the number before in the article that counts what the words before a wrong one name."""
        named = {stem(word, self.affixes) for word in words[max(0, wrong.at - _NEAR) : wrong.at]}
        for earlier in range(at - 1, -1, -1):
            _, figures = words_and_figures(piece.sentence(earlier), self.vocabulary, self.affixes)
            for figure in figures:
                if figure.noun is not None and len(figure.noun) > 2 and figure.noun in named:
                    return figure
        return None

    def _risen(self, piece: Piece, at: int, words: list[str], figures: Sequence[Figure]) -> Proposition | None:
        """Reads a toll that rose *to* a number from a smaller one in the same sentence."""
        vocabulary = self.vocabulary
        kinds = {vocabulary.kinds[word] for word in words if word in vocabulary.kinds}
        if not set(words) & vocabulary.rises or len(kinds) != 1 or len(figures) != 2:
            return None
        now = next((figure for figure in figures if figure.at and words[figure.at - 1] in vocabulary.reached), None)
        was = next((figure for figure in figures if figure is not now), None)
        if now is None or was is None or was.value >= now.value or {now.kind, was.kind} - {None} - kinds:
            return None
        if not set(words[min(now.at, was.at) : max(now.at, was.at)]) & vocabulary.earlier:
            return None
        return self._proposed("update", piece, at, now, was, kinds.pop())

    def _wider(self, piece: Piece, at: int, words: list[str], figures: Sequence[Figure]) -> Proposition | None:
        """Reads a toll of more than one happening that stands after that of one."""
        vocabulary = self.vocabulary
        kinds = {vocabulary.kinds[word] for word in words if word in vocabulary.kinds}
        if not (set(words) & vocabulary.tolls and set(words) & vocabulary.totals) or len(kinds) != 1 or len(figures) != 1:
            return None
        kind = kinds.pop()
        for earlier in range(at - 1, max(-1, at - _AFTER - 1), -1):
            others, narrow = words_and_figures(piece.sentence(earlier), vocabulary, self.affixes)
            told = [figure for figure in narrow if figure.kind == kind and figure.value < figures[0].value <= _TIMES * figure.value]
            if len(told) == 1 and not set(others) & vocabulary.totals:
                return self._of_other_scope(piece, (earlier, told[0]), (at, figures[0]), kind)
        return None

    def _of_other_scope(self, piece: Piece, narrow: tuple[int, Figure], wide: tuple[int, Figure], kind: str) -> Proposition:
        acts = [act for act in self.pages.acts(piece.id, narrow[0]) if act.type == "ASSAULT"]
        positions = [self._position(piece, at, figure.value, self._speaker(piece, at)) for at, figure in (narrow, wide)]
        place = next((act.spot.name for act in acts if act.spot), None)
        type_ = acts[0].type if acts else None
        return proposition_of("different_scope", "count", acts[0].trigger if acts else "", positions, type_, kind, place)

    def _proposed(self, label: Label, piece: Piece, at: int, now: Figure, was: Figure, kind: str | None = None) -> Proposition:
        speaker = self._speaker(piece, at)
        earlier: Speaker = speaker if label == "update" else (f"reported:{piece.origin}:{at}", "", "reported")
        polarity: Polarity = "affirmed" if label == "update" else "denied"
        positions = [
            told_position(self.corpus, piece.id, at, earlier, polarity, was.value),
            self._position(piece, at, now.value, speaker),
        ]
        counted = kind or now.kind or was.kind or now.noun or was.noun
        return proposition_of(label, "put right", "", positions, None, counted)

    def _position(self, piece: Piece, at: int, count: int, speaker: Speaker) -> Position:
        return told_position(self.corpus, piece.id, at, speaker, "affirmed", count)

    def _speaker(self, piece: Piece, at: int) -> Speaker:
        """Returns who speaks in a sentence: on whose word its acts rest, else whose words stand in it, else the outlet."""
        for act in self.pages.acts(piece.id, at):
            if act.word is not None:
                speaker, voice = speaker_of(act.word, piece.origin)
                return speaker, act.word.text, voice
        start, end = piece.sentences[at]
        for saying in self.sayings.get(piece.id, ()):
            if start <= saying.start < end and saying.holder:
                return f"{piece.origin}:{fold_word(saying.holder)}", saying.holder, "named"
        return f"outlet:{piece.origin}", piece.outlet or piece.id, "outlet"
