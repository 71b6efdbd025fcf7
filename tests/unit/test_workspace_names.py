"""A workspace is named to its user without the password of its address."""

import pytest

from tawazun.base.errors import InputError
from tawazun.store.engines import address_of


@pytest.mark.parametrize(
    ("given", "kind", "shown"),
    [
        ("news", "sqlite", "news"),
        ("/data/news", "sqlite", "/data/news"),
        ("postgresql://ann:secret@host/news", "postgresql", "postgresql://ann:***@host/news"),
        ("postgres://host/news", "postgresql", "postgresql://host/news"),
    ],
)
def test_what_is_shown(given: str, kind: str, shown: str) -> None:
    address = address_of(given)
    assert (address.kind, address.shown) == (kind, shown)


@pytest.mark.parametrize("given", ["mysql://host/news", "http://host/news"])
def test_other_addresses_are_refused(given: str) -> None:
    with pytest.raises(InputError, match="no such kind of workspace"):
        address_of(given)
