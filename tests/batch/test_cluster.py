"""A Dask cluster on this machine gives the bytes of a local run, also where a worker is killed amid a shard."""

import os
import signal
import subprocess
import sys
import time
from threading import Thread

import pytest
from distributed import Client
from own_corpora import SHARDS, entries_of, outputs_of, start

from tawazun.app.batches import run_batch
from tawazun.base.errors import SetupError

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")


class Cluster:
    """Is a scheduler on the loopback, and as many workers as are started."""

    def __init__(self, folder):
        self.folder, self.processes = folder, []
        self.file = folder / "scheduler.json"
        self.scheduler = self.start("dask_scheduler", "--host", "127.0.0.1", "--port", "0")
        self.client = Client(scheduler_file=str(self.file), timeout=60, set_as_default=False)
        self.address = self.client.scheduler.address

    def start(self, module, *options):
        command = [sys.executable, "-m", f"distributed.cli.{module}", "--no-dashboard", "--scheduler-file", str(self.file), *options]
        with (self.folder / "log").open("ab") as log:
            self.processes.append(subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder))
        return self.processes[-1]

    def start_worker(self, threads=1):
        options = ("--host", "127.0.0.1", "--nthreads", str(threads), "--no-nanny", "--local-directory", str(self.folder))
        return self.start("dask_worker", *options)

    def workers(self):
        """Returns the addresses of the workers that the scheduler knows, by their process ids."""
        return {pid: address for address, pid in self.client.run(os.getpid).items()}

    def wait_for(self, count):
        deadline = time.monotonic() + 60
        while len(self.client.nthreads()) != count:
            assert time.monotonic() < deadline, (self.folder / "log").read_text()
            time.sleep(0.05)

    def kill_amid_a_shard(self, worker, out, running):
        """Kills a worker once a shard is done and it has another in hand."""
        address = self.workers()[worker.pid]
        while not entries_of(out) or not self.client.processing().get(address):
            assert running(), "it ended before"
            time.sleep(0.02)
        worker.kill()

    def end(self):
        self.client.close()
        for process in self.processes:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    yield made
    made.end()


@pytest.fixture
def two_workers(cluster):
    workers = [cluster.start_worker() for _ in range(2)]
    cluster.wait_for(2)
    yield workers
    for worker in workers:
        worker.kill()
    cluster.wait_for(0)


def test_a_worker_killed_amid_a_shard_changes_nothing(whole, tmp_path, cluster, two_workers):
    out = tmp_path / "out"
    running = start(whole[0], out, "--on", cluster.address, *SHARDS)
    cluster.kill_amid_a_shard(two_workers[0], out, lambda: running.poll() is None)
    said = running.communicate(timeout=120)[1]
    assert running.returncode == 0 and "8 shards coded (96 articles)" in said
    assert len(cluster.workers()) == 1
    assert outputs_of(out) == whole[1]
    again = run_batch(str(whole[0]), str(out), cluster.address, shard_articles=12)
    assert (again.coded, again.already) == (0, 8)


def test_where_dask_calls_a_task_bad_it_is_tried_again_all_the_same(whole, tmp_path, cluster, two_workers):
    out, done = tmp_path / "out", []
    cluster.client.run_on_scheduler(lambda dask_scheduler: setattr(dask_scheduler, "allowed_failures", 0))
    try:
        thread = Thread(target=lambda: done.append(run_batch(str(whole[0]), str(out), cluster.address, shard_articles=12)))
        thread.start()
        cluster.kill_amid_a_shard(two_workers[0], out, thread.is_alive)
        thread.join(120)
    finally:
        cluster.client.run_on_scheduler(lambda dask_scheduler: setattr(dask_scheduler, "allowed_failures", 3))
    assert done and done[0].coded == 8 and done[0].failed == ()
    assert outputs_of(out) == whole[1]
    assert sorted(entry["tries"] for entry in entries_of(out).values()) == [1] * 7 + [2]


def test_workers_of_many_threads_are_refused(whole, tmp_path, cluster):
    worker = cluster.start_worker(threads=3)
    cluster.wait_for(1)
    with pytest.raises(SetupError, match=r"has 3 threads.*--nthreads 1"):
        run_batch(str(whole[0]), str(tmp_path / "out"), cluster.address)
    worker.kill()
    cluster.wait_for(0)


def test_a_scheduler_that_dies_is_told_and_what_is_done_is_kept(whole, tmp_path, here):
    out, ended = tmp_path / "out", []
    cluster = Cluster(tmp_path)
    try:
        cluster.start_worker()
        cluster.wait_for(1)

        def run():
            with pytest.raises(SetupError, match="the scheduler went away"):
                run_batch(str(whole[0]), str(out), cluster.address, shard_articles=12)
            ended.append(True)

        thread = Thread(target=run)
        thread.start()
        while not entries_of(out):
            assert thread.is_alive()
            time.sleep(0.02)
        cluster.scheduler.kill()
        thread.join(60)
        assert ended
    finally:
        cluster.end()
    done = run_batch(str(whole[0]), str(out), shard_articles=12)
    assert done.already and done.coded + done.already == 8
    assert outputs_of(out) == whole[1]
