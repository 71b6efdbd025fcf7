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
        self.unknown: dict[tuple[str, tuple[int, ...], bool], tuple[int, str]] = {}
        self.titles: dict[str, tuple[int, str]] = {}
        self.prepositions: dict[tuple[str, str], tuple[int, str]] = {}

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
        verbs = tuple(_verb_rows(self.unknown, self.sight))
        titles = [TitleGap(title, count, place) for title, (count, place) in _ranked(self.titles)]
        pairs = [PrepositionGap(*pair, count, place) for pair, (count, place) in _ranked(self.prepositions)]
        kept_verbs = tuple(row for row in verbs if not _is_left_out(row, self.left_out))
        kept_titles = tuple(row for row in titles if row.title not in self.left_out.words)
        kept_pairs = tuple(row for row in pairs if not self.left_out.has_pair(row.entry, row.preposition))
        left_out = len(verbs) + len(titles) + len(pairs) - len(kept_verbs) - len(kept_titles) - len(kept_pairs)
        return Coverage(self.articles, self.unread, left_out, kept_verbs, kept_titles, kept_pairs)


def _key(unknown: Unknown) -> tuple[str, tuple[int, ...], bool]:
    return unknown.stem, unknown.verbs, unknown.verbal


def _count(table: dict[Key, tuple[int, str]], key: Key, place: str) -> None:
    """Counts one more of `key`; the place of the first is kept."""
    count, first = table.get(key, (0, place))
    table[key] = (count + 1, first)


def _ranked(table: dict[Key, tuple[int, str]]) -> list[tuple[Key, tuple[int, str]]]:
    return sorted(table.items(), key=lambda item: -item[1][0])


def _is_left_out(row: VerbGap, left_out: LeftOut) -> bool:
    return fold_word(row.lemma) in left_out.words or fold_word(_written(Verb(row.lemma, row.root, row.form))) in left_out.words


def _verb_rows(unknown: dict[tuple[str, tuple[int, ...], bool], tuple[int, str]], sight: Sight) -> Iterator[VerbGap]:
    """Yields a row for each verb, by falling count.

    A word that may be of several verbs is given to the one that explains the most different words of the text.
    """
    fitting = {}
    for (stem, verbs, verbal), value in unknown.items():
        counter = sight.nominal if verbal else sight.plural
        left = verbs if counter[stem] <= _MOSTLY_NOUN * sight.used[stem] else _but_form_four(verbs, verbal, sight)
        if left:
            fitting[stem, left, verbal] = value
    explains: defaultdict[int, set[str]] = defaultdict(set)
    tokens: Counter[int] = Counter()
    for (stem, verbs, _), (count, _) in fitting.items():
        for each in verbs:
            explains[each].add(stem)
            tokens[each] += count
    rows: dict[int, list[tuple[str, int, str]]] = {}
    for (stem, verbs, _), (count, place) in fitting.items():
        best = max(verbs, key=lambda each: (len(explains[each]), tokens[each], -each))
        rows.setdefault(best, []).append((stem, count, place))
    for number, found in sorted(rows.items(), key=lambda item: (-sum(count for _, count, _ in item[1]), item[0])):
        found.sort(key=lambda item: -item[1])
        same = [other for other, stems in explains.items() if other != number and stems >= explains[number]]
        verb = sight.attested.verbs[number]
        if (verb.root, verb.form) in sight.covered:
            continue
        yield VerbGap(
            lemma=verb.lemma,
            root=verb.root,
            form=verb.form,
            count=sum(count for _, count, _ in found),
            words=tuple(dict.fromkeys(stem for stem, _, _ in found)),
            place=found[0][2],
            also=tuple(_written(sight.attested.verbs[other]) for other in same),
        )


def _but_form_four(verbs: tuple[int, ...], verbal: bool, sight: Sight) -> tuple[int, ...]:
    """Returns what a word may be that is mostly written as nouns are: no finite verb, no verbal noun of form IV (rather a plural)."""
    return () if verbal else tuple(verb for verb in verbs if sight.attested.verbs[verb].form != "IV")


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
