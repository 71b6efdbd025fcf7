"""Turns dossiers into a Parquet file with a row an event, in typed columns that say what they hold."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from tawazun.base.days import first_and_last
from tawazun.base.errors import SetupError
from tawazun.model.dossier import Actor, Dossier, Event
from tawazun.model.ontology import Ontology

_ROWS = 5000
"""Is how many rows are in memory at once, and in a group of the file."""
_PLAIN = {
    "VARCHAR": "string",
    "TINYINT": "int8",
    "INTEGER": "int32",
    "BIGINT": "int64",
    "DOUBLE": "float64",
    "DATE": "date32",
    "BOOLEAN": "bool",
}
_ROLES = ("source", "target", "mediator", "host", "beneficiary")


class Column(NamedTuple):
    """Is a column: its name, its type in the words of DuckDB, and what it holds."""

    name: str
    type: str
    holds: str


_PARTS = [
    column
    for role, who in zip(_ROLES, ("who does it", "to whom", "who mediates", "where or at whose house", "for whom"), strict=True)
    for column in (
        Column(role, "VARCHAR[]", f"Words of the article for {who}."),
        Column(f"{role}_code", "VARCHAR[]", "Their codes, each once; several joined by `+` where one word names several."),
    )
]
COLUMNS = (
    Column("event_id", "VARCHAR", "Id of the event, for `tawazun explain`."),
    Column("document_id", "VARCHAR", "Id of the article."),
    Column("outlet", "VARCHAR", "Who published it."),
    Column("published", "VARCHAR", "Day of publication, or the month or year."),
    Column("title", "VARCHAR", "Headline."),
    Column("url", "VARCHAR", "Address of the article."),
    Column("type", "VARCHAR", "Type of the act, one of PLOVER's 16."),
    Column("mode", "VARCHAR", "Way of doing it, where the type has ways."),
    Column("status", "VARCHAR", "`occurred`, `ongoing`, `planned`, `called_for`, `conditional`, `possible` or `negated`."),
    Column("quad", "TINYINT", "1 verbal, 2 material cooperation, 3 verbal, 4 material conflict."),
    Column("score", "DOUBLE", "PLOVER's score, from -10 to 10."),
    Column("cameo_root", "VARCHAR", "CAMEO root, two digits."),
    Column("trigger", "VARCHAR", "Words that the event was read from."),
    *_PARTS,
    Column("actors", "STRUCT(role VARCHAR, kind VARCHAR, code VARCHAR, ar VARCHAR, en VARCHAR, wikidata VARCHAR)[]", "The actors meant."),
    Column("holder", "VARCHAR", "Words for the one on whose word it rests; empty where the outlet itself says it."),
    Column("holder_name", "VARCHAR[]", "Names of the actors meant by that, English where known."),
    Column("holder_code", "VARCHAR[]", "Their codes."),
    Column("act", "VARCHAR", "What the holder does: `state`, `deny`, `warn`…"),
    Column("voice", "VARCHAR", "`named`, `anonymous` or `document`."),
    Column("quoted", "BOOLEAN", "Whether it stands in quotation marks."),
    Column("time", "VARCHAR", "Words that date the event."),
    Column("date", "VARCHAR", "ISO day, month, year, or two with a slash between."),
    Column("date_from", "DATE", "First day that these cover."),
    Column("date_to", "DATE", "Last day that these cover."),
    Column("date_granularity", "VARCHAR", "`day`, `month`, `year`…"),
    Column("place", "VARCHAR", "Words for where it happens."),
    Column("geonames", "VARCHAR", "GeoNames id of the place."),
    Column("lat", "DOUBLE", "Latitude in degrees."),
    Column("lon", "DOUBLE", "Longitude in degrees."),
    Column("country", "VARCHAR", "ISO 3166 alpha-3 code of the place's country."),
    Column("topic", "VARCHAR[]", "Words for what it is about."),
    Column("counts", "STRUCT(count BIGINT, kind VARCHAR)[]", "Numbers of people: `killed`, `wounded`…"),
    Column("confidence", "DOUBLE", "From 0 to 1."),
    Column("start", "INTEGER", "Where the trigger begins, in code points of the text."),
    Column("end", "INTEGER", "Where it ends."),
    Column("sentence", "VARCHAR", "The sentence."),
)


def write_parquet(dossiers: Iterable[Dossier], path: str, ontology: Ontology) -> int:
    """Writes the file and returns its number of rows; raises `SetupError` where the extra isn't installed."""
    try:
        import pyarrow  # takes a fifth of a second
        from pyarrow import parquet
    except ModuleNotFoundError:
        raise SetupError("the export to parquet needs an extra; install it with `pip install 'tawazun[corpus]'`") from None
    schema = pyarrow.schema(
        [pyarrow.field(column.name, _type(pyarrow, column.type), metadata={"description": column.holds}) for column in COLUMNS]
    )
    rows = (row for dossier in dossiers for row in rows_of(dossier, ontology))
    count = 0
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        while some := list(islice(rows, _ROWS)):
            writer.write_table(pyarrow.Table.from_pylist(some, schema))
            count += len(some)
    return count


