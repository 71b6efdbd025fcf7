"""The tests run the command as users do: in processes of its own, some of which are killed."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from interrupts import heed_interrupts
from tawazun.model.articles import Article
from tawazun.pipeline import batches

COMMAND = [sys.executable, "-c", "from tawazun.present.cli.main import main; main()", "code"]
CITIES = ["القاهرة", "أنقرة", "موسكو", "الجزائر", "تونس", "الرباط", "بغداد", "عمان"]


def text_of(number):
    city = CITIES[number % len(CITIES)]
    return (
        f"التقى وزير الخارجية المصري نظيره التركي في {city} وبحثا الأزمة الليبية، في لقاء هو رقم {number} بينهما.\n"
        f"وقال مصدر دبلوماسي إن الجانبين سيعقدان اجتماعا جديدا في {city} الأسبوع المقبل.\n"
        "ودعا الأمين العام للأمم المتحدة الأطراف إلى وقف إطلاق النار، فيما رفضت الحكومة الشروط.\n"
    ) * 3


def write_rows(path, count):
    rows = [{"id": f"n{number}", "text": text_of(number), "date": "2020-08-18", "source": "الخبر"} for number in range(count)]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def code(*arguments, **options):
    return subprocess.run([*COMMAND, *map(str, arguments)], capture_output=True, text=True, timeout=300, **options)


def ids(path):
    return [json.loads(line)["document"]["id"] for line in path.read_bytes().splitlines()]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The input of 300 rows, and what one process makes of it without being disturbed."""
    folder = tmp_path_factory.mktemp("whole")
    source = write_rows(folder / "in.jsonl", 300)
    done = code(source, "-o", folder / "out.jsonl", "--processes", 1)
    assert done.returncode == 0, done.stderr
    assert "300 articles coded" in done.stderr and done.stdout == ""
    assert not (folder / "out.rejects.jsonl").exists()
    return source, (folder / "out.jsonl").read_bytes()


def test_order_and_outlet(whole):
    dossiers = [json.loads(line) for line in whole[1].splitlines()]
    assert [dossier["document"]["id"] for dossier in dossiers] == [f"n{number}" for number in range(300)]
    assert {dossier["document"]["outlet"] for dossier in dossiers} == {"الخبر"}
    assert all(dossier["events"] for dossier in dossiers)


def test_two_processes_write_the_same_bytes(whole, tmp_path):
    assert code(whole[0], "-o", tmp_path / "out.jsonl", "--processes", 2).returncode == 0
    assert (tmp_path / "out.jsonl").read_bytes() == whole[1]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
@pytest.mark.parametrize("processes", [1, 2])
def test_a_killed_run_goes_on_without_a_lost_or_doubled_line(whole, tmp_path, processes):
    out = tmp_path / "out.jsonl"
    for lines in (0, 1, 30, 60):
        _kill_at(out, lines, whole[0], processes)
        with out.open("ab") as file:
            file.write(whole[1].splitlines()[7][: 40 * lines + 1])
    done = code(whole[0], "-o", out, "--processes", processes)
    assert done.returncode == 0, done.stderr
    assert "there already" in done.stderr
    assert out.read_bytes() == whole[1]
    again = code(whole[0], "-o", out)
    assert again.returncode == 0 and "0 articles coded, 300 there already" in again.stderr
    assert out.read_bytes() == whole[1]


def _kill_at(out, lines, source, processes):
    """Kills a run with all its strength once it has written more than `lines` lines; the reading processes must end with it."""
    command = [*COMMAND, str(source), "-o", str(out), "--processes", str(processes)]
    before = out.read_bytes().count(b"\n") if out.exists() else 0
    log = out.with_suffix(".log")
    with log.open("w") as file:
        running = subprocess.Popen(command, stderr=file, start_new_session=True)
    deadline = time.monotonic() + 120
    while not out.exists() or out.read_bytes().count(b"\n") <= before + lines:
        assert running.poll() is None and time.monotonic() < deadline, log.read_text("utf-8")
        time.sleep(0.01)
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    while _alive(running.pid):
        assert time.monotonic() < deadline, "a reading process outlives its parent"
        time.sleep(0.05)


def _alive(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs signals")
def test_an_interrupted_run_says_how_to_go_on(whole, tmp_path):
    out = tmp_path / "out.jsonl"
    command = [*COMMAND, str(whole[0]), "-o", str(out), "--processes", "2"]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=heed_interrupts)
    while not out.exists() or not out.read_bytes().count(b"\n"):
        assert running.poll() is None
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    said = running.communicate(timeout=60)[1]
    assert running.returncode == 130 and "run the same command again" in said and "Traceback" not in said
    assert whole[1].startswith(out.read_bytes())


def test_what_cannot_be_read_is_told_and_the_rest_is_coded(tmp_path):
    source = write_rows(tmp_path / "in.jsonl", 3)
    with source.open("a", encoding="utf-8") as file:
        file.write("{broken\n" + json.dumps({"id": "e", "text": "Hello there"}) + "\n")
        file.write(json.dumps({"id": "d", "text": text_of(9), "date": "soon"}) + "\n")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 9)
    (tmp_path / "arabic.txt").write_bytes(text_of(5).replace("\n", "\r\n").encode("cp1256"))
    done = code(source, tmp_path / "binary.txt", tmp_path / "arabic.txt", "-o", tmp_path / "out.jsonl")
    assert done.returncode == 1
    assert "5 articles coded" in done.stderr and "3 not read, 1 read without a part" in done.stderr
    assert ids(tmp_path / "out.jsonl") == ["n0", "n1", "n2", "d", str(tmp_path / "arabic.txt")]
    rejects = [json.loads(line) for line in (tmp_path / "out.rejects.jsonl").read_text("utf-8").splitlines()]
    assert [(row["line"], row["coded"]) for row in rejects] == [(4, False), (5, False), (6, True), (None, False)]
    assert rejects[0]["source"] == str(source) and "not JSON" in rejects[0]["reason"]
    code(write_rows(tmp_path / "in.jsonl", 3), "-o", tmp_path / "out.jsonl")
    assert not (tmp_path / "out.rejects.jsonl").exists()


