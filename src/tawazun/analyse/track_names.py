"""Turns the sentences of an article into the tracks of negotiation that they name, and what goes back to one named before."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

import msgspec

from tawazun.base.letters import FOLD_TABLE, RESIZED
from tawazun.model.evidence import Piece
from tawazun.model.track_words import HeadForm, KnownTrack, Phrase, Town, TrackKind, TrackWords

_TOKEN = re.compile(r"\d+\s?\+\s?\d+|[^\W_]+|[^\w\s]")
_SUM = re.compile(r"(\d+)\s?\+\s?(\d+)")
_BETWEEN = 4
"""Is how many words may stand between a kind's word and what names it."""
_QUOTED, _APART = 4, 7
_NEAR, _FAR = 2, 12
"""Are how many sentences before a session, and before a track's own kind, may name what it goes back to."""

Fits = Callable[[KnownTrack], bool]


class Token(msgspec.Struct, frozen=True, gc=False):
    """Is a folded word or mark; `start` and `end` are offsets in the sentence as received."""

    text: str
    start: int
    end: int


class Name(msgspec.Struct, frozen=True, gc=False):
    """Is where a sentence names a track.

    `key` is shared by what is certainly one track: that of a known one, of a town and a kind, of parties, of a number. `strict` names a
    town right after the word, others say only that it is there. `explicit` is false for a word that goes back to a name before it.
    """

    start: int
    end: int
    kind: str
    key: tuple[str, ...]
    form: str
    town: Town | None = None
    parties: tuple[str, ...] = ()
    strict: bool = True
    explicit: bool = True


class Scene(msgspec.Struct, frozen=True):
    """Is a sentence of an article that names tracks: `index` is -1 for the title."""

    index: int
    text: str
    tokens: tuple[Token, ...]
    names: tuple[Name, ...]


def scenes_of(piece: Piece, words: TrackWords) -> Iterator[Scene]:
    """Yields the sentences of an article that name tracks or go back to one; the title first, where it isn't part of the text."""
    sentences = _scanned(piece, words)
    if not sentences:
        return
    folded: list[str] = []

    def fits(track: KnownTrack) -> bool:
        if not folded:
            folded.append(f"{piece.title or ''} {piece.text}".translate(FOLD_TABLE))
        return any(word in folded[0] for word in track.about)

    before: list[tuple[int, Name]] = []
    for index, text in sentences:
        folded_words = _TOKEN.findall(text.translate(FOLD_TABLE))
        if words.starts.isdisjoint(folded_words):
            continue
        names = tuple(_resolved(names_in(folded_words, words, fits), index, before, words))
        before += ((index, name) for name in names)
        if names:
            tokens = tokens_of(text)
            formed = (msgspec.structs.replace(name, form=text[tokens[name.start].start : tokens[name.end - 1].end]) for name in names)
            yield Scene(index, text, tokens, tuple(formed))


def _scanned(piece: Piece, words: TrackWords) -> list[tuple[int, str]]:
    scan = scanner(words.scan)
    found = [(-1, piece.title)] if piece.title and scan.search(piece.title) else []
    text, at = piece.text, -1
    for index, (start, end) in enumerate(piece.sentences):
        if end > at:
            hit = scan.search(text, max(start, at if at > start else start))
            if hit is None:
                break
            at = hit.start()
            if at >= end:
                continue
            found.append((index, text[start:end]))
            at = end
    return found


@lru_cache(maxsize=4)
def scanner(pattern: str) -> re.Pattern[str]:
    """Compiles what a name of a track begins with."""
    return re.compile(pattern)


def tokens_of(text: str) -> tuple[Token, ...]:
    """Splits a sentence into folded words and marks."""
    folded = text.translate(FOLD_TABLE)
    if len(folded) == len(text):
        return tuple(Token(match.group(), *match.span()) for match in _TOKEN.finditer(folded))
    origins = [at for at, letter in enumerate(text) for _ in (letter.translate(FOLD_TABLE) if letter in RESIZED else letter)]
    return tuple(Token(match.group(), origins[match.start()], origins[match.end() - 1] + 1) for match in _TOKEN.finditer(folded))


