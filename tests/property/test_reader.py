"""Fuzzes the whole reader: it never raises, what it finds lies in the text, the same text gives the same bytes, and time is linear."""

import gc
from collections.abc import Iterator
from functools import cache
from time import process_time
from typing import Any

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_fold import TEXTS

from tawazun.lexicon.load import load_lexicon
from tawazun.model.articles import Article
from tawazun.model.dossier import Dossier
from tawazun.pipeline.articles import Reader, encode

OWN = (
    "التقى وزير الخارجية المصري نظيره التركي في أنقرة يوم الثلاثاء، وبحثا وقف إطلاق النار في ليبيا.",
    "قال المتحدث باسم الجيش إن القوات قصفت مواقع المسلحين شرقي المدينة، ما أدى إلى مقتل سبعة أشخاص.",
    'أعلنت الحكومة أنها "لن تقبل أي شروط"، مؤكدة التزامها بقرار مجلس الأمن رقم 2510.',
    "دعا الأمين العام للأمم المتحدة الطرفين إلى استئناف المفاوضات في جنيف الأسبوع المقبل.",
    "نفى رئيس الوزراء د. سمير الحاج الأنباء التي تحدثت عن استقالته، وهدد بمقاضاة من نشرها.",
    "إذا لم تنسحب القوات قبل نهاية الشهر، فسيفرض الاتحاد الأوروبي عقوبات جديدة على قادتها.",
    "تظاهر المئات في تونس العاصمة أمس مطالبين بالإفراج عن المعتقلين، واعتقلت الشرطة ثلاثة منهم.",
    "وبحسب مصادر مطلعة، من المقرر أن يجتمع الوفدان في 17 آب / أغسطس 2020 برعاية روسيا وتركيا.",
    "قُتل جنديان وأصيب آخرون في اشتباكات بين الجيش ومسلحين... وقالت «مصادر أمنية» إن الهجوم «الغادر» لن يمر.",
    "الجانبان يؤكدان دعمهما للحل السياسي\n\nأكد الجانبان دعمهما للحل السياسي. في ختام زيارة الرئيس.",
    "لم توقع إيران الاتفاق، لكنها قد تعود إليه، كما قال نائب وزير خارجيتها عباس فلان للصحافيين اليوم.",
    "أدان البيان المشترك الهجمات التي شنها الحوثيون على السعودية، وحث مجلس الأمن على التحرك.",
)
CLITICS = ("", "", "", "و", "ف", "ب", "ل", "ك", "س", "ال", "وال", "بال", "لل", "وس", "فل", "أ")
ENDINGS = ("", "", "", "ه", "ها", "هم", "هما", "نا", "ي", "ك", "ة", "ى", "ات", "ين", "ان", "وا", "ا")
MARKS = (
    *".،؛:؟!\"'«»“”„‘’()[]{}-–—/…*#@%_٪",
    *("..", "...", "....", "!؟", ". .", "\n", "\n\n", "\r\n", "\u2028", "\t", "\u00a0"),
    *("\u202b", "\u202c", "\u202e", "\u200f", "\u2067", "\u0640", "\u064f", "\u0651", "\ufdfa", "\ud800", "\udc00", "\x00", "\ufeff", "😀"),
)
NUMBERS = (
    "0",
    "3",
    "17",
    "2510",
    "2020",
    "1.200",
    "3,5",
    "٢٠٢٠",
    "١٧/٨/٢٠٢٠",
    "99999999999999999999",
    "16:30",
    "F-16",
    "31 شباط",
    "1442 هـ",
)


@cache
def reader() -> Reader:
    return Reader(load_lexicon())


