"""Whom the rules alone, without weights, propose as source and target."""

import msgspec
import pytest

from tawazun.lexicon.load import load_lexicon
from tawazun.model.articles import Article
from tawazun.pipeline.articles import Reader

CASES = [
    ("جرت أمس زيارة لوزير الخارجية إلى تونس.", "زيارة", [("source", "لوزير الخارجية"), ("target", "تونس")]),
    ("اختتم الوفد زيارة لتونس.", "زيارة", [("source", "الوفد"), ("target", "لتونس")]),
    ("يزور تونس حاليا وفد سوداني.", "يزور", [("source", "وفد سوداني"), ("target", "تونس")]),
    ("رفضت المحكمة الطلب المقدم من الحكومة السودانية.", "الطلب", [("source", "الحكومة السودانية")]),
    ("خطف المسلحون نحو 40 مدنيا قرب الحدود.", "خطف", [("source", "المسلحون"), ("target", "نحو 40 مدنيا")]),
    ("الجيش قتل خمسة مسلحين في الجبل.", "قتل", [("source", "الجيش"), ("target", "خمسة مسلحين")]),
    ("سقط قتلى برصاص الجيش.", "سقط", [("source", "الجيش"), ("target", "قتلى")]),
    ("أيد الوزير خطة الحكومة لتسليح المعارضة.", "لتسليح", [("source", "الحكومة"), ("target", "المعارضة")]),
    ("السجناء الذين تم اعتقالهم في المدينة أضربوا.", "اعتقالهم", [("target", "السجناء")]),
    ("اعتقلت السلطات السعودية ناشطين.", "اعتقلت", [("source", "السلطات السعودية"), ("target", "ناشطين")]),
    ("قتل الجندي الفرنسي على يد مسلحين في الجبل.", "قتل", [("source", "مسلحين"), ("target", "الجندي الفرنسي")]),
    ("خطف الطبيب على أيدي مسلحين في الجبل.", "خطف", [("source", "مسلحين"), ("target", "الطبيب")]),
    ("احتجز الصحافي الفرنسي من جانب السلطات السورية.", "احتجز", [("source", "السلطات السورية"), ("target", "الصحافي الفرنسي")]),
    ("اعتقل ناشطون من طرف الشرطة المغربية.", "اعتقل", [("source", "الشرطة المغربية"), ("target", "ناشطون")]),
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(msgspec.structs.replace(load_lexicon(), scorers={}))


@pytest.mark.parametrize(("text", "trigger", "expected"), CASES)
def test_participants(reader: Reader, text: str, trigger: str, expected: list[tuple[str, str]]) -> None:
    events = reader.read(Article(text=text, id="t")).events
    event = next(e for e in events if text[e.trigger.start : e.trigger.end].startswith(trigger))
    assert sorted((p.role, text[p.start : p.end]) for p in event.participants) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    [
        "التقى وزير الخارجية المصري نظيره التركي في أنقرة يوم الثلاثاء.",
        "التقى وزير الخارجية المصري سامح شكري نظيره التركي في أنقرة.",
    ],
)
def test_a_known_actor_right_after_the_subject_takes_part(text: str) -> None:
    (event,) = Reader(load_lexicon()).read(Article(text=text, published="2020-08-19")).events
    assert [participant.code for participant in event.participants] == ["EGY.GOV", "TUR.GOV"]


def test_a_verb_with_its_own_subject_has_no_other_source() -> None:
    text = "رفضت تركيا الاتفاق ونددت أثينا بعدها بإرسال سفينة المسح التركية."
    events = Reader(load_lexicon()).read(Article(text=text, published="2020-08-19")).events
    (condemned,) = (event for event in events if event.type == "ACCUSE")
    assert [p.code for p in condemned.participants if p.role == "source"] == ["GRC"]


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("التقى الأتراك أمس وفدا من الأمم المتحدة.", "التقى", "TUR"),
        ("هاجم الأتراك أمس وفدا من الأمم المتحدة.", "هاجم", "TUR.CVL"),
    ],
)
def test_people_of_a_nation_who_meet_stand_for_their_state(reader: Reader, text: str, trigger: str, expected: str) -> None:
    events = reader.read(Article(text=text, id="t")).events
    event = next(e for e in events if text[e.trigger.start : e.trigger.end] == trigger)
    assert next(p.code for p in event.participants if p.role == "source") == expected