def test_an_article_met_twice_is_coded_once(tmp_path):
    source = write_rows(tmp_path / "in.jsonl", 3)
    source.write_bytes(source.read_bytes() * 2)
    done = code(source, "-o", tmp_path / "out.jsonl")
    assert done.returncode == 0 and "3 met twice and coded once" in done.stderr
    assert ids(tmp_path / "out.jsonl") == ["n0", "n1", "n2"]


def test_nothing_read_is_status_two(tmp_path):
    (tmp_path / "a.txt").write_text("Hello there")
    done = code(tmp_path / "a.txt", "-o", tmp_path / "out.jsonl")
    assert done.returncode == 2 and "not Arabic" in done.stderr
    done = code(tmp_path / "nothing", "-o", tmp_path / "out.jsonl")
    assert done.returncode == 2 and done.stderr.startswith("tawazun: ") and done.stderr.count("\n") == 1
    (tmp_path / "empty").mkdir()
    assert code(tmp_path / "empty", "-o", tmp_path / "out.jsonl").returncode == 2


def test_a_folder_that_holds_its_own_output_and_standard_input(tmp_path):
    write_rows(tmp_path / "in.jsonl", 2)
    for _ in range(2):
        done = code(".", "-o", "out.jsonl", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    assert ids(tmp_path / "out.jsonl") == ["n0", "n1"]
    done = code("-", "-o", tmp_path / "two.jsonl", input=(tmp_path / "in.jsonl").read_text("utf-8"), encoding="utf-8")
    assert done.returncode == 0
    assert (tmp_path / "two.jsonl").read_bytes() == (tmp_path / "out.jsonl").read_bytes()


@pytest.mark.parametrize("other", ["a note\n", "a note", '{"id": 1}\n', '{"id": 1}'])
def test_a_file_that_is_no_output_is_left_alone(tmp_path, other):
    source, out = write_rows(tmp_path / "in.jsonl", 1), tmp_path / "note.txt"
    out.write_text(other)
    done = code(source, "-o", out)
    assert done.returncode == 2 and "not a dossier" in done.stderr
    assert out.read_text() == other
    done = code(source, "-o", tmp_path / "out.jsonl", "--rejects", out)
    assert done.returncode == 2 and "no rejects file" in done.stderr
    assert out.read_text() == other
    done = code(source, "-o", source)
    assert done.returncode == 2 and "both read and written" in done.stderr


def test_outputs_that_cannot_be_written(tmp_path):
    source = write_rows(tmp_path / "in.jsonl", 1)
    for out, says in ((tmp_path, "Is a directory"), (tmp_path / "no" / "out.jsonl", "No such file")):
        done = code(source, "-o", out)
        assert done.returncode == 2 and says in done.stderr and done.stderr.count("\n") == 1


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_disk_is_one_line(tmp_path):
    done = code(write_rows(tmp_path / "in.jsonl", 3), "-o", "/dev/full")
    assert done.returncode == 2
    assert "No space left" in done.stderr and "Traceback" not in done.stderr and done.stderr.count("\n") == 1
    (tmp_path / "bad.txt").write_text("Hello")
    done = code(tmp_path / "bad.txt", tmp_path / "in.jsonl", "-o", tmp_path / "out.jsonl", "--rejects", "/dev/full")
    assert done.returncode == 2 and "--rejects" in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="needs limits on file sizes")
def test_a_disk_that_fills_up_in_mid_line_leaves_whole_lines(whole, tmp_path):
    import resource

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    out = tmp_path / "out.jsonl"
    done = code(whole[0], "-o", out, "--processes", 1, preexec_fn=limit, env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"})
    assert done.returncode == 2 and "run the same command again" in done.stderr
    written = out.read_bytes()
    assert written.endswith(b"\n") and whole[1].startswith(written) and len(written) <= 200_000
    assert code(whole[0], "-o", out).returncode == 0
    assert out.read_bytes() == whole[1]


def test_a_second_run_on_the_same_output_is_refused(tmp_path):
    fcntl = pytest.importorskip("fcntl")
    source, out = write_rows(tmp_path / "in.jsonl", 1), tmp_path / "out.jsonl"
    with out.open("ab") as file:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX)
        done = code(source, "-o", out)
    assert done.returncode == 2 and "another run" in done.stderr


@pytest.mark.parametrize("processes", [1, 2])
def test_only_so_many_articles_are_under_way(processes):
    pulled = 0

    def tasks():
        nonlocal pulled
        for number in range(400):
            pulled += 1
            yield number, Article(text=text_of(number)[:80], id=str(number)) if number % 3 else None

    most = 0
    seen = []
    for tag, outcome in batches.read_many(tasks(), processes):
        seen.append(tag)
        most = max(most, pulled - len(seen))
        assert (outcome is None) == (tag % 3 == 0)
    assert seen == list(range(400))
    assert most <= 1 if processes == 1 else most <= 8 * (4 * processes + 2)


def test_a_reader_that_fails_costs_one_article(monkeypatch):
    def read(reader, article):
        raise IndexError("broken")

    monkeypatch.setattr(batches.Reader, "read", read)
    ((_, outcome),) = batches.read_many([(1, Article(text="نص"))], 1)
    assert outcome.line is None and "IndexError: broken" in outcome.problem
