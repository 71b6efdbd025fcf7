"""Checks whose code a phrase gets by itself, by what stands in or after it, and by its sentence. Sentences are the project's own."""

from collections import Counter
from functools import cache

import pytest

from tawazun.lexicon.load import load_lexicon
from tawazun.model.lexicon import Lexicon
from tawazun.model.names import KnownActor, Office
from tawazun.read.reading import read_text
from tawazun.read.words import Words
from tawazun.recognise.parses import parse_sentence
from tawazun.resolve.discourse import Discourse
from tawazun.resolve.loans import lent
from tawazun.resolve.phrases import office_on

OWNERS = """
دمرت الطائرات أهدافا لتنظيم داعش في الجبل | أهدافا | REB
أحرق شبان سيارة تابعة للناتو على الطريق | سيارة تابعة | IGO.NATO
استولى الثوار على قاعدة للجيش الليبي | قاعدة | LBY.MIL
التقى السفير ممثلين عن البرلمان الألماني | ممثلين | DEU.LEG
هدم المستوطنون أمس مسجدا في الأردن | مسجدا | JOR.REL
نهب اللصوص محلات تجارية في بيروت | محلات تجارية | LBN.BUS
أغلق المحتجون جسر السودان الوحيد | جسر السودان الوحيد | SDN
زار الوزير الصومالي مدينة وأحرق مسلحون خيمة كبيرة | خيمة كبيرة | None
خطف مسلحون شقيق الوزير الصومالي وأحرقوا منزله | منزله | SOM.GOV
"""
HOMELANDS = """
قال الرئيس التركي إن بلاده سترسل مساعدات | بلاده | TUR
وقعت جمهورية مالطا الاتفاقية | جمهورية مالطا | MLT
وصل أمير دولة قطر صباحا | أمير دولة قطر | QAT.GOV
رحبت دول الاتحاد بالقرار | دول الاتحاد | IGO.EU
شكرت تونس المملكة على المنحة | المملكة | SAU
قال الوزير الكندي إن سفير بلاده عاد من بغداد | سفير بلاده | CAN.GOV
"""
COUNTS = """
احتج مئات المتظاهرين في كراتشي | مئات المتظاهرين | PAK.CVL
قتل عشرة على الأقل في بغداد | عشرة | IRQ.CVL
قتل ثلاثة جنود يمنيين وأصيب خمسة | خمسة | YEM.MIL
قتل شرطي تونسي وجرح آخر | آخر | TUN.COP
يلتقي أعضاء الفريق مجددا في موسكو | أعضاء الفريق | None
تجمع مئات الكوريين الجنوبيين أمام القصر | مئات الكوريين الجنوبيين | KOR.CVL
"""
SEVERAL = """
هاجم مسلحون القوات الأميركية والعراقية | القوات الأميركية | USA.MIL+IRQ.MIL
انتشرت الوحدات العسكرية والأمنية بمحافظة صعدة | الوحدات العسكرية | YEM.MIL+YEM.COP
شكر المضيف الزعيمين التركي والإسرائيلي | الزعيمين التركي والإسرائيلي | TUR.GOV+ISR.GOV
أشاد الجانبان بالتعاون بين مصر والسودان | الجانبان | EGY+SDN
كرم الاتحاد الصحفية الفلسطينية الأميركية | الصحفية الفلسطينية الأميركية | PSE.MED
"""
SECTORS = """
اعتقل الجيش عشرة من قادة المتمردين في تشاد | عشرة من قادة المتمردين | TCD.REB
نفى زعيم الخاطفين التهمة | زعيم الخاطفين | UAF
تقدمت عناصر القوات المسلحة المصرية | عناصر القوات المسلحة المصرية | EGY.MIL
وصل وفد الكونغرس مساء | وفد الكونغرس | USA.LEG
استقال وزراء المعارضة في الكويت | وزراء المعارضة | KWT.OPP
هاجمت قوات من المعارضة السورية حاجزا | قوات | SYR.OPP
أصيب ضباط الداخلية في القاهرة | ضباط الداخلية | EGY.COP
أصيب حراس البنك في القاهرة | حراس البنك | EGY.COP
هاجم مسلحون يمنيون حاجزا | مسلحون يمنيون | YEM.REB
هاجم مسلحون حاجزا في مالي | مسلحون | MLI.UAF
تظاهر الشيعة في بغداد | الشيعة | IRQ.CVL
فجر انتحاريان نفسيهما في بغداد | انتحاريان | IRQ.UAF
شهدت سوريا مواجهات مع القوات النظامية في أكثر من جبهة | القوات النظامية | SYR.MIL
اعتقلت الشرطة الصحافي البريطاني بول مارتن | الصحافي البريطاني بول مارتن | GBR.MED
استقبلت أوتاوا الزعيم الكندي بول مارتن | الزعيم الكندي بول مارتن | CAN.GOV
وصل المسؤولين العراقيين خبر السفر | المسؤولين العراقيين | IRQ.GOV
"""
COUNTRIES = """
نقلت وكالة الأنباء الفرنسية أن الشرطة فرقت المتظاهرين في نيروبي | الشرطة | KEN.COP
دعت كينيا وأوغندا وكينيا أيضا الشرطة إلى الحذر | الشرطة | KEN.COP
أعلنت حركة طالبان في باكستان هدنة | حركة طالبان | PAK.REB
اعتدت قوات الاحتلال على المتظاهرين | المتظاهرين | PSE.CVL
طالب مجلس محافظة الأنبار بالمياه | مجلس محافظة الأنبار | IRQ.GOV
طوق رجال الأمن القصر ودعا الرئيس جميع الأطراف في اليمن إلى الحوار | جميع الأطراف | YEM
دعت الدول المانحة السودان إلى الحوار | الدول المانحة | None
"""
LOANS = """
قالت بريطانيا وفرنسا وبريطانيا أيضا في تقرير عن سوريا إن المسلحين عادوا | المسلحين | SYR.UAF
حذرت السويد من هجوم قد يشنه مسلحون | مسلحون | UAF
حذرت نيجيريا من هجوم قد يشنه مسلحون | مسلحون | NGA.UAF
رحبت أنقرة وأنقرة وحدها بما قاله العراق عن المتمردين | المتمردين | IRQ.REB
قاتلت القوات التركية المتمردين | المتمردين | TUR.REB
قالت واشنطن وواشنطن وحدها إن إيران ضربت المتظاهرين | المتظاهرين | IRN.CVL
فرقت الشرطة المتظاهرين في واشنطن | المتظاهرين | USA.CVL
أطلق الجنود النار في غزة | الجنود | ISR.MIL
أطلق الجنود النار في عدن | الجنود | YEM.MIL
هاجم تنظيم داعش مقرا في ليبيا | تنظيم داعش | LBY.REB
نددت السويد بما فعله تنظيم داعش | تنظيم داعش | REB
"""


