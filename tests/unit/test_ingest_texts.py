import codecs

import pytest

from tawazun.base.errors import InputError
from tawazun.ingest.dates import check_date
from tawazun.ingest.scripts import check_arabic
from tawazun.ingest.texts import SIZE_LIMIT, decode_text, mend

TEXT = "التقى وزير الخارجية المصري نظيره التركي في القاهرة أمس، وبحثا «الأزمة» الليبية.\nوقال الوزير إن المشاورات ستستمر الأسبوع المقبل.\n"
SHORT = "لقاء الوزيرين في الجزائر غدا"


@pytest.mark.parametrize("text", [TEXT, SHORT, TEXT * 2000, "Reuters, 18/8/2020 - full coverage on our site\n" * 40 + TEXT])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256"])
def test_every_common_encoding_of_arabic_is_found(text, encoding):
    assert decode_text(text.encode(encoding), "a.txt").text == text


@pytest.mark.parametrize("encoding", ["iso8859-6", "cp720"])
def test_rarer_encodings_are_found(encoding):
    text = TEXT.replace("«", "").replace("»", "").replace("،", "")
    assert decode_text(text.encode(encoding), "a.txt").text == text


def test_a_big_endian_mark_is_not_part_of_the_text():
    assert decode_text(codecs.BOM_UTF16_BE + SHORT.encode("utf-16-be"), "a").text == SHORT


def test_a_few_damaged_bytes_keep_the_rest():
    found = decode_text(TEXT.encode()[:-3] + b"\xff\n" + TEXT.encode(), "a.txt")
    assert found.encoding == "utf-8"
    assert 1 <= found.damaged <= 3
    assert TEXT in found.text


def test_lone_surrogates_are_replaced_one_for_one():
    assert mend("لقاء\ud800\udfff في") == "لقاء\ufffd\ufffd في"
    raw = ("قال" + "\ud83d" + "الوزير إن اللقاء في الجزائر غدا").encode("utf-8", "surrogatepass")
    assert decode_text(raw, "a").text == "قال\ufffdالوزير إن اللقاء في الجزائر غدا"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (bytes(range(256)) * 20, "binary"),
        (TEXT.encode() + b"\0" + TEXT.encode(), "binary"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"PK\x03\x04abc", "zip"),
        (b"\x1f\x8b\x08\x00", "compressed"),
        (b"a" * (SIZE_LIMIT + 1), "at most 4 MB"),
    ],
)
def test_what_is_no_text_is_refused_with_one_line(data, says):
    with pytest.raises(InputError, match=says) as error:
        decode_text(data, "dir/a.bin")
    assert str(error.value).startswith("dir/a.bin: ")
    assert "\n" not in str(error.value)


def test_what_is_too_long_for_one_article_is_refused_with_the_limit():
    data = (TEXT * (50_000_000 // len(TEXT.encode()) + 1)).encode()
    with pytest.raises(InputError, match=r"a\.txt: 4\d MB, at most 4 MB are read as one article; split it"):
        decode_text(data, "a.txt")


def test_a_text_just_within_the_limit_is_read():
    data = (TEXT * (SIZE_LIMIT // len(TEXT.encode()))).encode()
    text = decode_text(data, "a.txt").text
    check_arabic(text, "a.txt")
    assert len(text) > SIZE_LIMIT // 3


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "لقاء في موسكو",
        "التقى وزیر الخارجیة الایراني نظیره الترکي في طهران وبحثا العلاقات الثنائیة.",
        "قال المتحدث باسم گوگل في پاريس إن الشركة تدرس الأمر مع وزارة الخارجية.",
        "وقع الرئيس على اتفاق تعاون مع شركة Siemens Energy AG and General Electric Company اليوم",
        "\u202bالتقى الرئيس نظيره\u202c",
        "ﺍﻟﺮﺋﻴﺲ ﺍﻟﻤﺼﺮﻱ",
        "قال مصدر رسمي إن وفدا تركيا وصل أمس إلى موسكو للقاء مسؤولين روس.",
        "مش عايزين نرجع تاني لنفس كلام امبارح وكل واحد بيقول حاجه",
    ],
)
def test_arabic_is_arabic(text):
    check_arabic(text, "a.txt")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("وزیر امور خارجه ایران روز سه‌شنبه در دیدار با همتای ترکیه‌ای خود گفت که گفتگوها ادامه خواهد یافت.", "Persian"),
        ("پاکستان کے وزیر خارجہ نے منگل کو انقرہ میں اپنے ترک ہم منصب سے ملاقات کی۔", "Urdu"),
        ("سەرۆکی هەرێمی کوردستان لەگەڵ وەزیری دەرەوەی تورکیا کۆبووەوە و باسی دۆخی ناوچەکەیان کرد.", "Kurdish"),
        ("د افغانستان د بهرنیو چارو وزیر نن په کابل کې له خپل پاکستاني سیال سره وکتل.", "Pashto"),
        ("وزير امور خارجه ايران در ديدار با همتاي خود در تهران بر ادامه مذاكرات تاكيد كرد و از نتايج ان ابراز خرسندي نمود", "Persian"),
        ("سنڌ حڪومت اسڪولن کي کولڻ جو اعلان ڪيو آهي ۽ وزير چيو آهي ته ڪم جاري رهندو", "not Arabic but"),
        ("The president met his counterpart in Moscow.", "0 % of its letters"),
        ("ראש הממשלה נפגש עם הנשיא במוסקבה", "0 % of its letters"),
        ("2020-08-18 ... 42", "no letters"),
    ],
)
def test_other_languages_are_refused(text, says):
    with pytest.raises(InputError, match=says):
        check_arabic(text, "a.txt")


def test_the_language_that_a_page_declares_is_named():
    with pytest.raises(InputError, match="says it is in 'fa'"):
        check_arabic("وزیر امور خارجه ایران روز سه‌شنبه در دیدار با همتای ترکیه‌ای", "a.html", "fa")


@pytest.mark.parametrize(
    ("given", "iso"),
    [
        ("2020-08-19", "2020-08-19"),
        ("2020-8-9", "2020-08-09"),
        (" 2020-08 ", "2020-08"),
        ("2020", "2020"),
        ("2020-08-19T23:59:59Z", "2020-08-19"),
        ("2020-08-19 23:59:59.123+03:00", "2020-08-19"),
        ("2020-02-29", "2020-02-29"),
    ],
)
def test_dates_that_are_accepted(given, iso):
    assert check_date(given, "--date") == iso


@pytest.mark.parametrize(
    "given",
    ["", "yesterday", "19/08/2020", "2020-13", "2021-02-29", "0000", "20200819", "2020-08T10:00", "٢٠٢٠", "1597795200", "2020-08-19x"],
)
def test_dates_that_are_not(given):
    with pytest.raises(InputError, match=r"write it as 2020-08-19, 2020-08 or 2020"):
        check_date(given, "--date")
