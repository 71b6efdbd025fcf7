"""Turns articles into origins: copies of one text, shortened or under another headline, count as one.

An article is held against the first article of each origin that shares a key with it, never against later copies, so that no chain of
likenesses joins two texts that have nothing in common. Hand in articles by date of publication and id, and which are joined depends on
their set alone; where an older article comes late, a copy that came before it stays where it is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from zlib import crc32

from tawazun.analyse.days import days_of, gap
from tawazun.analyse.words import folded_words
from tawazun.ingest.canonical_addresses import canonical_address
from tawazun.model.articles import Article
from tawazun.model.origins import Origin, Rule, Signature, Verdict

SEED = 7
SHINGLE = 3
ROWS = 5
BANDS = 25
"""Find 0.995 of pairs at a Jaccard likeness of 0.7, 0.55 at 0.5, 0.09 at 0.33."""
OPENING_BANDS, OPENING_ROWS = 20, 2
OPENING_WORDS = 60
"""Is how far the bands reach that find what was cut short, as news is cut from its end; they find 0.92 at a likeness of 0.35."""
LIKE = 0.4
CONTAINED = 0.7
REWRITTEN, SAME_OPENING = 0.55, 0.6
"""Is the least containment where the openings are nearly the same: a later version of the same report."""
OPENING = 0.35
"""Is the least share of the opening that two texts must have in common: reports of one outlet share their background, at the end."""
WHOLE, WHOLLY = 0.6, 0.9
"""Are the Jaccard likeness and the containment from which on a text with a new opening is still the old one."""
LEAST_SHARE = 0.2
"""Is the least share of the longer text that a shortened one has: a note of three lines isn't a copy of the survey that holds it."""
LEAST_SHINGLES = 12
OUTWEIGHING = 5
"""Is how many numbers must agree for each that differs in the same surroundings: else the one is no copy but tells other facts."""
TITLE_WORDS = 3
TITLE_CONTAINED = 0.3
TITLE_DAYS = 7


def signature(words: Sequence[str], title: str | None = None, address: str | None = None) -> Signature:
    """Returns the signature of an article from its folded words in order, its title and its canonical address.

    The time is linear in the number of words; a text without words has no key but its title and address.
    """
    shingles = _shingles(words)
    minima = _minima(shingles, BANDS * ROWS)
    opening = _minima(_shingles(words[:OPENING_WORDS]), OPENING_BANDS * OPENING_ROWS)
    keys = [*_bands("band", minima, ROWS), *_bands("opening", opening, OPENING_ROWS)]
    heading = " ".join(folded_words(title or ""))
    titled = heading if heading.count(" ") + 1 >= TITLE_WORDS else None
    keys += [_key(kind, value) for kind, value in (("title", titled), ("address", address)) if value]
    hashes = [crc32(shingle.encode("utf-8", "surrogatepass")) for shingle in shingles]
    return Signature(frozenset(hashes), frozenset(hashes[:OPENING_WORDS]), tuple(_figures(words)), minima, tuple(keys), titled, address)


def signature_of(article: Article) -> Signature:
    """Returns the signature of an article."""
    return signature(folded_words(article.text), article.title, canonical_address(article.url))


def origin_of(article: str, published: str | None, found: Signature, candidates: Iterable[Origin]) -> Verdict:
    """Returns the verdict on an article by its id, date and signature; `candidates` are earlier origins that share one of its keys.

    Others do no harm and cost time. Of several that fit the most alike is taken, then the earliest, then the least id.
    """
    best = Verdict(article, "new")
    rank: tuple[float, ...] = ()
    for candidate in sorted(candidates, key=lambda each: (each.published or "~", each.article)):
        if candidate.article == article:
            continue
        verdict = compare(found, published, candidate)
        if verdict.rule != "new" and (score := (verdict.rule == "address", verdict.jaccard, verdict.containment)) > rank:
            best, rank = verdict, score
    return best


