"""Turns dossiers into a network of actors and signed ties, for programs that draw and measure networks."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any, Literal, NamedTuple

from tawazun.base.days import first_and_last
from tawazun.base.errors import SetupError
from tawazun.base.ids import make_id
from tawazun.base.letters import fold_word
from tawazun.model.dossier import Actor, Dossier, Event
from tawazun.model.ontology import Ontology

By = Literal["actor", "code"]
HAPPENED = ("occurred", "ongoing")
"""Are the statuses of what makes a tie; a plan, a call or a denial doesn't."""
QUADS = {1: "verbal_cooperation", 2: "material_cooperation", 3: "verbal_conflict", 4: "material_conflict"}
_IDS = 10
"""Is how many ids of events a tie names; they lead back to sentences."""


class Placed(NamedTuple):
    """Is where an event belongs: its origin (articles that are copies share one) and its happening, as numbers."""

    origin: int
    happening: int


Places = Callable[[Dossier], Mapping[str, Placed]]
"""Returns where the events of a dossier belong, by their ids; those that aren't merged are lacking."""


class _Act:
    """Gathers what a tie's mentions say of one happening; where they differ, what most say holds, and of as many what was told first."""

    def __init__(self, event: str) -> None:
        self.event, self.mentions, self.joint, self.score = event, 0, 0, 0.0
        self.quads: Counter[str] = Counter()


class _Tie:
    """Gathers the happenings that tie two actors."""

    def __init__(self) -> None:
        self.acts: dict[int | str, _Act] = {}
        self.origins: set[int] = set()
        self.first = self.last = ""


class Network:
    """Gathers actors and ties while dossiers go by; it grows with the number of actors, ties and happenings, not of articles.

    With `places` an event counts once for its happening, else, and where it isn't merged, every mention counts; `unmerged` is how many of
    those there are.
    """

    def __init__(self, by: By, places: Places | None = None) -> None:
        self.by, self.places = by, places
        self.actors: dict[str, dict[str, Any]] = {}
        self.ties: dict[tuple[str, str], _Tie] = {}
        self.unmerged = 0

    def take(self, dossier: Dossier, ontology: Ontology, every_status: bool, left_out: Counter[str]) -> int:
        """Takes in the events of a dossier and returns how many made ties; `left_out` counts the others by reason."""
        actors = {actor.id: actor for actor in dossier.actors}
        places = self.places(dossier) if self.places is not None else {}
        made = 0
        for event in dossier.events:
            if event.status not in HAPPENED and not every_status:
                left_out[event.status] += 1
                continue
            pairs = list(self._pairs(event, actors))
            if not pairs:
                left_out["without two known actors"] += 1
                continue
            made += 1
            self.unmerged += self.places is not None and event.id not in places
            for first, second, joint in pairs:
                self._tie((first, second), joint, event, dossier, ontology, places.get(event.id))
        return made

    def _pairs(self, event: Event, actors: dict[str, Actor]) -> Iterator[tuple[str, str, bool]]:
        """Yields who does it and to whom; where all do it together, as in talks, each pair of them, in their order, as joint."""
        sides: dict[bool, dict[str, None]] = {True: {}, False: {}}
        for part in event.participants:
            for id in part.actors:
                if id in actors and (key := self._node(actors[id])):
                    sides[part.role == "source"].setdefault(key)
        doing, others = list(sides[True]), [key for key in sides[False] if key not in sides[True]]
        if others:
            yield from ((source, other, False) for source in doing for other in others)
        else:
            yield from ((first, second, True) for first, second in combinations(doing, 2))

    def _node(self, actor: Actor) -> str | None:
        """Returns the key of an actor's node, which is made where it is new; None for one without a code, where nodes are codes."""
        if self.by == "code":
            if actor.code is None:
                return None
            key, slots = actor.code, {"label": actor.code}
        else:
            key = actor.wikidata or make_id("actor", actor.kind, actor.code or "", fold_word(actor.names.ar))
            names = {"label": actor.names.en or actor.names.ar, "name_ar": actor.names.ar}
            slots = names | {"kind": actor.kind, "wikidata": actor.wikidata or ""}
        self.actors.setdefault(key, {name: _clean(value) for name, value in slots.items()} | {"code": actor.code or ""})
        return key

    def _tie(self, pair: tuple[str, str], joint: bool, event: Event, dossier: Dossier, ontology: Ontology, placed: Placed | None) -> None:
        tie = self.ties.setdefault(pair, _Tie())
        act = tie.acts.setdefault(placed.happening if placed is not None else event.id, _Act(event.id))
        act.mentions += 1
        act.joint += joint
        act.quads[QUADS[ontology.kinds[event.type].quad]] += 1
        act.score += ontology.rating(event.type, event.mode).score
        if placed is not None:
            tie.origins.add(placed.origin)
        day, last = first_and_last(event.time.iso if event.time and event.time.iso else dossier.document.published)
        if day and last:
            tie.first = min(tie.first or day.isoformat(), day.isoformat())
            tie.last = max(tie.last, last.isoformat())


