"""`tawazun knowledge snapshot`, `diff` and `coverage`, on small bodies of knowledge and sentences of our own."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tawazun.app import coverage, differences
from tawazun.app.knowledge import report_knowledge
from tawazun.app.snapshots import take_snapshot
from tawazun.base.errors import InputError, KnowledgeError, SetupError
from tawazun.lexicon.attested import build_attested
from tawazun.lexicon.load import knowledge_folder, load_lexicon, read_files
from tawazun.present.cli.main import commands

SHELL = """
- id: tiny.shell
  gloss: shells
  type: ASSAULT
  verbs: [قصف (ق ص ف) I/a~i]
  verbal_nouns: [قصف]
  frame: attack
  must: ["[قصفت] القوات القرية."]
  must_not: ["قال المتحدث."]
"""
MEET = """
- id: tiny.meet
  gloss: meets
  type: CONSULT
  verbs: [التقى (ل ق ي) VIII]
  frame: meet
  must: ["[التقى] الوزير نظيره."]
  must_not: ["قال المتحدث."]
"""
PERSON = """
- id: tur.yildirim
  kind: person
  ar: [صابر دميرجان]
  en: Sabir Demircan
  country: TUR
  code: TUR.CVL
"""
ARTICLE = "قصفت القوات الحكومية القرية. والتقى الوزير المصري نظيره التركي في أنقرة.\n"
GAPS = (
    "عاتب الوزير المصري السفير التركي في اللقاء. يعاتب الحزب وزير الدفاع في بيان للحكومة. "
    "وكان البهلوان صابر دميرجان في الحفل. قصفت القوات الحكومية بحق المتمردين.\n"
)
Run = Callable[..., str]


@cache
def packaged() -> dict[str, str]:
    """Returns the packaged files without entries, actors, places and weights."""
    files = read_files(knowledge_folder())
    dropped = ("ar/verbs/", "ar/attribution", "ar/status", "world/actors/", "ar/left_out", "ar/weights")
    kept = {name: text for name, text in files.items() if not name.startswith(dropped)}
    return {**kept, "world/places.tsv": files["world/places.tsv"].split("\n", 1)[0] + "\n"}


def write(folder: Path, verbs: str, **more: str) -> Path:
    for name, text in {**packaged(), "ar/verbs/tiny.yaml": verbs, **more}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("TAWAZUN_CACHE", str(tmp_path / "cache"))

    def invoke(*words: object) -> str:
        result = CliRunner().invoke(commands, ["knowledge", *map(str, words)], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.stdout

    return invoke


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "sample.txt"
    path.write_text(ARTICLE, "utf-8")
    return path


def compared(run: Run, sample: Path, old: Path, new: Path) -> dict[str, Any]:
    return json.loads(run("diff", "--on", sample, "--against", old, "--folder", new, "--json"))


def test_a_snapshot_is_a_copy_that_can_be_taken_again(tmp_path: Path, run: Run) -> None:
    target = tmp_path / "kept"
    source = write(tmp_path / "now", SHELL)
    assert take_snapshot(target, source) == target
    assert read_files(target) == read_files(source)
    write(source, SHELL + MEET)
    take_snapshot(target, source)
    assert read_files(target) == read_files(source)
    assert str(tmp_path / "cache" / "snapshot") in run("snapshot")


def test_a_snapshot_destroys_nothing(tmp_path: Path) -> None:
    source = write(tmp_path / "now", SHELL)
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.txt").write_text("x")
    with pytest.raises(SetupError, match="no snapshot"):
        take_snapshot(other, source)
    with pytest.raises(SetupError, match="no snapshot"):
        take_snapshot(other / "thesis.txt", source)
    with pytest.raises(SetupError, match="in the knowledge itself"):
        take_snapshot(source / "ar" / "kept", source)
    assert (other / "thesis.txt").read_text() == "x"


def test_gained_and_lost_events_come_with_sentence_and_entry(tmp_path: Path, run: Run, sample: Path) -> None:
    old, new = write(tmp_path / "old", SHELL), write(tmp_path / "new", MEET)
    found = compared(run, sample, old, new)
    assert [(item["verdict"], item["aspects"]) for item in found["differences"]] == [("lost", []), ("gained", [])]
    lost, gained = found["differences"]
    assert (lost["before"]["entry"], lost["after"]) == ("tiny.shell", None)
    assert gained["after"]["entry"] == "tiny.meet"
    assert gained["sentence"][gained["at"] :].startswith("والتقى")
    assert ARTICLE[gained["start"] : gained["end"]] == "والتقى"
    assert found["balances"] == [
        {"entry": "tiny.meet", "gained": 1, "lost": 0, "changed": 0},
        {"entry": "tiny.shell", "gained": 0, "lost": 1, "changed": 0},
    ]
    shown = run("diff", "--on", sample, "--against", old, "--folder", new, "--bidi", "plain")
    for part in ("1 article: 1 events before, 1 after; 1 gained, 1 lost, 0 changed", "[والتقى]", "[قصفت]", "+1 -0 ~0", "tiny.shell"):
        assert part in shown


@pytest.mark.parametrize(
    ("edit", "aspects"),
    [
        (("type: ASSAULT", "type: COERCE"), ["type"]),
        (("type: ASSAULT", "type: ASSAULT\n  mode: aerial"), ["mode"]),
        (("frame: attack", "frame: self"), ["participants"]),
    ],
)
def test_changed_events_say_in_what(tmp_path: Path, run: Run, sample: Path, edit: tuple[str, str], aspects: list[str]) -> None:
    found = compared(run, sample, write(tmp_path / "old", SHELL), write(tmp_path / "new", SHELL.replace(*edit)))
    (item,) = found["differences"]
    assert (item["verdict"], item["aspects"]) == ("changed", aspects)
    assert found["events_before"] == found["events_after"] == 1


def test_a_changed_code_is_told_apart_from_changed_participants(tmp_path: Path, run: Run, sample: Path) -> None:
    groups = packaged()["ar/groups.tsv"].replace("قوات حكومية\tMIL", "قوات حكومية\tCOP")
    assert groups != packaged()["ar/groups.tsv"]
    old, new = write(tmp_path / "old", SHELL), write(tmp_path / "new", SHELL, **{"ar/groups.tsv": groups})
    assert [item["aspects"] for item in compared(run, sample, old, new)["differences"]] == [["codes"]]


def test_the_snapshot_is_what_is_compared_with(tmp_path: Path, run: Run, sample: Path) -> None:
    with pytest.raises(InputError, match="tawazun knowledge snapshot"):
        run("diff", "--on", sample)
    folder = write(tmp_path / "now", SHELL)
    take_snapshot(None, folder)
    assert "the two bodies of knowledge are the same" in run("diff", "--on", sample, "--folder", folder)
    write(folder, SHELL + MEET)
    assert "1 gained, 0 lost" in run("diff", "--on", sample, "--folder", folder)


def test_what_cant_be_compared_is_said(tmp_path: Path, run: Run, sample: Path) -> None:
    good = write(tmp_path / "good", SHELL)
    with pytest.raises(InputError, match="no knowledge folder"):
        differences.compare([str(sample)], tmp_path, good)
    bad = write(tmp_path / "bad", SHELL.replace("ASSAULT", "ASAULT"))
    with pytest.raises(KnowledgeError, match=r"bad/ar/verbs/tiny\.yaml:2: unknown event type 'ASAULT'"):
        differences.compare([str(sample)], good, bad)
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    with pytest.raises(InputError, match="no article"):
        differences.compare([str(empty)], good, good)
    assert "1 could not be read and was passed over" in run("diff", "--on", empty, "--on", sample, "--against", good, "--folder", good)


@pytest.fixture
def gaps(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs coverage with a small body of knowledge and a few attested verbs on an article with gaps."""
    article = tmp_path / "gaps.txt"
    article.write_text(GAPS, "utf-8")
    attested = build_attested([("عتب", "III"), ("عتب", "I/a~u"), ("قصف", "I/a~i")])

    def invoke(left_out: str, *words: object) -> str:
        more = {"world/actors/tiny.yaml": PERSON, "ar/left_out.tsv": "what\treason\n" + left_out}
        folder = write(tmp_path / "knowledge", SHELL, **more)
        monkeypatch.setattr(coverage, "load_lexicon", lambda: load_lexicon(folder))
        monkeypatch.setattr(coverage, "load_attested", lambda: attested)
        monkeypatch.setattr(coverage, "knowledge_folder", lambda: folder)
        return run("coverage", article, *words)

    return invoke