def compare(found: Signature, published: str | None, candidate: Origin) -> Verdict:
    """Holds an article against the first one of an origin; the rule is `new` where it doesn't belong there, the figures say why."""
    other = candidate.signature
    shared = len(found.shingles & other.shingles)
    fewer, more = sorted((len(found.shingles), len(other.shingles)))
    jaccard, containment = (shared / (fewer + more - shared), shared / fewer) if fewer else (0.0, 0.0)
    opening = _opening_shared(found, other)
    differing, agreeing = _compared_figures(found, other)
    equal = sum(one == another for one, another in zip(found.minima, other.minima, strict=False))
    rule: Rule = "new"
    if found.address and found.address == other.address:
        rule = "address"
    elif len(differing) * OUTWEIGHING <= agreeing:
        near = found.title is not None and found.title == other.title and _near(published, candidate.published)
        rule = _rule(jaccard, containment, opening, fewer >= max(LEAST_SHINGLES, LEAST_SHARE * more), near)
    estimate = equal / max(len(found.minima), 1)
    return Verdict(candidate.article, rule, *_rounded(estimate, jaccard, containment, opening), differing)


def _rounded(estimate: float, jaccard: float, containment: float, opening: float) -> tuple[float, float, float, float]:
    return round(estimate, 3), round(jaccard, 3), round(containment, 3), round(opening, 3)


def _rule(jaccard: float, containment: float, opening: float, long_enough: bool, titled: bool) -> Rule:
    if (jaccard >= LIKE and opening >= OPENING) or (jaccard >= WHOLE and containment >= WHOLLY):
        return "copy"
    needed = REWRITTEN if opening >= SAME_OPENING else CONTAINED
    if long_enough and containment >= needed and opening >= OPENING:
        return "shortened"
    return "title" if titled and containment >= TITLE_CONTAINED else "new"


class Origins:
    """Is the origins of a run in memory: the same look-up by keys that a store does in a table."""

    def __init__(self) -> None:
        self._by_key: dict[int, list[Origin]] = defaultdict(list)

    def add(self, article: str, published: str | None, found: Signature) -> Verdict:
        """Returns the verdict on an article and keeps it where it is a new origin."""
        candidates = {each.article: each for key in found.keys for each in self._by_key.get(key, ())}
        verdict = origin_of(article, published, found, candidates.values())
        if verdict.rule == "new":
            for key in found.keys:
                self._by_key[key].append(Origin(article, published, found))
        return verdict


def _opening_shared(one: Signature, other: Signature) -> float:
    """Returns the share of the longer text's opening that the shorter text has."""
    shorter, longer = sorted((one, other), key=lambda each: (len(each.shingles), sorted(each.opening)))
    return len(longer.opening & shorter.shingles) / len(longer.opening) if longer.opening else 0.0


def _near(one: str | None, other: str | None) -> bool:
    first, second = days_of(one), days_of(other)
    return first is None or second is None or gap(first, second) <= TITLE_DAYS


def _shingles(words: Sequence[str]) -> list[str]:
    if len(words) < SHINGLE:
        return [" ".join(words)] if words else []
    return [" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)]


def _minima(shingles: Sequence[str], count: int) -> tuple[int, ...]:
    """Returns the minima of `count` random permutations over the shingles (Broder 1997), none for none."""
    if not shingles:
        return ()
    from rensa import RMinHash  # a compiled library: loaded only where articles are compared

    minhash = RMinHash(num_perm=count, seed=SEED)
    minhash.update(list(shingles))
    return tuple(minhash.digest())


def _bands(kind: str, minima: Sequence[int], rows: int) -> Iterator[int]:
    for at in range(0, len(minima), rows):
        yield _key(kind, at, *minima[at : at + rows])


def _key(*parts: object) -> int:
    """Returns a signed number of 64 bits, as tables store them."""
    return int.from_bytes(blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


def _figures(words: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yields each number with a hash of the two words before it and the one after."""
    for at, word in enumerate(words):
        if word[0].isdigit():
            around = " ".join((*words[max(at - 2, 0) : at], "#", *words[at + 1 : at + 2]))
            yield crc32(around.encode("utf-8", "surrogatepass")), word.replace(",", ".")


def _compared_figures(one: Signature, other: Signature) -> tuple[tuple[tuple[str, str], ...], int]:
    """Returns the numbers that differ in the same surroundings, and how many agree there."""
    here, there = _by_surroundings(one.figures), _by_surroundings(other.figures)
    common = here.keys() & there.keys()
    differing = sorted((min(here[key]), min(there[key])) for key in common if here[key].isdisjoint(there[key]))
    return tuple(differing), len(common) - len(differing)


def _by_surroundings(figures: Iterable[tuple[int, str]]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for key, value in figures:
        found[key].add(value)
    return found
