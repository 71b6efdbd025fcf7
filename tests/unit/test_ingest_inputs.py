import gzip
import io
import json

import pytest

from tawazun.base.errors import InputError
from tawazun.ingest.inputs import list_inputs, read_input, read_one

TEXT = "التقى وزير الخارجية المصري نظيره التركي في القاهرة أمس."
PAGE = f"""<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="windows-1256"><title>لقاء في القاهرة | الخبر</title>
<meta property="og:site_name" content="الخبر"><meta property="article:published_time" content="2020-08-18T10:00:00Z">
</head><body><nav><a href="/">الرئيسية</a> <a href="/s">رياضة</a></nav><article><h1>لقاء في القاهرة</h1>
<p>{TEXT} وناقش الجانبان تطورات الأوضاع في المنطقة وسبل دعم الاستقرار فيها.</p>
<p>وقال مصدر دبلوماسي إن الطرفين اتفقا على عقد اجتماع جديد في أنقرة الأسبوع المقبل لمتابعة المشاورات.</p></article>
<footer>جميع الحقوق محفوظة 2023</footer></body></html>"""


def rows(*items):
    return "\n".join(item if isinstance(item, str) else json.dumps(item, ensure_ascii=False) for item in items) + "\n"


def read_all(*names, **options):
    return [found for item in list_inputs([str(name) for name in names], **options).inputs for found in read_input(item)]


def test_rows_carry_id_date_title_outlet_and_url(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(
        rows(
            {"id": "x", "text": TEXT, "date": "2020-08-18", "title": "لقاء", "outlet": "A", "source": "B", "url": "https://a.example/1"},
            {"id": 7, "text": TEXT, "date": None, "source": "B", "extra": [1]},
        ),
        "utf-8",
    )
    first, second = (found.article for found in read_all(path))
    assert (first.id, first.published, first.title, first.outlet, first.url) == ("x", "2020-08-18", "لقاء", "A", "https://a.example/1")
    assert (second.id, second.published, second.outlet) == ("7", None, "B")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("not json", "not JSON"),
        ("[1]", "not an object"),
        ('{"id": "a"}', "no 'text' among id"),
        ('{"text": 5}', "isn't a string"),
        ('{"text": ""}', "no letters"),
        ('{"text": "Hello there"}', "not Arabic"),
        ('{"schema": "tawazun/dossier/1"}', "a dossier"),
        ("[" * 100_000, "nested too deeply"),
        ('{"text": "' + TEXT, "not JSON"),
    ],
)
def test_a_bad_row_is_told_with_its_line_and_costs_no_other(tmp_path, row, says):
    path = tmp_path / "a.jsonl"
    path.write_text(rows({"text": TEXT}, "", row, {"text": TEXT}), "utf-8")
    first, bad, last = read_all(path)
    assert first.article and last.article and last.line == 4
    assert bad.article is None and bad.line == 3 and says in bad.problem
    assert str(path) not in bad.problem


