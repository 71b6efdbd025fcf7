"""Turns raw articles into a ranking of what the knowledge doesn't cover in them: verbs, titles, prepositions."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TypeVar

import msgspec

from tawazun.app.gaps import Sight, Unknown, open_prepositions, unknown_titles, unknown_verbs
from tawazun.app.samples import articles_of
from tawazun.base.errors import InputError
from tawazun.base.letters import fold_word
from tawazun.lexicon.attested import Attested
from tawazun.lexicon.left_out import LeftOut, read_left_out
from tawazun.lexicon.load import knowledge_folder, load_attested, load_lexicon, read_files
from tawazun.model.articles import Article
from tawazun.model.entries import Verb
from tawazun.model.lexicon import Lexicon
from tawazun.pipeline.articles import Reader
from tawazun.pipeline.parses import parses_of

Key = TypeVar("Key", bound=Hashable)
_Counted = dict[Key, tuple[int, str]]
_UnknownKey = tuple[str, tuple[int, ...], bool]

_MOSTLY_NOUN = 0.1
"""Is the share of uses as a noun from which on an unknown word isn't taken for a verb."""


class VerbGap(msgspec.Struct, frozen=True):
    """Is a verb that no entry covers: its lemma, root and form, how often it stands between two actors, as which words, and one place.

    `also` are other verbs that are written the same in every form seen.
    """

    lemma: str
    root: str
    form: str
    count: int
    words: tuple[str, ...]
    place: str
    also: tuple[str, ...]


class TitleGap(msgspec.Struct, frozen=True):
    """Is an unknown word, or a few, right before personal names."""

    title: str
    count: int
    place: str


class PrepositionGap(msgspec.Struct, frozen=True):
    """Is a preposition with an actor that an entry's frame has no role for."""

    entry: str
    preposition: str
    count: int
    place: str


class Coverage(msgspec.Struct, frozen=True):
    """Is the ranking, each part by falling count; `places` are document and offset with a colon between."""

    articles: int
    unread: int
    left_out: int
    verbs: tuple[VerbGap, ...]
    titles: tuple[TitleGap, ...]
    prepositions: tuple[PrepositionGap, ...]


class _Survey:
    """Collects the gaps of many articles."""

    def __init__(self, lexicon: Lexicon, attested: Attested, left_out: LeftOut, plain: bool) -> None:
        self.sight, self.left_out = Sight(lexicon, attested, plain), left_out
        self.reader = Reader(lexicon)
        self.articles = self.unread = 0
        self.unknown: _Counted[_UnknownKey] = {}
        self.titles: _Counted[str] = {}
        self.prepositions: _Counted[tuple[str, str]] = {}

    def take(self, article: Article, name: str) -> None:
        """Looks for the gaps in one article."""
        self.articles += 1
        dossier = self.reader.read(article)
        sight = self.sight
        text = dossier.document.text
        for tokens, parse in parses_of(text, sight.words, sight.lexicon):
            for unknown in unknown_verbs(tokens, parse, text, sight):
                _count(self.unknown, _key(unknown), f"{name}:{unknown.start}")
            for title, start in unknown_titles(tokens, parse, sight):
                _count(self.titles, title, f"{name}:{start}")
            for entry, preposition, start in open_prepositions(tokens, parse, dossier, sight):
                _count(self.prepositions, (entry, preposition), f"{name}:{start}")

    def result(self) -> Coverage:
        """Ranks what was found, without what is left out on purpose."""
        left_out = self.left_out
        verbs, hidden = _verb_rows(self.unknown, self.sight, left_out)
        titles = [TitleGap(title, count, place) for title, (count, place) in _ranked(self.titles)]
        pairs = [PrepositionGap(*pair, count, place) for pair, (count, place) in _ranked(self.prepositions)]
        kept_titles = tuple(row for row in titles if row.title not in left_out.words)
        kept_pairs = tuple(row for row in pairs if not left_out.has_pair(row.entry, row.preposition))
        hidden += len(titles) + len(pairs) - len(kept_titles) - len(kept_pairs)
        return Coverage(self.articles, self.unread, hidden, verbs, kept_titles, kept_pairs)


def _key(unknown: Unknown) -> _UnknownKey:
    return unknown.stem, unknown.verbs, unknown.verbal


