"""Cuts texts into sentences: what ends one, and what looks like an end and is none."""

from functools import cache

import pytest

from tawazun.lexicon.load import load_lexicon
from tawazun.model.readings import Reading
from tawazun.read.reading import read_text
from tawazun.read.words import Words

# `|` stands where a sentence ends and another begins; `\n` is a line break
CASES = r"""
# full stops, questions, exclamations
سافر الوفد إلى جنيف. وعاد مساء الخميس.
سافر الوفد إلى جنيف.| وعاد مساء الخميس.
سافر الوفد.|وعاد مساء.
هل تستأنف المفاوضات؟| لا أحد يعلم.
كفى حربا!| قال المتظاهرون.
ماذا بعد؟!| لا جواب.
انتهت الجولة!!!| ثم غادر الوفد.
سافر الوفد إلى جنيف .| وعاد مساء الخميس .
وصل المبعوث۔| غادر الوزير۔
سافر الوفد إلى جنيف
# a stray full stop: a phrase torn in two, a relative clause cut off, a comma after it
اجتمع الوزير برئيس وزراء حكومة التوافق. في العاصمة.
وصلت قافلة الإغاثة. إلى المدينة المحاصرة.| وفرغت حمولتها.
التقى الرئيس رئيس الحكومة. الذي وصل أمس من جنيف.| وغادر.
وقع الجانبان الاتفاق. التي طال انتظارها مواده.
أدان المجلس الهجوم. ، ودعا إلى تحقيق.
# but a verb, a conjunction or a longer phrase is a sentence of its own
سافر الوفد.| في جنيف يلتقي المبعوث غدا.
سافر الوفد.| وفي المساء عاد.
سافر الوفد.| في هذا الوقت كان رئيس الوزراء ووزراء حكومته في قاعة الاجتماعات الكبرى.
# initials and abbreviations
وصل د. سمير الحاج إلى المطار.| ثم غادر.
وصل د . سمير الحاج إلى المطار.
حضر أ.د. سمير الحاج الجلسة.
افتتح م. سمير الحاج المعرض مع أ. ليلى.
رام الله (أ.ف.ب) - أصيب ثلاثة عمال.
قالت أ. ف. ب. إن ثلاثة أصيبوا.
زار ج. سميث و ت. براون المدينة.
# a letter after a year is an era, and the sentence may end there
انتهى العام 1442 هـ.| وبدأ عام جديد.
تأسس الحزب سنة 1951 م.| وحظر بعد عامين.
# numbers
بلغت النسبة 3.5 في المئة.| وتراجعت لاحقا.
بلغت النسبة ٣٫٥ في المئة.| وتراجعت لاحقا.
صدر القرار 2510.| ورحب به الوزير.
وصل 1.200.000 لاجئ.| وعاد نصفهم.
انعقد المؤتمر في 17.8.2020.| وصدر بيان.
عند الساعة 16.30 وصل الوفد.
1. وقف القتال في المدينة.\n|2. فتح المعابر.
البند 7.| لا تغيير فيه.
# addresses and foreign words
نشر موقع www.example.org الخبر.| ونفاه الوزير.
صدر التقرير عن شركة Example.| ونفته الحكومة.
# three dots
قال إن المفاوضات ... تعثرت مجددا.
قال إن المفاوضات… تعثرت مجددا.
قال إن المفاوضات.. تعثرت مجددا.
عاد الوفد....| وبقيت الأزمة.
عاد الوفد...\n|بقيت الأزمة.
عاد الوفد ...
# quotations
قال: «سنعود. لن ننتظر طويلا. هذا قرارنا» ثم غادر القاعة.
قال: "سنعود. لن ننتظر طويلا. هذا قرارنا" ثم غادر القاعة.
قال: «سنعود.»| وأضاف أن القرار نهائي.
قال: «سنعود».| وأضاف أن القرار نهائي.
قال: "سنعود قريبا."| وأضاف أن القرار نهائي.
قال: «سنعود ولن ننتظر.| وأضاف أن القرار نهائي.
نفى الخبر (نشر أمس.)| وغادر.
# headlines and lines
الرئيس يلتقي المبعوث\n|التقى الرئيس المبعوث أمس.
صورة\n\n|التقى الرئيس المبعوث أمس.\n\n|غادر المبعوث.
الرئيس يلتقي المبعوث\r\n|التقى الرئيس المبعوث أمس.
الرئيس يلتقي المبعوث\u2028|التقى الرئيس المبعوث أمس.
\n\nالتقى الرئيس المبعوث أمس.\n
- البند الأول\n|- البند الثاني
# marks alone
...
.| .| .
؟
"""


@cache
def words() -> Words:
    return Words(load_lexicon())


def read(text: str) -> Reading:
    return read_text(text, words())


def sentences(text: str) -> list[str]:
    reading = read(text)
    return [text[reading.tokens[s.start].start : reading.tokens[s.end - 1].end] for s in reading.sentences]


def unescape(case: str) -> str:
    return case.replace(r"\n", "\n").replace(r"\r", "\r").replace(r"\u2028", "\u2028")


ALL = [line for line in CASES.strip().splitlines() if not line.startswith("#")]


@pytest.mark.parametrize("case", ALL[1:])
def test_cuts_where_a_reader_would(case: str) -> None:
    text = unescape(case)
    assert sentences(text.replace("|", "")) == [part.strip() for part in text.split("|")]


def test_nothing_but_space_has_no_sentence() -> None:
    assert read("").sentences == ()
    assert read(" \n\u200f\n ").sentences == ()


@pytest.mark.parametrize("case", ALL)
def test_sentences_cover_all_tokens_in_order(case: str) -> None:
    reading = read(unescape(case).replace("|", ""))
    assert [index for s in reading.sentences for index in range(s.start, s.end)] == list(range(len(reading.tokens)))


def test_a_long_line_without_full_stop_is_cut_after_a_comma() -> None:
    reading = read("وصل الوفد إلى المدينة، " * 200)
    lengths = [s.end - s.start for s in reading.sentences]
    assert max(lengths) <= 220
    assert all(reading.tokens[s.end - 1].text == "،" for s in reading.sentences)


def test_a_long_line_without_marks_is_cut_all_the_same() -> None:
    reading = read("وصل الوفد " * 500)
    assert max(s.end - s.start for s in reading.sentences) <= 220
