import msgspec
import pytest

import tawazun
from tawazun.base.errors import InputError

TEXT = "التقى وزير الخارجية المصري نظيره التركي في القاهرة أمس."


def test_the_date_is_checked():
    assert tawazun.read(TEXT, published="2020-8-9").document.published == "2020-08-09"
    with pytest.raises(InputError, match="published: date 'soon'"):
        tawazun.read(TEXT, published="soon")


def test_what_is_no_text_is_refused():
    with pytest.raises(InputError, match="must be a str, not bytes"):
        tawazun.read(TEXT.encode())


def test_surrogates_can_be_stored():
    dossier = tawazun.read(TEXT + "\ud800", title="\udfff")
    assert dossier.document.text == TEXT + "\ufffd" and dossier.document.title == "\ufffd"
    assert msgspec.json.encode(dossier)


def test_the_same_twice_is_the_same():
    assert tawazun.read(TEXT) == tawazun.read(TEXT)
