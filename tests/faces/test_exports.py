import csv
import io
import json
import subprocess
import sys

import jsonschema
import msgspec
import pytest

from tawazun import read
from tawazun.app.explaining import read_dossiers
from tawazun.app.exporting import FORMATS, Tally, export, schema
from tawazun.app.exports.plover import plover_of
from tawazun.base.errors import InputError, KnowledgeError
from tawazun.lexicon.load import load_lexicon
from tawazun.lexicon.ontology import load_ontology, read_kinds, read_plover
from tawazun.model.dossier import (
    SCHEMA,
    Actor,
    Attribution,
    Because,
    Claim,
    Document,
    Dossier,
    Event,
    Location,
    MadeBy,
    Magnitude,
    Mention,
    Names,
    Participant,
    Span,
    Time,
)
from tawazun.model.entries import EVENT_TYPES

TEXT = "التقى بوتين أردوغان في موسكو، وقالت الوكالة إن القمة الثلاثية 🕊 ستعقد غدا."
PUTIN, ERDOGAN, AGENCY = (TEXT.index(word) for word in ("بوتين", "أردوغان", "الوكالة"))


def span(word):
    return Span(TEXT.index(word), TEXT.index(word) + len(word))


def event(type="CONSULT", status="occurred", mode=None, roles=("source", "target"), **changes):
    parts = [("بوتين", "a1", "RUS.GOV"), ("أردوغان", "a2", "TUR.GOV")]
    participants = tuple(
        Participant(role, span(word).start, span(word).end, (actor,), code) for role, (word, actor, code) in zip(roles, parts, strict=False)
    )
    values = {
        "id": f"event-{type}-{status}",
        "type": type,
        "mode": mode,
        "status": status,
        "trigger": span("التقى"),
        "sentence": 0,
        "participants": participants,
        "attribution": None,
        "time": None,
        "place": None,
        "topic": (),
        "magnitude": (),
        "confidence": 0.5,
        "because": Because("rule"),
    }
    return Event(**values | changes)


def said(act="state"):
    return Attribution(span("الوكالة"), ("a3",), span("وقالت"), "named", act, False)


def dossier(*events, **document):
    actors = (
        Actor("a1", "person", "RUS.GOV", "Q7747", Names("فلاديمير بوتين", "Vladimir Putin"), None, (Mention(PUTIN, PUTIN + 5, "بوتين"),)),
        Actor("a2", "person", "TUR.GOV", "Q39259", Names("رجب طيب أردوغان", "Recep Tayyip Erdoğan"), None, ()),
        Actor("a3", "media", "MED", None, Names("الوكالة", None), None, ()),
    )
    values = {
        "id": "d1",
        "url": None,
        "outlet": "=cmd|' /C calc'!A0",
        "title": "لقاء",
        "language": "ar",
        "published": "2020-08-18",
        "text": TEXT,
    }
    claims = (Claim("claim-1", span("الوكالة"), "state", Span(TEXT.index("إن"), len(TEXT)), False, (events[0].id,)),) if events else ()
    return Dossier(
        SCHEMA,
        "dossier-1",
        MadeBy("0", "sha256:0"),
        Document(**values | document),
        (Span(0, len(TEXT)),),
        actors,
        events,
        claims,
        (),
        (),
        (),
    )


def plover(*events, every_status=False):
    return plover_of(dossier(*events), load_ontology(), every_status)


