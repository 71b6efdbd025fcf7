"""Checks that the search for garbage is held off, comes back, and is left alone where the caller switched it off."""

import gc

import pytest

from tawazun.base.garbage import kept_garbage


def test_collection_is_off_inside_and_on_again_after() -> None:
    with kept_garbage():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_comes_back_after_an_error() -> None:
    with pytest.raises(ValueError, match="inside"), kept_garbage():
        raise ValueError("inside")
    assert gc.isenabled()


def test_where_it_was_off_it_stays_off() -> None:
    gc.disable()
    try:
        with kept_garbage():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
