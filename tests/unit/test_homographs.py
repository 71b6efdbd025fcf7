"""Words whose first letter is their own are not verbs with a conjunction or a future particle before them."""

import pytest

import tawazun

NO_EVENT = [
    "حاصر متظاهرون القاعة بحسب ما أعلن وزير الأربعاء.",
    "قال السكان إن المهندس وسيرج من أبناء المدينة.",
]
VERBS = [
    ("زار الرئيس أنقرة وزير الدوحة بعد ذلك.", "زار"),
    ("سيدعو الأمين العام الأطراف إلى وقف القتال.", "سيدعو"),
    ("وسيرجو الوفد من الملك العفو عن المحكومين.", "وسيرجو"),
]


@pytest.mark.parametrize("text", NO_EVENT)
def test_a_letter_of_the_word_itself_makes_no_verb(text: str) -> None:
    words = {text[e.trigger.start : e.trigger.end] for e in tawazun.read(text).events}
    assert words.isdisjoint({"وزير", "وسيرج"})


@pytest.mark.parametrize(("text", "trigger"), VERBS)
def test_verbs_with_a_particle_stay_verbs(text: str, trigger: str) -> None:
    assert trigger in {text[e.trigger.start : e.trigger.end] for e in tawazun.read(text).events}