def test_every_type_and_every_mode_of_the_entries_is_rated():
    ontology = load_ontology()
    assert set(ontology.kinds) == set(EVENT_TYPES)
    modes = {(kind.type, mode.mode) for kind in ontology.kinds.values() for mode in kind.modes}
    assert not {
        (entry.id, entry.type, entry.mode) for entry in load_lexicon().entries if entry.mode and (entry.type, entry.mode) not in modes
    }


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- {type: AGRE, quad: 1, score: 1, cameo: '03'}", "did you mean 'AGREE'"),
        ("- {type: AGREE, quad: 5, score: 1, cameo: '03'}", "quad '5'"),
        ("- {type: AGREE, quad: 1, score: 11, cameo: '03'}", "between -10 and 10"),
        ("- {type: AGREE, quad: 1, score: x, cameo: '03'}", "isn't a number"),
        ("- {type: AGREE, quad: 1, score: 1, cameo: '3'}", "isn't a root"),
        ("- {type: AGREE, quad: 1, score: 1, cameo: '03', weight: 2}", "unknown key 'weight'"),
        ("- {type: AGREE, quad: 1, score: 1, cameo: '03'}", "no entry for CONSULT"),
    ],
)
def test_a_wrong_table_of_types_is_told(text, says):
    with pytest.raises(KnowledgeError, match=says) as error:
        read_kinds(text, "ontology/events.yaml")
    assert str(error.value).startswith("ontology/events.yaml:1: ")


def test_a_wrong_shift_is_told():
    with pytest.raises(KnowledgeError, match=r"plover\.yaml:2: REJECT has no mode 'met'"):
        read_plover("shifts:\n- {type: CONSULT, status: negated, to: REJECT, mode: met}", "ontology/plover.yaml", load_ontology().kinds)


@pytest.mark.parametrize(
    ("type", "status", "to", "mode", "quad", "score", "cameo"),
    [
        ("CONSULT", "occurred", "CONSULT", None, 1, 2.5, "04"),
        ("CONSULT", "planned", "AGREE", None, 1, 2.5, "03"),
        ("SUPPORT", "planned", "AGREE", None, 1, 2.5, "03"),
        ("COOPERATE", "planned", "AGREE", None, 1, 2.5, "03"),
        ("AID", "planned", "AGREE", None, 1, 2.5, "03"),
        ("AID", "ongoing", "AID", None, 2, 10, "07"),
        ("RETREAT", "planned", "CONCEDE", None, 1, 4.5, "08"),
        ("CONCEDE", "planned", "CONCEDE", None, 1, 4.5, "08"),
        ("CONSULT", "negated", "REJECT", "meet", 3, -2, "12"),
        ("ASSAULT", "planned", "THREATEN", "violence", 3, -3.5, "13"),
        ("SANCTION", "occurred", "SANCTION", None, 4, -6, "16"),
    ],
)
def test_status_shifts_the_type(type, status, to, mode, quad, score, cameo):
    (record,) = plover(event(type, status)).events
    assert (record.event, record.mode) == ((to,), (mode,) if mode else ())
    assert (record.quad_code, record.event_scale, record.cameo_root) == (quad, score, cameo)
    assert (record.tawazun.type, record.tawazun.status) == (type, status)


@pytest.mark.parametrize("status", ["called_for", "conditional", "possible", "negated"])
def test_what_plover_has_no_place_for_is_left_out_and_counted(status):
    found = plover(event("ASSAULT", status))
    assert found.events == () and found.left_out == {status: 1}
    kept = plover(event("ASSAULT", status), every_status=True)
    assert kept.events[0].event == ("ASSAULT",) and kept.events[0].tawazun.status == status


def test_a_denied_meeting_is_no_refusal():
    assert plover(event("CONSULT", "negated", attribution=said("deny"))).events == ()
    assert plover(event("CONSULT", "negated", attribution=said("state"))).events[0].event == ("REJECT",)


def test_an_agreement_to_meet_is_one_record():
    agreed = event("AGREE", roles=("source", "source"))
    met = event("CONSULT", "planned", roles=("source", "source"))
    nobody = event("CONSULT", "planned", id="event-x", participants=())
    (record,) = plover(agreed, met, nobody).events
    assert record.event == ("AGREE",)
    assert record.tawazun.folded == (met.id, nobody.id)
    assert record.event_text == ("التقى", "التقى", "التقى")
    assert len(plover(agreed, event("CONSULT", "planned")).events) == 2
    assert len(plover(met, agreed).events) == 2
    assert len(plover(nobody, met).events) == 2


