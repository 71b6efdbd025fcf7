"""Local folders and object stores list, read and write alike, and inputs are named the same from wherever."""

import os
from uuid import uuid4

import pytest

from tawazun.base.errors import InputError, SetupError
from tawazun.batch.places import clear_parts, find_inputs, is_address, open_place

NAMES = ["a-2/x.jsonl", "a/x.jsonl", "a/y.parquet", "b.jsonl", ".hidden/x.jsonl", "a/.z.jsonl"]
SHOWN = ["a/x.jsonl", "a/y.parquet", "a-2/x.jsonl", "b.jsonl"]


@pytest.fixture(params=["folder", "store"])
def address(request, tmp_path):
    return str(tmp_path / "in") if request.param == "folder" else f"bucket://{uuid4().hex}/in"


def fill(address):
    place = open_place(address)
    for name in NAMES:
        place.put(name, name.encode())
    return place


def test_files_are_listed_in_the_order_of_their_parts(address):
    place = fill(address)
    assert [file.name for file in place.files()] == SHOWN
    assert [file.size for file in place.files()] == [len(name) for name in SHOWN]
    assert place.find("nothing") is None and place.find("a") is None


def test_a_file_is_put_in_place_of_another_and_taken_away(address):
    place = fill(address)
    place.put("b.jsonl", b"new")
    with place.open("b.jsonl") as file:
        assert file.read() == b"new"
    place.remove("b.jsonl")
    place.remove("b.jsonl")
    assert place.find("b.jsonl") is None


@pytest.mark.parametrize(
    ("given", "base", "names"),
    [
        ("", "", SHOWN),
        ("/", "", SHOWN),
        ("/b.jsonl", "", ["b.jsonl"]),
        ("/a/x.jsonl", "/a", ["x.jsonl"]),
        ("/*.jsonl", "", ["b.jsonl"]),
        ("/a*/x.jsonl", "", ["a/x.jsonl", "a-2/x.jsonl"]),
        ("/a/*", "/a", ["x.jsonl", "y.parquet"]),
        ("/**/*.parquet", "", ["a/y.parquet"]),
    ],
)
def test_inputs_are_folders_files_and_patterns(address, given, base, names):
    fill(address)
    place, files = find_inputs(address + given)
    assert place.address == address + base
    assert [file.name for file in files] == names


@pytest.mark.parametrize("given", ["/none", "/none/*.jsonl", "/a/none.jsonl"])
def test_nothing_there_is_an_error(address, given):
    fill(address)
    with pytest.raises(InputError, match="no files there"):
        find_inputs(address + given)


@pytest.mark.parametrize("text", ["s3://bucket/x", "memory://x"])
def test_addresses_are_told_from_paths(text):
    assert is_address(text)
    assert not is_address("/data/a://b") and not is_address("file:///data") and not is_address("data/x")


def test_an_unknown_kind_of_address_says_what_is_missing():
    with pytest.raises(SetupError, match="nosuchkind://x"):
        open_place("nosuchkind://x/y")


def test_without_fsspec_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "fsspec.core", None)
    with pytest.raises(SetupError, match=r"tawazun\[cluster\]"):
        open_place("memory://x")


def test_without_pyarrow_the_extra_is_named(monkeypatch, tmp_path):
    from tawazun.batch.tables import count_rows

    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with (tmp_path / "a.parquet").open("rb") as file, pytest.raises(SetupError, match=r"tawazun\[corpus\]"):
        count_rows(file, "a.parquet", 3)


def test_what_killed_processes_leave_is_taken_away_and_nothing_else(tmp_path):
    place = fill(str(tmp_path))
    (tmp_path / "a" / ".x.jsonl.zst.0123456789ab.part").write_bytes(b"half")
    clear_parts(place)
    assert sorted(os.listdir(tmp_path / "a")) == [".z.jsonl", "x.jsonl", "y.parquet"]


def test_an_output_that_cannot_be_written_says_so(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(SetupError, match="can't be written"):
        open_place(str(tmp_path / "file")).put("x", b"")
