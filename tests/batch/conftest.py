"""Gives the tests a corpus that is coded once, and a workplace without processes."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from own_corpora import SHARDS, batch, outputs_of, write_corpus


@pytest.fixture(scope="session")
def whole(tmp_path_factory):
    """Makes a corpus of 96 articles in eight shards, and what one process makes of it without being disturbed."""
    folder = tmp_path_factory.mktemp("whole")
    corpus = write_corpus(folder / "in", 96, times=2)
    done = batch(corpus, folder / "out", "--processes", 1, *SHARDS)
    assert done.returncode == 0, done.stderr
    assert "8 shards coded (96 articles)" in done.stderr and done.stdout == ""
    return corpus, outputs_of(folder / "out")


class Here:
    """Is a workplace of one thread in this process: for stores that live in its memory, and where processes aren't what is tested."""

    def __init__(self, count):
        self.executor = ThreadPoolExecutor(1)

    def width(self):
        return 1

    def deaths(self, error):
        return 0

    def shutdown(self, wait=True, *, cancel_futures=False):
        self.executor.shutdown(wait, cancel_futures=cancel_futures)


@pytest.fixture
def here(monkeypatch):
    """Lets `local` be one thread of this process."""
    monkeypatch.setattr("tawazun.batch.workplaces.Processes", Here)
