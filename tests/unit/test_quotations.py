"""Finds quotations: which mark closes which, nesting, marks typed the wrong way round, marks that are never closed."""

from functools import cache

import pytest

from tawazun.lexicon.load import load_lexicon
from tawazun.model.readings import Quotation, Reading, Sentence
from tawazun.read.quotations import by_sentence
from tawazun.read.reading import read_text
from tawazun.read.words import Words

# text | the quotations in order of their beginning: depth, `+` closed or `-` not, text; separated by `;`
CASES = """
قال الوزير «لن نعود» ثم غادر | 0+«لن نعود»
قال الوزير "لن نعود" ثم غادر | 0+"لن نعود"
قال الوزير “لن نعود” ثم غادر | 0+“لن نعود”
قال الوزير „لن نعود“ ثم غادر | 0+„لن نعود“
قال الوزير ‹لن نعود› ثم غادر | 0+‹لن نعود›
قال الوزير ‘لن نعود’ ثم غادر | 0+‘لن نعود’
قال الوزير 'لن نعود' ثم غادر | 0+'لن نعود'
قال الوزير ＂لن نعود＂ ثم غادر | 0+＂لن نعود＂
قال الوزير 「لن نعود」 ثم غادر | 0+「لن نعود」
قال "نعم" ثم قال "لا" | 0+"نعم";0+"لا"
قال «نعم» و«لا» معا | 0+«نعم»;0+«لا»
قال «وصفها ب"المهزلة" أمس» ثم غادر | 0+«وصفها ب"المهزلة" أمس»;1+"المهزلة"
قال "وصفها ب«المهزلة» أمس" ثم غادر | 0+"وصفها ب«المهزلة» أمس";1+«المهزلة»
قال "وصفها 'بالمهزلة' أمس" ثم غادر | 0+"وصفها 'بالمهزلة' أمس";1+'بالمهزلة'
قال «إنه قال «نعم» أمس» ثم غادر | 0+«إنه قال «نعم» أمس»;1+«نعم»
قال «إنه قال “نعم ‘ربما’ غدا” أمس» | 0+«إنه قال “نعم ‘ربما’ غدا” أمس»;1+“نعم ‘ربما’ غدا”;2+‘ربما’
قال »لن نعود« ثم غادر | 0+»لن نعود«
قال ”لن نعود“ ثم غادر | 0+”لن نعود“
قال »نعم« ثم »لا« | 0+»نعم«;0+»لا«
قال «لن نعود ثم غادر | 0-«لن نعود ثم غادر
قال "لن نعود ثم غادر | 0-"لن نعود ثم غادر
قال «إنه قال "نعم أمس» ثم غادر | 0+«إنه قال "نعم أمس»;1-"نعم أمس
قال «إنه قال «نعم ثم غادر | 0-«إنه قال «نعم ثم غادر;1-«نعم ثم غادر
« « « | 0-« « «;1-« «;2-«
قال نعم ثم غادر |
«» | 0+«»
"" | 0+""
"""
ALL = [tuple(part.strip() for part in line.split(" |")) for line in CASES.strip().splitlines()]


@cache
def words() -> Words:
    return Words(load_lexicon())


def read(text: str) -> Reading:
    return read_text(text, words())


def shown(text: str) -> list[str]:
    reading = read(text)
    tokens = reading.tokens
    return [f"{q.depth}{'+' if q.closed else '-'}{text[tokens[q.start].start : tokens[q.end - 1].end]}" for q in reading.quotations]


@pytest.mark.parametrize(("text", "wanted"), ALL)
def test_finds_quotations(text: str, wanted: str) -> None:
    assert shown(text) == [part for part in wanted.split(";") if part]


def test_a_mark_that_is_never_closed_ends_at_its_paragraph() -> None:
    assert shown("قال «لن نعود\nثم غادر» القاعة")[0] == "0-«لن نعود"


def test_a_mark_that_is_never_closed_ends_after_some_hundred_words() -> None:
    reading = read("قال «لن نعود " + "ثم غادر " * 1000)
    (quotation,) = reading.quotations
    assert not quotation.closed
    assert quotation.end - quotation.start < 410


def test_quotations_nest_or_are_apart() -> None:
    for text, _ in ALL:
        found = read(text).quotations
        assert all(
            a.end <= b.start or b.end <= a.start or (a.start <= b.start and b.end <= a.end)
            for a in found
            for b in found
            if a.start <= b.start
        )


def test_each_sentence_has_the_quotations_that_touch_it() -> None:
    sentences = [Sentence(0, 5), Sentence(5, 10), Sentence(10, 20)]
    quotations = [Quotation(0, 3, 0, True), Quotation(4, 12, 0, False), Quotation(6, 8, 1, True), Quotation(12, 20, 0, True)]
    slow = [[q for q in quotations if q.start < s.end and q.end > s.start] for s in sentences]
    assert by_sentence(quotations, sentences) == slow
    assert [len(found) for found in slow] == [2, 2, 2]
    assert by_sentence((), sentences) == [[], [], []]
