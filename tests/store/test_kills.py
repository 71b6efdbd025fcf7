"""A run that is killed leaves whole articles only; bench/kills.py does the same at 200 moments."""

from collections.abc import Callable

import pytest

from kills import ARTICLES, kill_at
from tawazun.app import ingesting

MOMENTS = 10


def test_what_a_killed_run_leaves_is_whole(place: Callable[[], str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingesting, "_KEPT", ingesting._KEPT)
    monkeypatch.setattr(ingesting, "_LOOKED_UP", ingesting._LOOKED_UP)
    left = kill_at(MOMENTS, place)
    assert len(left) == MOMENTS
    assert any(0 < kept < ARTICLES for kept in left), "no run was killed in its middle, so this shows nothing"