def names_in(tokens: Sequence[str], words: TrackWords, fits: Fits) -> Iterator[Name]:
    """Yields the tracks that a sentence names, in order, none within another; names that go back have an empty key."""
    at = 0
    while at < len(tokens):
        if tokens[at] not in words.starts:
            at += 1
            continue
        name = _whole(tokens, at, words, fits) or _headed(tokens, at, words, fits) or _bare(tokens, at, words)
        if name is None:
            at += 1
            continue
        yield name
        at = name.end


def follows(tokens: Sequence[str], at: int, phrase: Phrase) -> bool:
    """Tells whether a phrase stands at a place."""
    return not phrase or tuple(tokens[at : at + len(phrase)]) == phrase


def _whole(tokens: Sequence[str], at: int, words: TrackWords, fits: Fits) -> Name | None:
    for rest, id in sorted(words.whole.get(tokens[at], ()), key=lambda item: -len(item[0])):
        if _loosely(tokens, at + 1, rest, words.article) and fits(track := words.known[id]):
            return Name(at, at + 1 + len(rest), track.kind, ("known", id), "")
    return None


def _loosely(tokens: Sequence[str], at: int, phrase: Phrase, article: str) -> bool:
    """Tells whether a phrase stands at a place, its words with the article or without."""
    return all(at + step < len(tokens) and tokens[at + step] in (word, article + word) for step, word in enumerate(phrase))


def _headed(tokens: Sequence[str], at: int, words: TrackWords, fits: Fits) -> Name | None:
    for form in sorted(words.heads.get(tokens[at], ()), key=lambda form: -len(form.rest)):
        if not follows(tokens, at + 1, form.rest):
            continue
        kind, start = words.kinds[form.kind], at + 1 + len(form.rest)
        name = _known(tokens, at, start, kind, words, fits) or _by_form(tokens, at, start, form, kind, words)
        if name is not None:
            return name
    return None


def _known(tokens: Sequence[str], at: int, start: int, kind: TrackKind, words: TrackWords, fits: Fits) -> Name | None:
    for place in range(start, min(start + _BETWEEN, len(tokens))):
        word = tokens[place]
        for rest, kinds, id in words.named.get(word, ()):
            if kind.name in kinds and follows(tokens, place + 1, rest) and fits(words.known[id]):
                return Name(at, place + 1 + len(rest), kind.name, ("known", id), "")
        if not _fills(word, words):
            return None
    return None


def _fills(word: str, words: TrackWords) -> bool:
    return word in words.filling or word in words.parties or word in words.within or word in words.quotes


def _by_form(tokens: Sequence[str], at: int, start: int, form: HeadForm, kind: TrackKind, words: TrackWords) -> Name | None:
    if "quoted" in kind.by and not form.definite and at and tokens[at - 1] in words.quotes:
        end = next((end for end in range(start + 1, min(start + _QUOTED, len(tokens))) if tokens[end] in words.quotes), None)
        if end is not None:
            return Name(at, end, kind.name, ("quoted", kind.name, " ".join(token for token in tokens[start:end])), "")
    if "place" in kind.by and (name := _placed(tokens, at, start, form, kind, words)) is not None:
        return name
    if "topic" in kind.by:
        for topic in kind.topics:
            if follows(tokens, start, topic):
                return Name(at, start + len(topic), kind.name, ("topic", kind.name, *topic), "")
    if kind.by & {"parties", "count"}:
        return _numbered(tokens, at, start, kind, words)
    return None


def _placed(tokens: Sequence[str], at: int, start: int, form: HeadForm, kind: TrackKind, words: TrackWords) -> Name | None:
    if not form.definite and (found := _town(tokens, start, words)) is not None:
        town, end = found
        if not _stands_for_state(tokens, end, words):
            return Name(at, end, kind.name, ("town", town.key, kind.family), "", town)
        return None
    if kind.weak:
        return None
    for place in range(start, min(start + _APART, len(tokens))):
        word = tokens[place]
        inside = _town(tokens, place + 1, words) if word in words.within else _town(tokens, place, words, words.within_prefix)
        if inside is not None:
            return Name(at, inside[1], kind.name, ("town", inside[0].key, kind.family), "", inside[0], strict=False)
        if not (_fills(word, words) or any(cue.cue == "convened" for cue in words.cues.get(word, ()))):
            return None
    return None


