"""Turns an interruption by the user into one line and exit status 130."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

KEPT = "what was kept is whole; run the same command again to go on"


@contextmanager
def interruptible(console: Console, kept: str = KEPT) -> Iterator[None]:
    """Ends the program at once where the user interrupts what is done inside; `kept` says what is left and what to do.

    Leaving in the usual way would wait for processes that are still reading, and print where each of them was.
    """
    try:
        yield
    except KeyboardInterrupt:
        console.print(f"tawazun: interrupted; {kept}", markup=False)
        sys.stderr.flush()
        os._exit(130)
