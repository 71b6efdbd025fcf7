"""Each export opens in the library of the tool that it is for, and holds what the dossiers say."""

import io
import json
from datetime import date

import msgspec
import pytest
from samples import TEXT, at, event, sample

from tawazun.app.exporting import Tally, export, export_parquet
from tawazun.app.exports.columns import COLUMNS
from tawazun.model.dossier import Location, Participant

MANY = 12_000


def written(to, dossiers=None, **options):
    tally = Tally()
    return "".join(export(dossiers if dossiers is not None else [sample()], to, tally, **options)), tally


def test_duckdb_reads_the_parquet_file(tmp_path):
    duckdb = pytest.importorskip("duckdb")
    tally = Tally()
    export_parquet([sample()], str(tmp_path / "e.parquet"), tally)
    read = duckdb.connect()
    described = read.execute(f"DESCRIBE SELECT * FROM '{tmp_path}/e.parquet'").fetchall()
    assert [(row[0], row[1].replace('"', "")) for row in described] == [(column.name, column.type) for column in COLUMNS]
    query = "SELECT type, status, date_from, source, source_code, target, actors[1].en, lat, country, sentence FROM "
    rows = read.execute(f"{query}'{tmp_path}/e.parquet'").fetchall()
    assert len(rows) == tally.records == tally.held == 5
    assert rows[0][:5] == ("CONSULT", "occurred", date(2020, 8, 17), ["الوزير المصري"], ["EGY.GOV"])
    assert rows[0][5:9] == (["نظيره التركي"], None, 39.9, "TUR") and rows[0][9] == TEXT
    assert rows[1][2] is None and rows[1][3] == []


