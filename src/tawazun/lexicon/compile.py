"""Turns the texts of all knowledge files into one lexicon, and lists everything that is wrong with them."""

from collections.abc import Iterable, Mapping
from typing import Literal
from unicodedata import lookup

import mazini
import msgspec

from tawazun.base.errors import KnowledgeError
from tawazun.base.letters import TEH_MARBUTA, fold_word
from tawazun.lexicon import actors as world
from tawazun.lexicon.entries import read_entry, read_frames
from tawazun.lexicon.files import Block, fail, file_of, nearest, parse_mapping, parse_tsv, parse_yaml, words_of
from tawazun.lexicon.morphology import conjugate, entry_forms, lemma_of
from tawazun.lexicon.times import read_times
from tawazun.lexicon.weights import WEIGHTS, read_weights
from tawazun.model.entries import Entry, Form
from tawazun.model.lexicon import Clitics, Lexicon, NameKind, Pattern
from tawazun.model.names import Country, Group, KnownActor, Nationality, Place, Title

PARTICLE_COLUMNS = ("word", "class", "value")
PARTICLE_CLASSES = (
    *("adverb", "agency", "auxiliary", "certainty", "complementiser", "conjunction", "demonstrative", "future", "negation"),
    *("preposition", "pronoun", "quantifier", "question", "relative", "subordinator"),
)
ADJECTIVES = "ar/adjectives.tsv"
ADJECTIVE_CLASSES = {"adjective": "definite_adjective", "noun": "not_adjective"}
CLITIC_KEYS = (
    "conjunctions",
    "prepositions",
    "future",
    "article",
    "article_after_l",
    "pronouns",
    "with_pronoun",
    "together",
    "own_letter",
    "that",
    "duals",
    "nisba",
    "with_article",
)
_TANWIN = lookup("ARABIC LETTER ALEF")
_NO_TANWIN = (TEH_MARBUTA, _TANWIN, lookup("ARABIC LETTER HAMZA"), lookup("ARABIC LETTER ALEF MAKSURA"))


class Compiled(msgspec.Struct, frozen=True):
    """Is a lexicon with the errors met on the way; entries in error are left out of it."""

    lexicon: Lexicon
    errors: tuple[str, ...]


def _blocks(files: Mapping[str, str], prefix: str, errors: list[str]) -> Iterable[Block]:
    for path in sorted(files):
        if not path.startswith(prefix) or not path.endswith(".yaml"):
            continue
        try:
            blocks = parse_yaml(files[path], path)
            if not isinstance(blocks, list):
                raise fail(path, 1, "the file must be a list of entries")
        except KnowledgeError as error:
            errors.append(str(error))
            continue
        line = 1
        for block in blocks:
            if isinstance(block, Block):
                line = block.line
                yield block
            else:
                errors.append(f"{path}:{line}: an entry must be a mapping; here or after it stands {block!r}")


def _check_verbs(entry: Entry) -> None:
    for verb in entry.verbs:
        try:
            lemmas = lemma_of(verb)
        except mazini.MaziniError as error:
            raise fail(entry.path, entry.line, f"{verb.root} {verb.form} is no verb: {error}") from None
        if fold_word(verb.lemma) not in lemmas:
            given = ", ".join(sorted(lemmas))
            raise fail(entry.path, entry.line, f"{verb.root} in form {verb.form} gives {given}, not {verb.lemma}")


def _entries(files: Mapping[str, str], errors: list[str]) -> tuple[Entry, ...]:
    frames = read_frames(parse_mapping(files, "ar/frames.yaml"))
    found: dict[str, Entry] = {}
    for prefix in ("ar/verbs/", "ar/attribution.yaml", "ar/status.yaml"):
        for block in _blocks(files, prefix, errors):
            try:
                entry = read_entry(block, frames)
                if entry.id in found:
                    raise fail(entry.path, entry.line, f"the id {entry.id!r} stands also at {found[entry.id].path}:{found[entry.id].line}")
                _check_verbs(entry)
            except KnowledgeError as error:
                errors.append(str(error))
                continue
            found[entry.id] = entry
    return tuple(found.values())