def _count(table: _Counted[Key], key: Key, place: str) -> None:
    """Counts one more of `key`; the place of the first is kept."""
    count, first = table.get(key, (0, place))
    table[key] = (count + 1, first)


def _ranked(table: _Counted[Key]) -> list[tuple[Key, tuple[int, str]]]:
    return sorted(table.items(), key=lambda item: -item[1][0])


def _is_left_out(verb: Verb, left_out: LeftOut) -> bool:
    return fold_word(verb.lemma) in left_out.words or fold_word(_written(verb)) in left_out.words


def _fitting(unknown: _Counted[_UnknownKey], sight: Sight) -> Iterator[tuple[str, tuple[int, ...], int, str]]:
    """Yields (word, verbs, count, place) for the unknown words, without the verbs that a word mostly written as nouns are can't be of.

    Such a word is no finite verb, and no verbal noun of form IV, which is written as broken plurals are.
    """
    for (stem, verbs, verbal), (count, place) in unknown.items():
        as_noun = sight.nominal if verbal else sight.plural
        left = verbs
        if as_noun[stem] > _MOSTLY_NOUN * sight.used[stem]:
            left = () if verbal else tuple(verb for verb in verbs if sight.attested.verbs[verb].form != "IV")
        if left:
            yield stem, left, count, place


def _verb_rows(unknown: _Counted[_UnknownKey], sight: Sight, left_out: LeftOut) -> tuple[tuple[VerbGap, ...], int]:
    """Returns a row for each verb, by falling count, and how many are left out on purpose.

    A word that may be of several verbs is given to the one that explains the most different words of the text.
    """
    words = list(_fitting(unknown, sight))
    explains: defaultdict[int, set[str]] = defaultdict(set)
    tokens: Counter[int] = Counter()
    for stem, verbs, count, _ in words:
        for verb in verbs:
            explains[verb].add(stem)
            tokens[verb] += count
    found: defaultdict[int, dict[str, tuple[int, str]]] = defaultdict(dict)
    hidden: set[str] = set()
    for stem, verbs, count, place in words:
        best = max(verbs, key=lambda verb: (len(explains[verb]), tokens[verb], -verb))
        record = sight.attested.verbs[best]
        if stem in left_out.words or _is_left_out(record, left_out):
            hidden.add(stem)
        elif (record.root, record.form) not in sight.covered:
            before, first = found[best].get(stem, (0, place))
            found[best][stem] = before + count, first
    rows = [_verb_row(number, seen, explains, sight) for number, seen in found.items()]
    return tuple(sorted(rows, key=lambda row: (-row.count, row.lemma, row.form))), len(hidden)


def _verb_row(number: int, seen: dict[str, tuple[int, str]], explains: dict[int, set[str]], sight: Sight) -> VerbGap:
    ranked = _ranked(seen)
    same = [other for other, stems in explains.items() if other != number and stems >= explains[number]]
    verb = sight.attested.verbs[number]
    return VerbGap(
        lemma=verb.lemma,
        root=verb.root,
        form=verb.form,
        count=sum(count for _, (count, _) in ranked),
        words=tuple(stem for stem, _ in ranked),
        place=ranked[0][1][1],
        also=tuple(_written(sight.attested.verbs[other]) for other in same),
    )


def _written(verb: Verb) -> str:
    """Writes a verb as the knowledge files do."""
    return f"{verb.lemma} ({verb.root}) {verb.form}"


def survey(names: Sequence[str], plain: bool = False, step: Callable[[int], None] = lambda articles: None) -> Coverage:
    """Ranks what the packaged knowledge doesn't cover in the articles that `names` stand for; `step` is told how many are done.

    With `plain`, verbs count as not covered whose entries only say that they are verbs. Articles that can't be read are counted and
    passed over.
    """
    left_out = read_left_out(read_files(knowledge_folder()))
    found = _Survey(load_lexicon(), load_attested(), left_out, plain)
    for article, name in articles_of(names):
        if article is None:
            found.unread += 1
        else:
            found.take(article, name)
            step(found.articles)
    if not found.articles:
        raise InputError(f"{', '.join(names)}: no article that can be read in it")
    return found.result()
