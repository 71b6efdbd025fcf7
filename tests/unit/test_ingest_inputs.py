import gzip
import io
import json
import sys
from datetime import UTC, datetime

import pytest
from test_ingest_archives import RECORDS, archive
from test_ingest_feeds import item as feed_entry
from test_ingest_feeds import rss

from tawazun.base.errors import InputError
from tawazun.ingest.inputs import Choices, list_inputs, read_input, read_one

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


def test_a_source_of_one_article_may_hold_other_things(tmp_path):
    path = tmp_path / "a.warc"
    path.write_bytes(archive(RECORDS[0], RECORDS[2], RECORDS[3]))
    article, problem = read_one(str(path))
    assert article.url == "https://sahel.example/1" and problem is None
    path.write_bytes(archive(RECORDS[2]))
    with pytest.raises(InputError, match="passed over: status 404"):
        read_one(str(path))
    path.write_bytes(archive(RECORDS[0], RECORDS[1]))
    with pytest.raises(InputError, match="more than one article"):
        read_one(str(path))


def test_a_folder_of_all_kinds(tmp_path):
    texts = {
        "a.txt": TEXT,
        "b.html": PAGE,
        "c.jsonl": rows({"text": TEXT}),
        "d.csv": f"text\n{TEXT}\n",
        "e.tsv": f"text\tdate\n{TEXT}\t2020\n",
        "f.rss": rss(feed_entry(1, TEXT)),
        "g.xml": rss(feed_entry(1, TEXT)),
        "h.eml": f"From: a@a.example\nTo: b@b.example\nSubject: x\n\n{TEXT}",
        "i.mbox": f"From a@a.example Wed Aug 19 10:00:00 2020\nFrom: a@a.example\nSubject: x\n\n{TEXT}\n",
        "j.PDF": "%PDF",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "k.warc.gz").write_bytes(archive(RECORDS[0], packed=True))
    listing = list_inputs([str(tmp_path)])
    assert [name.rpartition("/")[2] for name in listing.passed_over] == ["j.PDF"]
    found = [(item.name.rpartition("/")[2], one) for item in listing.inputs for one in read_input(item)]
    assert [name for name, _ in found] == [*list(texts)[:-1], "k.warc.gz"]
    assert all(one.article is not None and one.problem is None for _, one in found)


def test_a_library_that_is_not_installed_is_a_reason(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "fastwarc.warc", None)
    (tmp_path / "a.warc").write_bytes(archive(RECORDS[0]))
    (found,) = read_all(tmp_path / "a.warc")
    assert found.article is None and "pip install 'tawazun[corpus]'" in found.problem


@pytest.mark.parametrize(
    ("data", "title"),
    [
        (rss(feed_entry(1, TEXT)), "1"),
        (f"From: a@a.example\nTo: b@b.example\nSubject: لقاء\n\n{TEXT}", "لقاء"),
        (f"Subject: {TEXT}\n\n{TEXT}", None),
    ],
)
def test_standard_input_may_be_a_feed_or_a_letter(monkeypatch, data, title):
    monkeypatch.setattr("sys.stdin", Stdin(data.encode()))
    article, problem = read_one("-")
    assert problem is None and TEXT in article.text and (article.title or "").endswith(title or "")


def test_days_after_today_are_refused_in_rows(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text(rows({"text": TEXT, "date": "2027-01-01"}, {"text": TEXT, "date": "3013-01-01"}), "utf-8")
    now = datetime(2026, 11, 24, tzinfo=UTC)
    (source,) = list_inputs([str(path)]).inputs
    first, second = read_input(source, choices=Choices(now=now))
    assert first.article.published is None and "after today" in first.problem
    assert second.article.published is None and "between 1800 and 2100" in second.problem
    assert next(read_input(source)).article.published == "2027-01-01"


def test_a_row_in_utf_16_that_is_cut_off(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(rows({"text": TEXT}, {"text": TEXT}).encode("utf-16")[:-5])
    assert [found.article is not None for found in read_all(path)] == [True, False]


@pytest.mark.parametrize("address", ["feed.xml", "/tmp/feed"])
def test_a_feed_is_an_address(address):
    with pytest.raises(InputError, match="not an address"):
        list_inputs([], feeds=[address])