@cache
def lexicon() -> Lexicon:
    return load_lexicon()


def code(text: str, wanted: str) -> str | None:
    """Returns the code of the phrase that a text has as `wanted`."""
    reading = read_text(text + ".", Words(lexicon()))
    tokens = reading.tokens
    parse = parse_sentence(tokens, reading.sentences[0], (), lexicon())
    discourse = Discourse(tokens, lexicon(), "2015-06-01")
    found = discourse.sentence(parse)
    for number, phrase in enumerate(parse.phrases):
        start = tokens[phrase.start].start
        if text[start : tokens[phrase.end - 1].end] in (wanted, "و" + wanted):
            own = found[number].code if number in found else None
            belongs = discourse.belonging(parse, number, found)
            return own or (belongs.code if belongs is not None else None)
    raise AssertionError([text[tokens[p.start].start : tokens[p.end - 1].end] for p in parse.phrases])


def rows(*tables: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split(" | ")] for table in tables for line in table.strip().splitlines()]


@pytest.mark.parametrize(("text", "phrase", "expected"), rows(OWNERS, HOMELANDS, COUNTS, SEVERAL, SECTORS, COUNTRIES, LOANS))
def test_a_phrase_has_the_code_of_whom_it_stands_for(text: str, phrase: str, expected: str) -> None:
    assert str(code(text, phrase)) == expected


@pytest.mark.parametrize(
    ("sector", "local", "named", "day", "expected"),
    [
        ("CVL", "SSD", "SDN", "2010-05-01", "SDN"),
        ("CVL", "SSD", "SDN", "2012-05-01", "SSD"),
        ("CVL", "SSD", "SDN", None, "SSD"),
        ("CVL", None, "SDN", "2012-05-01", None),
        ("GOV", "USA", "IRQ", "2012-05-01", "USA"),
        ("OPP", "USA", "SYR", "2012-05-01", "SYR"),
        ("REB", "JOR", "PSE", "2012-05-01", "PSE"),
        ("REB", "JOR", "SWE", "2012-05-01", "JOR"),
        ("REB", "NOR", "SWE", "2012-05-01", None),
    ],
)
def test_a_sentence_lends_its_country_by_what_people_are(
    sector: str, local: str | None, named: str, day: str | None, expected: str | None
) -> None:
    assert lent(sector, local, lambda: Counter({local or "": 2, named: 1}), day, {}) == expected


def test_of_two_offices_held_at_once_that_of_the_government_counts() -> None:
    minister = Office("", "Minister", "SWE.GOV", "2010", "2014")
    leader = Office("", "Leader", "SWE.PTY", "2011", None)
    person = KnownActor("x", "person", ("x",), "x", None, "SWE", None, roles=(minister, leader))
    assert [office_on(person, day) for day in ("2010-03-01", "2012-03-01", "2015-03-01")] == [minister, minister, leader]
