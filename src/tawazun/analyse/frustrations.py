"""Turns signed ties into the fewest that don't fit two sides (exactly), or any number of camps, and into how often chance does as well.

Two sides: the frustration index of Harary ("On the measurement of structural balance", 1959) by the binary programme of Aref, Mason and
Wilson ("A modeling and computational study of the frustration index in signed networks", 2020), solved by HiGHS through SciPy. Camps:
correlation clustering (Bansal, Blum and Chawla, 2004) over pairs. Ties are (one, other, sign) with the numbers of two nodes and +1 or -1,
each pair once.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from random import Random
from typing import Any

import msgspec

Signed = tuple[int, int, int]
Sides = tuple[int, ...]
_PATIENCE = 20.0
"""Is how many seconds the exact programme may take; what isn't proven by then is said to be a bound."""
_DROPPED, _FLIPPED = 0.15, 0.05
MOST_CAMPED = 25
"""Is how many nodes camps of any number are worked out for."""


class Split(msgspec.Struct, frozen=True):
    """Is a way to part nodes: a side for each (0 or 1, or the number of a camp), the ties that don't fit, and whether it is proven best."""

    sides: Sides
    misfits: tuple[Signed, ...]
    proven: bool


def misfits_of(ties: Sequence[Signed], sides: Sequence[int]) -> tuple[Signed, ...]:
    """Returns the ties that don't fit sides: friends apart and foes together."""
    return tuple(tie for tie in ties if (sides[tie[0]] == sides[tie[1]]) == (tie[2] < 0))


def best_split(count: int, ties: Sequence[Signed], others: Sequence[Sides] = ()) -> Split | None:
    """Parts `count` nodes into two sides with the fewest misfits, the first node of each connected part on side 0.

    `others` are splits that are known and not wanted again; None where those were all.
    """
    import numpy
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_array

    rows: list[tuple[dict[int, float], float]] = []
    for at, (one, other, sign) in enumerate(ties, count):
        if sign > 0:
            rows += [({one: 1, other: -1, at: -1}, 0), ({one: -1, other: 1, at: -1}, 0)]
        else:
            rows += [({one: 1, other: 1, at: -1}, 1), ({one: -1, other: -1, at: -1}, -1)]
    rows += list(_unbalanced(count, ties))
    for known in others:
        rows.append(({node: 1.0 if side else -1.0 for node, side in enumerate(known)}, sum(known) - 1.0))
    size = count + len(ties)
    upper = numpy.ones(size)
    upper[list(_roots(count, ties))] = 0
    cells = [(line, column, value) for line, (row, _) in enumerate(rows) for column, value in row.items()]
    matrix = coo_array(([cell[2] for cell in cells], ([cell[0] for cell in cells], [cell[1] for cell in cells])), shape=(len(rows), size))
    found = milp(
        c=numpy.concatenate([numpy.zeros(count), numpy.ones(len(ties))]),
        constraints=LinearConstraint(matrix.tocsr(), ub=[bound for _, bound in rows]),
        integrality=numpy.concatenate([numpy.ones(count), numpy.zeros(len(ties))]),
        bounds=Bounds(0, upper),
        options={"time_limit": _PATIENCE},
    )
    if found.x is None:
        return None
    sides = tuple(round(value) for value in found.x[:count])
    return Split(sides, misfits_of(ties, sides), found.status == 0)


def _roots(count: int, ties: Sequence[Signed]) -> Iterator[int]:
    """Yields one node of each connected part: that with the most ties."""
    from networkx import Graph, connected_components

    graph = Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from((one, other) for one, other, _ in ties)
    for part in connected_components(graph):
        yield max(part, key=lambda node: (graph.degree(node), -node))


def _unbalanced(count: int, ties: Sequence[Signed]) -> Iterator[tuple[dict[int, float], float]]:
    """Yields that of three ties of a triangle whose signs multiply to -1 at least one is a misfit, which tightens the programme."""
    where = {frozenset(tie[:2]): (at, tie[2]) for at, tie in enumerate(ties, count)}
    for three in triangles(ties):
        ties_of = [where[frozenset(pair)] for pair in combinations(three, 2)]
        if ties_of[0][1] * ties_of[1][1] * ties_of[2][1] < 0:
            yield {at: -1.0 for at, _ in ties_of}, -1.0


def triangles(ties: Sequence[Signed]) -> Iterator[tuple[int, int, int]]:
    """Yields the nodes of each triangle of ties once, in ascending order."""
    above: dict[int, set[int]] = {}
    for one, other, _ in ties:
        above.setdefault(min(one, other), set()).add(max(one, other))
    for first in sorted(above):
        for second in sorted(above[first]):
            for third in sorted(above[first] & above.get(second, set())):
                yield first, second, third


def balanced_share(ties: Sequence[Signed]) -> float | None:
    """Returns the share of triangles whose signs multiply to +1; None where there is no triangle."""
    signs = {frozenset(tie[:2]): tie[2] for tie in ties}
    found = [all_signs(signs, three) for three in triangles(ties)]
    return found.count(1) / len(found) if found else None


def all_signs(signs: dict[frozenset[int], int], three: tuple[int, int, int]) -> int:
    """Returns the product of the signs of a triangle."""
    first, second, third = three
    return signs[frozenset((first, second))] * signs[frozenset((first, third))] * signs[frozenset((second, third))]


def all_best(count: int, ties: Sequence[Signed], most: int = 8) -> tuple[Split, ...]:
    """Returns the best splits, up to `most` of them; more than one where ties leave a choice."""
    found: list[Split] = []
    while len(found) < most:
        split = best_split(count, ties, [known.sides for known in found])
        if split is None or (found and len(split.misfits) > len(found[0].misfits)):
            break
        found.append(split)
        if not split.proven:
            break
    return tuple(found)


