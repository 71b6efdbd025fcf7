"""A manifest takes entries one by one, loses none to a torn line, and mixes nothing."""

from uuid import uuid4

import msgspec
import pytest

from tawazun.base.errors import SetupError
from tawazun.batch.manifests import MANIFEST, SCHEMA, Coder, Entry, Head, Manifest, read_manifest
from tawazun.batch.places import open_place

HEAD = Head(SCHEMA, "/in", 100)


def entry(number, **changes):
    made = Entry(f"a-{number:05}", "a", 9, "blake2b:00", Coder("1", "sha256:0"), "done", articles=number)
    return msgspec.structs.replace(made, **changes)


@pytest.fixture(params=["folder", "store"])
def place(request, tmp_path):
    return open_place(str(tmp_path / "out") if request.param == "folder" else f"bucket://{uuid4().hex}/out")


def test_the_last_entry_of_a_shard_holds(place):
    with Manifest(place, HEAD) as manifest:
        for number in range(50):
            manifest.write(entry(number, status="failed"))
        manifest.write(entry(7))
    with Manifest(place, HEAD) as manifest:
        assert len(manifest.entries) == 50
        assert [name for name, one in manifest.entries.items() if one.status == "done"] == ["a-00007"]
        manifest.write(entry(8))
    head, entries = read_manifest(place)
    assert head == HEAD
    assert sum(one.status == "done" for one in entries.values()) == 2


def test_a_torn_line_is_cut_off(tmp_path):
    place = open_place(str(tmp_path))
    with Manifest(place, HEAD) as manifest:
        manifest.write(entry(1))
        manifest.write(entry(2))
    path = tmp_path / MANIFEST
    path.write_bytes(path.read_bytes()[:-20])
    with Manifest(place, HEAD) as manifest:
        assert list(manifest.entries) == ["a-00001"]
        manifest.write(entry(3))
    assert list(read_manifest(place)[1]) == ["a-00001", "a-00003"]


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("thesis.doc", b"x", "holds something that is no batch"),
        (MANIFEST, b"", "no manifest of a batch"),
        (MANIFEST, b"x\n", "no manifest of a batch"),
        (MANIFEST, b'{"schema":"other","input":"/in","shard_articles":100}\n', "no manifest of a batch"),
        (MANIFEST, msgspec.json.encode(Head(SCHEMA, "/elsewhere", 100)) + b"\n", "the batch of /elsewhere, not of /in"),
        (MANIFEST, msgspec.json.encode(Head(SCHEMA, "/in", 50)) + b"\n", "go on with --shard-articles 50"),
        (MANIFEST, msgspec.json.encode(HEAD) + b"\n{}\n", "manifest.jsonl:2"),
    ],
)
def test_a_folder_of_something_else_is_left_alone(place, name, data, problem):
    place.put(name, data)
    with pytest.raises(SetupError, match=problem), Manifest(place, HEAD):
        pass
    assert [file.name for file in place.files()] == [name]
    with place.open(name) as file:
        assert file.read() == data


def test_two_runs_do_not_write_one_batch(tmp_path):
    place = open_place(str(tmp_path))
    with Manifest(place, HEAD), pytest.raises(SetupError, match="another run"), Manifest(place, HEAD):
        pass
    with Manifest(place, HEAD):
        pass


def test_no_batch_has_no_manifest(place):
    with pytest.raises(SetupError, match="no manifest"):
        read_manifest(place)
