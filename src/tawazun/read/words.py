"""Turns a folded word into the lattice of its segmentations: clitics, stem, and what the stem may be."""

from collections.abc import Iterable, Iterator
from typing import Literal

from tawazun.model.entries import Form
from tawazun.model.lexicon import Clitics, Lexicon
from tawazun.model.readings import Segmentation, Word
from tawazun.model.times import LINK_KINDS, TimeTable

_WHOLE = 3
_LIMIT = 300_000
_CLITICS = 3
_YEAR = 4


def _conjunctions(text: str, clitics: Clitics) -> Iterator[tuple[str, str]]:
    yield "", text
    if len(text) > 2 and text[0] in clitics.conjunctions:
        yield text[0], text[1:]


def _prepositions(text: str, clitics: Clitics) -> Iterator[tuple[str, bool, str]]:
    """Yields (preposition, article, stem)."""
    article, contracted = clitics.article, clitics.article_after_l
    yield "", False, text
    if text.startswith(article) and len(text) > len(article) + 1:
        yield "", True, text[len(article) :]
    if text.startswith(contracted) and len(text) > 3:
        yield contracted[0], True, text[len(contracted) :]
        yield contracted[0], True, text[1:]
    if len(text) > 2 and text[0] in clitics.prepositions:
        yield text[0], False, text[1:]
        if text.startswith(article, 1) and len(text) > len(article) + 2:
            yield text[0], True, text[1 + len(article) :]


def _pronouns(stem: str, clitics: Clitics) -> Iterator[tuple[str, str]]:
    yield stem, ""
    if not stem.endswith(clitics.pronouns):
        return
    for pronoun in clitics.pronouns:
        if stem.endswith(pronoun) and len(stem) - len(pronoun) >= 2:
            yield stem[: -len(pronoun)], pronoun


def _fits(form: Form, preposition: str, article: bool, pronoun: str, clitics: Clitics) -> bool:
    if form.joint == ("-" if pronoun else "+"):
        return False
    if form.part == "V":
        if article:
            return False
        return not preposition or (preposition == clitics.article_after_l[0] and form.tense == "present")
    return not (article and pronoun) and pronoun != clitics.nisba


def _cuts(text: str, clitics: Clitics) -> Iterator[tuple[str, str, bool, bool, str, str]]:
    """Yields (conjunction, preposition, future, article, stem, pronoun) for every way to cut."""
    for conjunction, rest in _conjunctions(text, clitics):
        for preposition, article, stem in _prepositions(rest, clitics):
            for core, pronoun in _pronouns(stem, clitics):
                yield conjunction, preposition, False, article, core, pronoun
        if len(rest) > 3 and rest[0] in clitics.future:
            for core, pronoun in _pronouns(rest[1:], clitics):
                yield conjunction, "", True, False, core, pronoun


