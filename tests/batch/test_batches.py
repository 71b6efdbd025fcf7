"""A batch gives the same bytes however it is run, and goes on from wherever it was cut off."""

import gzip
import io
import json
import os
import shutil
import signal
import time
from uuid import uuid4

import msgspec
import psutil
import pytest
from own_corpora import NAMES, SHARDS, entries_of, lines_of, outputs_of, rows_of, start, text_of, unpacked, write_corpus, write_table

from tawazun.app import batches
from tawazun.app.batches import Watcher, run_batch
from tawazun.app.coding import code_articles
from tawazun.base.errors import InputError, SetupError
from tawazun.batch.codings import read_dossiers
from tawazun.batch.places import open_place
from tawazun.present.cli.main import main


def test_each_shard_has_a_file_of_what_the_single_command_writes(whole, tmp_path):
    corpus, outputs = whole
    assert sorted(outputs) == sorted(f"{name}{suffix}" for name in NAMES for suffix in (".jsonl.zst", ".rows.zst"))
    out = tmp_path / "out.jsonl"
    code_articles([str(corpus / "a.jsonl"), str(corpus / "b.jsonl.gz")], out, processes=1)
    assert b"".join(unpacked(outputs[f"{name}.jsonl.zst"]) for name in NAMES[:6]) == out.read_bytes()
    ids = [json.loads(line)["document"]["id"] for name in NAMES for line in unpacked(outputs[f"{name}.jsonl.zst"]).splitlines()]
    assert ids == [f"n{number}" for number in range(96)]


def wait_for(running, out, shards):
    """Waits until a run has done so many shards; it then is in the midst of the next ones."""
    deadline = time.monotonic() + 60
    while len(done_in(out)) < shards:
        assert running.poll() is None and time.monotonic() < deadline, running.communicate()[1]
        time.sleep(0.02)


def workers_of(running):
    return [child for child in psutil.Process(running.pid).children() if "spawn_main" in " ".join(child.cmdline())]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_a_worker_killed_amid_a_shard_costs_that_shard_again(whole, tmp_path):
    out = tmp_path / "out"
    running = start(whole[0], out, "--processes", 2, *SHARDS)
    wait_for(running, out, 1)
    workers_of(running)[0].kill()
    said = running.communicate(timeout=120)[1]
    assert running.returncode == 0, said
    assert outputs_of(out) == whole[1]
    assert sorted(entry["tries"] for entry in entries_of(out).values()) == [1] * 7 + [2]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_a_run_cut_off_goes_on_and_what_is_done_is_not_done_again(whole, tmp_path, here):
    out = tmp_path / "out"
    _cut_off(whole[0], out, 1, signal.SIGKILL)
    with (out / "manifest.jsonl").open("ab") as file:
        file.write(b'{"shard":"a.jsonl-0000')
    (out / ".a.jsonl-00003.jsonl.zst.0123456789ab.part").write_bytes(b"half")
    running, said = _cut_off(whole[0], out, 3, signal.SIGINT)
    assert running.returncode == 130 and "run the same command again" in said and "Traceback" not in said
    before = done_in(out)
    stamps = {path: path.stat().st_mtime_ns for name in before if (path := out / f"{name}.jsonl.zst")}
    rest = run_batch(str(whole[0]), str(out), shard_articles=12)
    assert (rest.coded, rest.already) == (8 - len(before), len(before))
    assert outputs_of(out) == whole[1]
    assert {path: path.stat().st_mtime_ns for path in stamps} == stamps
    manifest = (out / "manifest.jsonl").read_bytes()
    assert run_batch(str(whole[0]), str(out), shard_articles=12).already == 8
    assert (out / "manifest.jsonl").read_bytes() == manifest


def _cut_off(corpus, out, shards, how):
    """Ends a run on two processes by a signal once so many shards are done; the processes must end with it."""
    running = start(corpus, out, "--processes", 2, *SHARDS)
    wait_for(running, out, shards)
    workers = workers_of(running)
    running.send_signal(how)
    said = running.communicate(timeout=60)[1]
    assert len(workers) == 2 and not psutil.wait_procs(workers, timeout=30)[1]
    assert shards <= len(done_in(out)) < 8
    return running, said


def done_in(out):
    return {name for name, entry in entries_of(out).items() if entry["status"] == "done"}


