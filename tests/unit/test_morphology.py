"""Inflects verbs of every class: lemmas that root and form give, forms that news prints, participles and verbal nouns."""

import re

import mazini
import pytest

from tawazun.base.letters import fold_word
from tawazun.lexicon.morphology import lemma_of, nominal_forms, participle_forms, verb_forms, verbal_nouns
from tawazun.model.entries import Form, Verb

# class | lemma (root) form | finite forms | participles | verbal nouns (none for form I, which doesn't tell)
CASES = """
sound I a~u | قتل (ق ت ل) I/a~u | قتل قتلت قتلوا قتلا يقتل تقتل يقتلون يقتلوا نقتل قتلنا | قاتل قاتلة مقتول مقتولين |
sound I a~i | قصف (ق ص ف) I/a~i | قصف قصفت قصفوا يقصف تقصف يقصفون | قاصف مقصوفة |
sound I a~a | نجح (ن ج ح) I/a~a | نجح نجحت ينجح ينجحون | ناجح ناجحون |
sound I i~a | شهد (ش ه د) I/i~a | شهد شهدت يشهد تشهد يشهدون |  |
sound I u~u | كبر (ك ب ر) I/u~u | كبر كبرت يكبر |  |
sound II | ندد (ن د د) II | ندد نددت ينددون تندد | مندد منددة منددين | تنديد التنديد تنديده تنديدا
sound III | هاجم (ه ج م) III | هاجم هاجمت هاجموا يهاجم يهاجمون هوجم | مهاجم مهاجمين | مهاجمة مهاجمات مهاجمته
sound IV | أعلن (ع ل ن) IV | أعلن أعلنت أعلنوا يعلن تعلن يعلنون | معلن معلنة | إعلان إعلانات إعلانه
sound V | تسلم (س ل م) V | تسلم تسلمت يتسلم يتسلمون | متسلم | تسلم
sound VI | تبادل (ب د ل) VI | تبادل تبادلا تبادلت يتبادلان يتبادلون | متبادل متبادلة | تبادل
sound VII | انسحب (س ح ب) VII | انسحب انسحبت انسحبوا ينسحب ينسحبون | منسحب منسحبة منسحبون | انسحاب انسحابات
sound VIII | اعتقل (ع ق ل) VIII | اعتقل اعتقلت اعتقلوا يعتقل يعتقلون | معتقل معتقلون معتقلين | اعتقال اعتقالات
sound IX | احمر (ح م ر) IX | احمر احمرت يحمر | محمر | احمرار
sound X | استخدم (خ د م) X | استخدم استخدمت يستخدم يستخدمون | مستخدم مستخدمة | استخدام استخدامه
doubled I | رد (ر د د) I/a~u | رد ردت ردوا رددنا يرد ترد يردون | مردود |
doubled II | هدد (ه د د) II | هدد هددت يهدد يهددون | مهدد مهددة مهددين | تهديد تهديدات
doubled IV | أصر (ص ر ر) IV | أصر أصرت أصروا يصر تصر يصرون | مصر مصرين | إصرار
doubled VIII | احتج (ح ج ج) VIII | احتج احتجت احتجوا يحتج يحتجون | محتج محتجون محتجين | احتجاج احتجاجات
doubled X | استمر (م ر ر) X | استمر استمرت يستمر تستمر | مستمر مستمرة | استمرار
hollow w I | قال (ق و ل) I/a~u | قال قالت قالوا قلنا يقول تقول يقولون قيل يقال يقل | قائل قائلا قائلين |
hollow y I | باع (ب ي ع) I/a~i | باع باعت يبيع تبيع يبيعون بيع يباع | بائع |
hollow w IV | أدان (د ي ن) IV | أدان أدانت أدانوا يدين تدين يدينون أدين | مدين مدان مدانة | إدانة إدانات إدانته
hollow IV | أعاد (ع و د) IV | أعاد أعادت يعيد تعيد أعيد | معاد معادة | إعادة إعادته
hollow VII | انهار (ه و ر) VII | انهار انهارت ينهار | منهار | انهيار
hollow VIII | اغتال (غ و ل) VIII | اغتال اغتالت اغتالوا يغتال اغتيل | مغتال | اغتيال اغتيالات
hollow X | استقال (ق ي ل) X | استقال استقالت استقالوا يستقيل | مستقيل مستقيلة | استقالة استقالات استقالته
hollow VI | تعاون (ع و ن) VI | تعاون تعاونت يتعاونون | متعاون متعاونين | تعاون
defective w I | دعا (د ع و) I/a~u | دعا دعت دعوا دعونا يدعو تدعو يدعون دعي يدعى يدع | داعيا داعية داعين مدعو مدعوة مدعوين |
defective y I | نفى (ن ف ي) I/a~i | نفى نفت نفوا ينفي تنفي ينفون نفي | نافيا نافية منفي |
defective i I | لقي (ل ق ي) I/i~a | لقي لقيت لقوا يلقى تلقى يلقون |  |
defective II | سمى (س م و) II | سمى سمت سموا يسمي تسمي يسمى يسمون | مسمى مسماة مسميا | تسمية تسميات تسميته
defective III | عانى (ع ن ي) III | عانى عانت عانوا يعاني تعاني يعانون | معاناة | معاناة معاناته
defective IV | ألغى (ل غ و) IV | ألغى ألغت ألغوا يلغي تلغي يلغون ألغي | ملغى ملغاة ملغيا ملغية ملغيات | إلغاء إلغاءات إلغائه إلغاءه
defective V | تصدى (ص د ي) V | تصدى تصدت تصدوا يتصدى تتصدى يتصدون | متصد متصدي متصديا متصدية متصدون متصدين | تصد تصدي تصديا تصديات
defective V w | تخلى (خ ل و) V | تخلى تخلت تخلوا يتخلى يتخلون | متخلي متخلين | تخل تخلي تخليا
defective VI | تلاقى (ل ق ي) VI | تلاقى تلاقت يتلاقى يتلاقون | متلاقي متلاقون | تلاق تلاقي
defective VII | انقضى (ق ض ي) VII | انقضى انقضت ينقضي | منقضي منقضية | انقضاء
defective VIII | التقى (ل ق ي) VIII | التقى التقت التقيا التقوا يلتقي تلتقي يلتقيان يلتقون | ملتقي ملتقى | التقاء
defective X | استدعى (د ع و) X | استدعى استدعت استدعوا يستدعي استدعي | مستدعى مستدعاة | استدعاء استدعاءات
hamzated first I | أخذ (ء خ ذ) I/a~u | أخذ أخذت أخذوا يأخذ تأخذ يأخذون | آخذ مأخوذ |
hamzated first II | أكد (ء ك د) II | أكد أكدت أكدوا يؤكد تؤكد يؤكدون | مؤكد مؤكدا مؤكدة مؤكدين | تأكيد تأكيدات
hamzated first III | آزر (ء ز ر) III | آزر آزرت يؤازر | مؤازر | مؤازرة
hamzated first IV | آوى (ء و ي) IV | آوى آوت يؤوي | مؤوي | إيواء
hamzated first VI | تآمر (ء م ر) VI | تآمر تآمروا يتآمر يتآمرون | متآمر متآمرين | تآمر
hamzated middle I | سأل (س ء ل) I/a~a | سأل سألت يسأل تسأل سئل | سائل |
hamzated middle III | ساءل (س ء ل) III | ساءل يسائل | مسائل | مساءلة مساءلته
hamzated last I | لجأ (ل ج ء) I/a~a | لجأ لجأت لجأوا لجؤوا يلجأ تلجأ يلجأون يلجؤون | لاجئ لاجئون لاجئين |
hamzated last II | هدأ (ه د ء) II | هدأ هدأت هدأوا يهدئ تهدئ | مهدئ | تهدئة
hamzated last III | فاجأ (ف ج ء) III | فاجأ فاجأت يفاجئ فوجئ | مفاجئ مفاجئة | مفاجأة مفاجآت
hamzated last IV | أرجأ (ر ج ء) IV | أرجأ أرجأت يرجئ أرجئ | مرجأ | إرجاء
hamzated last VI | تواطأ (و ط ء) VI | تواطأ تواطأت تواطأوا يتواطأ يتواطأون | متواطئ متواطئين | تواطؤ تواطئه
hamzated last VIII | ابتدأ (ب د ء) VIII | ابتدأ ابتدأت يبتدئ | مبتدئ | ابتداء
hamzated last VIII hollow | استاء (س و ء) VIII | استاء استاءت يستاء | مستاء | استياء
assimilated I | وصل (و ص ل) I/a~i | وصل وصلت وصلوا يصل تصل يصلون | واصل |
assimilated I a | وضع (و ض ع) I/a~a | وضع وضعت يضع تضع يضعون | موضوع |
assimilated II | وقع (و ق ع) II | وقع وقعت وقعا يوقع يوقعان | موقع موقعة | توقيع توقيعه
assimilated III | وافق (و ف ق) III | وافق وافقت يوافق | موافق | موافقة موافقته
assimilated IV | أوقف (و ق ف) IV | أوقف أوقفت يوقف أوقفوا | موقف موقفة | إيقاف
assimilated V | توصل (و ص ل) V | توصل توصلت توصلا يتوصل | متوصل | توصل
assimilated VIII | اتهم (و ه م) VIII | اتهم اتهمت اتهموا يتهم تتهم يتهمون | متهم متهما متهمة متهمين | اتهام اتهامات
assimilated VIII (2) | اتفق (و ف ق) VIII | اتفق اتفقت اتفقا اتفقوا يتفق يتفقان | متفق | اتفاق اتفاقات
assimilated X | استورد (و ر د) X | استورد استوردت يستورد | مستورد | استيراد
assimilated y X | استيقظ (ي ق ظ) X | استيقظ يستيقظ | مستيقظ | استيقاظ
VIII after d | ادعى (د ع و) VIII | ادعى ادعت ادعوا يدعي تدعي | مدعي مدعيا مدعية | ادعاء ادعاءات
VIII after s emphatic | اصطدم (ص د م) VIII | اصطدم اصطدمت يصطدم | مصطدم | اصطدام
VIII after d emphatic | اضطر (ض ر ر) VIII | اضطر اضطرت يضطر | مضطر | اضطرار
VIII after t emphatic | اطلع (ط ل ع) VIII | اطلع يطلع | مطلع | اطلاع
VIII after z | ازداد (ز ي د) VIII | ازداد ازدادت يزداد | مزداد | ازدياد
VIII of take | اتخذ (ت خ ذ) VIII | اتخذ اتخذت اتخذوا يتخذ | متخذ متخذة | اتخاذ
doubly weak | نوى (ن و ي) I/a~i | نوى نوت ينوي تنوي ينوون | ناوي منوي |
doubly weak w-y | وفى (و ف ي) I/a~i | وفى يفي تفي |  |
doubly weak V | تولى (و ل ي) V | تولى تولت تولوا يتولى | متولي متولية | تول تولي
hamzated hollow | جاء (ج ي ء) I/a~i | جاء جاءت جاؤوا يجيء |  |
see | رأى (ر ء ي) I/a~a | رأى رأت رأوا يرى ترى يرون |  |
quadriliteral I | سيطر (س ي ط ر) Iq | سيطر سيطرت سيطروا يسيطر تسيطر يسيطرون | مسيطر مسيطرة مسيطرين | سيطرة سيطرته
quadriliteral II | تدهور (د ه و ر) IIq | تدهور تدهورت يتدهور | متدهور متدهورة | تدهور
quadriliteral IV | اطمأن (ط م ء ن) IVq | اطمأن اطمأنت يطمئن | مطمئن | اطمئنان
"""
VERB = re.compile(r"(\S+) \(([^)]+)\) (\S+)")
ALL = [tuple(part.strip() for part in line.split("|")) for line in CASES.strip().splitlines()]
IDS = [case[0] for case in ALL]


