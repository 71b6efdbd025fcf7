"""Turns dossiers into the lines of a file that other programs read, and says what was left out."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal, get_args

import msgspec

from tawazun.app.exports.annotations import CONTEXT, annotations_of, urn
from tawazun.app.exports.plover import plover_of
from tawazun.app.exports.tables import COLUMNS, rows_of
from tawazun.base.ids import make_id
from tawazun.lexicon.ontology import load_ontology
from tawazun.model.dossier import Dossier

Format = Literal["plover", "csv", "webannotation"]
FORMATS: tuple[Format, ...] = get_args(Format)


class Tally:
    """Counts, while an export runs, the dossiers read, the records written, and the events left out by status."""

    def __init__(self) -> None:
        self.dossiers = 0
        self.records = 0
        self.left_out: Counter[str] = Counter()


def export(dossiers: Iterable[Dossier], to: Format, tally: Tally, bom: bool = False, every_status: bool = False) -> Iterator[str]:
    """Yields the text of an export piece by piece: PLOVER as one JSON record a line, CSV, or one W3C annotation page.

    `bom` puts a byte order mark before the CSV, for Excel; `every_status` keeps the events that PLOVER has no place for.
    """
    if to == "plover":
        yield from _plover(dossiers, tally, every_status)
    elif to == "csv":
        yield from _table(dossiers, tally, bom)
    else:
        yield from _annotations(dossiers, tally)


def _plover(dossiers: Iterable[Dossier], tally: Tally, every_status: bool) -> Iterator[str]:
    ontology = load_ontology()
    for dossier in dossiers:
        tally.dossiers += 1
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
        tally.dossiers += 1
        for row in rows_of(dossier, ontology):
            tally.records += 1
            writer.writerow(row)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _annotations(dossiers: Iterable[Dossier], tally: Tally) -> Iterator[str]:
    yield f'{{"@context":"{CONTEXT}","type":"AnnotationPage","items":['
    ids: list[str] = []
    for dossier in dossiers:
        tally.dossiers += 1
        ids.append(dossier.id)
        for annotation in annotations_of(dossier):
            yield (",\n" if tally.records else "\n") + msgspec.json.encode(annotation).decode()
            tally.records += 1
    yield f'\n],"id":"{urn(make_id("page", *ids))}"}}\n'


def schema() -> str:
    """Returns the JSON Schema of a dossier, indented."""
    found = msgspec.json.schema(Dossier)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "urn:tawazun:schema:dossier:1", "title": "Tawazun dossier"}
    return msgspec.json.format(msgspec.json.encode(head | found), indent=2).decode() + "\n"
