"""Splits of signed ties: the published figures, exactness against trying all, chance and steadiness."""

from itertools import product
from random import Random

import pytest

from tawazun.analyse.frustrations import (
    all_best,
    balanced_share,
    best_camps,
    best_split,
    chance,
    misfits_of,
    searched,
    stability,
)

# The sixteen tribes of Read, "Cultures of the Central Highlands, New Guinea" (1954): friends of each tribe above it, then foes.
FRIENDS = {
    1: (2, 15, 16),
    2: (15, 16),
    3: (4, 6, 7, 8),
    4: (8,),
    5: (7, 9, 14),
    6: (7, 8, 11, 12),
    7: (8, 11, 12, 13),
    8: (11, 12),
    9: (10, 13),
    10: (13,),
    11: (12,),
    13: (14,),
    15: (16,),
}
FOES = {
    1: (3, 4, 5, 6, 12),
    2: (3, 5, 6, 9, 10),
    5: (15, 16),
    6: (9, 13, 16),
    8: (14,),
    9: (11, 15),
    10: (11, 15),
    11: (13, 15, 16),
    12: (14, 15, 16),
    13: (15, 16),
    14: (16,),
}
TRIBES = [(one - 1, other - 1, sign) for table, sign in ((FRIENDS, 1), (FOES, -1)) for one in table for other in table[one]]
BALANCED = [(0, 1, 1), (1, 2, 1), (0, 2, 1), (3, 4, 1), (0, 3, -1), (1, 4, -1), (2, 3, -1)]


def random_ties(count, size, random):
    pairs = [(one, other) for one in range(count) for other in range(one + 1, count)]
    return [(*pair, random.choice((1, -1))) for pair in sorted(random.sample(pairs, size))]


def test_tribes_have_the_published_figures():
    split = best_split(16, TRIBES)
    assert len(TRIBES) == 58
    assert (len(split.misfits), split.proven) == (7, True)
    assert round(balanced_share(TRIBES), 4) == 0.8676
    camps = best_camps(16, TRIBES)
    assert (len(camps.misfits), len(set(camps.sides)), camps.proven) == (2, 3, True)


def test_a_balanced_map_has_no_misfits():
    split = best_split(5, BALANCED)
    assert split.misfits == ()
    assert {split.sides[:3], split.sides[3:]} in ({(0, 0, 0), (1, 1)}, {(1, 1, 1), (0, 0)})
    assert balanced_share(BALANCED) == 1.0
    assert balanced_share(BALANCED[3:5]) is None


@pytest.mark.parametrize("seed", range(12))
def test_no_split_of_all_is_better(seed):
    random = Random(seed)
    ties = random_ties(9, 20, random)
    fewest = min(len(misfits_of(ties, sides)) for sides in product((0, 1), repeat=9))
    assert len(best_split(9, ties).misfits) == fewest
    optima = all_best(9, ties, most=600)
    halves = {
        min(sides, tuple(1 - side for side in sides)) for sides in product((0, 1), repeat=9) if len(misfits_of(ties, sides)) == fewest
    }
    parts = 2 ** (free_parts(9, ties) - 1)
    assert len(optima) * parts == len(halves)


def free_parts(count, ties):
    """Returns how many connected parts there are: each but one may be turned round without a difference."""
    parts = list(range(count))
    for one, other, _ in ties:
        old, new = parts[one], parts[other]
        parts = [new if part == old else part for part in parts]
    return len(set(parts))


def test_camps_are_the_best_of_all():
    random = Random(5)
    ties = random_ties(7, 15, random)
    fewest = min(len(misfits_of(ties, sides)) for sides in product(range(7), repeat=7))
    assert len(best_camps(7, ties).misfits) == fewest
    assert best_camps(26, TRIBES) is None


def test_a_search_seldom_misses_the_best():
    random = Random(2)
    maps = []
    for _ in range(40):
        signs = [sign for *_, sign in TRIBES]
        random.shuffle(signs)
        maps.append([(one, other, sign) for (one, other, _), sign in zip(TRIBES, signs, strict=True)])
    found, sides = searched(16, maps, random)
    assert [len(misfits_of(ties, side)) for ties, side in zip(maps, sides, strict=True)] == found
    assert sum(value > len(best_split(16, ties).misfits) for value, ties in zip(found, maps, strict=True)) <= 1


def test_shuffled_signs_draw_no_camps():
    assert chance(16, TRIBES, 7, 500, Random(1)) < 0.01
    random = Random(7)
    shuffled = [sign for *_, sign in TRIBES]
    clear = 0
    for _ in range(20):
        random.shuffle(shuffled)
        ties = [(one, other, sign) for (one, other, _), sign in zip(TRIBES, shuffled, strict=True)]
        clear += chance(16, ties, len(best_split(16, ties).misfits), 200, random) < 0.05
    assert clear <= 4


def test_whoever_hangs_by_one_tie_is_less_steady():
    ties = [(one, other, 1) for one in range(6) for other in range(one + 1, 6)] + [(5, 6, 1)]
    steady = stability(7, ties, (0,) * 7, 400, Random(3))
    assert min(steady[:5]) > 0.97
    assert 0.7 < steady[6] < 0.95


def test_a_large_map_is_split_exactly():
    random = Random(1)
    sides = [random.randint(0, 1) for _ in range(150)]
    ties = [
        (one, other, (1 if sides[one] == sides[other] else -1) * (-1 if random.random() < 0.05 else 1))
        for one, other, _ in random_ties(150, 1200, random)
    ]
    split = best_split(150, ties)
    assert split.proven
    assert len(split.misfits) <= len(misfits_of(ties, sides))
