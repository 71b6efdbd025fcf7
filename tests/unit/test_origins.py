"""Copies are found whatever their headline and length; what has other facts is no copy."""

import pytest

from tawazun.analyse.origins import Origins, signature, signature_of
from tawazun.analyse.words import folded_words
from tawazun.ingest.canonical_addresses import canonical_address
from tawazun.model.articles import Article
from tawazun.model.origins import Rule

WIRE = (
    "أعلن المتحدث باسم وزارة الخارجية أن وفدا رفيع المستوى سيتوجه إلى العاصمة المجاورة مطلع الأسبوع المقبل لاستكمال المحادثات "
    "حول ترسيم الحدود البحرية بين البلدين. وأضاف المتحدث في مؤتمر صحفي أن الوفد يضم خبراء في القانون الدولي ومهندسين من هيئة المساحة. "
    "وأوضح أن الجولة السابقة شهدت تقدما في مسألة حقول الغاز المشتركة، لكنها لم تحسم ملكية الجزيرة الصغيرة المتنازع عليها. "
    "وكانت الحكومتان اتفقتا قبل شهرين على تجميد أعمال التنقيب إلى حين انتهاء المفاوضات، فيما طالبت نقابات الصيادين بضمان حقها في الصيد. "
    "وختم المتحدث تصريحه بأن اللجنة المشتركة سترفع تقريرها النهائي إلى رئيسي الوزراء قبل نهاية الصيف المقبل."
)
OTHER = (
    "نظم مئات العمال في مصنع النسيج اعتصاما أمام مقر الشركة احتجاجا على تأخر صرف الرواتب، وردد المعتصمون هتافات تطالب برحيل المدير. "
    "وقال أحد المشاركين إن الإدارة وعدت بالدفع ثلاث مرات ولم تف بوعدها، بينما انتشرت قوات الأمن في محيط المصنع دون أن تتدخل."
)
TEMPLATE = (
    "أعلنت مديرية الصحة في بيانها اليومي أن طواقم الإسعاف نقلت {} مصابا إلى المستشفيات إثر القصف الذي استهدف أحياء المدينة القديمة، "
    "وأن {} شخصا ما زالوا تحت العناية المركزة، ودعت المديرية الأهالي إلى التبرع بالدم في المركز الرئيسي."
)


def sentences(text: str, first: int, last: int) -> str:
    return ".".join(text.split(".")[first:last]) + "."


def verdict(first: Article, second: Article) -> Rule:
    origins = Origins()
    for article in (first, second):
        found = origins.add(article.id or "", article.published, signature_of(article))
    return found.rule


@pytest.mark.parametrize(
    ("name", "text", "title", "published", "rule"),
    [
        ("the same text under another headline", WIRE, "وفد إلى العاصمة", "2020-05-02", "copy"),
        (
            "with a dateline and other spellings",
            "عمان (وكالات) - " + WIRE.replace("أعلن", "اعلن").replace("إلى", "الى"),
            None,
            None,
            "copy",
        ),
        ("with marks and tatweel", WIRE.replace("المتحدث", "المُتحَدّث").replace("قال", "قـال"), None, None, "copy"),
        ("shortened to its first paragraph", sentences(WIRE, 0, 1), "خبر قصير", "2020-05-02", "shortened"),
        ("with a paragraph of the outlet's own", WIRE + " " + OTHER, None, "2020-05-03", "copy"),
        ("another text", OTHER, None, "2020-05-01", "new"),
        ("the same headline over another text", OTHER, "محادثات ترسيم الحدود البحرية", "2020-05-01", "new"),
        ("the end of the text behind a new opening", OTHER + " " + sentences(WIRE, 3, 4), None, "2020-05-01", "new"),
        ("no words at all", "…", "محادثات ترسيم الحدود البحرية", "2020-05-01", "new"),
    ],
)
def test_what_is_a_copy(name: str, text: str, title: str | None, published: str | None, rule: Rule) -> None:
    first = Article(WIRE, "a", "2020-05-01", "محادثات ترسيم الحدود البحرية")
    assert verdict(first, Article(text, "b", published, title)) == rule, name
    if title != first.title:
        assert verdict(Article(text, "b", published, title), first) == rule, name + ", the other way round"


def test_the_same_headline_joins_texts_that_share_some_wording_within_a_week() -> None:
    first = Article(WIRE, "a", "2020-05-01", "محادثات ترسيم الحدود البحرية")
    part = OTHER + " " + sentences(WIRE, 0, 2)
    assert verdict(first, Article(part, "b", "2020-05-03", first.title)) == "title"
    assert verdict(first, Article(part, "b", "2020-06-03", first.title)) == "new"


def test_a_template_with_other_numbers_is_another_report() -> None:
    first = Article(TEMPLATE.format(12, 4), "a", "2020-05-01")
    assert verdict(first, Article(TEMPLATE.format(12, 4), "b", "2020-05-02")) == "copy"
    assert verdict(first, Article(TEMPLATE.format(31, 9), "b", "2020-05-02")) == "new"
    assert verdict(first, Article(TEMPLATE.format("١٢", "٤"), "b", "2020-05-02")) == "copy"


def test_one_address_is_one_origin_whatever_the_text() -> None:
    first = Article(WIRE, "a", url="https://www.example.org/news/12?utm_source=feed")
    assert verdict(first, Article(OTHER, "b", url="http://example.org/news/12/#top")) == "address"
    assert verdict(first, Article(OTHER, "b", url="http://example.org/news/13")) == "new"


def test_what_two_texts_have_nothing_of_is_not_joined_through_a_third() -> None:
    """A survey that begins with one report and ends with another doesn't make one origin of them."""
    origins = Origins()
    texts = {"a": WIRE, "survey": WIRE + " " + OTHER, "b": OTHER}
    found = {id: origins.add(id, None, signature(folded_words(text))).origin for id, text in texts.items()}
    assert found == {"a": "a", "survey": "a", "b": "b"}


def test_a_verdict_says_how_alike_two_texts_are() -> None:
    origins = Origins()
    origins.add("a", None, signature(folded_words(WIRE)))
    found = origins.add("b", None, signature(folded_words(sentences(WIRE, 0, 3))))
    assert (found.origin, found.containment, found.differing) == ("a", 1.0, ())
    assert 0.4 < found.jaccard < 0.8
    assert abs(found.estimate - found.jaccard) < 0.2


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://www.Example.org/a/b/?utm_medium=x&id=3#c", "example.org/a/b?id=3"),
        ("http://m.example.org/a/index.html", "example.org/a"),
        ("https://example.org/a/amp", "example.org/a"),
        ("https://example.org/?b=2&a=1", "example.org?a=1&b=2"),
        ("https://example.org/", None),
        ("http://[broken", None),
        ("", None),
        (None, None),
    ],
)
def test_canonical_addresses(url: str | None, canonical: str | None) -> None:
    assert canonical_address(url) == canonical


def test_signatures_do_not_change_between_runs() -> None:
    """What a store keeps must be found again by later versions: the hashes are pinned."""
    found = signature(["ا", "ب", "ج", "د"])
    assert (found.minima[:2], found.keys[:2]) == ((3224506873, 3352087365), (4600914942616206681, 9057730817851752374))
