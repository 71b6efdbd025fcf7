"""The agenda as a command, a calendar and a figure."""

import json
from datetime import date

import pytest
from own_evidence import EPISODES
from own_plans import made, told
from typer.testing import CliRunner

from tawazun.app.analyses import agenda_of
from tawazun.app.analysing import corpus as read_corpus
from tawazun.app.calendars import calendar
from tawazun.present.cli.main import commands
from tawazun.present.figures.agendas import draw_agenda
from tawazun.present.figures.canvases import save
from tawazun.present.labels import Labels
from tawazun.store.queries import Query

LIBYA = EPISODES.parent / "libya.txt"


def run(*arguments):
    result = CliRunner().invoke(commands, list(arguments))
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture(scope="module")
def article(tmp_path_factory):
    """Is the project's own article with the day on which it was written."""
    path = tmp_path_factory.mktemp("agenda") / "libya.jsonl"
    path.write_text(json.dumps({"id": "libya", "text": LIBYA.read_text("utf-8"), "date": "2020-08-19"}, ensure_ascii=False), "utf-8")
    return path


def test_the_article_on_libya_gives_the_undated_meeting_in_moscow(article):

    held = read_corpus(None, [str(article)], Query(), "2021-06-01")
    found = agenda_of(held).entries
    moscow = [entry for entry in found if entry.place and "موسكو" in entry.place]
    assert [(entry.kind, entry.state, entry.due) for entry in moscow] == [("meeting", "undated", None)]
    summit = [entry for entry in found if set(entry.by) == {"RUS", "TUR"} and entry.kind == "meeting"]
    assert [(entry.state, entry.on_word_of) for entry in summit] == [("undated", ("صحف تركية",))]
    assert any(entry.kind == "undertaking" and set(entry.by) == {"RUS", "TUR"} and entry.pledges for entry in found)
    assert not [entry for entry in found if entry.state == "overdue"]


def test_both_names_of_the_command_say_the_same(article):
    options = (str(article), "--as-of", "2020-08-20", "--json")
    short, long = run("agenda", *options).stdout, run("analyse", "agenda", *options).stdout
    assert short == long
    whole = json.loads(short)
    named = {id for entry in whole["result"]["entries"] for id in entry["events"]}
    assert named
    assert named <= whole["evidence"].keys()


@pytest.mark.parametrize(("language", "words"), [("en", "never overdue"), ("ar", "بلا موعد")])
def test_the_table_in_both_languages(article, language, words):
    shown = run("agenda", str(article), "--lang", language).stdout
    assert words in shown
    assert "موسكو" in shown


def test_an_unknown_state_is_told(article):
    result = CliRunner().invoke(commands, ["agenda", str(article), "--state", "late"])
    assert "no entry has such a state" in str(result.exception)


def filled(count):
    tellings = [
        told(
            n,
            "2020-08-19",
            (("EGY", "TUR", "GRC", "CYP", "SDN", "ETH", "LBY", "TUN")[n % 8],),
            due=(date(2020, 8, 20 + n % 10)).isoformat(),
        )
        for n in range(1, count + 1)
    ]
    held = made(tellings, "2020-08-24")
    return held, agenda_of(held)


def test_the_calendar_can_be_read_back_and_is_the_same_twice():
    from icalendar import Calendar

    _, found = filled(12)
    content = calendar(found.entries, "2020-08-24", lambda entry: "ملتقى " * 30, lambda entry: "a, b; c\nd")
    assert content == calendar(found.entries, "2020-08-24", lambda entry: "ملتقى " * 30, lambda entry: "a, b; c\nd")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    events = Calendar.from_ical(content).walk("VEVENT")
    assert {str(event["UID"]) for event in events} == {f"{entry.id}@tawazun" for entry in found.entries}
    first = next(event for event in events if str(event["UID"]).startswith(found.entries[0].id))
    assert first.decoded("DTSTART").isoformat() == found.entries[0].due.first
    assert str(first["DESCRIPTION"]) == "a, b; c\nd"


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(("kind", "count"), [("svg", 60), ("png", 1)])
def test_the_figure_is_drawn_the_same_twice(tmp_path, language, kind, count):
    held, found = filled(count)
    for name in ("one", "two"):
        save(
            lambda labels: draw_agenda(found, date(2020, 8, 24), held.actors, labels),
            tmp_path / f"{name}.{kind}",
            Labels(language, "agenda"),
        )
    assert (tmp_path / f"one.{kind}").read_bytes() == (tmp_path / f"two.{kind}").read_bytes()


def test_nothing_dated_is_not_drawn(article, tmp_path):
    target = tmp_path / "none.svg"
    assert "Not drawn" in run("agenda", str(article), "--figure", str(target)).stderr
    assert not target.exists()
