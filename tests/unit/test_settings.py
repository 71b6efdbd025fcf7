"""Reads small sentences with the packaged knowledge: where and when their acts happen, and whose codes people get from around them."""

from functools import cache

import pytest

from tawazun.lexicon.load import load_lexicon
from tawazun.model.articles import Article
from tawazun.model.dossier import Dossier, Event
from tawazun.pipeline.articles import Reader

DAY = "2014-05-14"

# trigger | place, or - for none | sentence
PLACES = """
اجتياحهم | بلدة | انتقد الوزير اجتياحهم بلدة الزهراء
هجوم | مدينة | شن المتمردون هجوما على مدينة غاو صباح أمس
استعادته | المطار | تجولت الصحافة في المطار الذي استعادته القوات الحكومية
انفجار | بلدة | قتل ثلاثة في انفجار هز بلدة سروج
قتل | بلدة | قتل ثلاثة في انفجار هز بلدة سروج
اشتباكات | مدينة حلب | شهدت مدينة حلب اشتباكات عنيفة
تظاهرات | أحياء | جرت أمس تظاهرات في أحياء العاصمة
القمة | الدوحة | بحث القادة الملف في القمة التي عقدت في الدوحة
زيارة | القاهرة | بدأ الوزير زيارة إلى القاهرة أمس
زيارة | - | بدأ الوزير زيارة إلى فرنسا أمس
انسحبت | مدينة تعز | انسحبت القوات من مدينة تعز أمس
قصف | ريف دمشق | قصف الطيران مركزا للبحوث في ريف دمشق
نددت | - | نددت السفارة الليبية في مصر بالاعتداء
ناقش | - | ناقش الوزير تطورات الوضع في اليمن
التقى | - | التقى الوزيران خارج سوريا
التقى | القاهرة | التقى وزير الخارجية المصري نظيره الفرنسي في القاهرة أمس
"""

# trigger | date, or - for none | sentence
TIMES = """
الهجوم | 2014-05-13 | أعلنت الحركة مسؤوليتها عن الهجوم الذي وقع أمس في العاصمة
مقتل | 2014-05-13 | وقع هجوم أمس على القاعدة أدى إلى مقتل ثلاثة جنود
مستعدة | 2014-05-13 | قال الوزير أمس الثلاثاء إن بلاده مستعدة للحوار
مطالبين | 2014-05-13 | تظاهر المئات أمس مطالبين بالإفراج عن المعتقلين
اقتحم | 2014-05-13 | وقع الحادث أمس عندما اقتحم مسلحون السجن
وافق | 2014-05-13 | بعد ستة أسابيع من المفاوضات وافق الحزب أمس على الاتفاق
تظاهر | - | تظاهر الآلاف في ذكرى ثورتي 25 يناير
"""

# word that a participant holds | code | sentence
CODES = """
قواته | IRN.MIL | أعلن الرئيس الإيراني أن قواته قصفت الموقع
معاليه | KWT.GOV | في الكويت رحب معاليه بالاتفاق
المستوطنون | ISR.CVL | أحرق المستوطنون منزلا في الضفة الغربية
الأمين العام | IGO.UNO | أدان الأمين العام للأمم المتحدة الهجوم
السلطات | USA.MIL | رفضت السلطات العسكرية الأمريكية تسليم المعتقلين
مسلحون | IRQ.UAF | هاجم مسلحون قاعدة في بغداد
أفراد القوة | IRQ.MIL | احتجز المسلحون أحد أفراد القوة في مدينة الموصل
السفيرين | USA.GOV+ISR.GOV | التقى الوزير السفيرين الأميركي والإسرائيلي في القاهرة
الجانبان | EGY+SDN | اتفق الجانبان المصري والسوداني على الحوار
القوات العسكرية | FRA.MIL | اعتقلت القوات العسكرية والشرطة الفرنسية ثلاثة رجال
"""


def _rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in line.split(" | ")) for line in table.strip().splitlines()]


@cache
def _reader() -> Reader:
    return Reader(load_lexicon())


def _event(sentence: str, trigger: str) -> tuple[Dossier, Event]:
    dossier = _reader().read(Article(text=sentence, id="test", published=DAY))
    found = [event for event in dossier.events if trigger in sentence[event.trigger.start : event.trigger.end]]
    assert found, f"no event at {trigger}"
    return dossier, found[0]


@pytest.mark.parametrize(("trigger", "place", "sentence"), _rows(PLACES))
def test_an_act_gets_its_place(trigger: str, place: str, sentence: str) -> None:
    _, event = _event(sentence, trigger)
    text = sentence[event.place.start : event.place.end] if event.place is not None else "-"
    assert place in text


@pytest.mark.parametrize(("trigger", "iso", "sentence"), _rows(TIMES))
def test_an_act_gets_its_time(trigger: str, iso: str, sentence: str) -> None:
    _, event = _event(sentence, trigger)
    assert (event.time.iso if event.time is not None and event.time.iso else "-") == iso


@pytest.mark.parametrize(("word", "code", "sentence"), _rows(CODES))
def test_people_get_their_code(word: str, code: str, sentence: str) -> None:
    dossier = _reader().read(Article(text=sentence, id="test", published=DAY))
    people = [person for event in dossier.events for person in event.participants if word in sentence[person.start : person.end]]
    assert people and {person.code for person in people} == {code}


def test_counted_students_ask_for_nothing() -> None:
    dossier = _reader().read(Article(text="أصيب 1800 طالب في اشتباكات أمس", id="test", published=DAY))
    assert "REQUEST" not in {event.type for event in dossier.events}


def test_a_known_short_name_after_that_is_no_verb() -> None:
    dossier = _reader().read(Article(text="قال المتحدث إن شكري التقى نظيره الإيطالي في روما", id="test", published="2016-05-14"))
    assert [event.type for event in dossier.events] == ["CONSULT"]