def _town(tokens: Sequence[str], at: int, words: TrackWords, prefix: str = "") -> tuple[Town, int] | None:
    if at >= len(tokens) or not tokens[at].startswith(prefix):
        return None
    for rest, town in sorted(words.towns.get(tokens[at][len(prefix) :], ()), key=lambda item: -len(item[0])):
        if follows(tokens, at + 1, rest):
            return town, at + 1 + len(rest)
    return None


def _stands_for_state(tokens: Sequence[str], at: int, words: TrackWords) -> bool:
    """Tells whether a town stands for its state, as what follows says: another one, or with whom."""
    if at >= len(tokens):
        return False
    word = tokens[at]
    bare = word.removeprefix(words.conjunction)
    return word in words.not_place or (bare != word and (bare in words.towns or bare in words.states))


def _numbered(tokens: Sequence[str], at: int, start: int, kind: TrackKind, words: TrackWords) -> Name | None:
    """Finds a name by its parties or their number; parties stand as adjectives, or after between or to."""
    parties: dict[str, None] = {}
    count: int | None = None
    end = place = start
    joined = False
    while place < len(tokens) and place < end + 2 + _BETWEEN * (place == start):
        word = tokens[place]
        bare = word.removeprefix(words.conjunction)
        if (code := words.parties.get(word) or words.parties.get(bare)) is not None:
            parties[code] = None
        elif (total := _SUM.fullmatch(word)) is not None:
            count = int(total[1]) + int(total[2])
        elif word in words.counts:
            count = words.counts[word]
        elif (code := words.states.get(word)) is not None and (joined or word.startswith(words.joined_prefix)):
            parties[code], joined = None, True
        elif word in words.joined:
            joined = True
            place += 1
            continue
        elif not (_fills(word, words) or word in "()"):
            break
        else:
            place += 1
            continue
        place += 1
        end = place
    if len(parties) > 1 and "parties" in kind.by:
        return Name(at, end, kind.name, ("parties", kind.name, *sorted(parties)), "", None, tuple(sorted(parties)))
    if count is not None and "count" in kind.by:
        return Name(at, end, kind.name, ("count", kind.name, str(count)), "", None, tuple(sorted(parties)))
    return None


def _bare(tokens: Sequence[str], at: int, words: TrackWords) -> Name | None:
    kinds = words.bare.get(tokens[at])
    if not kinds:
        return None
    after = tokens[at + 1] if at + 1 < len(tokens) else ""
    qualified = after.startswith(words.article) and after not in words.filling and after not in words.weekdays
    if qualified or after in words.parties or after in words.towns or tokens[at] in words.whole:
        return None
    return Name(at, at + 1, "+".join(sorted(kinds)), (), "", explicit=False)


def _resolved(names: Iterator[Name], index: int, before: list[tuple[int, Name]], words: TrackWords) -> Iterator[Name]:
    """Yields names with their keys; what goes back to none is left out."""
    earlier = [pair for pair in before if pair[1].explicit and pair[1].strict]
    for name in names:
        if name.explicit:
            earlier += [(index, name)] if name.strict else []
            yield name
            continue
        kinds = set(name.kind.split("+"))
        weak = all(words.kinds[kind].weak for kind in kinds)
        for there, other in reversed(earlier):
            distance = index - max(there, 0)
            same = other.kind in kinds or _kind_of(other, words) in kinds
            if (same and distance <= _FAR) or (weak and distance <= _NEAR):
                kind = _kind_of(other, words) if same else min(kinds)
                yield msgspec.structs.replace(other, start=name.start, end=name.end, kind=kind, form=name.form, explicit=False)
                break


def _kind_of(name: Name, words: TrackWords) -> str:
    """Returns the kind of what a name names: that of a known track is known."""
    return words.known[name.key[1]].kind if name.key[0] == "known" else name.kind