def test_an_unusable_date_is_left_out_and_told(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(rows({"text": TEXT, "date": "last week"}), "utf-8")
    (found,) = read_all(path)
    assert found.article.published is None and found.article.text == TEXT
    assert "read without a date" in found.problem


def test_lone_surrogates_in_rows_are_replaced(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": "i\ud800", "text": TEXT + "\ud83d"}) + "\n")
    (found,) = read_all(path)
    assert found.article.text == TEXT + "\ufffd" and found.article.id == "i\ufffd"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1256"])
def test_rows_in_other_encodings(tmp_path, encoding):
    path = tmp_path / "a.jsonl"
    path.write_bytes(rows({"text": TEXT, "title": "لقاء"}, {"text": TEXT}).encode(encoding))
    assert [found.article.text for found in read_all(path)] == [TEXT, TEXT]


def test_packed_rows(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(rows({"text": TEXT}, {"text": TEXT}).encode()))
    assert [found.line for found in read_all(path)] == [1, 2]
    path.write_bytes(path.read_bytes()[:-20])
    assert "can't be read" in read_all(path)[-1].problem


def test_a_line_of_a_hundred_thousand_characters(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(rows({"text": (TEXT.rstrip(".") + " ") * 1800}), "utf-8")
    (found,) = read_all(path)
    assert len(found.article.text) > 90_000


def test_folders_are_read_sorted_and_what_is_no_article_is_named(tmp_path):
    for name in ("b/2.txt", "b/1.txt", "a.txt", "c.HTML", ".hidden.txt", "photo.jpg", "out.jsonl"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(PAGE if name.endswith("HTML") else TEXT, "utf-8")
    listing = list_inputs([str(tmp_path)], leave_out=[tmp_path / "out.jsonl"])
    assert [item.name.removeprefix(f"{tmp_path}/") for item in listing.inputs] == ["a.txt", "c.HTML", "b/1.txt", "b/2.txt"]
    assert [name.removeprefix(f"{tmp_path}/") for name in listing.passed_over] == ["photo.jpg"]
    found = read_all(tmp_path, leave_out=[tmp_path / "out.jsonl"])
    assert [item.article.id for item in found] == [item.name for item in listing.inputs]


def test_a_name_that_does_not_exist_stops_all(tmp_path):
    with pytest.raises(InputError, match="no such file or folder"):
        list_inputs([str(tmp_path / "nothing.txt")])


@pytest.mark.parametrize("encoding", ["cp1256", "utf-8", "utf-16"])
def test_a_page_gives_text_title_date_and_outlet(tmp_path, encoding):
    path = tmp_path / "a.html"
    path.write_bytes(PAGE.encode(encoding))
    article, problem = read_one(str(path))
    assert problem is None
    assert TEXT in article.text and "رياضة" not in article.text and "الحقوق" not in article.text
    assert (article.title, article.published, article.outlet, article.id) == ("لقاء في القاهرة", "2020-08-18", "الخبر", str(path))


def test_a_page_without_article_and_one_in_another_language(tmp_path):
    path = tmp_path / "a.html"
    path.write_text("<html><body></body></html>")
    with pytest.raises(InputError, match="no article found"):
        read_one(str(path))
    path.write_text(
        "<html lang='fa'><body><p>" + "وزیر امور خارجه ایران در دیدار با همتای ترکیه‌ای خود گفت که گفتگوها ادامه خواهد یافت. " * 5, "utf-8"
    )
    with pytest.raises(InputError, match=r"Persian.*'fa'"):
        read_one(str(path))


class Stdin:
    def __init__(self, data):
        self.buffer = io.BytesIO(data)


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (TEXT.encode(), [TEXT]),
        (TEXT.encode("cp1256"), [TEXT]),
        (rows({"text": TEXT}, {"text": TEXT + "!"}).encode(), [TEXT, TEXT + "!"]),
        (rows({"text": TEXT}, {"text": TEXT + "!"}).encode("utf-16"), [TEXT, TEXT + "!"]),
        ((TEXT + "\n" + TEXT).encode(), [TEXT + "\n" + TEXT]),
    ],
)
def test_standard_input_is_text_or_rows(monkeypatch, data, texts):
    monkeypatch.setattr("sys.stdin", Stdin(data))
    found = read_all("-")
    assert [item.article.text for item in found] == texts
    assert all(item.article.id is None for item in found)


def test_standard_input_may_be_a_page(monkeypatch):
    monkeypatch.setattr("sys.stdin", Stdin(PAGE.encode("cp1256")))
    assert TEXT in read_one("-")[0].text


def test_one_article_is_one(tmp_path, monkeypatch):
    path = tmp_path / "a.jsonl"
    path.write_text(rows({"text": TEXT}, {"text": TEXT}), "utf-8")
    with pytest.raises(InputError, match="more than one article"):
        read_one(str(path))
    with pytest.raises(InputError, match="a folder"):
        read_one(str(tmp_path))
    path.write_text("")
    with pytest.raises(InputError, match="empty"):
        read_one(str(path))