def _actors(files: Mapping[str, str], errors: list[str], countries: tuple[Country, ...]) -> tuple[KnownActor, ...]:
    known = {country.iso3 for country in countries}
    found: dict[str, KnownActor] = {}
    for block in _blocks(files, "world/actors/", errors):
        try:
            actor = world.read_actor(block)
            _check_countries(actor, known)
            if actor.id in found:
                other = found[actor.id]
                raise fail(actor.path, actor.line, f"the id {actor.id!r} stands also at {other.path}:{other.line}")
        except KnowledgeError as error:
            errors.append(str(error))
            continue
        found[actor.id] = actor
    for actor in found.values():
        if actor.parent and actor.parent not in found:
            errors.append(f"{actor.path}:{actor.line}: unknown parent {actor.parent!r}")
    return tuple(found.values())


def _check_countries(actor: KnownActor, known: set[str]) -> None:
    codes = [actor.country, actor.code, *(office.code for office in actor.roles)]
    for part in (part for code in codes if code for part in code.split("+")):
        country = part.partition(".")[0]
        if country != "IGO" and country not in known and part not in world.SECTORS:
            raise fail(actor.path, actor.line, f"unknown country {country!r}{nearest(country, known)}")


def _forms(entries: tuple[Entry, ...]) -> dict[str, tuple[Form, ...]]:
    table: dict[str, dict[Form, None]] = {}
    for number, entry in enumerate(entries):
        for text, form in entry_forms(entry, number):
            if len(text) > 1:
                table.setdefault(text, {})[form] = None
    return {text: _merge(forms) for text, forms in table.items()}


def _merge(forms: Iterable[Form]) -> tuple[Form, ...]:
    """Joins forms that differ in person or voice only."""
    merged: dict[Form, tuple[list[str], set[Literal["a", "p", "ap"]]]] = {}
    for form in forms:
        persons, voices = merged.setdefault(form._replace(person="", voice="ap"), ([], set()))
        if form.person not in persons:
            persons.append(form.person)
        voices.add(form.voice)
    return tuple(
        form._replace(person=" ".join(persons), voice="ap" if len(voices) > 1 else voices.pop())
        for form, (persons, voices) in merged.items()
    )


def _variants(phrase: str, article: str) -> Iterable[tuple[str, ...]]:
    """Gives a phrase with and without the article on each word and, where it is indefinite, in the accusative (at most 24 variants)."""
    plain: list[tuple[str, ...]] = [()]
    for written in phrase.replace("-", " ").split():
        word = fold_word(written)
        bare = word[len(article) :] if written.startswith(article) and len(word) > 4 else word
        plain = [(*head, choice) for head in plain for choice in (bare, article + bare)]
    variants = plain[:16]
    if variants and len(variants[0]) > 1:
        variants += [accusative for accusative in (_accusative(phrase, count) for count in (1, len(variants[0]))) if accusative]
    return variants


def _accusative(phrase: str, count: int) -> tuple[str, ...]:
    """Puts the first `count` words of an indefinite phrase into the accusative."""
    words = phrase.split()
    return tuple(
        fold_word(word) + (_TANWIN if number < count and not word.endswith(_NO_TANWIN) else "") for number, word in enumerate(words)
    )


def _words(name: str) -> tuple[str, ...]:
    return tuple(fold_word(name).replace("-", " ").split())


class _Patterns:
    """Collects patterns by their first two words, one-word patterns by the word alone."""

    def __init__(self) -> None:
        self.table: dict[str, dict[tuple[tuple[str, ...], NameKind, int], None]] = {}

    def add(self, words: tuple[str, ...], kind: NameKind, ref: int) -> None:
        if words:
            self.table.setdefault(" ".join(words[:2]), {})[words, kind, ref] = None

    def done(self) -> dict[str, tuple[Pattern, ...]]:
        return {
            key: tuple(Pattern(words=w, kind=k, ref=r) for w, k, r in sorted(found, key=lambda item: -len(item[0])))
            for key, found in self.table.items()
        }


