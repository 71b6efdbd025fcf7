"""Turns `local` or the address of a Dask scheduler into an executor, whose workers may die without the rest."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread
from time import monotonic
from typing import Any, ParamSpec, Protocol, TypeVar

from tawazun.base.errors import SetupError
from tawazun.pipeline.batches import usable_processes

LOCAL = "local"
_CONNECT = 20
"""Is for how many seconds a scheduler is asked for."""
_FRESH = 1.0

Given = ParamSpec("Given")
Result = TypeVar("Result")


class Workplace(Protocol):
    """Is where tasks are done: an executor, and what it can't say itself."""

    executor: Executor

    def width(self) -> int:
        """Returns how many tasks are done at the same time now; 0 where there is no worker yet."""

    def deaths(self, error: BaseException) -> int:
        """Returns how many workers an error says to have died at a task; 0 where it is about something else."""


@contextmanager
def open_workplace(on: str, processes: int | None = None) -> Iterator[Workplace]:
    """Opens `local`, with one process a core where `processes` is None, or the cluster of a scheduler; at the end nothing of it runs on.

    Raises `SetupError` where the cluster can't be used.
    """
    if on == LOCAL:
        processes_here = Processes(processes or usable_processes())
        try:
            yield processes_here
        finally:
            processes_here.shutdown(wait=False, cancel_futures=True)
        return
    cluster = _Cluster(on)
    try:
        yield cluster
    finally:
        cluster.close()


class Processes(Executor):
    """Is so many processes, each a pool of its own, so that one that dies costs what it was doing and nothing else."""

    def __init__(self, count: int) -> None:
        self.executor: Executor = self
        self.count = count
        self.context = multiprocessing.get_context("spawn")
        self.theirs, self.ours = self.context.Pipe(duplex=False)
        self.pools: set[ProcessPoolExecutor] = set()
        self.idle: SimpleQueue[ProcessPoolExecutor] = SimpleQueue()
        for _ in range(count):
            self._add()

    def width(self) -> int:
        """Returns the number of processes."""
        return self.count

    def deaths(self, error: BaseException) -> int:
        """Returns 1 for a process that died."""
        return int(isinstance(error, BrokenProcessPool))

    def submit(self, fn: Callable[Given, Result], /, *args: Given.args, **kwargs: Given.kwargs) -> Future[Result]:
        """Gives a call to a process without one; waits where there is none."""
        pool = self.idle.get()
        try:
            future = pool.submit(fn, *args, **kwargs)
        except BrokenProcessPool:  # it died while it had nothing to do
            self._replace(pool)
            return self.submit(fn, *args, **kwargs)
        future.add_done_callback(lambda done: self._take_back(pool, done))
        return future

    def _take_back(self, pool: ProcessPoolExecutor, future: Future[Any]) -> None:
        if not future.cancelled() and isinstance(future.exception(), BrokenProcessPool):
            self._replace(pool)
        else:
            self.idle.put(pool)

    def _replace(self, pool: ProcessPoolExecutor) -> None:
        self.pools.discard(pool)
        pool.shutdown(wait=False)
        self._add()

    def _add(self) -> None:
        pool = ProcessPoolExecutor(1, self.context, _serve, (self.theirs,))
        self.pools.add(pool)
        self.idle.put(pool)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Ends the processes: at once where `wait` is false, whatever they do."""
        if not wait:
            self.ours.close()
        for pool in tuple(self.pools):
            pool.shutdown(wait=wait, cancel_futures=cancel_futures)


def _serve(connection: Connection) -> None:
    """Makes a process leave interrupts to its parent, and end when that closes its end of the connection or ends, however it does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with, args=(connection,), daemon=True).start()


def _end_with(connection: Connection) -> None:
    with suppress(EOFError, OSError):
        connection.recv()
    os._exit(1)


class _Cluster:
    """Is a Dask cluster; its scheduler gives the task of a worker that died to another, up to four times."""

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client, KilledWorker  # an extra, which takes more than a second to load
        except ImportError:
            raise SetupError(f"--on {address}: a cluster needs Dask, which isn't installed; pip install 'tawazun[cluster]'") from None
        try:
            self.client = Client(address, timeout=_CONNECT, set_as_default=False)
        except (OSError, ValueError) as error:
            raise SetupError(
                f"--on {address}: no scheduler answers there ({error}); give `local` or an address as tcp://host:8786"
            ) from None
        self.killed: type[KilledWorker] = KilledWorker
        self.executor: Executor = self.client.get_executor(pure=False)
        self.asked, self.threads = 0.0, 0
        many = {worker: threads for worker, threads in self.client.nthreads().items() if threads > 1}
        if many:
            self.close()
            worker, threads = next(iter(many.items()))
            raise SetupError(
                f"--on {address}: the worker {worker} has {threads} threads, of which one at a time can read; "
                "start workers with --nthreads 1 --nworkers CORES"
            )

    def width(self) -> int:
        """Returns the number of threads of all workers, asked for once a second at most."""
        if monotonic() - self.asked > _FRESH:
            self.threads, self.asked = sum(self.client.nthreads().values()), monotonic()
        return self.threads

    def deaths(self, error: BaseException) -> int:
        """Returns how many workers died before the scheduler gave a task up."""
        return int(error.allowed_failures) + 1 if isinstance(error, self.killed) else 0

    def close(self) -> None:
        """Leaves the cluster; what is under way for us is cancelled."""
        self.client.close(timeout=_CONNECT)