@cache
def vocabulary() -> tuple[str, ...]:
    """Returns words of every kind that the lexicon knows, some hundreds of each."""
    lexicon = reader().lexicon
    names = [" ".join(pattern.words) for first in sorted(lexicon.patterns) for pattern in lexicon.patterns[first]]
    times = [" ".join((first, *word.tail)) for first in sorted(lexicon.times.words) for word in lexicon.times.words[first]]
    classes = [word for name in sorted(lexicon.words) for word in sorted(lexicon.words[name])]
    kinds = (sorted(lexicon.forms), sorted(lexicon.particles), names, times, classes)
    return tuple(word for kind in kinds for word in kind[:: max(1, len(kind) // 700)])


def words() -> st.SearchStrategy[str]:
    known = st.builds("{}{}{}".format, st.sampled_from(CLITICS), st.sampled_from(vocabulary()), st.sampled_from(ENDINGS))
    return st.one_of(known, known, st.sampled_from(vocabulary()), st.sampled_from(vocabulary()), st.sampled_from((*MARKS, *NUMBERS)))


def salads() -> st.SearchStrategy[str]:
    """Makes texts of known words in any order, with marks and numbers between them."""
    return st.builds(str.join, st.sampled_from((" ", " ", " ", "")), st.lists(words(), max_size=90))


@st.composite
def mutants(draw: st.DrawFn) -> str:
    """Makes texts of own sentences whose words were dropped, doubled, exchanged, replaced or torn."""
    tokens = " ".join(draw(st.lists(st.sampled_from(OWN), min_size=1, max_size=5))).split(" ")
    for _ in range(draw(st.integers(1, 12))):
        at = draw(st.integers(0, len(tokens) - 1))
        change = draw(st.integers(0, 5))
        if change == 0 and len(tokens) > 1:
            del tokens[at]
        elif change == 1:
            tokens.insert(at, tokens[draw(st.integers(0, len(tokens) - 1))])
        elif change == 2:
            other = draw(st.integers(0, len(tokens) - 1))
            tokens[at], tokens[other] = tokens[other], tokens[at]
        elif change == 3:
            tokens[at] = draw(words())
        elif change == 4:
            tokens.insert(at, draw(st.sampled_from(MARKS)))
        else:
            cut = draw(st.integers(0, len(tokens[at])))
            tokens[at] = tokens[at][:cut] + draw(st.sampled_from(MARKS)) + tokens[at][cut:]
    return " ".join(tokens)


def spans(value: Any) -> Iterator[tuple[int, int]]:
    """Yields every start and end below a record."""
    if isinstance(value, tuple):
        for item in value:
            yield from spans(item)
    elif isinstance(value, msgspec.Struct):
        if hasattr(value, "start"):
            yield value.start, value.end  # type: ignore[attr-defined]
        for name in value.__struct_fields__:
            yield from spans(getattr(value, name))


def check(dossier: Dossier) -> None:
    text = dossier.document.text
    assert all(0 <= start < end <= len(text) for start, end in spans(dossier))
    assert all(first.end <= second.start for first, second in zip(dossier.sentences, dossier.sentences[1:], strict=False))
    ids = [item.id for kind in (dossier.actors, dossier.events, dossier.claims, dossier.instruments) for item in kind]
    assert len(ids) == len(set(ids))
    actors, events = {actor.id for actor in dossier.actors}, {event.id for event in dossier.events}
    for event in dossier.events:
        sentence = dossier.sentences[event.sentence]
        assert sentence.start <= event.trigger.start < event.trigger.end <= sentence.end
        assert {id for participant in event.participants for id in participant.actors} <= actors
        assert event.time is None or event.time.text == text[event.time.start : event.time.end]
        assert 0 < event.confidence < 1
    assert {id for claim in dossier.claims for id in claim.events} <= events
    assert {id for link in dossier.links for id in (link.origin, link.to)} <= events
    assert all(mention.form == text[mention.start : mention.end] for actor in dossier.actors for mention in actor.mentions)


def read(text: str, published: str | None = "2020-08-19") -> Dossier:
    """Reads a text twice, checks what was found, and that both readings are the same."""
    article = Article(text=text, published=published, outlet="قناة")
    dossier = reader().read(article)
    check(dossier)
    line = encode(dossier)
    assert b"\n" not in line
    assert msgspec.json.decode(line, type=Dossier) == dossier
    assert encode(reader().read(article)) == line
    return dossier


DATES = st.sampled_from(("2020-08-19", "2020-08", "2020", None))


@settings(max_examples=250)
@given(TEXTS, DATES)
@example("", None)
@example("\ud800", None)
@example("\u202e\u202e", None)
@example("أ ف ب", None)
def test_reads_any_characters(text: str, published: str | None) -> None:
    read(text, published)


@settings(max_examples=400)
@given(st.deferred(salads), DATES)
def test_reads_known_words_in_any_order(text: str, published: str | None) -> None:
    read(text, published)


@settings(max_examples=400)
@given(st.deferred(mutants), DATES)
def test_reads_mutated_articles(text: str, published: str | None) -> None:
    read(text, published)


def test_a_fresh_reader_gives_the_same_bytes() -> None:
    article = Article(text="\n".join(OWN), published="2020-08-19")
    dossier = reader().read(article)
    assert encode(Reader(reader().lexicon).read(article)) == encode(dossier)
    assert len(dossier.events) > len(OWN)


def test_lone_surrogates_are_replaced_one_for_one() -> None:
    dossier = read("قصفت القوات\ud800 المدينة.\udfff")
    assert dossier.document.text == "قصفت القوات\ufffd المدينة.\ufffd"


@pytest.mark.parametrize("control", ["\u202b", "\u202e", "\u2067", "\u200f", "\u061c", "\u200b"])
def test_controls_change_nothing_but_offsets(control: str) -> None:
    plain = read(OWN[0])
    laced = read(" ".join(control + word for word in OWN[0].split(" ")))
    assert [(event.type, event.status, len(event.participants)) for event in laced.events] == [
        (event.type, event.status, len(event.participants)) for event in plain.events
    ]


LINES = {
    "letters": "ق",
    "a word": "قصف ",
    "sentences": OWN[1] + " ",
    "no full stop": OWN[1].replace(".", "،") + " ",
    "spaces": " ",
    "full stops": ".",
    "commas": "،",
    "digits": "1,",
    "tatweel": "\u0640",
    "marks": "\u064b",
    "surrogates": "\ud800",
    "bidi": "\u202eقصف\u202c ",
    "Latin": "word ",
}


@pytest.mark.parametrize("unit", LINES.values(), ids=LINES.keys())
def test_a_line_of_a_hundred_thousand_characters(unit: str) -> None:
    text = (unit * (100_000 // len(unit) + 1))[:100_000]
    check(reader().read(Article(text=text)))


def test_two_megabytes() -> None:
    text = "\n".join(" ".join(OWN[(row + step) % len(OWN)] for step in range(4)) for row in range(3100))[:1_180_000]
    assert len(text.encode()) > 2_000_000
    began = process_time()
    dossier = reader().read(Article(text=text, published="2020-08-19"))
    assert process_time() - began < 90
    assert len(dossier.sentences) > 8000
    assert len(encode(dossier)) > len(text)


GROWING = {
    "sentences": " ".join(OWN) + " ",
    "lines": "\n".join(OWN) + "\n",
    "quotations never closed": "قال الوزير «إن القوات “قصفت المدينة. ",
    "quotations never closed, lines": "قال الوزير «إن القوات “قصفت المدينة.\n",
    "quotations": 'قال الوزير «إن "القوات" قصفت المدينة». ',
    "opening marks": "« ",
    "closing marks": "» ",
    "marks of every kind": "«\"“„‘' ",
    "both sides with one party": "قال الوزير المصري إن الجانبين بحثا الملف. ",
    "both sides with none": "بحث الجانبان الملف. ",
    "one act again and again": "قصفت القوات الروسية المدينة. ",
    "pronouns": "قصفها وقتلهم. ",
    "unknown people": "قال الوزير شلبخ نعمول إنه سيعود. ",
    "clauses": "الذي قال إن ",
    "verbs": "وقصف ",
    "titles": "وزير ",
    "stray full stops": "التقى. في بيت. ",
    "initials": "د. ",
    "dots": "... ",
    "dates": "أمس الثلاثاء في 17 آب ",
    "instruments": "قرار مجلس الأمن رقم 2510 ",
    "conditions": "إذا قصف ",
}


@pytest.mark.parametrize("unit", GROWING.values(), ids=GROWING.keys())
def test_time_is_linear(unit: str) -> None:
    once = max(1, 6_000 // len(unit))
    ratios = []
    for _ in range(3):
        spent = []
        for times in (once, 4 * once):
            gc.collect()
            began = process_time()
            reader().read(Article(text=unit * times, published="2020-08-19"))
            spent.append(process_time() - began)
        ratios.append(spent[1] / spent[0])
        if ratios[-1] < 6:
            return
    pytest.fail(f"four times the text took {min(ratios):.1f} times as long")
