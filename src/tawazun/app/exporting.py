"""Turns dossiers into a file that other programs read, and says what was left out."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal, get_args

import msgspec

from tawazun.app.exports.annotations import CONTEXT, annotations_of, urn
from tawazun.app.exports.columns import write_parquet
from tawazun.app.exports.entities import entities_of
from tawazun.app.exports.networks import By, Places, gathered, network_lines
from tawazun.app.exports.places import features_of
from tawazun.app.exports.plover import plover_of
from tawazun.app.exports.tables import COLUMNS, rows_of
from tawazun.base.ids import make_id
from tawazun.lexicon.ontology import load_ontology
from tawazun.model.dossier import Dossier

Format = Literal["parquet", "csv", "plover", "gexf", "graphml", "geojson", "ftm", "webannotation"]
FORMATS: tuple[Format, ...] = get_args(Format)


class Tally:
    """Counts, while an export runs, the dossiers and events read, the records written, and the events left out by reason.

    `held` is how many events the records hold, where that isn't the same as the records; `unmerged` is how many events of a network's ties
    are in no happening yet.
    """

    def __init__(self) -> None:
        self.dossiers = 0
        self.events = 0
        self.records = self.unmerged = 0
        self.left_out: Counter[str] = Counter()

    @property
    def held(self) -> int:
        """Is how many of the events are in the export."""
        return self.events - self.left_out.total()


class Exported(msgspec.Struct, frozen=True):
    """Is what an export holds: of how many dossiers, in how many records, how many of how many events, and what was left out, by reason.

    `all_events` is how many events the workspace has, None for a file of dossiers. `counted` says what the ties of a network count, None
    for other formats; `unmerged` is how many events of its ties are in no happening yet, and count each by itself.
    """

    format: Format
    out: str
    records: int
    dossiers: int
    events: int
    held: int
    all_events: int | None
    left_out: dict[str, int]
    counted: Literal["happenings", "mentions"] | None
    unmerged: int


def export(
    dossiers: Iterable[Dossier],
    to: Format,
    tally: Tally,
    bom: bool = False,
    every_status: bool = False,
    by: By = "actor",
    places: Places | None = None,
) -> Iterator[str]:
    """Yields the text of an export piece by piece; Parquet isn't text, see `export_parquet`.

    `bom` puts a byte order mark before the CSV, for Excel; `every_status` keeps the events that PLOVER has no place for, and makes ties of
    what did not happen; `by` says what the nodes of a network are, and with `places` its ties count happenings, not mentions.
    """
    counted = _counted(dossiers, tally)
    if to == "plover":
        yield from _plover(counted, tally, every_status)
    elif to == "csv":
        yield from _table(counted, tally, bom)
    elif to == "geojson":
        yield from _places(counted, tally)
    elif to == "ftm":
        yield from _entities(counted, tally)
    elif to == "webannotation":
        yield from _annotations(counted, tally)
    elif to == "gexf" or to == "graphml":
        network, _ = gathered(counted, load_ontology(), by, every_status, tally.left_out, places)
        tally.records, tally.unmerged = len(network.ties), network.unmerged
        yield from network_lines(network, to)
    else:
        raise ValueError(to)


def export_parquet(dossiers: Iterable[Dossier], path: str, tally: Tally) -> None:
    """Writes a Parquet file with a row an event."""
    tally.records = write_parquet(_counted(dossiers, tally), path, load_ontology())


def _counted(dossiers: Iterable[Dossier], tally: Tally) -> Iterator[Dossier]:
    for dossier in dossiers:
        tally.dossiers += 1
        tally.events += len(dossier.events)
        yield dossier


def _plover(dossiers: Iterable[Dossier], tally: Tally, every_status: bool) -> Iterator[str]:
    ontology = load_ontology()
    for dossier in dossiers:
        found = plover_of(dossier, ontology, every_status)
        tally.records += len(found.events)
        tally.left_out.update(found.left_out)
        for record in found.events:
            yield msgspec.json.encode(record).decode() + "\n"


def _table(dossiers: Iterable[Dossier], tally: Tally, bom: bool) -> Iterator[str]:
    ontology = load_ontology()
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    buffer.write("\ufeff" if bom else "")
    writer.writerow(COLUMNS)
    for dossier in dossiers:
        for row in rows_of(dossier, ontology):
            tally.records += 1
            writer.writerow(row)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _places(dossiers: Iterable[Dossier], tally: Tally) -> Iterator[str]:
    yield '{"type":"FeatureCollection","features":['
    for dossier in dossiers:
        for feature in features_of(dossier, tally.left_out):
            yield (",\n" if tally.records else "\n") + msgspec.json.encode(feature).decode()
            tally.records += 1
    yield "\n]}\n"


def _entities(dossiers: Iterable[Dossier], tally: Tally) -> Iterator[str]:
    seen: set[str] = set()
    for dossier in dossiers:
        for entity in entities_of(dossier, seen):
            tally.records += 1
            yield msgspec.json.encode(entity).decode() + "\n"


def _annotations(dossiers: Iterable[Dossier], tally: Tally) -> Iterator[str]:
    yield f'{{"@context":"{CONTEXT}","type":"AnnotationPage","items":['
    ids: list[str] = []
    for dossier in dossiers:
        ids.append(dossier.id)
        for annotation in annotations_of(dossier):
            yield (",\n" if tally.records else "\n") + msgspec.json.encode(annotation).decode()
            tally.records += 1
    yield f'\n],"id":"{urn(make_id("page", *ids))}"}}\n'


def schema(record: type[msgspec.Struct] = Dossier) -> str:
    """Returns the JSON Schema of a record, by default a dossier, indented."""
    found = msgspec.json.schema(record)
    name = "dossier:1" if record is Dossier else record.__name__.lower()
    title = f"Tawazun {'dossier' if record is Dossier else record.__name__}"
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"urn:tawazun:schema:{name}", "title": title}
    return msgspec.json.format(msgspec.json.encode(head | found), indent=2).decode() + "\n"
