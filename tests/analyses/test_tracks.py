"""Finds tracks in own sentences, in the worked corpus with floors, and in the Libya article; both sides of each gate; table and figure."""

import json
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from typer.testing import CliRunner

from tawazun.analyse.track_names import Name, names_in, tokens_of
from tawazun.analyse.tracks import PATIENCE, tracks
from tawazun.app.analysing import corpus
from tawazun.base.errors import KnowledgeError
from tawazun.base.letters import fold_word
from tawazun.lexicon.load import knowledge_folder, load_tracks
from tawazun.lexicon.tracks import FILES, KNOWN, WORDS, read_tracks
from tawazun.model.evidence import Corpus, Piece
from tawazun.model.track_words import KnownTrack
from tawazun.model.tracks import Board, Track
from tawazun.present.cli.analyse import commands
from tawazun.store.queries import Query

EXAMPLES = Path(__file__).parents[2] / "examples"
EPISODES = EXAMPLES / "episodes"
ANSWERS: list[dict[str, Any]] = yaml.safe_load((EPISODES / "answers.yaml").read_text("utf-8"))["tracks"]
WORDS_OF_TRACKS = load_tracks()
FIRST = date(2021, 3, 1).toordinal()

FOUND = {
    "track-berlin": "libya.berlin",
    "track-5plus5": "libya.5plus5",
    "track-forum": "libya.forum",
    "track-bouznika": "town.2553751.talks",
    "track-russia-turkey": "parties.group.RUS.TUR",
    "track-three-ministers": "parties.committee.CYP.EGY.GRC",
    "track-exploratory": "topic.talks." + fold_word("الاستكشافية"),
    "track-african-union": "nile.gerd",
    "track-quartet": "count.mediation.4",
    "track-lisbon": "town.2267057.talks",
    "track-atlantic": "quoted.conference." + fold_word("الأطلسي"),
}
RUNG_FLOOR, FLAG_FLOOR = 17, 4
"""Are how many of the 39 rungs (a day at most three off) and 8 flags (by kind alone) in the answers are found."""

NAMES = [
    ("انطلقت محادثات جنيف بعد تأخير", [("town", "2660646", "talks")]),
    ("أجرى الوزيران محادثات", []),
    ("انتهت محادثات واشنطن وطهران بلا نتيجة", []),
    ("انتهت محادثات موسكو مع أنقرة بلا نتيجة", []),
    ("عقد مؤتمرا صحفيا في القصر", []),
    ("اجتمع فريق العمل المصري السوداني أمس", [("parties", "group", "EGY", "SDN")]),
    ("اجتمعت اللجنة المصرية أمس", []),
    ("اجتمعت اللجنة الوزارية لمصر والأردن والعراق", [("parties", "committee", "EGY", "IRQ", "JOR")]),
    ("تستضيف باريس «مؤتمر الساحل» غدا", [("quoted", "conference", fold_word("الساحل"))]),
    ("فاز حزب «المؤتمر الشعبي» في الدائرة", []),
    ("رحب بالوساطة الرباعية", [("count", "mediation", "4")]),
]


def board_of(*articles: tuple[int, str], as_of: int | None = None, title: str | None = None) -> Board:
    """Returns the board of articles of one sentence each, by the day after the first that they appeared on; they carry no acts."""
    pieces = {
        str(at): Piece(str(at), str(at), "مدار", title, None, FIRST + day, text, ((0, len(text)),))
        for at, (day, text) in enumerate(articles)
    }
    last = max(day for day, _ in articles) if as_of is None else as_of
    return tracks(Corpus(FIRST + last, (), (), (), (), pieces, {}, 0, 0), WORDS_OF_TRACKS)


def steps(track: Track) -> list[str]:
    return [step.step for step in (*track.rungs, *track.flags, *track.planned)]


def named_in(text: str) -> list[Name]:
    folded = fold_word(text)
    tokens = [token.text for token in tokens_of(text)]
    return list(names_in(tokens, WORDS_OF_TRACKS, lambda track: any(word in folded for word in track.about)))


@pytest.mark.parametrize(("text", "expected"), NAMES, ids=[text for text, _ in NAMES])
def test_names_by_form(text: str, expected: list[tuple[str, ...]]) -> None:
    assert [name.key for name in named_in(text) if name.explicit and name.strict] == expected


@pytest.mark.parametrize("track", WORDS_OF_TRACKS.known.values(), ids=lambda track: track.id)
def test_known_tracks_are_found_where_they_must(track: KnownTrack) -> None:
    for sentence in track.must:
        text = sentence.replace("[", "").replace("]", "")
        start, end = sentence.index("["), sentence.index("]") - 1
        tokens = tokens_of(text)
        names = [name for name in named_in(text) if name.explicit]
        at = [(tokens[name.start].start, tokens[name.end - 1].end) for name in names if name.key == ("known", track.id)]
        assert any(first < end and start < last for first, last in at), f"{track.path}:{track.line}: {sentence}"
    for text in track.must_not:
        names = named_in(text)
        assert ("known", track.id) not in [name.key for name in names], f"{track.path}:{track.line}: {text}"


