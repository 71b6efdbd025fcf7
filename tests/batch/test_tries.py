"""A worker that dies costs its own task a try, and no other's."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tawazun.base.errors import InputError, KnowledgeError, SetupError
from tawazun.batch.tries import TRIES, Failure, results_of
from tawazun.batch.workplaces import open_workplace

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")


def work(task):
    """Does what a task says, in a process that may not live on."""
    kind, path = task
    with open(path, "a") as file:
        file.write("x")
    if kind == "dies" or (kind == "dies once" and os.path.getsize(path) == 1):
        os.kill(os.getpid(), signal.SIGKILL)
    if kind == "fails" or (kind == "fails once" and os.path.getsize(path) == 1):
        raise OSError("the net is down")
    if kind == "refused":
        raise InputError("no such thing")
    if kind == "forgets":
        import no_such_module  # noqa: F401
    if kind == "is wrong":
        raise KnowledgeError("a.yaml:1: wrong")
    if kind == "sleeps":
        time.sleep(600)
    return kind


def run(tmp_path, kinds, processes=2):
    tasks = [(kind, str(tmp_path / f"{number}")) for number, kind in enumerate(kinds)]
    with open_workplace("local", processes) as workplace:
        found = {task: (outcome, tries) for task, outcome, tries in results_of(tasks, work, workplace)}
    return [(*found[task], os.path.getsize(task[1])) for task in tasks]


def test_only_the_guilty_task_fails(tmp_path):
    good, guilty, other, once, more = run(tmp_path, ["good", "dies", "good", "dies once", "good"])
    assert good == other == more == ("good", 1, 1)
    assert once == ("dies once", 2, 2)
    assert isinstance(guilty[0], Failure) and guilty[0].tries == guilty[2] == TRIES
    assert "4 workers died at it" in guilty[0].reason


def test_an_error_may_pass_and_a_bad_input_does_not(tmp_path):
    fails, once, refused = run(tmp_path, ["fails", "fails once", "refused"])
    assert fails[0] == Failure("OSError: the net is down", TRIES) and fails[2] == TRIES
    assert once == ("fails once", 2, 2)
    assert refused[0] == Failure("no such thing", 1) and refused[2] == 1


@pytest.mark.parametrize(("kind", "error"), [("is wrong", KnowledgeError), ("forgets", SetupError)])
def test_what_would_befall_every_task_ends_the_run_at_once(tmp_path, kind, error):
    began = time.monotonic()
    with pytest.raises(error):
        run(tmp_path, ["sleeps", kind, "good"])
    assert time.monotonic() - began < 60


def test_processes_end_with_their_workplace(tmp_path):
    psutil = pytest.importorskip("psutil")
    before = set(psutil.Process().children(recursive=True))
    with open_workplace("local", 2) as workplace:
        workplace.executor.submit(work, ("sleeps", str(tmp_path / "a")))
        while not (tmp_path / "a").exists():
            time.sleep(0.01)
        born = [
            child for child in psutil.Process().children(recursive=True) if child not in before and "spawn_main" in str(child.cmdline())
        ]
        assert born
    assert not psutil.wait_procs(born, timeout=30)[1]


class OneThread:
    """Is a workplace without workers at first."""

    def __init__(self):
        self.executor = ThreadPoolExecutor(1)
        self.widths = [0, 0, 1]

    def width(self):
        return self.widths.pop(0) if len(self.widths) > 1 else self.widths[0]

    def deaths(self, error):
        return 0


def test_it_is_told_when_no_worker_comes(monkeypatch):
    monkeypatch.setattr("tawazun.batch.tries._PATIENCE", 0.05)
    told = []
    found = list(results_of([0.2, 0.0], lambda seconds: time.sleep(seconds) or seconds, OneThread(), told.append))
    assert [task for task, _, _ in found] == [0.2, 0.0]
    assert told and "no worker" in told[0]