@pytest.fixture
def small(tmp_path, here):
    """A corpus of a dozen short articles in four shards, coded."""
    (tmp_path / "in").mkdir()
    for name, numbers in (("a.jsonl", range(6)), ("b.jsonl", range(6, 12))):
        (tmp_path / "in" / name).write_bytes(lines_of(rows_of(numbers)))
    run(tmp_path)
    return tmp_path


def run(folder, most=3, **changes):
    return run_batch(str(folder / "in"), str(folder / "out"), shard_articles=most, **changes)


def test_only_what_does_not_hold_any_more_is_coded_again(small, monkeypatch):
    before = outputs_of(small / "out")
    path = small / "in" / "b.jsonl"
    path.write_bytes(path.read_bytes() + lines_of(rows_of([50])))
    (small / "out" / "a.jsonl-00001.jsonl.zst").write_bytes(b"damaged")
    (small / "out" / "b.jsonl-00000.jsonl.zst").unlink()
    done = run(small)
    assert (done.coded, done.already, done.articles) == (3, 2, 7)
    after = outputs_of(small / "out")
    assert {name: after[name] for name in before} == before
    monkeypatch.setattr(batches, "ENGINE", "0.0.9")
    with pytest.raises(SetupError, match=r"a worker has engine 0\.1\.0 .* the batch 0\.0\.9"):
        run(small)


def test_input_that_is_gone_is_told_and_its_output_left(small):
    (small / "in" / "b.jsonl").unlink()
    done = run(small)
    assert (done.coded, done.already, done.left) == (0, 2, ("b.jsonl-00000", "b.jsonl-00001"))
    assert len(outputs_of(small / "out")) == 8


def test_other_input_and_other_shards_are_refused(small):
    with pytest.raises(SetupError, match="--shard-articles 3"):
        run(small, most=4)
    shutil.copytree(small / "in", small / "other")
    with pytest.raises(SetupError, match="the batch of"):
        run_batch(str(small / "other"), str(small / "out"), shard_articles=3)
    for source, out in (("in", "in/out"), ("in", "in"), ("in/a.jsonl", "in"), (".", "out")):
        with pytest.raises(SetupError):
            run_batch(str(small / source), str(small / out), shard_articles=3)
    run_batch(str(small / "in" / "a.jsonl"), str(small / "in" / "beside"))


def say(capsys, *arguments):
    """Runs the command in this process; returns its exit status and what it says."""
    with pytest.raises(SystemExit) as left, pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["tawazun", "batch", *map(str, arguments)])
        main()
    return left.value.code, capsys.readouterr().err


def test_a_bad_article_is_a_reject_and_a_bad_file_a_failed_shard(tmp_path, here, capsys):
    (tmp_path / "in").mkdir()
    bad = b'{broken\n{"id": "e", "text": "Hello there"}\n' + lines_of([{"id": "d", "text": text_of(1), "date": "soon"}])
    (tmp_path / "in" / "a.jsonl").write_bytes(lines_of(rows_of(range(3))) + bad)
    (tmp_path / "in" / "b.parquet").write_bytes(b"PAR1 junk PAR1")
    write_table(tmp_path / "in" / "c.parquet", [*rows_of(range(5, 8)), {"id": "n", "text": None}])
    damaged = bytearray((tmp_path / "in" / "c.parquet").read_bytes())
    damaged[4:400] = bytes(396)
    (tmp_path / "in" / "d.parquet").write_bytes(damaged)
    (tmp_path / "in" / "e.jsonl.gz").write_bytes(gzip.compress(lines_of(rows_of(range(9))))[:-40])
    (tmp_path / "in" / "f.warc.gz").write_bytes(b"")
    (tmp_path / "in" / "readme.txt").write_text("what this is")
    status, said = say(capsys, tmp_path / "in", tmp_path / "out")
    assert status == 1 and "3 shards coded (7 articles), 3 failed" in said
    assert "4 not read, 1 read without a date" in said and "1 file passed over" in said
    reasons = {name: entry["reason"] for name, entry in entries_of(tmp_path / "out").items() if entry["status"] == "failed"}
    assert sorted(reasons) == ["b.parquet-00000", "d.parquet-00000", "e.jsonl.gz-00000"]
    assert "no Parquet file" in reasons["b.parquet-00000"] and "damaged" in reasons["e.jsonl.gz-00000"]
    rejects = [json.loads(line) for line in outputs_of(tmp_path / "out")["a.jsonl-00000.rejects.jsonl"].splitlines()]
    assert [(one["source"], one["line"], one["id"], one["coded"]) for one in rejects] == [
        ("a.jsonl", 4, None, False),
        ("a.jsonl", 5, None, False),
        ("a.jsonl", 6, "d", True),
    ]
    status, said = say(capsys, tmp_path / "in", tmp_path / "out")
    assert status == 1 and "0 shards coded (0 articles), 3 there already, 3 failed" in said
    (tmp_path / "in" / "a.jsonl").write_bytes(lines_of(rows_of(range(3))))
    for name in ("b.parquet", "d.parquet", "e.jsonl.gz"):
        (tmp_path / "in" / name).unlink()
    status, said = say(capsys, tmp_path / "in", tmp_path / "out")
    assert status == 0 and "1 shard coded (3 articles), 2 there already" in said
    assert "a.jsonl-00000.rejects.jsonl" not in outputs_of(tmp_path / "out")


