"""Checks who takes part where an agency opens the article, and whom words for all of several parties stand for. Texts are the project's
own; each line is a text, the word that names an act, and its participants' codes in the order of the text.
"""

import pytest

from tawazun.lexicon.load import load_lexicon
from tawazun.model.articles import Article
from tawazun.pipeline.articles import Reader

DATELINES = """
القاهرة، 27 أغسطس / المرسى / عقد وزراء خارجية مصر واليونان وقبرص اجتماعا في القاهرة. | اجتماعا | EGY.GOV, GRC, CYP
بيروت، 3 مايو / وكالة الضفاف للأنباء / زار وزير الدفاع اللبناني دمشق. | زار | LBN.GOV, SYR
الخرطوم، 20 يناير (النيلين) - استنكر السودان دخول طائرة إثيوبية أجواءه. | استنكر | SDN
القاهرة - مدار - استقبل وزير الخارجية المصري نظيره القبرصي. | استقبل | EGY.GOV, CYP.GOV
تونس «صوت الميناء»: التقى وزير الداخلية التونسي نظيره الليبي. | التقى | TUN.GOV, LBY.GOV
غرناب، 19 أكتوبر / مدار / زار وزير الدفاع اللبناني دمشق. | زار | LBN.GOV, SYR
القاهرة - الرئيس المصري يستقبل نظيره القبرصي. | يستقبل | EGY.GOV, CYP.GOV
عقدت مصر واليونان / وقبرص / اجتماعا. | اجتماعا | EGY, GRC, CYP
"""
ALL = """
عقد وزراء خارجية مصر واليونان وقبرص اجتماعا. واتهم الوزراء تركيا. | واتهم | EGY.GOV+GRC.GOV+CYP.GOV, TUR
عقد وزراء خارجية مصر واليونان وقبرص اجتماعا. وانتقد الوزراء الثلاثة تركيا. | وانتقد | EGY.GOV+GRC.GOV+CYP.GOV, TUR
وقعت مصر واليونان وقبرص اتفاقا. وانتقدت العواصم الثلاث تركيا. | وانتقدت | EGY+GRC+CYP, TUR
وقعت مصر واليونان وقبرص اتفاقا. وانتقدت الدول الثلاث تركيا. | وانتقدت | EGY+GRC+CYP, TUR
وقعت مصر واليونان وقبرص والأردن اتفاقا. وانتقدت الدول الأربع تركيا. | وانتقدت | EGY+GRC+CYP+JOR, TUR
وقعت مصر واليونان وقبرص اتفاقا. وانتقدت الدول الأربع تركيا. | وانتقدت | None, TUR
اجتمع وزراء الخارجية والري في مصر والسودان وإثيوبيا. | اجتمع | EGY.GOV+SDN.GOV+ETH.GOV
اجتمع وزراء الخارجية والري في مصر والسودان وإثيوبيا. واتهمت إثيوبيا الدولتين بالمماطلة. | واتهمت | ETH, EGY+SDN
"""
BOTH = """
التقى الوزير المصري نظيره القبرصي. واتصل الوزير اليوناني بوزيري خارجية البلدين. | واتصل | GRC.GOV, EGY.GOV+CYP.GOV
التقى الوزير المصري نظيره القبرصي. ودعا الوزير البرتغالي نظيريه في البلدين إلى الهدوء. | ودعا | PRT.GOV, EGY.GOV+CYP.GOV
التقى الوزير المصري نظيره القبرصي. وأجرى الوسطاء البرتغاليون محادثات مع كل منهما. | محادثات | PRT, EGY+CYP
التقى الوزير المصري نظيره القبرصي. ودعاهما الوزير اليوناني إلى الهدوء. | ودعاهما | EGY+CYP, GRC.GOV
التقى الوزير المصري نظيره القبرصي. وانتقد الجانبان تركيا. | وانتقد | EGY+CYP, TUR
"""
AGAIN = """
اتهمت إثيوبيا مصر. وقالت وزيرة الخارجية السودانية إن بلادها ستلجأ إلى مجلس الأمن. | ستلجأ | SDN, IGO.UNO
اتهمت إثيوبيا مصر. وقال وزير الخارجية السوداني إن بلاده ستلجأ إلى مجلس الأمن. | ستلجأ | SDN, IGO.UNO
التقى الرئيس السوداني مبعوثا من دولة الإمارات. وكان المبعوث قد زار أديس أبابا. | زار | ARE.GOV, ETH
أجرت الوزيرة السودانية اتصالا بنظيرها المصري. | اتصالا | SDN.GOV, EGY.GOV
"""
GIVEN = """
وسلمت موسكو نيقوسيا طائرتين للإطفاء. | وسلمت | RUS, CYP
منحت اليابان لبنان مساعدات عاجلة. | مساعدات عاجلة | JPN, LBN
منح البنك الدولي الأردن قرضا جديدا. | قرضا | IGO, JOR
قدمت قطر للأردن مساعدات. | مساعدات | QAT, JOR
قدمت قطر إلى السودان شحنة أدوية. | شحنة | QAT, SDN
قدمت قطر مساعدات. | مساعدات | QAT
أجرى الوزير المصري في تونس مباحثات. | مباحثات | EGY.GOV
"""
ADVERBS = """
تحادث الوزير المصري هاتفيا مع نظيره القبرصي. | تحادث | الوزير المصري, نظيره القبرصي
زار الوزير المصري رسميا دمشق. | زار | الوزير المصري, دمشق
"""


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_lexicon())


def rows(table: str) -> list[tuple[str, str, str]]:
    found = []
    for line in table.strip().splitlines():
        text, trigger, parties = (part.strip() for part in line.split(" | "))
        found.append((text, trigger, parties))
    return found


@pytest.mark.parametrize(("text", "trigger", "codes"), rows(DATELINES + ALL.lstrip() + BOTH.lstrip() + AGAIN.lstrip() + GIVEN.lstrip()))
def test_participants_have_the_codes(reader: Reader, text: str, trigger: str, codes: str) -> None:
    found = [
        ", ".join(str(party.code) for party in sorted(event.participants, key=lambda party: party.start))
        for event in reader.read(Article(text=text, id="own", published="2021-03-10")).events
        if text[event.trigger.start : event.trigger.end] == trigger
    ]
    assert found == [codes]


@pytest.mark.parametrize(("text", "trigger", "words"), rows(ADVERBS))
def test_an_adverb_is_no_part_of_a_name(reader: Reader, text: str, trigger: str, words: str) -> None:
    found = [
        ", ".join(text[party.start : party.end] for party in sorted(event.participants, key=lambda party: party.start))
        for event in reader.read(Article(text=text, id="own", published=None)).events
        if text[event.trigger.start : event.trigger.end] == trigger
    ]
    assert found == [words]


def test_every_actor_of_a_participant_is_an_actor_of_the_article() -> None:
    dossier = Reader(load_lexicon()).read(Article("اتصل وزير الخارجية الروسي بنظيريه التركي واليوناني، ودعاهما إلى ضبط النفس."))
    known = {actor.id for actor in dossier.actors}
    assert dossier.events
    assert {id for event in dossier.events for part in event.participants for id in part.actors} <= known