def verb_of(text: str) -> Verb:
    match = VERB.fullmatch(text)
    assert match
    return Verb(match[1], match[2], match[3])


def missing(wanted: str, found: set[str]) -> list[str]:
    return [word for word in wanted.split() if fold_word(word).removeprefix("ال") not in found and fold_word(word) not in found]


def with_pronoun(forms: list[tuple[str, Form]]) -> set[str]:
    """Returns the forms, those that may have a pronoun with that of the third person too."""
    return {text for text, form in forms if form.joint != "+"} | {text + "ه" for text, form in forms if form.joint != "-"}


@pytest.mark.parametrize(("kind", "verb", "finite", "participles", "nouns"), ALL, ids=IDS)
def test_verbs_of_every_class(kind: str, verb: str, finite: str, participles: str, nouns: str) -> None:
    record = verb_of(verb)
    assert fold_word(record.lemma) in lemma_of(record)
    assert missing(finite, {text for text, form in verb_forms(record, 0) if form.joint != "+"}) == []
    own = with_pronoun([pair for noun in verbal_nouns(record) for pair in nominal_forms(noun, "M", 0, regular=True)])
    assert missing(nouns, own) == []
    assert missing(participles, {text for text, _ in participle_forms(record, 0)}) == []
    assert bool(nouns) == bool(verbal_nouns(record))


