"""Turns `ar/tracks.yaml` and `world/tracks.yaml` into the words that tracks of negotiation are found by."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any, TypeVar, cast, get_args

from tawazun.base.letters import FOLD_TABLE, fold_word
from tawazun.lexicon import actors as world
from tawazun.lexicon.files import Block, check_keys, fail, file_of, nearest, parse_mapping, parse_yaml, words_of
from tawazun.model.names import Country, Place
from tawazun.model.track_words import Cue, CueForm, CueRule, HeadForm, KnownTrack, Naming, Phrase, Tense, Town, TrackKind, TrackWords

WORDS, KNOWN, CLITICS = "ar/tracks.yaml", "world/tracks.yaml", "ar/clitics.yaml"
PLACES, COUNTRIES, NATIONALITIES = "world/places.tsv", "world/countries.tsv", "ar/demonyms.tsv"
FILES = (WORDS, KNOWN, CLITICS, PLACES, COUNTRIES, NATIONALITIES)
_LISTS = ("in", "joined", "filling", "not_place", "opinion", "opinion_titles", "bodies", "fruitless")
_SINGLE = ("in", "joined", "not_place", "opinion_titles", "this_day", "yesterday", "next", "quotes", "prepositions", "after")
_ALL = tuple(dict.fromkeys((*_LISTS, *_SINGLE)))
_OPERATORS = ("planned", "called_for", "conditional", "negated")
_SUFFIXES = ("present_prefixes", "verb_suffixes", "possessives", "bound_feminine")
_KEYS = (
    "kinds",
    "bare",
    "counts",
    "in_prefix",
    "joined_prefix",
    "that",
    "cues",
    "continuing",
    "accusative",
    "weekdays",
    *_ALL,
    *_OPERATORS,
    *_SUFFIXES,
)
_KIND_KEYS = ("words", "by", "family", "topics", "sessions", "weak", "text")
_CUE_KEYS = ("past", "present", "nouns", "objects", "by_body", "reach")
_KNOWN_KEYS = (
    *("id", "kind", "ar", "en", "names", "whole", "about", "place", "from", "members", "parent", "resolutions", "source"),
    *("must", "must_not"),
)
_NEEDED = ("id", "kind", "ar", "en", "about", "members", "source", "must", "must_not")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_CODE = re.compile(r"[A-Z]{3}(\.[A-Z]{2,4})?")
_FAR = 10
"""Is how many words may stand between what is continued and the word that says so."""
_RARE = 0x0700
"""Is where letters begin that no keyboard has, such as presentation forms."""
Item = TypeVar("Item")


class _Writing:
    """Writes words as they stand in text, with what is written on to them."""

    def __init__(self, clitics: Block, block: Block) -> None:
        self.conjunctions = ("", *_folded(clitics, "conjunctions"))
        self.prepositions = ("", *_folded(clitics, "prepositions"))
        self.future = _folded(clitics, "future")
        self.article = fold_word(str(clitics["article"]))
        self.assimilated = fold_word(str(clitics["article_after_l"]))
        self.present = _folded(block, "present_prefixes")
        self.suffixes = ("", *_folded(block, "verb_suffixes"))
        self.possessives = ("", *_folded(block, "possessives"))
        self.alone, self.bound = _folded(block, "bound_feminine")
        self.accusative = fold_word(str(block["accusative"]))

    def nouns(self, word: str) -> Iterator[tuple[str, bool]]:
        """Yields a noun with conjunction, preposition and article, and whether it has the article; a word given with one keeps it."""
        own = word.startswith(self.article) and len(word) > len(self.article) + 2
        for conjunction, preposition in product(self.conjunctions, self.prepositions):
            start = conjunction + preposition
            if own:
                yield (start[:-1] + self.assimilated + word[2:] if self._assimilates(preposition) else start + word), True
                continue
            yield start + word, False
            yield (start[:-1] + self.assimilated if self._assimilates(preposition) else start + self.article) + word, True

    def possessed(self, word: str) -> Iterator[str]:
        """Yields a noun with a possessive: its session, their meetings."""
        stem = word[:-1] + self.bound if word.endswith(self.alone) else word
        for start, middle, ending in product(self.conjunctions, self.prepositions, self.possessives[1:]):
            yield start + middle + stem + ending

    def _assimilates(self, preposition: str) -> bool:
        return bool(preposition) and self.assimilated.startswith(preposition)

    def verbs(self, past: Iterable[str], present: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yields the forms of verbs with their tense; a present is given with its first prefix."""
        for conjunction, suffix in product(self.conjunctions, self.suffixes):
            for word in past:
                yield conjunction + word + suffix, "past"
            for word, prefix in product(present, self.present):
                yield conjunction + prefix + word[1:] + suffix, "present"
                yield from ((conjunction + future + prefix + word[1:] + suffix, "future") for future in self.future)


