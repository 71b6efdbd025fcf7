"""Codes the project's own gold sentences and holds the figures to the pinned floors."""

import json
from pathlib import Path
from typing import Any, get_args

import pytest
from score import FLOORS, GOLD_FILES, extent_of, measure, read_gold

from tawazun.base.ids import digest_text
from tawazun.lexicon.load import load_lexicon
from tawazun.model.entries import EventType, Status
from tawazun.pipeline.articles import Reader

PINNED: dict[str, Any] = json.loads(FLOORS.read_text("utf-8"))
PIN = "run `python tests/eval/score.py --pin` and read the diff of floors.json"
each_file = pytest.mark.parametrize("path", GOLD_FILES, ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_lexicon())


def test_every_gold_file_is_pinned() -> None:
    assert set(PINNED) == {path.name for path in GOLD_FILES}, PIN


@each_file
def test_gold_is_the_pinned_gold(path: Path) -> None:
    assert digest_text(path.read_text("utf-8")) == PINNED[path.name]["digest"], f"{path.name} has changed: {PIN}"


@each_file
def test_gold_is_well_formed(path: Path) -> None:
    lines = read_gold(path)
    assert len({line["id"] for line in lines}) == len(lines)
    for line in lines:
        for event in line["events"]:
            assert event["type"] in get_args(EventType) and event["status"] in get_args(Status), line["id"]
            assert all(person["role"] in ("source", "target") for person in event["participants"]), line["id"]
            people = [person["text"] for person in event["participants"]]
            for mark in (event["trigger"], event["holder"], event["time"], event["place"], *people):
                extent_of(line["text"], mark)


@each_file
def test_figures_reach_their_floors(path: Path, reader: Reader) -> None:
    measured = measure(path, reader)
    below = {name: (measured[name], floor) for name, floor in PINNED[path.name]["floors"].items() if measured[name] < floor}
    assert not below, f"{path.name}: figure and floor: {below}"
