"""The page on what --json prints is what the records say, and every command that prints has a record there."""

import json
import subprocess
import sys

import pytest
from command_tree import command_tree
from json_records import PAGE, page

from tawazun.present.cli.results import RESULTS

TREE = command_tree()


def test_the_page_is_what_the_records_say() -> None:
    assert PAGE.read_text("utf-8") == page(), "write it anew with `PYTHONPATH=src python tests/docs/json_records.py`"


def test_every_command_has_a_record_but_the_one_that_prints_schemas() -> None:
    assert list(RESULTS) == [name for name in TREE if name != "schema"]


@pytest.mark.parametrize("name", sorted(RESULTS))
def test_every_command_with_a_record_has_the_option(name: str) -> None:
    assert "--json" in TREE[name].options


@pytest.mark.parametrize(("words", "key"), [([], "document"), (["search"], "counts"), (["knowledge", "diff"], "balances")])
def test_the_schema_of_what_a_command_prints(words: list[str], key: str) -> None:
    command = [sys.executable, "-c", "from tawazun.present.cli.main import main; main()", "schema", *words]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    found = json.loads(done.stdout)
    assert key in found["$defs"][found["$ref"].rpartition("/")[2]]["properties"]


def test_a_command_without_a_schema_is_told() -> None:
    command = [sys.executable, "-c", "from tawazun.present.cli.main import main; main()", "schema", "serch"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert done.returncode == 2 and "did you mean 'search'?" in done.stderr and done.stderr.count("\n") == 1