def test_coverage_finds_verbs_titles_and_prepositions(gaps: Run, tmp_path: Path) -> None:
    found = json.loads(gaps("", "--json"))
    (verb,) = found["verbs"]
    assert (verb["root"], verb["form"], verb["count"]) == ("ع ت ب", "III", 2)
    assert verb["words"] == ["عاتب", "يعاتب"]
    assert verb["place"] == f"{tmp_path / 'gaps.txt'}:{GAPS.index('عاتب')}"
    assert [(row["title"], row["count"]) for row in found["titles"]] == [("بهلوان", 1)]
    assert [(row["entry"], row["preposition"]) for row in found["prepositions"]] == [("tiny.shell", "بحق")]
    shown = gaps("", "--bidi", "plain")
    for part in ("1 article; 0 rows are left out", "(ع ت ب) III · عاتب يعاتب", "بهلوان", "tiny.shell/بحق"):
        assert part in shown
    assert "and 1 more" not in shown


def test_what_is_left_out_on_purpose_is_not_shown(gaps: Run) -> None:
    rows = "عاتب (ع ت ب) III\tno act\nبهلوان\tan artist\ntiny.shell/بحق\tno party\n"
    found = json.loads(gaps(rows, "--json"))
    assert (found["verbs"], found["titles"], found["prepositions"]) == ([], [], [])
    assert found["left_out"] == 4
    assert json.loads(gaps("*/بحق\tno party\n", "--json"))["prepositions"] == []
    assert [row["words"] for row in json.loads(gaps("يعاتب\tno act\n", "--json"))["verbs"]] == [["عاتب"]]
    assert "none" in gaps(rows)


def test_plain_verbs_count_when_asked(gaps: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = "\n- id: plain.1\n  gloss: no act\n  verbs: [عاتب (ع ت ب) III]\n  participles: false\n  frame: plain\n"
    monkeypatch.setitem(globals(), "SHELL", SHELL + plain)
    assert json.loads(gaps("", "--json"))["verbs"] == []
    assert [row["form"] for row in json.loads(gaps("", "--json", "--plain"))["verbs"]] == ["III"]


@pytest.mark.parametrize(
    ("rows", "error"),
    [
        ("عاتب\t\n", "ar/left_out.tsv:2: a row is"),
        ("عاتب\tno act\nعاتب\tno act\n", "ar/left_out.tsv:3: 'عاتب' stands twice"),
        ("tiny.shel/ب\tno party\n", "ar/left_out.tsv:2: unknown entry 'tiny.shel'; did you mean 'tiny.shell'?"),
    ],
)
def test_the_check_covers_what_is_left_out(tmp_path: Path, rows: str, error: str) -> None:
    folder = write(tmp_path / "k", SHELL, **{"ar/left_out.tsv": "what\treason\n" + rows})
    assert [found for found in report_knowledge(folder).errors if found.startswith(error)]