def read_tracks(files: Mapping[str, str]) -> TrackWords:
    """Reads the files; raises `KnowledgeError` with the line of what is unknown, missing or doubled."""
    block = parse_mapping(files, WORDS, _KEYS)
    check_keys(block, _KEYS)
    writing = _Writing(parse_mapping(files, CLITICS), block)
    kinds = {name: _kind(name, value, block) for name, value in block["kinds"].items()}
    known = {track.id: track for track in _known(files, kinds)}
    countries = world.read_countries(file_of(files, COUNTRIES), COUNTRIES)
    return TrackWords(
        kinds=kinds,
        known=known,
        towns=_towns(world.read_places(file_of(files, PLACES), PLACES), countries),
        parties=_parties(files, writing),
        states=_states(countries, writing),
        counts={
            form: int(count) for count, words in block["counts"].items() for word in words for form, _ in writing.nouns(fold_word(word))
        },
        cues=_gathered(_cues(block, writing)),
        rules={cue: _rule(block["cues"][cue], cue) for cue in block["cues"]} | {"continuing": CueRule(frozenset(), False, _FAR)},
        weekdays={fold_word(word): day for day, words in enumerate(block["weekdays"]) for word in words},
        **_named_by(kinds, known, block, writing),
        **_written(block, writing),
    )


def _named_by(kinds: Mapping[str, TrackKind], known: Mapping[str, KnownTrack], block: Block, writing: _Writing) -> dict[str, Any]:
    """Returns what a name begins with, in every form."""
    heads = _gathered(
        (form, HeadForm(kind.name, rest, definite)) for kind in kinds.values() for form, rest, definite in _heads(kind, writing)
    )
    whole = _gathered(
        (form, (phrase[1:], track.id)) for track in known.values() for phrase in track.whole for form, _ in writing.nouns(phrase[0])
    )
    bare = _bare(kinds, block, writing)
    words = {word for kind in kinds.values() for word in kind.words} | {name for track in known.values() for name in track.whole}
    return {
        "heads": heads,
        "bare": bare,
        "named": _named(known.values(), writing),
        "whole": whole,
        "scan": _scan(words | _alone(block)),
        "starts": frozenset(heads) | frozenset(whole) | frozenset(bare),
    }


def _written(block: Block, writing: _Writing) -> dict[str, Any]:
    """Returns the lists of words and what is written on to them."""
    single = {key: frozenset(_folded(block, key)) for key in _SINGLE if key != "in"}
    phrases = {key: tuple(_phrases(block, key)) for key in ("bodies", "fruitless", "opinion")}
    fillings = _folded(block, "filling")
    return {
        **single,
        **phrases,
        **{key: _with_conjunctions(_folded(block, key), writing) for key in _OPERATORS},
        "filling": frozenset(form for word in fillings for form in (word, writing.article + word, word + writing.accusative)),
        "within": frozenset(_folded(block, "in")),
        "within_prefix": fold_word(str(block["in_prefix"])),
        "joined_prefix": fold_word(str(block["joined_prefix"])),
        "that": fold_word(str(block["that"])),
        "conjunction": writing.conjunctions[1],
        "article": writing.article,
        "assimilated": writing.assimilated,
    }


def _scan(words: Iterable[Phrase]) -> str:
    """Makes a regular expression that finds folded phrases in text that isn't folded: as a tree of letters, which is six times as fast
    as a list of words.
    """
    tree: dict[str, Any] = {}
    for phrase in words:
        branch = tree
        for letter in " ".join(phrase):
            branch = branch.setdefault(letter, {})
        branch[""] = {}
    written: dict[str, set[str]] = defaultdict(set)
    for code, letter in FOLD_TABLE.items():
        if len(letter) == 1 and code < _RARE:
            written[letter].add(chr(code))
    return _pattern(tree, written)


def _pattern(tree: Mapping[str, Any], written: Mapping[str, set[str]]) -> str:
    if "" in tree:
        return ""
    found = []
    for letter, branch in sorted(tree.items()):
        others = "".join(sorted(written.get(letter, ())))
        found.append((f"[{letter}{others}]" if others else letter) + _pattern(branch, written))
    return found[0] if len(found) == 1 else f"(?:{'|'.join(found)})"


def _gathered(items: Iterable[tuple[str, Item]]) -> dict[str, tuple[Item, ...]]:
    found: dict[str, dict[Item, None]] = defaultdict(dict)
    for form, item in items:
        found[form][item] = None
    return {form: tuple(some) for form, some in found.items()}


def _folded(block: Block, key: str) -> tuple[str, ...]:
    return tuple(fold_word(word) for word in words_of(block.get(key), block, key))