def test_there_are_twenty_known_tracks() -> None:
    assert len(WORDS_OF_TRACKS.known) >= 20


@pytest.mark.parametrize(
    ("path", "old", "new", "message"),
    [
        (KNOWN, "kind: talks", "kind: talk", "unknown kind 'talk'; did you mean 'talks'?"),
        (KNOWN, "parent: syria.geneva", "parent: syria.genva", "unknown track 'syria.genva'; did you mean 'syria.geneva'?"),
        (KNOWN, "from: 2012-06-30", "from: 2012", "a day is written YYYY-MM-DD"),
        (KNOWN, "place: Geneva", "town: Geneva", "unknown key 'town'"),
        (WORDS, "reach: 8", "reach: near", "'reach' must be a number"),
    ],
)
def test_wrong_knowledge_says_where(path: str, old: str, new: str, message: str) -> None:
    files = {name: (knowledge_folder() / name).read_text("utf-8") for name in FILES}
    files[path] = files[path].replace(old, new, 1)
    with pytest.raises(KnowledgeError, match=rf"{path}:\d+: ") as raised:
        read_tracks(files)
    assert message in str(raised.value)


STEPS = [
    ("اقترحت عمان محادثات جنيف", ["proposed"]),
    ("وافق الطرفان على محادثات جنيف", ["agreed_in_principle"]),
    ("انطلقت اليوم محادثات جنيف", ["convened"]),
    ("لم تنطلق محادثات جنيف", []),
    ("ستنطلق محادثات جنيف الخميس المقبل", ["agreed_in_principle", "planned"]),
    ("أقرت محادثات جنيف وثيقة من عشر نقاط", ["text_adopted"]),
    ("أقر مجلس الأمن ميثاق جنيف", ["endorsed"]),
    ("تعثرت محادثات جنيف", ["stalled"]),
    ("علقت الحكومة مشاركتها في محادثات جنيف", ["suspended"]),
    ("انهارت محادثات جنيف", ["collapsed"]),
    ("انهارت هدنة الشهر الماضي قبل محادثات جنيف", []),
]


@pytest.mark.parametrize(("text", "expected"), STEPS, ids=[text for text, _ in STEPS])
def test_words_make_rungs_and_flags(text: str, expected: list[str]) -> None:
    board = board_of((0, text), (0, "عقد الوفدان جولة من محادثات لندن"), (0, "تحدث الوزير عن محادثات جنيف"))
    found = [track for track in board.tracks if track.id == "town.2660646.talks"]
    assert [step for track in found for step in steps(track)] == expected


def test_a_track_that_meets_again_is_a_mechanism_and_copies_of_a_report_are_one_step() -> None:
    told = "انطلقت اليوم محادثات جنيف"
    (track,) = board_of((0, told), (1, "انطلقت أمس محادثات جنيف"), (40, told)).tracks
    assert [step.step for step in track.rungs] == ["convened", "mechanism_meets"]
    assert len(track.rungs[0].sources) == 2 and track.told == 3


@pytest.mark.parametrize(("days", "silent"), [(PATIENCE, False), (PATIENCE + 1, True)])
def test_silence_begins_after_ninety_days(days: int, silent: bool) -> None:
    (track,) = board_of((0, "انطلقت اليوم محادثات جنيف"), as_of=days).tracks
    assert (track.silent, track.activity) == (silent, date.fromordinal(FIRST).isoformat())


def test_a_single_origin_is_thin_and_two_are_enough() -> None:
    told = "انطلقت اليوم محادثات جنيف"
    assert [board_of(*[(0, told)] * count).tracks[0].support for count in (1, 2)] == ["thin", "enough"]


def test_a_name_alone_is_no_row_but_is_counted() -> None:
    board = board_of((0, "تحدث الوزير عن محادثات جنيف"))
    assert (board.tracks, board.named_only) == ((), 1)


def test_an_author_judges_and_a_report_reports() -> None:
    judged = board_of((0, "تعثرت محادثات جنيف"), title="رأي: لا مخرج")
    reported = board_of((0, "تعثرت محادثات جنيف"), title="لا مخرج")
    assert [board.tracks[0].flags[0].opinion for board in (judged, reported)] == [True, False]


def test_a_bare_word_goes_back_and_a_qualified_one_does_not() -> None:
    first = "انطلقت اليوم محادثات جنيف. "
    for rest, flags in (("ثم تعثرت المفاوضات.", ["stalled"]), ("ثم تعثرت المفاوضات التجارية.", [])):
        text = first + rest
        piece = Piece("1", "1", None, None, None, FIRST, text, ((0, len(first) - 1), (len(first), len(text))))
        (track,) = tracks(Corpus(FIRST, (), (), (), (), {"1": piece}, {}, 0, 0), WORDS_OF_TRACKS).tracks
        assert [flag.step for flag in track.flags] == flags