def test_parquet_columns_say_what_they_hold(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    export_parquet([sample()], str(tmp_path / "e.parquet"), Tally())
    schema = parquet.read_schema(tmp_path / "e.parquet")
    assert all(schema.field(column.name).metadata[b"description"].decode() == column.holds for column in COLUMNS)


def test_parquet_is_written_in_groups(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    one = sample()
    export_parquet((one for _ in range(MANY // len(one.events))), str(tmp_path / "e.parquet"), Tally())
    found = parquet.ParquetFile(tmp_path / "e.parquet").metadata
    assert found.num_rows == MANY and found.num_row_groups == 3


def network_of(to, *dossiers, **options):
    networkx = pytest.importorskip("networkx")
    text, tally = written(to, dossiers, **options)
    read = networkx.read_gexf if to == "gexf" else networkx.read_graphml
    return read(io.BytesIO(text.encode())), tally


def quarrel():
    """Returns a dossier in which one strikes the other, three times."""
    whole = sample()
    strikes = [
        event(TEXT, word, number, type="ASSAULT", mode=None, participants=whole.events[0].participants)
        for number, word in enumerate(("محادثات", "هدنة", "القمة"), 11)
    ]
    return msgspec.structs.replace(whole, events=tuple(strikes), links=(), claims=())


@pytest.mark.parametrize("to", ["gexf", "graphml"])
def test_networkx_reads_actors_and_signed_ties(to):
    graph, tally = network_of(to, sample(), quarrel())
    assert sorted(slots["label"] for _, slots in graph.nodes(data=True)) == ["Egypt's Minister", "نظيره"] if to == "gexf" else True
    [(source, target, tie)] = graph.edges(data=True)
    assert source == "Q1234" and graph.nodes[source]["code"] == "EGY.GOV" and graph.nodes[target]["name_ar"] == "نظيره"
    assert (tie["weight"], tie["verbal_cooperation"], tie["material_conflict"], tie["joint"]) == (4, 1, 3, 0)
    assert (tie["sign"], tie["tone"], tie["first"], tie["last"]) == (-1, round(-2 / 6, 4), "2020-08-17", "2020-08-19")
    assert tie["score"] == round((2.5 - 27) / 4, 4) and tie["ids"].split()[0] == sample().events[0].id
    assert tally.left_out == {"called_for": 1, "planned": 1, "conditional": 1, "negated": 1} and tally.held == 4


def test_what_all_do_together_is_a_joint_tie():
    whole = sample()
    both = tuple(msgspec.structs.replace(part, role="source") for part in whole.events[0].participants)
    graph, _ = network_of("graphml", msgspec.structs.replace(whole, events=(msgspec.structs.replace(whole.events[0], participants=both),)))
    assert [tie["joint"] for _, _, tie in graph.edges(data=True)] == [1]


def test_a_network_of_codes_and_of_every_status():
    graph, tally = network_of("gexf", sample(), by="code", every_status=True)
    assert set(graph.nodes) == {"EGY.GOV", "TUR.GOV"} and tally.left_out == {"without two known actors": 4}


def test_control_characters_leave_the_network_readable():
    whole = sample()
    names = msgspec.structs.replace(whole.actors[0].names, en="A\x0b<&\x00\"'")
    actors = (msgspec.structs.replace(whole.actors[0], names=names), *whole.actors[1:])
    graph, _ = network_of("graphml", msgspec.structs.replace(whole, actors=actors))
    assert graph.nodes["Q1234"]["label"] == "A<&\"'"


def test_geojson_is_as_the_standard_has_it():
    text, tally = written("geojson")
    found = json.loads(text)
    assert list(found) == ["type", "features"] and found["type"] == "FeatureCollection"
    [feature] = found["features"]
    assert feature["type"] == "Feature" and feature["geometry"] == {"type": "Point", "coordinates": [32.8, 39.9]}
    assert feature["properties"]["place"] == "أنقرة" and feature["properties"]["date"] == "2020-08-17"
    assert tally.left_out == {"without a place": 4} and tally.held == tally.records == 1


def test_a_place_that_is_not_known_makes_no_feature():
    span = at(TEXT, "أنقرة")
    unknown = event(TEXT, "القمة", 9, place=Location(span.start, span.end, "أنقرة", None, None, None, None))
    text, tally = written("geojson", [msgspec.structs.replace(sample(), events=(unknown,), links=(), claims=())])
    assert json.loads(text)["features"] == [] and tally.left_out == {"in a place without coordinates": 1}


THING = {"name", "alias", "summary", "description", "keywords", "wikidataId", "sourceUrl", "publisher", "proof", "notes"}
INTERVAL = {"startDate", "endDate", "date", "recordId", "sourceUrl", "publisher", "proof", "summary"}
PROPERTIES = {
    "Article": THING | {"title", "publishedAt", "language"},
    "Person": THING | {"position"},
    "PublicBody": THING,
    "Organization": THING,
    "LegalEntity": THING,
    "Event": THING | INTERVAL | {"location", "involved", "organizer"},
    "Mention": {"document", "resolved", "personMentioned", "companyMentioned"},
}
"""Are the properties of the published model that we use, by schema, with what they inherit."""
ENTITIES = {"proof": {"Article"}, "document": {"Article"}, "involved": {"Person", "PublicBody", "Organization", "LegalEntity"}}


def test_followthemoney_entities_keep_to_the_model():
    text, tally = written("ftm", [sample(), sample()])
    entities = [json.loads(line) for line in text.splitlines()]
    assert len(entities) == tally.records
    schemata = {entity["id"]: entity["schema"] for entity in entities}
    for entity in entities:
        assert set(entity) == {"id", "schema", "properties"} and set(entity["properties"]) <= PROPERTIES[entity["schema"]]
        assert all(isinstance(value, str) and value for values in entity["properties"].values() for value in values)
        assert entity["schema"] == "Mention" or len(entity["properties"]["name"]) == 1
        for name, kinds in ENTITIES.items():
            assert {schemata[id] for id in entity["properties"].get(name, ())} <= kinds
    people = [entity for entity in entities if entity["schema"] == "Person"]
    assert [entity["properties"]["wikidataId"] for entity in people if "wikidataId" in entity["properties"]] == [["Q1234"]]
    talks = next(entity for entity in entities if entity["schema"] == "Event")["properties"]
    assert talks["startDate"] == ["2020-08-17"] and talks["location"] == ["أنقرة"] and len(talks["involved"]) == 2


@pytest.mark.parametrize("to", ["gexf", "graphml", "geojson", "ftm"])
def test_nothing_makes_a_valid_file(to):
    text, tally = written(to, [])
    assert tally.records == tally.held == 0
    if to == "geojson":
        assert json.loads(text)["features"] == []
    elif to != "ftm":
        assert len(network_of(to)[0]) == 0


def test_roles_other_than_the_source_are_on_the_other_side_of_a_tie():
    whole = sample()
    visit = tuple(
        Participant("host" if part.role == "target" else part.role, part.start, part.end, part.actors, part.code)
        for part in whole.events[0].participants
    )
    graph, _ = network_of("graphml", msgspec.structs.replace(whole, events=(msgspec.structs.replace(whole.events[0], participants=visit),)))
    assert [(source, tie["joint"]) for source, _, tie in graph.edges(data=True)] == [("Q1234", 0)]