def _name_patterns(
    patterns: _Patterns,
    actors: tuple[KnownActor, ...],
    countries: tuple[Country, ...],
    places: tuple[Place, ...],
) -> None:
    for ref, actor in enumerate(actors):
        for name in actor.ar:
            patterns.add(_words(name), "actor", ref)
        for name in actor.short:
            patterns.add(_words(name), "short", ref)
    for ref, country in enumerate(countries):
        for name in country.ar:
            patterns.add(_words(name), "country", ref)
        for name in country.capital_ar:
            patterns.add(_words(name), "capital", ref)
    for ref, place in enumerate(places):
        for name in place.ar:
            patterns.add(_words(name), "place", ref)


def _office_patterns(patterns: _Patterns, titles: tuple[Title, ...], groups: tuple[Group, ...], article: str) -> None:
    for ref, title in enumerate(titles):
        for form in title.forms:
            words = _words(form)
            patterns.add(words, "title", ref)
            if words and not words[-1].startswith(article):
                patterns.add((*words[:-1], article + words[-1]), "title", ref)
    for ref, group in enumerate(groups):
        words = _words(group.form)
        for variant in _variants(group.form, article) if len(words) < 4 else (words,):
            patterns.add(variant, "group", ref)


def _phrase_patterns(patterns: _Patterns, entries: tuple[Entry, ...], article: str) -> dict[int, tuple[tuple[str, tuple[str, ...]], ...]]:
    """Adds nominal phrases to the patterns and returns the verbal ones: entry number to (verb form, rest of the phrase)."""
    verbal: dict[int, tuple[tuple[str, tuple[str, ...]], ...]] = {}
    for number, entry in enumerate(entries):
        found: list[tuple[str, tuple[str, ...]]] = []
        for phrase in entry.phrases:
            words = _words(phrase.lstrip("+ "))
            if phrase.lstrip().startswith("+"):
                found.append((words[0], words[1:]))
            else:
                for variant in _variants(phrase, article):
                    patterns.add(variant, "phrase", number)
        if found:
            verbal[number] = tuple(found)
    return verbal


def _nationality_forms(nationalities: Iterable[Nationality]) -> dict[str, tuple[tuple[int, str], ...]]:
    """Maps the forms of nationality adjectives, of one word or two (North Korean), to (index, gender and number)."""
    table: dict[str, dict[tuple[int, str], None]] = {}
    for number, item in enumerate(nationalities):
        pairs = [(item.masculine, "sm"), (item.feminine, "sf")]
        pairs += [(form, "pm") for form in item.masculine_plural] + [(form, "pf") for form in item.feminine_plural]
        pairs += [(form, "d") for form in item.dual]
        for form, number_gender in pairs:
            if form:
                table.setdefault(form, {})[number, number_gender] = None
    return {form: tuple(found) for form, found in table.items()}


def _particles(text: str, path: str, clitics: Clitics) -> dict[str, tuple[tuple[str, str], ...]]:
    """Reads `ar/particles.tsv` and adds the prepositions with each pronoun, as class `pronominal` with preposition and pronoun."""
    table: dict[str, dict[tuple[str, str], None]] = {}
    for line, row in parse_tsv(text, path, PARTICLE_COLUMNS):
        if row["class"] not in PARTICLE_CLASSES:
            raise fail(path, line, f"unknown class {row['class']!r}{nearest(row['class'], PARTICLE_CLASSES)}")
        table.setdefault(fold_word(row["word"]), {})[row["class"], row["value"]] = None
    for preposition in clitics.with_pronoun:
        for pronoun in clitics.pronouns:
            table.setdefault(preposition + pronoun, {})["pronominal", f"{preposition} {pronoun}"] = None
    return {word: tuple(found) for word, found in table.items()}