def test_a_refusal_to_meet_is_one_record_with_its_mode():
    found = plover(event("REJECT"), event("CONSULT", "negated"))
    assert len(found.events) == 1 and found.events[0].mode == ("meet",)


def test_actors_recipients_dates_and_codes():
    time = Time(0, 5, "غدا", "2020-08-24/2020-08-30", "week")
    (record,) = plover(event(time=time, mode="visit")).events
    assert (record.date, record.enddate, record.date_from) == ("2020-08-24", "2020-08-30", "text")
    (actor,), (recipient,) = record.actor, record.recipient
    assert (actor.raw_text, actor.entity_name, actor.wikidata_id, actor.code, actor.sector_code) == (
        "بوتين",
        "Vladimir Putin",
        "Q7747",
        "RUS",
        "GOV",
    )
    assert recipient.code == "TUR"
    assert record.event_scale == 4
    (planned,) = plover(event(status="planned", time=time)).events
    assert (planned.date, planned.date_from) == ("2020-08-18", "publication")
    (mediated,) = plover(event(roles=("mediator", "source"))).events
    assert (mediated.mode, mediated.actor[0].code, mediated.recipient[0].code) == (("third-party",), "RUS", "TUR")


@pytest.mark.parametrize(
    ("code", "country", "sector"),
    [
        ("IGO.UNO", "UNO", "IGO"),
        ("IGO.EU", "EUR", "IGO"),
        ("IGO.NATO", "IGO", "IGO"),
        ("GBR.MED", "GBR", "JRN"),
        ("REB", None, "REB"),
        ("EGY", "EGY", None),
        (None, None, None),
    ],
)
def test_codes_become_those_of_plover(code, country, sector):
    part = Participant("source", PUTIN, PUTIN + 5, (), code)
    (record,) = plover(event(participants=(part,))).events
    assert (record.actor[0].code, record.actor[0].sector_code) == (country, sector)


def test_several_codes_are_several_entities():
    part = Participant("source", PUTIN, PUTIN + 5, (), "RUS.GOV+TUR.GOV")
    (record,) = plover(event(participants=(part,))).events
    assert [entity.code for entity in record.actor] == ["RUS", "TUR"]


def rows(*events, bom=False, **document):
    text = "".join(export([dossier(*events, **document)], "csv", Tally(), bom))
    return list(csv.DictReader(io.StringIO(text, newline=""))), text


def test_a_row_an_event():
    place = Location(0, 1, "موسكو", "524901", 55.75, -37.6, "RUS")
    counts = (Magnitude(0, 1, 5, "killed"),)
    (first, second), _ = rows(event(attribution=said(), place=place, magnitude=counts), event("ASSAULT", "negated", mode="aerial"))
    assert (first["type"], first["status"], first["source"], first["source_code"], first["target_code"]) == (
        "CONSULT",
        "occurred",
        "بوتين",
        "RUS.GOV",
        "TUR.GOV",
    )
    assert (first["holder"], first["holder_code"], first["act"], first["quoted"]) == ("الوكالة", "MED", "state", "false")
    assert (first["sentence"], first["place"], first["lon"], first["counts"]) == (TEXT, "موسكو", "-37.6", "5 killed")
    assert (second["status"], second["score"], second["cameo_root"], second["quad"]) == ("negated", "-9.5", "19", "4")


def test_a_byte_order_mark_on_demand():
    assert rows(event())[1].startswith("event_id,")
    assert rows(event(), bom=True)[1].startswith("\ufeffevent_id,")


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u200f=1", "＝1", "\ufeff=1"])
def test_no_cell_is_a_formula(formula):
    (row,), _ = rows(event(topic=(formula,)), outlet=formula, title=formula, url=formula, id=formula)
    assert all(row[name].startswith("'") for name in ("topic", "outlet", "title", "url", "document_id"))