def _phrases(block: Block, key: str) -> Iterator[Phrase]:
    for text in _folded(block, key):
        yield tuple(text.split())


def _with_conjunctions(words: Iterable[str], writing: _Writing) -> frozenset[str]:
    return frozenset(conjunction + word for conjunction, word in product(writing.conjunctions, words))


def _kind(name: str, value: Any, block: Block) -> TrackKind:
    if not isinstance(value, Block):
        raise fail(WORDS, block.line, f"kinds: {name} must be a mapping")
    check_keys(value, _KIND_KEYS)
    namings: dict[str, Naming] = {naming: naming for naming in get_args(Naming)}
    by = words_of(value.get("by"), value, "by")
    for naming in by:
        if naming not in namings:
            raise fail(WORDS, value.line, f"{name}: unknown naming {naming!r}{nearest(naming, namings)}")
    return TrackKind(
        name=name,
        words=tuple(_phrases(value, "words")),
        by=frozenset(namings[naming] for naming in by),
        family=str(value["family"]),
        topics=tuple(_phrases(value, "topics")),
        sessions=value.get("sessions") == "true",
        weak=value.get("weak") == "true",
        text=value.get("text") == "true",
    )


def _heads(kind: TrackKind, writing: _Writing) -> Iterator[tuple[str, Phrase, bool]]:
    for word, *rest in kind.words:
        for form, definite in writing.nouns(word):
            yield form, tuple(rest), definite
        yield word + writing.accusative, tuple(rest), True
        if not rest:
            yield from ((form, (), True) for form in writing.possessed(word))


def _alone(block: Block) -> set[Phrase]:
    return {(word,) for name in block["bare"] for word in _folded(block["bare"], name)}


def _bare(kinds: Mapping[str, TrackKind], block: Block, writing: _Writing) -> dict[str, frozenset[str]]:
    """Returns the kinds that a word alone may go back to: with the article, or with a possessive where it names sessions."""
    found: dict[str, set[str]] = defaultdict(set)
    for kind in kinds.values():
        for word, *rest in kind.words:
            if not rest:
                for form, definite in writing.nouns(word):
                    if definite:
                        found[form].add(kind.name)
                if kind.weak:
                    for form in writing.possessed(word):
                        found[form].add(kind.name)
    for name in block["bare"]:
        if name not in kinds:
            raise fail(WORDS, block["bare"].lines[name], f"unknown kind {name!r}{nearest(name, kinds)}")
        for word in _folded(block["bare"], name):
            for form, _ in writing.nouns(word):
                found[form].add(name)
    return {form: frozenset(some) for form, some in found.items()}


def _named(known: Iterable[KnownTrack], writing: _Writing) -> dict[str, tuple[tuple[Phrase, frozenset[str], str], ...]]:
    """Returns what names known tracks beside a kind's word: the rest of its words, the kinds, and the track, by its first word."""
    found = []
    for track in known:
        for kinds, names in track.names:
            for first, *rest in names:
                found += [(form, (tuple(rest), kinds, track.id)) for form, _ in writing.nouns(first)]
    return _gathered(found)


def _towns(places: Iterable[Place], countries: Iterable[Country]) -> dict[str, tuple[tuple[Phrase, Town], ...]]:
    """Returns towns that may name a track, and states that are called as their capital is."""
    found: list[tuple[str, tuple[Phrase, Town]]] = []
    for place in places:
        if place.kind in ("city", "town") and not place.risky:
            town = Town(place.geonames or place.wikidata or fold_word(place.ar[0]), place.ar[0], place.en, place.iso3)
            found += [(first, (tuple(rest), town)) for first, *rest in (fold_word(name).split() for name in place.ar)]
    for country in countries:
        short = fold_word(country.ar[0])
        if any(short in fold_word(name).split() for name in country.capital_ar):
            town = Town(country.capital_geonames or country.iso3, country.ar[0], country.capital_en, country.iso3)
            found.append((short, ((), town)))
    return _gathered(found)


def _parties(files: Mapping[str, str], writing: _Writing) -> dict[str, str]:
    """Returns codes of states and bodies by adjectives of nationality, singular, with and without the article."""
    found = {}
    for nationality in world.read_nationalities(file_of(files, NATIONALITIES), NATIONALITIES):
        if _CODE.fullmatch(nationality.code):
            for word in (nationality.masculine, nationality.feminine):
                found.update({word: nationality.code, writing.article + word: nationality.code})
    return found


def _states(countries: Iterable[Country], writing: _Writing) -> dict[str, str]:
    """Returns codes of states by names of one word, with what is written on to them."""
    return {
        start + middle + word: country.iso3
        for country in countries
        for word in map(fold_word, country.ar)
        if " " not in word
        for start, middle in product(writing.conjunctions, writing.prepositions)
    }