def test_a_towns_talks_are_others_after_a_year() -> None:
    told = "انطلقت اليوم محادثات جنيف"
    assert len(board_of((0, told), (300, told)).tracks) == 1
    assert len(board_of((0, told), (400, told)).tracks) == 2


@pytest.fixture(scope="module")
def episodes() -> Board:
    return tracks(corpus(None, [str(EPISODES / "articles.jsonl")], Query(), None), WORDS_OF_TRACKS)


def test_the_worked_corpus_has_its_tracks_above_the_floors(episodes: Board) -> None:
    by_id = {track.id: track for track in episodes.tracks}
    assert FOUND.keys() == {answer["id"] for answer in ANSWERS}
    missing = [answer for answer, id in FOUND.items() if id not in by_id]
    assert not missing
    rungs = sum(any(matches(step, want) for step in by_id[FOUND[a["id"]]].rungs) for a in ANSWERS for want in a["rungs"])
    flags = sum(
        any(step.step == want["flag"] for step in by_id[FOUND[answer["id"]]].flags) for answer in ANSWERS for want in answer["flags"]
    )
    print(f"rungs {rungs} of {sum(len(a['rungs']) for a in ANSWERS)}, flags {flags} of {sum(len(a['flags']) for a in ANSWERS)}")
    assert rungs >= RUNG_FLOOR and flags >= FLAG_FLOOR
    assert len(by_id.keys() - set(FOUND.values())) <= 3


def matches(step: Any, want: dict[str, Any]) -> bool:
    if step.step != want["rung"]:
        return False
    if want["date"] is None or step.last is None:
        return want["date"] is None
    if len(want["date"]) == 7:
        return bool(step.last.startswith(want["date"]))
    return abs(date.fromisoformat(step.last) - date.fromisoformat(want["date"])) <= timedelta(3)


def test_the_board_does_not_hang_on_the_order_of_sets() -> None:
    code = (
        "import hashlib, msgspec; from test_tracks import EPISODES, WORDS_OF_TRACKS, Query, corpus, tracks; "
        "board = tracks(corpus(None, [str(EPISODES / 'articles.jsonl')], Query(), None), WORDS_OF_TRACKS); "
        "print(hashlib.sha256(msgspec.json.encode(board)).hexdigest())"
    )
    found = set()
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path))}
        run = subprocess.run(
            [sys.executable, "-c", code], env=environment, cwd=Path(__file__).parent, capture_output=True, text=True, check=True
        )
        found.add(run.stdout)
    assert len(found) == 1


def test_the_libya_article_has_berlin_and_the_working_group() -> None:
    board = tracks(corpus(None, [str(EXAMPLES / "libya.txt")], Query(), None), WORDS_OF_TRACKS)
    by_id = {track.id: track for track in board.tracks}
    berlin, group = by_id["libya.berlin"], by_id["parties.group.RUS.TUR"]
    assert any(step.step == "convened" and step.last == "2020-01-31" for step in berlin.rungs)
    assert any("2510" in paper for paper in berlin.papers)
    assert [(flag.step, flag.opinion) for flag in berlin.flags] == [("stalled", True)]
    assert [(step.step, step.place) for step in group.rungs] == [("convened", "أنقرة"), ("text_adopted", None)]
    assert [(step.place, step.dated) for step in group.planned] == [("موسكو", False)]
    assert group.members == ("RUS", "TUR")


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_command_prints_and_draws(lang: str, tmp_path: Path) -> None:
    runner = CliRunner()
    drawn = []
    for name in ("one.svg", "two.svg", "one.png"):
        path = tmp_path / name
        result = runner.invoke(commands, ["tracks", str(EXAMPLES / "libya.txt"), "--lang", lang, "--figure", str(path)])
        assert result.exit_code == 0, result.output
        drawn.append(path.read_bytes())
    assert drawn[0] == drawn[1] and drawn[2].startswith(b"\x89PNG")
    assert {"en": "Berlin process on Libya", "ar": "مسار برلين بشأن ليبيا"}[lang] in result.output


def test_nothing_to_draw_is_not_drawn(tmp_path: Path) -> None:
    article, figure = tmp_path / "one.txt", tmp_path / "one.svg"
    article.write_text("هطل المطر في القرية.\n", "utf-8")
    result = CliRunner().invoke(commands, ["tracks", str(article), "--figure", str(figure), "--json"])
    assert result.exit_code == 0 and not figure.exists()
    assert msgspec.json.decode(json.dumps(json.loads(result.stdout)["result"]), type=Board) == Board(PATIENCE, 0, ())
