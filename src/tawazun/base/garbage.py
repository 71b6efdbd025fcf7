"""Holds off the search for garbage where many objects arrive that stay: each search looks at all of them, and finds nothing."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def kept_garbage() -> Iterator[None]:
    """Lets no cyclic garbage be collected meanwhile; where the caller has switched collection off, it stays off."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
