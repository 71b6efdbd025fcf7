"""`tawazun read` on the examples, and its outputs."""

import json
import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tawazun.base.errors import InputError, SetupError
from tawazun.present.cli.main import commands
from tawazun.present.cli.outputs import write_whole

EXAMPLES = Path(__file__).parents[2] / "examples"


def run(*words: str, input: str | None = None) -> str:
    result = CliRunner().invoke(commands, ["read", *words], input=input, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_the_version_is_that_of_the_package() -> None:
    result = CliRunner().invoke(commands, ["--version"], catch_exceptions=False)
    assert (result.exit_code, result.stdout) == (0, f"tawazun {metadata.version('tawazun')}\n")


def test_the_demo_reads_the_call_and_the_meeting_to_come() -> None:
    shown = run(str(EXAMPLES / "libya.txt"), "--date", "2020-08-19", "--bidi", "plain")
    for part in (
        "Happened (",
        "Planned (",
        "by phone",
        "2020-08-17",
        "Agenda",
        "no. 2510",
        "no date can be computed",
        "RUS.GOV",
        "TUR.GOV",
    ):
        assert part in shown, part


def test_the_other_example() -> None:
    shown = run(str(EXAMPLES / "gulf.txt"), "--date", "2021-03-09", "--outlet", "Sahel", "--title", "عنوان", "--lang", "ar")
    assert "Sahel" in shown
    assert "منفيّ" in shown


def test_json_is_one_dossier_a_line() -> None:
    made = json.loads(run(str(EXAMPLES / "gulf.txt"), "--date", "2021-03", "--json"))
    assert made["schema"] == "tawazun/dossier/1"
    assert made["document"]["published"] == "2021-03"


def test_html_is_written_whole(tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    out.write_text("old")
    assert run(str(EXAMPLES / "gulf.txt"), "--html", str(out)) == ""
    assert out.read_text("utf-8").startswith("<!doctype html>")
    assert list(tmp_path.iterdir()) == [out]
    assert run(str(EXAMPLES / "gulf.txt"), "--html", "-").startswith("<!doctype html>")


def test_standard_input() -> None:
    assert "No event found in 1 sentence." in run("-", input="السماء زرقاء والبحر هادئ هذا الصباح في المدينة.")


def test_bad_dates_and_outputs_are_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--date"):
        CliRunner().invoke(commands, ["read", str(EXAMPLES / "gulf.txt"), "--date", "2020-13-45"], catch_exceptions=False)
    with pytest.raises(InputError, match="no such file"):
        CliRunner().invoke(commands, ["read", str(tmp_path / "none.txt")], catch_exceptions=False)
    with pytest.raises(SetupError, match="a folder"):
        write_whole(str(tmp_path), "x")
    with pytest.raises(SetupError, match="none"):
        write_whole(str(tmp_path / "none" / "x.html"), "x")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
def test_a_full_disk_is_one_line() -> None:
    with pytest.raises(SetupError, match="/dev/full: No space"):
        write_whole("/dev/full", "x" * 100_000)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full here")
@pytest.mark.parametrize("words", [(), ("--json",), ("--html", "-")])
def test_a_full_standard_output_is_one_line(words: tuple[str, ...]) -> None:
    run("-", input="السماء زرقاء والبحر هادئ هذا الصباح في المدينة.")
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-c", "from tawazun.present.cli.main import main; main()", "read", str(EXAMPLES / "gulf.txt"), *words]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 2
    assert done.stderr == "tawazun: standard output: No space left on device; free space there, or choose another place\n"
