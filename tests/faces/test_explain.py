"""Finding what an id stands for, and its derivation in words."""

from pathlib import Path

import msgspec
import pytest
from samples import dossier, sample
from typer.testing import CliRunner

from tawazun.app.explaining import explain
from tawazun.base.errors import InputError
from tawazun.model.dossier import Because, Span
from tawazun.present.cli.main import commands
from tawazun.present.derivations import derivation_of
from tawazun.present.labels import Labels


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "dossiers.jsonl"
    other = msgspec.structs.replace(dossier("نص آخر."), id="dossier-00000000000000bb")
    file.write_bytes(msgspec.json.encode(sample()) + b"\n\n" + msgspec.json.encode(other) + b"\n")
    return file


@pytest.mark.parametrize(
    ("asked", "id"),
    [
        ("event-0000000000000001", "event-0000000000000001"),
        ("0000000000000001", "event-0000000000000001"),
        ("claim-", "claim-00000000000000c1"),
        ("dossier-00000000000000b", "dossier-00000000000000bb"),
        ("INSTRUMENT-", "instrument-00000000000000f1"),
    ],
)
def test_an_id_or_a_prefix_that_only_one_has(path: Path, asked: str, id: str) -> None:
    assert explain(path, asked).finding.id == id


def test_what_cant_be_found_is_said(path: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="more than one"):
        explain(path, "event-")
    with pytest.raises(InputError, match="no finding"):
        explain(path, "event-ff")
    with pytest.raises(InputError, match="empty"):
        explain(path, " ")
    with pytest.raises(InputError, match="No such file"):
        explain(tmp_path / "none.jsonl", "x")
    (tmp_path / "bad.jsonl").write_text('{"id": "event-1"}\n')
    with pytest.raises(InputError, match=r"bad\.jsonl:1: not a dossier"):
        explain(tmp_path / "bad.jsonl", "event-1")


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("id", ["event-0000000000000003", "claim-", "actor-00000000000000e1", "instrument-", "dossier-00000000000000a"])
def test_each_kind_of_finding_is_shown(path: Path, id: str, lang: str) -> None:
    result = CliRunner().invoke(commands, ["explain", str(path), id, "--lang", lang])
    assert result.exit_code == 0, result.output
    assert explain(path, id).finding.id in result.output or id.startswith("dossier")


def test_the_tree_names_rules_and_words(path: Path) -> None:
    shown = CliRunner().invoke(commands, ["explain", str(path), "event-0000000000000001", "--bidi", "plain"]).output
    assert "- read as Talks (CONSULT): talks [consult.talks] · محادثات" in shown
    assert "   - status: Happened [status]" in shown
    assert "[محادثات]" in shown
    assert "tells of B again" in shown


@pytest.mark.parametrize(
    ("rule", "says", "words"),
    [
        ("participant: preposition مع", "source: TUR (name of a state)", "who TUR: after the preposition; name of a state"),
        (
            "participant: subject before the verb, passive, pronoun resolved",
            "target: unknown",
            "to whom no code: subject before the verb, passive, a pronoun replaced by what it stands for",
        ),
        (
            "participant: relative, head taken up by a pronoun",
            "source: RUS.GOV (known person, President on 2020-08-19)",
            "who RUS.GOV: head of the relative clause, taken up by a pronoun; a person in the knowledge, President on 2020-08-19",
        ),
        ("status: status.yanwi", "planned", "the word above it makes it so: Planned"),
        ("status: something new", "planned", "something new: Planned"),
        ("participant: something, new", "odd", "odd: something, new"),
        ("holder: attribution.zaama", "allege", "on whose word: alleges"),
        ("link: cause", "", "connective: B because of A"),
        ("a new rule", "", "a new rule"),
    ],
)
def test_rules_in_words(rule: str, says: str, words: str) -> None:
    assert derivation_of(Because(rule, says, (Span(0, 1),)), Labels("en")).words == words


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_label_never_touches_what_stands_beside_it(path: Path, language: str) -> None:
    shown = CliRunner().invoke(commands, ["explain", str(path), "event-0000000000000001", "--lang", language, "--bidi", "plain"]).stdout
    (line,) = (line for line in shown.splitlines() if "tawazun " in line)
    assert line[: line.index("tawazun ")].endswith(" ")