def test_a_web_archive_is_one_shard(tmp_path, here):
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    packed = io.BytesIO()
    writer = WARCWriter(packed, gzip=True)
    for number in range(3):
        page = f"<html dir=rtl><title>خبر</title><article><p>{text_of(number)}</p></article></html>".encode()
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        address = f"https://outlet.example/{number}"
        writer.write_record(writer.create_warc_record(address, "response", payload=io.BytesIO(page), http_headers=headers))
    address = f"bucket://{uuid4().hex}"
    open_place(f"{address}/in").put("a.warc.gz", packed.getvalue())
    done = run_batch(f"{address}/in", f"{address}/out")
    assert (done.coded, done.articles, done.rejects) == (1, 3, 0)
    documents = [json.loads(line)["document"] for line in read_dossiers(open_place(f"{address}/out"), "a.warc.gz-00000")]
    assert [document["url"] for document in documents] == [f"https://outlet.example/{number}" for number in range(3)]
    assert run_batch(f"{address}/in", f"{address}/out").already == 1


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["none", "out"], "no files there"),
        (["in", "out", "--on", "tcp://127.0.0.1:1"], "no scheduler answers"),
        (["in", "out", "--on", "nowhere"], "no scheduler answers"),
        (["in", "out", "--on", "tcp://127.0.0.1:1", "--processes", "2"], "--processes goes with --on local"),
        (["in", "taken"], "holds something that is no batch"),
        (["taken", "out"], "none of its 1 files"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_status_two(tmp_path, arguments, problem, monkeypatch, capsys):
    monkeypatch.setattr("tawazun.batch.workplaces._CONNECT", 1)
    monkeypatch.chdir(tmp_path)
    write_corpus(tmp_path / "in", 4)
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "thesis.doc").write_text("mine")
    status, said = say(capsys, *arguments)
    assert status == 2 and len(said.splitlines()) == 1 and problem in said
    assert os.listdir(tmp_path / "taken") == ["thesis.doc"]


def test_an_object_store_gets_the_same_bytes_and_goes_on(whole, here):
    corpus, outputs = whole
    address = f"bucket://{uuid4().hex}"
    place = open_place(f"{address}/in")
    for file in open_place(str(corpus)).files():
        place.put(file.name, (corpus / file.name).read_bytes())
    entries = []
    done = run_batch(f"{address}/in", f"{address}/out", shard_articles=12, watcher=Watcher(step=lambda *step: entries.append(step)))
    assert (done.coded, done.articles, done.failed) == (8, 96, ()) and len(entries) == 8
    out = open_place(f"{address}/out")
    written = {file.name: out.open(file.name).read() for file in out.files()}
    assert {name: data for name, data in written.items() if name != "manifest.jsonl"} == outputs
    assert msgspec.json.decode(next(iter(read_dossiers(out, NAMES[6]))))["document"]["id"] == "n72"
    out.remove(f"{NAMES[3]}.jsonl.zst")
    again = run_batch(f"{address}/in", f"{address}/out", shard_articles=12)
    assert (again.coded, again.already) == (1, 7)
    with pytest.raises(InputError, match="no files there"):
        run_batch(f"{address}/none", f"{address}/out")