def _type(pyarrow: Any, type: str) -> Any:
    """Returns a column's type in pyarrow's own terms."""
    if type.endswith("[]"):
        return pyarrow.list_(_type(pyarrow, type[:-2]))
    if type.startswith("STRUCT("):
        fields = (field.split(" ") for field in type[len("STRUCT(") : -1].split(", "))
        return pyarrow.struct([(name, _type(pyarrow, inner)) for name, inner in fields])
    return pyarrow.type_for_alias(_PLAIN[type])


def rows_of(dossier: Dossier, ontology: Ontology) -> Iterator[dict[str, Any]]:
    """Yields a row for each event; what isn't there is None, and an empty list where a list is asked for."""
    document, text = dossier.document, dossier.document.text
    for event in dossier.events:
        rating, sentence = ontology.rating(event.type, event.mode), dossier.sentences[event.sentence]
        yield (
            {
                "event_id": event.id,
                "document_id": document.id,
                "outlet": document.outlet,
                "published": document.published,
                "title": document.title,
                "url": document.url,
                "type": event.type,
                "mode": event.mode,
                "status": event.status,
                "quad": ontology.kinds[event.type].quad,
                "score": rating.score,
                "cameo_root": rating.cameo,
                "trigger": text[event.trigger.start : event.trigger.end],
                "topic": list(event.topic),
                "counts": [{"count": magnitude.count, "kind": magnitude.kind} for magnitude in event.magnitude],
                "confidence": event.confidence,
                "start": event.trigger.start,
                "end": event.trigger.end,
                "sentence": text[sentence.start : sentence.end],
            }
            | _people(dossier, event)
            | _circumstances(event)
        )


def _people(dossier: Dossier, event: Event) -> dict[str, Any]:
    text, actors = dossier.document.text, {actor.id: actor for actor in dossier.actors}
    cells: dict[str, Any] = {}
    for role in _ROLES:
        parts = [part for part in event.participants if part.role == role]
        cells[role] = [text[part.start : part.end] for part in parts]
        cells[f"{role}_code"] = list(dict.fromkeys(part.code for part in parts if part.code))
    meant = [(part.role, actors[id]) for part in event.participants for id in part.actors if id in actors]
    cells["actors"] = [{"role": role, "kind": one.kind, "code": one.code, "wikidata": one.wikidata} | _names(one) for role, one in meant]
    said = event.attribution
    known = [actors[id] for id in said.actors if id in actors] if said else []
    cells["holder_name"] = [actor.names.en or actor.names.ar for actor in known]
    cells["holder_code"] = list(dict.fromkeys(actor.code for actor in known if actor.code))
    if said is not None:
        cells |= {"holder": text[said.holder.start : said.holder.end], "act": said.act, "voice": said.voice, "quoted": said.quoted}
    return cells


def _names(actor: Actor) -> dict[str, str | None]:
    return {"ar": actor.names.ar, "en": actor.names.en}


def _circumstances(event: Event) -> dict[str, Any]:
    cells: dict[str, Any] = {}
    if event.time is not None:
        first, last = first_and_last(event.time.iso)
        cells |= {"time": event.time.text, "date": event.time.iso, "date_granularity": event.time.granularity}
        cells |= {"date_from": first, "date_to": last}
    if event.place is not None:
        place = event.place
        cells |= {"place": place.name, "geonames": place.geonames, "lat": place.lat, "lon": place.lon, "country": place.country}
    return cells