def test_rows_survive_line_breaks_and_quotes():
    (row,), _ = rows(event(), title='a "b"\n;c,d')
    assert row["title"] == 'a "b"\n;c,d'


def test_annotations_lead_back_to_the_words():
    page = json.loads("".join(export([dossier(event(attribution=said(), trigger=span("ستعقد")))], "webannotation", Tally())))
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld" and page["type"] == "AnnotationPage" and page["id"].startswith("urn:")
    assert len({item["id"] for item in page["items"]}) == len(page["items"])
    for item in page["items"]:
        quote, position = item["target"]["selector"]
        assert quote["exact"] == TEXT[position["start"] : position["end"]] != ""
        assert TEXT.startswith(quote["prefix"] + quote["exact"] + quote["suffix"], position["start"] - len(quote["prefix"]))
        assert item["target"]["source"] == "urn:tawazun:d1"
    kinds = [item["motivation"] for item in page["items"]]
    assert kinds == ["classifying", "linking", "linking", "linking", "identifying", "describing"]
    assert page["items"][0]["target"]["selector"][1]["start"] == TEXT.index("ستعقد")


@pytest.mark.parametrize("to", ["plover", "csv", "webannotation"])
def test_no_dossiers_are_a_valid_file(to):
    text = "".join(export([], to, Tally()))
    assert text == "" if to == "plover" else text
    if to == "webannotation":
        assert json.loads(text)["items"] == []


ARTICLE = """قال وزير الخارجية الروسي سيرغي لافروف إن المشاورات التي جرت في أنقرة الثلاثاء كانت مفيدة.
وأضاف: «سنعقد اجتماعا جديدا في موسكو الأسبوع المقبل إذا وافقت الأطراف».
ودعا الأمين العام للأمم المتحدة إلى وقف إطلاق النار، فيما قصفت طائرات مواقع قرب سرت وقتل خمسة أشخاص.
ونفت الحكومة أن تكون قد رفضت قرار مجلس الأمن رقم 2510."""


def test_what_the_reader_writes_is_valid_by_the_schema():
    found = json.loads(schema())
    jsonschema.Draft202012Validator.check_schema(found)
    validator = jsonschema.Draft202012Validator(found)
    real = read(ARTICLE, published="2020-08-19")
    assert real.events and real.actors
    for made in (real, dossier(event(attribution=said())), read("لا شيء هنا")):
        validator.validate(json.loads(msgspec.json.encode(made)))
    broken = json.loads(msgspec.json.encode(real))
    broken["events"][0]["status"] = "perhaps"
    with pytest.raises(jsonschema.ValidationError):
        validator.validate(broken)


@pytest.mark.parametrize("to", [name for name in FORMATS if name != "parquet"])
def test_the_commands(tmp_path, to):
    path, out = tmp_path / "d.jsonl", tmp_path / "out"
    path.write_bytes(msgspec.json.encode(read(ARTICLE, published="2020-08-19")) + b"\n")
    command = [sys.executable, "-c", "from tawazun.present.cli.main import main; main()"]
    done = subprocess.run([*command, "export", str(path), "--to", to, "-o", str(out)], capture_output=True, text=True)
    assert done.returncode == 0 and "from 1 dossiers" in done.stderr and out.read_text("utf-8")
    to_stdout = subprocess.run([*command, "export", str(path), "--to", to, "-o", "-"], capture_output=True)
    assert to_stdout.stdout == out.read_bytes()
    bad = subprocess.run([*command, "export", str(path), "--to", "xml", "-o", str(out)], capture_output=True, text=True)
    assert bad.returncode == 2 and "choose parquet, csv, plover" in bad.stderr
    full = subprocess.run([*command, "export", str(path), "--to", to, "-o", "/dev/full"], capture_output=True, text=True)
    assert full.returncode == 2 and full.stderr.count("\n") == 1


def test_a_file_that_holds_no_dossiers(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"a": 1}\n')
    with pytest.raises(InputError, match=r"a\.jsonl:1: not a dossier"):
        list(read_dossiers(path))