class Words:
    """Looks words up in a lexicon and remembers what it found; one per process. `searched` is what `search_words` remembers."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._longer = {key.partition(" ")[0] for key in lexicon.patterns if " " in key}
        self._possessives = sorted(pronoun for pronoun in lexicon.words["possessives"] if len(pronoun) > 1)
        self._known: tuple[dict[str, Word], dict[str, Word]] = {}, {}
        self._cores: dict[str, str] = {}
        self.searched: dict[str, str] = {}

    def look_up(self, text: str, feminine: bool) -> Word:
        """Returns what a folded word may be; `feminine` says that it was written with ta marbuta, so that its last letter is no pronoun."""
        known = self._known[feminine]
        word = known.get(text)
        if word is None:
            if len(known) > _LIMIT:
                known.clear()
            word = known[text] = self._analyse(text, feminine)
        return word

    def core(self, text: str) -> str:
        """Returns a folded word without any conjunction, preposition or article, whether or not it is known: what it is searched by."""
        core = self._cores.get(text)
        if core is None:
            if len(self._cores) > _LIMIT:
                self._cores.clear()
            core = text
            while (rest := _cut_unknown(core, self._lexicon)[3]) != core:
                core = rest
            self._cores[text] = core
        return core

    def _analyse(self, text: str, feminine: bool) -> Word:
        clitics = self._lexicon.clitics
        segmentations = tuple(self._segmentations(text, feminine))
        particles, conjunction, particle_preposition = self._particles(text)
        bare_conjunction, preposition, article, bare = self._bare(text, segmentations)
        variants = tuple(_variants(text, clitics))
        return Word(
            text=text,
            segmentations=segmentations,
            verbs=tuple([cut for cut in segmentations if "V" in [form.part for form in cut.forms]]),
            nouns=tuple([cut for cut in segmentations if {form.part for form in cut.forms} != {"V"}]),
            particles=particles,
            particle_conjunction=conjunction,
            particle_preposition=particle_preposition,
            nationality=self._nationality(variants),
            bare=bare,
            preposition=preposition,
            conjunction=bare_conjunction,
            article=article,
            variants=variants,
            openings=tuple(self._openings(variants)),
            shapes=frozenset((text, *(cut.stem for cut in segmentations), *_numbers(bare, clitics))),
            possessive="" if article else next((p for p in self._possessives if bare.endswith(p) and len(bare) > len(p) + 2), ""),
            seconds=(*(" " + stem for stem, _ in _pronouns(text, clitics)), ""),
            dating=_dating(text, self._lexicon.times),
        )

    def _segmentations(self, text: str, feminine: bool) -> Iterator[Segmentation]:
        clitics, forms = self._lexicon.clitics, self._lexicon.forms
        for conjunction, preposition, future, article, stem, pronoun in _cuts(text, clitics):
            found = forms.get(stem)
            if not found or (pronoun and feminine):
                continue
            fitting = tuple(
                form
                for form in found
                if not (future and self._is_cut_short(form, stem))
                and (form.tense == "present" and form.part == "V" if future else _fits(form, preposition, article, pronoun, clitics))
                and not (future and form.joint == ("-" if pronoun else "+"))
                and not (feminine and form.part == "V")
            )
            if fitting:
                yield Segmentation(conjunction, preposition, future, article, stem, pronoun, fitting)

    def _is_cut_short(self, form: Form, stem: str) -> bool:
        """Tells whether a present form has lost its last weak letter, which it can't have after the particle of the future."""
        clitics, forms = self._lexicon.clitics, self._lexicon.forms
        longer = (stem + clitics.conjunctions[0], stem + clitics.nisba)
        return any(
            other.entry == form.entry and other.tense == form.tense and other.person == form.person
            for text in longer
            for other in forms.get(text, ())
        )

    def _particles(self, text: str) -> tuple[tuple[tuple[str, str], ...], str, str]:
        """Returns the particle classes of a word, with the conjunction and the preposition written on to it."""
        table, clitics = self._lexicon.particles, self._lexicon.clitics
        if text in table:
            return table[text], "", ""
        for conjunction, rest in _conjunctions(text, clitics):
            if conjunction and rest in table and not (len(rest) >= _WHOLE and _is_verb(text, self._lexicon)):
                return table[rest], conjunction, ""
            if len(rest) > 3 and rest[0] in clitics.prepositions:
                classes = table.get(rest[1:], ())
                if rest[0] == clitics.prepositions[0] and ("preposition", "place") in classes:
                    return (("preposition", "place"),), conjunction, ""
                if any(kind == "demonstrative" for kind, _ in classes):
                    return tuple(item for item in classes if item[0] == "demonstrative"), conjunction, rest[0]
        return (), "", ""

    def _openings(self, variants: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str, str, bool]]:
        for name, conjunction, preposition in variants:
            longer = name in self._longer
            if longer or name in self._lexicon.patterns:
                yield name, conjunction, preposition, longer

    def _nationality(self, variants: Iterable[tuple[str, str, str]]) -> tuple[tuple[int, str], ...]:
        table, article = self._lexicon.nationality_forms, self._lexicon.clitics.article
        for variant, _, _ in variants:
            stems = (variant, variant[len(article) :]) if variant.startswith(article) else (variant,)
            for stem in stems:
                for core in (stem, stem[:-1] if stem.endswith(article[0]) else stem):
                    if core in table:
                        return table[core]
        return ()

    def _bare(self, text: str, segmentations: Iterable[Segmentation]) -> tuple[str, str, bool, str]:
        """Cuts conjunction, preposition and article off a word that need not be known."""
        for cut in segmentations:
            return cut.conjunction, cut.preposition, cut.article, cut.stem
        return _cut_unknown(text, self._lexicon)


