"""Checks the laws at the top of read/fold.py on letters, marks, tatweel, presentation forms, controls and surrogates."""

import re
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from tawazun.base.letters import FOLD_TABLE, fold_word
from tawazun.read.fold import fold, folded_span, raw_span

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآٱءؤئةى"
PERSIAN = "پچژگکیۀەھہےۓ"
MARKS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0653\u0654\u0670\u0610\u06d6\u06e1"
TATWEEL = "\u0640"
CONTROLS = "\u200b\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00ad\x00\x07"
DIGITS = "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬"
SPACES = " \n\t\u00a0\u2003\u3000\r"
SIGNS = "،؛؟.«»\"'()[]…–-/٪"
PRESENTATION = "".join(map(chr, [*range(0xFB50, 0xFBB2), *range(0xFBD3, 0xFD3E), *range(0xFDF0, 0xFDFD), *range(0xFE70, 0xFEFD)]))
SURROGATES = "\ud800\udbff\udc00\udfff"

CHARACTERS = st.one_of(
    *map(st.sampled_from, (LETTERS, LETTERS, PERSIAN, MARKS, TATWEEL, CONTROLS, DIGITS, SPACES, SIGNS, PRESENTATION, SURROGATES)),
    st.characters(),
)
TEXTS = st.text(CHARACTERS, max_size=120)
WORD = re.compile(r"\S+")


@given(TEXTS)
def test_folds_character_by_character(text: str) -> None:
    assert fold(text).text == "".join(FOLD_TABLE.get(ord(char), char) for char in text)


@given(TEXTS)
def test_offsets_never_decrease(text: str) -> None:
    assert all(first <= second for first, second in pairwise(fold(text).offsets))


@given(TEXTS)
def test_offsets_cover_the_text(text: str) -> None:
    folded = fold(text)
    assert len(folded.offsets) == len(folded.text) + 1
    assert folded.offsets[-1] == len(text)
    kept = [index for index, char in enumerate(text) for _ in fold_word(char)]
    assert list(folded.offsets)[:-1] == kept


@given(TEXTS)
def test_each_folded_character_comes_from_the_raw_one_at_its_offset(text: str) -> None:
    folded = fold(text)
    assert all(char in fold_word(text[offset]) for char, offset in zip(folded.text, folded.offsets, strict=False))


@given(TEXTS)
@example("قال\u202eـــ محمّدٌ\u0651 لن\u200cيعود")
@example("ﷺ والسلام")
@example("ﻻ بديل\ud800 عن ﷲ\u064b")
def test_a_raw_span_of_whole_words_folds_back_to_itself(text: str) -> None:
    folded = fold(text)
    words = list(WORD.finditer(folded.text))
    for first, last in [(word, word) for word in words] + list(pairwise(words)):
        start, end = raw_span(folded, first.start(), last.end())
        assert 0 <= start < end <= len(text)
        assert fold(text[start:end]).text == folded.text[first.start() : last.end()]
        assert folded_span(folded, start, end) == (first.start(), last.end())


@given(TEXTS)
def test_words_do_not_overlap(text: str) -> None:
    folded = fold(text)
    spans = [raw_span(folded, *word.span()) for word in WORD.finditer(folded.text)]
    assert all(first[1] <= second[0] for first, second in pairwise(spans))


@given(TEXTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    folded = fold(text)
    again = fold(folded.text)
    assert again.text == folded.text
    assert list(again.offsets) == list(range(len(folded.text) + 1))


@given(TEXTS)
def test_words_and_texts_are_folded_alike(text: str) -> None:
    assert fold_word(text) == fold(text).text


def test_every_code_point_is_folded_once() -> None:
    for code in range(0x110000):
        once = fold_word(chr(code))
        assert fold_word(once) == once, f"U+{code:04X}"
        assert " " not in once or once == " ", f"U+{code:04X} becomes two words"
