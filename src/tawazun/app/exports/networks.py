"""Turns dossiers into a network of actors and signed ties, for programs that draw and measure networks."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any, Literal

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


class Network:
    """Gathers actors and ties while dossiers go by; it grows with the number of different actors and ties, not of articles."""

    def __init__(self, by: By) -> None:
        self.by = by
        self.actors: dict[str, dict[str, Any]] = {}
        self.ties: dict[tuple[str, str], dict[str, Any]] = {}

    def take(self, dossier: Dossier, ontology: Ontology, every_status: bool, left_out: Counter[str]) -> int:
        """Takes in the events of a dossier and returns how many made ties; `left_out` counts the others by reason."""
        actors = {actor.id: actor for actor in dossier.actors}
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
            for first, second, joint in pairs:
                self._tie(first, second, joint, event, dossier, ontology)
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
        self.actors.setdefault(key, {name: _clean(value) for name, value in slots.items()} | {"code": actor.code or "", "events": 0})
        return key

    def _tie(self, first: str, second: str, joint: bool, event: Event, dossier: Dossier, ontology: Ontology) -> None:
        empty = dict.fromkeys(("weight", "joint", *QUADS.values()), 0) | {"score_sum": 0.0, "first": "", "last": "", "ids": ""}
        tie = self.ties.setdefault((first, second), empty)
        tie["weight"] += 1
        tie["joint"] += joint
        tie[QUADS[ontology.kinds[event.type].quad]] += 1
        tie["score_sum"] += ontology.rating(event.type, event.mode).score
        day, until = first_and_last(event.time.iso if event.time and event.time.iso else dossier.document.published)
        if day and until:
            tie["first"] = min(tie["first"] or day.isoformat(), day.isoformat())
            tie["last"] = max(tie["last"], until.isoformat())
        if tie["ids"].count(" ") < _IDS - 1:
            tie["ids"] = f"{tie['ids']} {event.id}".strip()
        self.actors[first]["events"] += 1
        self.actors[second]["events"] += 1


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
    tied = {key for pair in network.ties for key in pair}
    graph.add_nodes_from((key, slots) for key, slots in network.actors.items() if key in tied)
    graph.add_edges_from((first, second, _summed(tie)) for (first, second), tie in network.ties.items())
    write = networkx.generate_gexf if to == "gexf" else networkx.generate_graphml
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield from (line + "\n" for line in write(graph))


def _summed(tie: dict[str, Any]) -> dict[str, Any]:
    positive = tie["verbal_cooperation"] + tie["material_cooperation"]
    negative = tie["verbal_conflict"] + tie["material_conflict"]
    slots = {name: value for name, value in tie.items() if name != "score_sum"}
    slots |= {"sign": (positive > negative) - (positive < negative), "tone": round((positive - negative) / (positive + negative + 2), 4)}
    return slots | {"score": round(tie["score_sum"] / tie["weight"], 4)}


def _clean(text: str) -> str:
    """Leaves out the control characters that XML can't hold."""
    return "".join(char for char in text if char >= " " and char not in "\ufffe\uffff")


def gathered(dossiers: Iterable[Dossier], ontology: Ontology, by: By, every_status: bool, left_out: Counter[str]) -> tuple[Network, int]:
    """Returns the network of dossiers, and how many events made its ties."""
    network = Network(by)
    return network, sum(network.take(dossier, ontology, every_status, left_out) for dossier in dossiers)