def _numbers(bare: str, clitics: Clitics) -> Iterator[str]:
    """Yields a bare word and the singulars that it may be the dual of."""
    yield bare
    for ending, single in clitics.duals:
        if bare.endswith(ending) and len(bare) > len(ending) + 2:
            yield bare[: -len(ending)] + single


def _dating(text: str, table: TimeTable) -> Literal["", "goes_on", "rests"]:
    """Says whether a word, or what is left of it behind up to three letters, has a reading that dates or is a number as long as a year,
    or at most one that joins others or a shorter number.
    """
    found: Literal["", "goes_on"] = ""
    for cut in range(_CLITICS + 1):
        behind = text[cut:]
        for front in (behind, table.article + behind):
            if front in table.words:
                if any(reading.kind not in LINK_KINDS for reading in table.words[front]):
                    return "rests"
                found = "goes_on"
        rest = behind.removeprefix(table.article)
        if rest[:1].isdecimal():
            if len(rest) >= _YEAR:
                return "rests"
            found = "goes_on"
    return found


def _is_verb(text: str, lexicon: Lexicon) -> bool:
    """Tells whether a word may be an active verb; a passive that looks like `and` with a particle (`and according to`) is rare."""
    return any(form.part == "V" and form.voice != "p" for form in lexicon.forms.get(text, ()))


def _own(word: str, lexicon: Lexicon) -> bool:
    """Tells whether the first letter of a word is its own, in the word itself or under a pronoun or ending."""
    own = lexicon.clitics.own_letter
    return (
        word in own
        or word in lexicon.patterns
        or word in lexicon.nationality_forms
        or any(word.endswith(p) and word[: -len(p)] in own for p in lexicon.clitics.pronouns)
        or word[:-1] in own
        or word[:-2] in own
    )


def _cut_unknown(text: str, lexicon: Lexicon) -> tuple[str, str, bool, str]:
    """Cuts the clitics off an unknown word: a clitic letter is one unless the word is listed as having it of its own."""
    clitics = lexicon.clitics
    article, contracted = clitics.article, clitics.article_after_l
    conjunction, preposition, rest = "", "", text
    if len(rest) > 3 and rest[0] in clitics.conjunctions and not _own(rest, lexicon) and not _needs_article(rest, clitics):
        conjunction, rest = rest[0], rest[1:]
    if rest.startswith(article) and len(rest) > 4:
        return conjunction, "", True, rest[len(article) :]
    if rest.startswith(contracted) and len(rest) > 4:
        return conjunction, contracted[0], True, rest[len(contracted) :]
    if len(rest) > 3 and rest[0] in clitics.prepositions and not _own(rest, lexicon) and not _needs_article(rest, clitics):
        preposition, rest = rest[0], rest[1:]
        if rest.startswith(article) and len(rest) > 4:
            return conjunction, preposition, True, rest[len(article) :]
    return conjunction, preposition, False, rest


def _needs_article(text: str, clitics: Clitics) -> bool:
    """Tells whether a word begins with a clitic that is one before an unknown word only where the article follows."""
    return text[0] in clitics.with_article and not text.startswith(clitics.article, 1)


def _variants(text: str, clitics: Clitics) -> Iterator[tuple[str, str, str]]:
    """Yields (name, conjunction, preposition): the shapes under which a word may begin a known name."""
    yield text, "", ""
    article, contracted = clitics.article, clitics.article_after_l
    for conjunction, rest in _conjunctions(text, clitics):
        if conjunction:
            yield rest, conjunction, ""
        if len(rest) > 2 and rest[0] in clitics.prepositions:
            yield rest[1:], conjunction, rest[0]
        if rest.startswith(contracted) and len(rest) > 3:
            yield article + rest[len(contracted) :], conjunction, contracted[0]
