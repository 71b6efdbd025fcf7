"""Every analysis as a command: from files to a table, JSON and figures, in both languages, and its errors."""

import json
import os
import subprocess
import sys

import pytest
from own_evidence import EPISODES, ledger

from tawazun.app.analysing import analysed
from tawazun.app.ingesting import ingest
from tawazun.app.merging import merge
from tawazun.present.figures.barometers import draw_relationship
from tawazun.present.figures.brokers import draw_go_betweens
from tawazun.present.figures.camps import draw_camps
from tawazun.present.figures.canvases import save
from tawazun.present.labels import Labels
from tawazun.scorers.joining import load_joining
from tawazun.store.workspaces import create_workspace, open_workspace

COMMANDS = {
    "camps": ["--what-if", "RUS-TUR=-"],
    "barometer": ["--pair", "RUS-TUR", "--window", "week"],
    "go-betweens": ["--pair", "EGY-TUR"],
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    folder = str(tmp_path_factory.mktemp("analyses") / "w")
    create_workspace(folder)
    with open_workspace(folder) as opened:
        ingest(opened, [str(EPISODES / "articles.jsonl")], processes=1)
        merge(opened, load_joining())
    return folder


def run(*arguments, workspace=None):
    command = [sys.executable, "-c", "from tawazun.present.cli.main import main; main()", "analyse", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", env={**os.environ, "TAWAZUN_WORKSPACE": workspace or ""})


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("name", COMMANDS)
def test_a_table_says_what_it_looked_at(name, lang, workspace):
    done = run(name, *COMMANDS[name], "--lang", lang, workspace=workspace)
    assert (done.returncode, done.stderr) == (0, "")
    assert "2023-02-23" in done.stdout
    assert "{" not in done.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_json_opens_the_sentence_of_every_event(name, workspace):
    done = run(name, *COMMANDS[name], "--json", workspace=workspace)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    named = {id for id in strings(found["result"]) if id.startswith("event-")}
    assert named == set(found["evidence"])
    for evidence in found["evidence"].values():
        assert evidence["sentence"][evidence["start"] : evidence["end"]].strip()
    assert (found["events"], found["undated"]) == (found["all_events"], 0)


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def test_a_day_is_as_it_was_known_then(workspace):
    early = json.loads(run("barometer", "--pair", "ISL-MLT", "--as-of", "2022-12-01", "--json", workspace=workspace).stdout)
    late = json.loads(run("barometer", "--pair", "ISL-MLT", "--json", workspace=workspace).stdout)
    assert early["as_of"] == "2022-12-01"
    assert early["articles"] < late["articles"]
    assert max(evidence["published"] for evidence in early["evidence"].values()) <= "2022-12-01"


def test_a_single_article_is_read_first():
    done = run("barometer", str(EPISODES.parent / "libya.txt"), "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["articles"] == 1
    assert all(pair["support"] == "thin" for pair in found["result"]["relationships"])


ERRORS = [
    (["barometer", "--pair", "RUS"], "expected two units"),
    (["barometer", "--pair", "RUS-Nowhereland"], "nobody of that name"),
    (["barometer", "--pair", "RUS-RUS"], "two different units"),
    (["camps", "--what-if", "RUS-TUR"], "expected a pair and a sign"),
    (["camps", "--as-of", "yesterday"], "--as-of"),
    (["camps", "--figure", "camps.pdf"], ".svg or .png"),
]


@pytest.mark.parametrize(("arguments", "said"), ERRORS)
def test_errors_are_one_line(arguments, said, workspace):
    done = run(*arguments, workspace=workspace)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def drawings():
    from tawazun.analyse.barometers import barometer
    from tawazun.analyse.brokers import go_betweens
    from tawazun.analyse.camps import camps

    corpus = ledger("lib")
    found = camps(corpus)
    names = {member.unit: member.unit for member in found.members} | {"DEU": "DEU"}
    relationship = barometer(corpus, [("GRC", "TUR")], "week").relationships[0]
    between = go_betweens(corpus, "GRC", "TUR")
    return {
        "camps": lambda labels: draw_camps(found, names, labels),
        "barometer": lambda labels: draw_relationship(relationship, ("GRC", "TUR"), labels),
        "go-betweens": lambda labels: draw_go_betweens(between, names, labels),
    }


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("name", ["camps", "barometer", "go-betweens"])
def test_figures_are_drawn_the_same_twice(name, lang, tmp_path):
    drawing = drawings()[name]
    for kind in ("svg", "png"):
        for copy in ("one", "two"):
            save(drawing, tmp_path / f"{copy}.{kind}", Labels(lang, name))
        first = (tmp_path / f"one.{kind}").read_bytes()
        assert first == (tmp_path / f"two.{kind}").read_bytes()
        assert len(first) > 5000


def test_an_unclear_map_is_not_drawn(workspace, tmp_path):
    figure = tmp_path / "camps.svg"
    done = run("camps", "--figure", str(figure), workspace=workspace)
    assert "Not drawn" in done.stderr
    assert not figure.exists()


def test_evidence_is_of_named_events_only():
    from tawazun.analyse.barometers import barometer

    corpus = ledger("lib")
    whole = analysed("barometer", corpus, barometer(corpus, [("GRC", "TUR")]))
    assert 0 < len(whole.evidence) < len(corpus.acts)
    assert set(whole.actors) == {"GRC", "TUR"}