def _clitics(block: Block) -> Clitics:
    def folded(key: str) -> tuple[str, ...]:
        return tuple(map(fold_word, words_of(block.get(key), block, key)))

    return Clitics(
        conjunctions=folded("conjunctions"),
        prepositions=folded("prepositions"),
        future=folded("future"),
        article=fold_word(block["article"]),
        article_after_l=fold_word(block["article_after_l"]),
        pronouns=folded("pronouns"),
        with_pronoun=folded("with_pronoun"),
        together=fold_word(block["together"]),
        nisba=fold_word(block["nisba"]),
        own_letter=frozenset(fold_word(word) for words in block["own_letter"] for word in words),
        with_article=folded("with_article"),
        duals=tuple((fold_word(pair[0]), fold_word(pair[1]) if len(pair) > 1 else "") for pair in block["duals"]),
    )


def _word_classes(files: Mapping[str, str], classes: Block) -> dict[str, frozenset[str]]:
    """Reads `ar/classes.yaml`, and adds the adjectives and nouns of `ar/adjectives.tsv` to theirs."""
    words = {name: frozenset(map(fold_word, words_of(listed, classes, name))) for name, listed in classes.items()}
    found: dict[str, set[str]] = {kind: set(words.get(name, ())) for kind, name in ADJECTIVE_CLASSES.items()}
    for line, row in parse_tsv(files.get(ADJECTIVES, ""), ADJECTIVES, ("word", "kind")):
        if row["kind"] not in found:
            raise fail(ADJECTIVES, line, f"unknown kind {row['kind']!r}; it is one of {', '.join(found)}")
        found[row["kind"]].add(fold_word(row["word"]))
    return words | {name: frozenset(found[kind]) for kind, name in ADJECTIVE_CLASSES.items()}


def compile_lexicon(files: Mapping[str, str], digest: str) -> Compiled:
    """Compiles knowledge `files` (path below the knowledge folder to text)."""
    errors: list[str] = []
    written_on = parse_mapping(files, "ar/clitics.yaml", CLITIC_KEYS)
    clitics = _clitics(written_on)
    classes = parse_mapping(files, "ar/classes.yaml")
    entries = _entries(files, errors)
    countries = world.read_countries(file_of(files, "world/countries.tsv"), "world/countries.tsv")
    actors = _actors(files, errors, countries)
    nationalities = world.read_nationalities(file_of(files, "ar/demonyms.tsv"), "ar/demonyms.tsv")
    titles = world.read_titles(file_of(files, "ar/titles.tsv"), "ar/titles.tsv")
    groups = world.read_groups(file_of(files, "ar/groups.tsv"), "ar/groups.tsv")
    places = world.read_places(file_of(files, "world/places.tsv"), "world/places.tsv")
    patterns = _Patterns()
    _name_patterns(patterns, actors, countries, places)
    _office_patterns(patterns, titles, groups, clitics.article)
    verbal = _phrase_patterns(patterns, entries, clitics.article)
    lexicon = Lexicon(
        digest=digest,
        entries=entries,
        forms=_forms(entries),
        patterns=patterns.done(),
        particles=_particles(file_of(files, "ar/particles.tsv"), "ar/particles.tsv", clitics),
        nationality_forms=_nationality_forms(nationalities),
        words=_word_classes(files, classes),
        verbal_phrases=verbal,
        actors=actors,
        places=places,
        countries=countries,
        nationalities=nationalities,
        titles=titles,
        groups=groups,
        clitics=clitics,
        times=read_times(parse_mapping(files, "ar/dates.yaml")),
        that=fold_word(written_on["that"]),
        scorers=read_weights(files[WEIGHTS], WEIGHTS) if WEIGHTS in files else {},
    )
    conjugate.cache_clear()
    return Compiled(lexicon=lexicon, errors=tuple(errors))
