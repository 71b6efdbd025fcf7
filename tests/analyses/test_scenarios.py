"""Conditions, their watching, linkage of crises and evidence sheets: tables first, then the worked corpus, then the commands."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from own_evidence import EPISODES, act, answers, corpus

from tawazun.analyse.conditions import halves_of
from tawazun.analyse.linkages import assertions_of, linkages_of
from tawazun.analyse.scenarios import cards_of
from tawazun.analyse.sheets import ripeness
from tawazun.analyse.voices import Voices
from tawazun.analyse.wordings import find, matches
from tawazun.app.analysing import corpus as read_corpus
from tawazun.lexicon.load import load_conditions, load_ripeness, load_voices
from tawazun.model.evidence import Piece
from tawazun.store.queries import Query

CONDITIONS, RIPENESS = load_conditions(), load_ripeness()
ENTRIES = [*CONDITIONS.cues, *CONDITIONS.met, *CONDITIONS.links, *RIPENESS.grounds]
LIBYA = Path(__file__).parents[2] / "examples" / "libya.txt"


@pytest.fixture(scope="module")
def episodes():
    return read_corpus(None, [str(EPISODES / "articles.jsonl")], Query(), None)


def voices(found):
    return Voices(found.acts, found.actors, load_voices())


def piece(text, id="article-1"):
    return Piece(id, id, None, None, None, None, text, ((0, len(text)),))


def finds(entry, sentence):
    """Tells whether an entry is found and, for a cue, makes a condition."""
    found = list(find([entry], [piece(sentence)]))
    return any(halves_of(one, piece(sentence), CONDITIONS) for one in found) if entry in CONDITIONS.cues else bool(found)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_entries_match_what_they_must_and_nothing_that_they_must_not(entry):
    assert [sentence for sentence in entry.must if not finds(entry, sentence)] == []
    assert [sentence for sentence in entry.must_not if finds(entry, sentence)] == []


@pytest.mark.parametrize(
    ("sentence", "condition", "consequence"),
    [
        ("وقال الناطق إن الوفد سيعود إذا توقف القصف.", "توقف القصف", "الوفد سيعود"),
        ("وإذا توقف القصف ليلا، فسيعود الوفد إلى البلدة.", "توقف القصف ليلا", "فسيعود الوفد إلى البلدة"),
        ("إذا توقف القصف ليلا، أضاف، فإن الوفد سيعود غدا.", "توقف القصف ليلا", "فإن الوفد سيعود غدا"),
        ("لو توقف القصف ليلا لتغيرت حسابات الوفد.", "توقف القصف ليلا", "لتغيرت حسابات الوفد"),
        ("لن يعود الوفد ما لم يتوقف القصف.", "يتوقف القصف", "لن يعود الوفد"),
        ("قال المصدر إن نجاح الجولة سيفتح الباب أمام مؤتمر أوسع.", "نجاح الجولة", "أمام مؤتمر أوسع"),
    ],
)
def test_halves(sentence, condition, consequence):
    (found,) = find(CONDITIONS.cues, [piece(sentence)])
    halves = halves_of(found, piece(sentence), CONDITIONS)
    assert halves is not None
    assert [sentence[start:end] for start, end in halves] == [condition, consequence]


@pytest.mark.parametrize("sentence", ["إِذا توقّف القصف عاد الوفد.", "اذا توقف القصف عاد الوفد.", "وإذا توقف القصف عاد الوفد."])
def test_spelling_does_not_matter(sentence):
    assert list(matches(next(cue for cue in CONDITIONS.cues if cue.id == "if"), sentence))


def test_conditions_of_the_worked_corpus(episodes):
    cards = cards_of(episodes, voices(episodes), CONDITIONS)
    wanted = {item["id"]: item["articles"] for item in answers()["scenarios"] if item["kind"] == "condition"}
    told = {origin for card in cards for origin in card.origins} | {card.article for card in cards}
    assert [id for id, articles in wanted.items() if not told & set(articles)] == []
    assert len(cards) <= 13
    met = {card.article for card in cards if card.condition.outcome == "met"}
    assert met == {"nile-14", "sandur-15"}
    copied = next(card for card in cards if card.article == "nile-14")
    assert (copied.voice.name, copied.certainty) == ("وزيرة الخارجية السودانية", "promised")


def test_asserted_links_of_the_worked_corpus(episodes):
    found = {item.article for item in assertions_of(episodes, voices(episodes), CONDITIONS)}
    assert found == {item["articles"][0] for item in answers()["scenarios"] if item["kind"] == "linkage"}


def test_evidence_of_the_worked_corpus(episodes):
    sheets = ripeness(episodes, voices(episodes), RIPENESS, limit=50).sheets
    told = [(one.article, one.element, one.direction, sheet.unit, one.voice.opinion) for sheet in sheets for one in sheet.statements]
    named = alike = 0
    for item in answers()["ripeness"]:
        found = [one for one in told if one[:3] == (item["articles"][0], item["element"], item["direction"])]
        assert found, item["id"]
        assert found[0][4] == item["opinion"]
        alike += 1
        named += any(one[3] is not None and one[3][:3] == item["actor"][:3] for one in found)
    assert alike == 21
    assert named >= 12


def test_our_article_sets_its_condition_and_its_author_calls_nothing_ripe():
    found = read_corpus(None, [str(LIBYA)], Query(), None)
    cards = cards_of(found, voices(found), CONDITIONS)
    assert any("نجحت هذه المحادثات" in card.condition.text and "مسار أوسع" in card.consequence.text for card in cards)
    statements = [one for sheet in ripeness(found, voices(found), RIPENESS).sheets for one in sheet.statements]
    claims = [one for one in statements if one.element == "moment"]
    assert {(one.direction, one.voice.name, one.voice.opinion) for one in claims} == {("against", "", True)}


def test_only_a_later_act_of_the_same_kind_answers():
    text = "هدد الناطق بأن الوفد سينسحب إذا قصفت القوات البلدة."
    first = act(1, "2020-08-01", "ASSAULT", ["LBY.MIL"], ["TUR"], status="conditional", text=text)
    at = text.index("قصفت")
    first = type(first)(
        **{name: getattr(first, name) for name in first.__struct_fields__} | {"trigger": "قصفت", "start": at, "end": at + 4}
    )
    later = [
        act(2, "2020-08-09", "ASSAULT", ["LBY.MIL"], ["TUR"], text="قصفت القوات البلدة"),
        act(3, "2020-08-09", "ASSAULT", ["EGY.MIL"], ["TUR"], text="قصفت القوات البلدة"),
        act(4, "2020-07-09", "ASSAULT", ["LBY.MIL"], ["TUR"], text="قصفت القوات البلدة"),
        act(5, "2021-08-09", "ASSAULT", ["LBY.MIL"], ["TUR"], text="قصفت القوات البلدة"),
    ]
    texts = {"article-1": text} | {one.article: "قصفت القوات البلدة" for one in later}
    for some, outcome in ((later, "matched"), (later[1:], "open")):
        found = corpus([first, *some], texts=texts)
        (card,) = cards_of(found, voices(found), CONDITIONS)
        assert card.condition.outcome == outcome
        assert card.condition.later == (("event-2",) if outcome == "matched" else ())


def test_what_is_contrary_to_fact_is_not_watched():
    text = "لو قصفت القوات البلدة لتغيرت حسابات الوفد."
    found = corpus([act(1, "2020-08-01", "ASSAULT", ["LBY"], ["TUR"], text=text)], texts={"article-1": text})
    (card,) = cards_of(found, voices(found), CONDITIONS)
    assert (card.certainty, card.condition.outcome, card.consequence.outcome) == ("unreal", "unwatched", "unwatched")


def test_shared_actors_by_the_hypergeometric_law_and_its_gates():
    def both(number):
        shared = [act(n, "2020-08-01", "CONSULT", ["LBY"], [code]) for n, code in enumerate(["RUS", "TUR", "EGY", "FRA"] * 2)][:number]
        shared += [act(50 + n, "2020-08-01", "CONSULT", ["SYR"], [code]) for n, code in enumerate(["RUS", "TUR", "EGY", "IRN"] * 2)][
            :number
        ]
        others = [act(100 + n, "2020-08-01", "CONSULT", ["USA"], [code]) for n, code in enumerate(["GBR", "DEU", "JPN", "CHN", "IND"])]
        return linkages_of(("LBY", "SYR"), corpus([*shared, *others]), ())[0].structure

    full = both(8)
    assert (full.one_units, full.other_units, full.shared, full.all_units) == (4, 4, ("EGY", "RUS", "TUR"), 11)
    assert full.chance == pytest.approx((4 * 7 + 1) / 330, rel=1e-2)
    assert [both(number).support for number in (8, 7, 4, 3)] == ["enough", "thin", "thin", "none"]
    assert both(3).chance is None


def weekly(lag, weeks=60):
    counts = [(n * n * 7 + n // 3) % 5 for n in range(weeks)]
    number = iter(range(100_000))

    def day(week):
        return date_of(737_425 + 7 * week)

    acts = [act(next(number), day(week), "CONSULT", ["USA"], ["GBR"]) for week in range(weeks) for _ in range(4)]
    acts += [act(next(number), day(week), "CONSULT", ["LBY"], ["FRA"]) for week in range(weeks) for _ in range(counts[week])]
    acts += [act(next(number), day(week), "CONSULT", ["SYR"], ["IRN"]) for week in range(weeks) for _ in range(counts[max(0, week - lag)])]
    return corpus(acts)


def date_of(day):
    from datetime import date

    return date.fromordinal(day).isoformat()


@pytest.mark.parametrize("lag", [0, 2])
def test_a_crisis_that_follows_another_is_seen_to(lag):
    timing = linkages_of(("LBY", "SYR"), weekly(lag), ())[0].timing
    assert (timing.lag, timing.support) == (lag, "enough")
    assert timing.correlation > 0.9
    assert timing.chance < 0.05


@pytest.mark.parametrize(("weeks", "support"), [(60, "enough"), (40, "thin"), (20, "none")])
def test_few_weeks_are_thin_or_none(weeks, support):
    timing = linkages_of(("LBY", "SYR"), weekly(1, weeks), ())[0].timing
    assert (timing.support, timing.chance is None) == (support, support == "none")


def sheet_of(before, after, texts=()):
    acts = [act(n, "2020-02-10", "ASSAULT", ["LBY"], ["TUR"]) for n in range(before)]
    acts += [act(100 + n, "2020-05-10", "ASSAULT", ["LBY"], ["TUR"]) for n in range(after)]
    acts += [act(200, "2020-06-30", "CONSULT", ["USA"], ["GBR"])]
    found = corpus(acts, as_of="2020-06-30")
    (sheet,) = ripeness(found, voices(found), RIPENESS, ("LBY",)).sheets
    return sheet


@pytest.mark.parametrize(("before", "after", "trend"), [(12, 2, "fewer"), (2, 12, "more"), (6, 5, "unclear"), (4, 3, None), (0, 0, None)])
def test_the_trend_of_reports_of_fighting(before, after, trend):
    sheet = sheet_of(before, after)
    assert (sheet.trend, sheet.before, sheet.after) == (trend, before, after)
    assert all(month.low < month.happenings < month.high or not month.happenings for month in sheet.fighting)
    assert sheet.support == "none"


def run(*arguments):
    code = "from tawazun.present.cli.main import main; main()"
    return subprocess.run([sys.executable, "-c", code, "analyse", *arguments], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", ["scenarios", "ripeness"])
def test_the_commands(name, tmp_path):
    printed = json.loads(run(name, str(LIBYA), "--json").stdout)
    assert printed["analysis"] == name
    for language in ("en", "ar"):
        for kind in ("svg", "png"):
            first, second = (tmp_path / f"{n}.{kind}" for n in (1, 2))
            for path in (first, second):
                done = run(name, str(LIBYA), "--lang", language, "--figure", str(path))
                assert done.returncode == 0, done.stderr
            assert first.read_bytes() == second.read_bytes()


def test_what_isn_t_there_is_not_drawn(tmp_path):
    path = tmp_path / "empty.txt"
    path.write_text("التقى الوزير نظيره في العاصمة أمس.\n", "utf-8")
    for name in ("scenarios", "ripeness"):
        done = run(name, str(path), "--figure", str(tmp_path / "none.svg"))
        assert (done.returncode, "Not drawn" in done.stderr, (tmp_path / "none.svg").exists()) == (0, True, False)


@pytest.mark.parametrize("crises", ["LBY", "LBY,Nowhere at all"])
def test_crises_that_are_none(crises):
    done = run("scenarios", str(LIBYA), "--crises", crises)
    assert done.returncode != 0
    assert "--crises" in done.stderr