def network_lines(network: Network, to: Literal["gexf", "graphml"]) -> Iterator[str]:
    """Yields the lines of a network in GEXF, which Gephi reads, or GraphML; only actors with ties are in it.

    `sign` is 1 where cooperation prevails, -1 where conflict does, else 0; `tone` is (cooperation - conflict) / (both + 2); `score` is the
    mean of PLOVER's scores, from -10 to 10. Raises `SetupError` where the extra isn't installed.
    """
    try:
        import networkx  # takes a third of a second
    except ModuleNotFoundError:
        raise SetupError(f"the export to {to} needs an extra; install it with `pip install 'tawazun[corpus]'`") from None
    graph = networkx.DiGraph()
    summed = {pair: _summed(tie, network.places is not None) for pair, tie in network.ties.items()}
    events: Counter[str] = Counter()
    for pair, slots in summed.items():
        events.update(dict.fromkeys(pair, slots["weight"]))
    graph.add_nodes_from((key, slots | {"events": events[key]}) for key, slots in network.actors.items() if key in events)
    graph.add_edges_from((*pair, slots) for pair, slots in summed.items())
    write = networkx.generate_gexf if to == "gexf" else networkx.generate_graphml
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield from (line + "\n" for line in write(graph))


def _summed(tie: _Tie, merged: bool) -> dict[str, Any]:
    """Returns the attributes of a tie; how many origins tell of it is known of merged articles only."""
    acts = list(tie.acts.values())
    quads = Counter(act.quads.most_common(1)[0][0] for act in acts)
    slots: dict[str, Any] = {"weight": len(acts), "mentions": sum(act.mentions for act in acts)}
    slots |= {"origins": len(tie.origins)} if merged else {}
    slots |= {"joint": sum(2 * act.joint > act.mentions for act in acts)} | {name: quads[name] for name in QUADS.values()}
    positive = quads["verbal_cooperation"] + quads["material_cooperation"]
    negative = quads["verbal_conflict"] + quads["material_conflict"]
    slots |= {"sign": (positive > negative) - (positive < negative), "tone": round((positive - negative) / (positive + negative + 2), 4)}
    score = sum(act.score / act.mentions for act in acts) / len(acts)
    ids = " ".join(act.event for act in acts[:_IDS])
    return slots | {"score": round(score, 4), "first": tie.first, "last": tie.last, "ids": ids}


def _clean(text: str) -> str:
    """Leaves out the control characters that XML can't hold."""
    return "".join(char for char in text if char >= " " and char not in "\ufffe\uffff")


def gathered(
    dossiers: Iterable[Dossier], ontology: Ontology, by: By, every_status: bool, left_out: Counter[str], places: Places | None = None
) -> tuple[Network, int]:
    """Returns the network of dossiers, and how many events made its ties."""
    network = Network(by, places)
    return network, sum(network.take(dossier, ontology, every_status, left_out) for dossier in dossiers)