@pytest.mark.parametrize(
    "noun", ["تصدّي (ص د ي) V", "تخلّي (خ ل و) V", "تحدّي (ح د و) V", "تعدّي (ع د و) V", "تلاقي (ل ق ي) VI", "توالي (و ل ي) VI"]
)
def test_defective_verbal_nouns_keep_their_ya(noun: str) -> None:
    record = verb_of(noun)
    stem = fold_word(record.lemma)
    forms = dict(pair for item in verbal_nouns(record) for pair in nominal_forms(item, "M", 0, regular=True))
    assert {stem[:-1], stem, stem + "ا", stem + "ات"} <= forms.keys()
    assert forms[stem[:-1]].joint == "-", "without its ya it takes no pronoun"
    assert forms[stem].joint == ""


@pytest.mark.parametrize(
    ("verb", "wrong"),
    [
        ("قتل (ق ت ل) I/a~u", "قتلو يقتلو اقتال"),
        ("أعلن (ع ل ن) IV", "اعلنو"),
        ("تصدى (ص د ي) V", "تصدا متصدا"),
        ("ألغى (ل غ و) IV", "ملغيوا"),
    ],
)
def test_forms_that_do_not_stand_alone(verb: str, wrong: str) -> None:
    record = verb_of(verb)
    forms = [*verb_forms(record, 0), *participle_forms(record, 0)]
    forms += [pair for noun in verbal_nouns(record) for pair in nominal_forms(noun, "M", 0, regular=True)]
    alone = {text for text, form in forms if form.joint != "+"}
    assert [word for word in wrong.split() if word in alone] == []


