"""Checks where noun phrases end, and which events are no more than an act taken up again. Sentences are the project's own."""

from functools import cache

import pytest

import tawazun
from tawazun.lexicon.load import load_lexicon
from tawazun.model.articles import Article
from tawazun.pipeline.articles import Reader
from tawazun.read.reading import read_text
from tawazun.read.words import Words
from tawazun.recognise.parses import parse_sentence

PHRASES = """
ضبطت قوات الحدود كمية كبيرة من السلاح | قوات الحدود | كمية كبيرة
وزعت الأمم المتحدة أغذية على النازحين | الأمم المتحدة | أغذية
بحث وزير الخارجية المصري الأوضاع في المنطقة | وزير الخارجية المصري | الأوضاع
علق مجلس النواب عضوية نائب معارض | مجلس النواب | عضوية نائب معارض
زودت الجزائر الغاز إلى أوروبا | الجزائر | الغاز
خطف مسلحون 42 من العمال الأجانب | مسلحون | 42 من العمال الأجانب
سلم رئيس الحكومة المستقيل الوزير الجديد مهامه | رئيس الحكومة المستقيل | الوزير الجديد
حذر الرئيس من فتنة كارثية في البلاد | الرئيس | فتنة كارثية
"""
AGAIN = """
وقع الوزيران اتفاقا جديدا في العاصمة ووصف المراقبون الاتفاق بأنه تاريخي | 1
قصف الجيش مواقع المتمردين في الجبل وأسفر القصف عن مقتل ستة | 1
"""


def rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in line.split(" | ")) for line in table.strip().splitlines()]


@cache
def reader() -> Reader:
    return Reader(load_lexicon())


@pytest.mark.parametrize(("text", "first", "second"), rows(PHRASES))
def test_a_phrase_ends_before_its_neighbour(text: str, first: str, second: str) -> None:
    lexicon = load_lexicon()
    reading = read_text(text, Words(lexicon))
    parse = parse_sentence(reading.tokens, reading.sentences[0], (), lexicon)
    tokens = reading.tokens
    found = [text[tokens[phrase.start].start : tokens[phrase.end - 1].end] for phrase in parse.phrases]
    assert found[:2] == [first, second]


@pytest.mark.parametrize(("text", "count"), rows(AGAIN))
def test_an_act_taken_up_again_is_coded_once(text: str, count: str) -> None:
    events = reader().read(Article(text=text)).events
    first = events[0]
    again = [event for event in events if event.because.rule.split(".")[0] == first.because.rule.split(".")[0]]
    assert len([event for event in again if event.type == first.type and event.mode == first.mode]) == int(count)


def test_the_confidence_says_what_weighed() -> None:
    (event, *_) = reader().read(Article(text="قصف الجيش مواقع المتمردين قرب المدينة.")).events
    step = event.because.children[-1]
    assert step.rule == "confidence" and step.says == f"{event.confidence:.2f}"
    assert 1 <= len(step.children) <= 3 and all(child.rule.startswith("weight: ") for child in step.children)


def test_a_noun_of_the_form_of_a_dual_verb_is_a_noun_before_its_adjective() -> None:
    text = "اعتقلت قوات الأمن مراسلا أجنبيا وطالبا دنماركيا."
    (event,) = tawazun.read(text, published="2020-08-19").events
    assert "DNK" in {participant.code for participant in event.participants if participant.role == "target"}
    assert any(event.type == "REQUEST" for event in tawazun.read("التقى الوزيران في عمان وطالبا إسرائيل بوقف الحرب.").events)
