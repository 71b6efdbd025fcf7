import gzip
import io

import pytest
from page_samples import LEAD, PAGES, SENTENCES, TITLE, head, menu, paragraphs, whole
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tawazun.ingest.inputs import list_inputs, read_input

ENGLISH = whole(head(), paragraphs(*["The delegations met in Muscat and agreed to go on talking next month."] * 9))
PAGE = PAGES["windows-1256 declared"].data


def archive(*records, packed=False):
    """Makes an archive of (url, status, headers, body); a status that is text is the type of a record."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    for url, status, headers, body in records:
        if isinstance(status, str):
            writer.write_record(writer.create_warc_record(url, status, payload=io.BytesIO(body), warc_content_type=headers))
        else:
            answer = StatusAndHeaders(f"{status} Answer", list(headers.items()), protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    url, "response", payload=io.BytesIO(body), http_headers=answer, warc_headers_dict={"WARC-Date": "2023-01-05T10:00:00Z"}
                )
            )
    return out.getvalue()


HTML = {"Content-Type": "text/html"}
RECORDS = (
    ("https://sahel.example/1", 200, HTML, PAGE),
    ("https://sahel.example/2", 200, HTML | {"Content-Encoding": "gzip"}, gzip.compress(PAGES["og tags"].data)),
    ("https://sahel.example/gone", 404, HTML, PAGE),
    ("https://sahel.example/gone2", 404, HTML, PAGE),
    ("https://sahel.example/moved", 301, HTML | {"Location": "/1"}, b""),
    ("https://sahel.example/a.jpg", 200, {"Content-Type": "image/jpeg"}, b"\xff\xd8"),
    ("https://sahel.example/en", 200, HTML, ENGLISH.encode()),
    ("https://sahel.example/", 200, HTML, whole(head(), menu()).encode()),
    ("https://sahel.example/1", "request", "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n"),
    (
        "https://sahel.example/3",
        200,
        {"Content-Type": "text/html; charset=windows-1256"},
        PAGES["no metadata at all"].html.encode("cp1256"),
    ),
    ("https://sahel.example/4", "resource", "text/html", PAGES["breaks only"].data),
)


def read(path, data):
    path.write_bytes(data)
    return list(read_input(list_inputs([str(path)]).inputs[0]))


@pytest.mark.parametrize("packed", [False, True])
def test_pages_come_with_their_address_and_the_rest_is_counted(tmp_path, packed):
    found = read(tmp_path / ("a.warc.gz" if packed else "a.warc"), archive(*RECORDS, packed=packed))
    articles = [item.article for item in found if item.article]
    assert [article.url for article in articles] == [f"https://sahel.example/{number}" for number in (1, 2, 3, 4)]
    assert [article.published for article in articles] == ["2020-08-19", "2020-08-19", None, "2020-08-19"]
    assert all(article.title == TITLE and all(sentence in article.text for sentence in SENTENCES) for article in articles)
    assert [item.line for item in found if item.article] == [1, 2, 10, 11]
    assert sorted(item.problem for item in found if not item.article) == [
        "1 record passed over: a page that isn't in Arabic",
        "1 record passed over: a page with hardly any text",
        "1 record passed over: image/jpeg, not a page",
        "1 record passed over: request, not a page",
        "1 record passed over: status 301",
        "2 records passed over: status 404",
    ]


def test_an_arabic_page_in_which_no_article_is_found_is_named(tmp_path):
    wordy = whole(
        head(), "<div>" + "".join(f"<a href=/{n}>{text}</a>" for n, text in enumerate(SENTENCES * 2)) + f"</div><i>{LEAD * 5}</i>"
    )
    found = read(
        tmp_path / "a.warc",
        archive(("https://a.example/x", 200, HTML, wordy.encode()), ("https://a.example/y", 200, HTML, bytes(5 * 2**20))),
    )
    assert len(found) == 2
    assert all(item.article or item.problem.startswith("https://a.example/") for item in found)
    assert "at most 4 MB" in found[1].problem


@pytest.mark.parametrize("packed", [False, True])
def test_an_archive_cut_off_anywhere_is_told(tmp_path, packed):
    data = archive(*RECORDS[:2], RECORDS[9], packed=packed)
    whole_one = read(tmp_path / "a.warc", data)
    assert len(whole_one) == 3 and all(item.article for item in whole_one)
    if not packed:  # after the header of a record, which ends as a record does
        found = read(tmp_path / "a.warc", data[: data.rindex(b"\r\n\r\n<html") + 4])
        assert "cut off" in found[-1].problem
    for share in (0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 0.999):
        found = read(tmp_path / "a.warc", data[: int(len(data) * share)])
        assert found and found[-1].article is None and ("cut off" in found[-1].problem or "damaged" in found[-1].problem)


@pytest.mark.parametrize("data", [b"", b"junk", b"\x1f\x8b\x08\x00junk", gzip.compress(b"junk", mtime=0), b"WARC/1.0\r\n\r\n", b"\0" * 100])
def test_what_is_no_archive_is_told(tmp_path, data):
    found = read(tmp_path / "a.warc.gz", data)
    assert found and found[-1].article is None and found[-1].problem


def test_damage_in_the_middle_is_told(tmp_path):
    data = bytearray(archive(*RECORDS[:2], RECORDS[9], packed=True))
    data[len(data) // 2 : len(data) // 2 + 8] = b"\0" * 8
    found = read(tmp_path / "a.warc.gz", bytes(data))
    assert any(item.article for item in found)
    assert found[-1].article is None and found[-1].problem


def test_an_archive_is_known_by_its_first_bytes(tmp_path):
    found = read(tmp_path / "archive", archive(RECORDS[0]))
    assert [item.article.url for item in found] == ["https://sahel.example/1"]