def test_features_of_finite_forms() -> None:
    forms: dict[str, set[tuple[str, str, str]]] = {}
    for text, form in verb_forms(Verb("هاجم", "ه ج م", "III"), 0):
        forms.setdefault(text, set()).add((form.tense, form.person, form.voice))
    assert forms["هاجموا"] >= {("past", "3mp", "a")}
    assert forms["هوجم"] == {("past", "3ms", "p")}
    assert forms["يهاجم"] >= {("present", "3ms", "a"), ("present", "3ms", "p")}
    assert forms["هاجمت"] >= {("past", "3fs", "a")}
    assert not any(person.startswith("2") and person != "2mp" for found in forms.values() for _, person, _ in found)


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("هجوم", "هجوم هجوما هجومان هجومين هجومه"),
        ("غارة", "غارة غارتان غارتين غارته"),
        ("لقاء", "لقاء لقاءان لقاءين لقائه"),
        ("بدء", "بدء بدءا بدئه"),
        ("مستشفى", "مستشفى مستشفاه مستشفيان"),
        ("تواطؤ", "تواطؤ تواطؤا تواطؤه"),
    ],
)
def test_cases_and_dual_of_nouns(word: str, wanted: str) -> None:
    assert missing(wanted, with_pronoun(list(nominal_forms(word, "N", 0, regular=False)))) == []


@pytest.mark.parametrize(("word", "wrong"), [("لقاء", "لقاءا"), ("غارة", "غاره+ غارتا-"), ("مستشفى", "مستشفيا")])
def test_cases_that_nouns_do_not_have(word: str, wrong: str) -> None:
    forms = {text + ("" if form.joint == "" else form.joint) for text, form in nominal_forms(word, "N", 0, regular=False)}
    assert [item for item in wrong.split() if item in forms] == []


@pytest.mark.parametrize(
    ("root", "form"), [("ق ت", "I/a~u"), ("ق ت ل", "XX"), ("ق ت ل م", "II"), ("ق ت ل", "Iq"), ("", "II"), ("abc", "II")]
)
def test_an_impossible_pair_of_root_and_form_is_refused(root: str, form: str) -> None:
    with pytest.raises(mazini.MaziniError):
        lemma_of(Verb("قتل", root, form))