def best_camps(count: int, ties: Sequence[Signed]) -> Split | None:
    """Parts nodes into any number of camps with the fewest misfits, of such partings one with the fewest pairs apart; None for too many.

    A variable says of each pair whether it is apart; who is with a third is together.
    """
    if count > MOST_CAMPED:
        return None
    import numpy
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_array

    pairs = {pair: at for at, pair in enumerate(combinations(range(count), 2))}
    if not pairs:
        return Split((0,) * count, (), True)
    cost = numpy.full(len(pairs), 0.4 / (len(pairs) + 1))
    for one, other, sign in ties:
        cost[pairs[min(one, other), max(one, other)]] += sign
    rows = []
    for first, second, third in combinations(range(count), 3):
        three = [pairs[first, second], pairs[first, third], pairs[second, third]]
        rows += [(three[0], three[1], three[2]), (three[1], three[0], three[2]), (three[2], three[0], three[1])]
    lines = numpy.repeat(numpy.arange(len(rows)), 3)
    values = numpy.tile([1.0, -1.0, -1.0], len(rows))
    matrix = coo_array((values, (lines, numpy.array(rows, dtype=int).reshape(-1))), shape=(len(rows), len(pairs)))
    constraints = [LinearConstraint(matrix.tocsr(), ub=numpy.zeros(len(rows)))] if rows else []
    options = {"time_limit": _PATIENCE}
    found = milp(c=cost, constraints=constraints, integrality=numpy.ones(len(pairs)), bounds=Bounds(0, 1), options=options)
    if found.x is None:
        return None
    sides: list[int] = []
    for node in range(count):
        together = next((sides[other] for other in range(node) if found.x[pairs[other, node]] < 0.5), None)
        sides.append(len(set(sides)) if together is None else together)
    return Split(tuple(sides), misfits_of(ties, sides), found.status == 0)


def searched(count: int, maps: Sequence[Sequence[Signed]], random: Random, starts: int = 32) -> tuple[list[int], list[Sides]]:
    """Returns, for each of many maps over the same nodes, the fewest misfits that a search found, and the sides.

    The search flips the node that mends most until none does, from several random sides; it may miss the best split, seldom with few nodes.
    """
    import numpy

    weights = numpy.zeros((len(maps), count, count), dtype=numpy.float32)
    for at, ties in enumerate(maps):
        for one, other, sign in ties:
            weights[at, one, other] = weights[at, other, one] = sign
    which = numpy.repeat(numpy.arange(len(maps)), starts)
    bits = random.getrandbits(len(which) * count + 1)
    drawn = numpy.frombuffer(bits.to_bytes((len(which) * count + 8) // 8, "little"), dtype=numpy.uint8)
    sides = numpy.unpackbits(drawn)[: len(which) * count].reshape(len(which), count).astype(numpy.float32) * 2 - 1
    sides[::starts] = 1
    lines = numpy.arange(len(which))
    pull = numpy.einsum("dij,dj->di", weights[which], sides) if len(which) * count * count < 20_000_000 else _pulls(weights, which, sides)
    for _ in range(4 * count):
        gain = sides * pull
        node = gain.argmin(axis=1)
        moving = gain[lines, node] < 0
        if not moving.any():
            break
        rows, nodes = lines[moving], node[moving]
        pull[rows] -= 2 * weights[which[rows], :, nodes] * sides[rows, nodes][:, None]
        sides[rows, nodes] *= -1
    fitting = (sides * pull).sum(axis=1).reshape(len(maps), starts) / 2
    best = fitting.argmax(axis=1)
    sizes = [len(ties) for ties in maps]
    misfits = [round((size - float(fitting[at, best[at]])) / 2) for at, size in enumerate(sizes)]
    chosen = sides.reshape(len(maps), starts, count)
    return misfits, [tuple(int(value < 0) for value in chosen[at, best[at]]) for at in range(len(maps))]


def _pulls(weights: Any, which: Any, sides: Any) -> Any:
    """Returns how strongly ties pull each node, one start after the other, where all at once would take too much memory."""
    import numpy

    return numpy.stack([weights[map_] @ row for map_, row in zip(which, sides, strict=True)])


def chance(count: int, ties: Sequence[Signed], misfits: int, draws: int, random: Random) -> float:
    """Returns how often ties of the same pairs with shuffled signs split at least as well: (1 + such draws) / (1 + draws)."""
    signs = [sign for _, _, sign in ties]
    maps = []
    for _ in range(draws):
        random.shuffle(signs)
        maps.append([(one, other, sign) for (one, other, _), sign in zip(ties, signs, strict=True)])
    found, _ = searched(count, maps, random)
    return (1 + sum(value <= misfits for value in found)) / (1 + draws)


def stability(count: int, ties: Sequence[Signed], sides: Sides, draws: int, random: Random) -> tuple[float, ...]:
    """Returns the share of redraws that leave each node on its side; a redraw lacks 15 % of the ties, and 5 % have the other sign.

    Where a redraw leaves a node without ties, it counts half.
    """
    maps = []
    for _ in range(draws):
        kept = [tie for tie in ties if random.random() >= _DROPPED]
        maps.append([(one, other, -sign if random.random() < _FLIPPED else sign) for one, other, sign in kept])
    _, found = searched(count, maps, random)
    same = [0.0] * count
    for kept, other in zip(maps, found, strict=True):
        tied = {node for one, two, _ in kept for node in (one, two)}
        agree = [mine == theirs for mine, theirs in zip(sides, other, strict=True)]
        turned = sum(agree) * 2 < count
        for node, value in enumerate(agree):
            same[node] += (value != turned) if node in tied else 0.5
    return tuple(round(value / draws, 3) for value in same)