def _cues(block: Block, writing: _Writing) -> Iterator[tuple[str, CueForm]]:
    entries = {**block["cues"], "continuing": block["continuing"]}
    for cue, words in entries.items():
        if cue not in get_args(Cue):
            raise fail(WORDS, block["cues"].lines[cue], f"unknown cue {cue!r}{nearest(cue, get_args(Cue))}")
        check_keys(words, _CUE_KEYS)
        for past in _phrases(words, "past"):
            yield from ((form, CueForm(cue, _tense(tense), past[1:])) for form, tense in writing.verbs((past[0],), ()))
        for present in _phrases(words, "present"):
            yield from ((form, CueForm(cue, _tense(tense), present[1:])) for form, tense in writing.verbs((), (present[0],)))
        for noun in _phrases(words, "nouns"):
            yield from ((form, CueForm(cue, "noun", noun[1:])) for form, _ in writing.nouns(noun[0]))
            yield from ((form, CueForm(cue, "noun", noun[1:])) for form in writing.possessed(noun[0]))


def _rule(words: Block, cue: str) -> CueRule:
    reach = words.get("reach")
    if not isinstance(reach, str) or not reach.isdigit():
        raise fail(WORDS, words.line, f"{cue}: 'reach' must be a number of words")
    return CueRule(frozenset(_folded(words, "objects")), words.get("by_body") == "true", int(reach))


def _known(files: Mapping[str, str], kinds: Mapping[str, TrackKind]) -> Iterator[KnownTrack]:
    entries = parse_yaml(file_of(files, KNOWN), KNOWN)
    if not isinstance(entries, list) or not all(isinstance(entry, Block) for entry in entries):
        raise fail(KNOWN, 1, "the file must be a list of tracks")
    ids = [entry.get("id") for entry in entries]
    for entry in entries:
        track = _track(entry, kinds)
        if ids.count(track.id) > 1:
            raise fail(KNOWN, entry.line, f"the id {track.id!r} stands twice; give each track its own")
        if track.parent is not None and track.parent not in ids:
            raise fail(KNOWN, entry.lines["parent"], f"unknown track {track.parent!r}{nearest(track.parent, ids)}")
        yield track


def _track(entry: Block, kinds: Mapping[str, TrackKind]) -> KnownTrack:
    check_keys(entry, _KNOWN_KEYS)
    for key in _NEEDED:
        if not entry.get(key):
            raise fail(KNOWN, entry.line, f"the key {key!r} is missing")
    named = [_names(part, entry, kinds) for part in entry.get("names") or ()]
    members = words_of(entry["members"], entry, "members")
    for kind in (entry["kind"], *(kind for some, _ in named for kind in some)):
        if kind not in kinds:
            raise fail(KNOWN, entry.line, f"unknown kind {kind!r}{nearest(kind, kinds)}")
    for code in members:
        if not _CODE.fullmatch(code):
            raise fail(KNOWN, entry.lines["members"], f"{code!r} is no code of a state or body, such as LBY.GOV")
    since = entry.get("from")
    if since is not None and not _DATE.fullmatch(since):
        raise fail(KNOWN, entry.lines["from"], f"a day is written YYYY-MM-DD, not {since!r}")
    texts = {key: words_of(entry.get(key), entry, key) for key in ("resolutions", "must", "must_not")}
    if any(sentence.count("[") != 1 or sentence.count("]") != 1 for sentence in texts["must"]):
        raise fail(KNOWN, entry.lines["must"], "mark the name in square brackets")
    if not (named or entry.get("whole")):
        raise fail(KNOWN, entry.line, "neither 'names' nor 'whole'; give one")
    return KnownTrack(
        id=entry["id"],
        kind=entry["kind"],
        ar=entry["ar"],
        en=entry["en"],
        names=tuple(named),
        whole=tuple(_phrases(entry, "whole")),
        about=_folded(entry, "about"),
        place=entry.get("place"),
        since=since,
        members=members,
        parent=entry.get("parent"),
        source=entry["source"],
        path=KNOWN,
        line=entry.line,
        **texts,
    )


def _names(part: Any, entry: Block, kinds: Mapping[str, TrackKind]) -> tuple[frozenset[str], tuple[Phrase, ...]]:
    if not isinstance(part, Block):
        raise fail(KNOWN, entry.lines["names"], "'names' is a list of {kinds: […], of: […]}")
    check_keys(part, ("kinds", "of"))
    return frozenset(words_of(part.get("kinds"), part, "kinds")), tuple(_phrases(part, "of"))


def _tense(name: str) -> Tense:
    return cast(Tense, name)
