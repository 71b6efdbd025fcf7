from datetime import UTC, datetime
from xml.sax.saxutils import escape

import pytest
from page_samples import ASIDE, BODY, LEAD, OUTLET, PAGES, SENTENCES, TITLE, paragraphs
from servers import serving

from tawazun.ingest.finds import Choices
from tawazun.ingest.inputs import list_inputs, read_input, read_one
from tawazun.ingest.visitors import Visitor

NOW = datetime(2026, 11, 24, tzinfo=UTC)
WHOLE = f"<![CDATA[{paragraphs(*SENTENCES[:3])}<p>{ASIDE}</p>{paragraphs(*SENTENCES[3:])}]]>"


def item(number, content="", summary=LEAD, date="Wed, 19 Aug 2020 23:30:00 +0300", link=None):
    return (
        f"<item><title>{TITLE} {number}</title><link>{link or f'https://sahel.example/{number}'}</link><guid>sahel-{number}</guid>"
        f"<description>{escape(summary)}</description>{f'<content:encoded>{content}</content:encoded>' if content else ''}"
        f"<pubDate>{date}</pubDate></item>"
    )


def rss(*items, prolog='<?xml version="1.0" encoding="utf-8"?>'):
    return (
        f'{prolog}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>{OUTLET}</title>'
        f"<ttl>60</ttl>{''.join(items)}</channel></rss>"
    )


ATOM = (
    f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>{OUTLET}</title><entry><title>{TITLE} 1</title>'
    '<link href="/1"/><id>sahel-1</id><published>2020-08-19T00:30:00+02:00</published><updated>2020-08-25T00:00:00Z</updated>'
    f'<content type="html">{escape(paragraphs(*SENTENCES))}</content></entry></feed>'
)
RDF = (
    '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    f'<channel rdf:about="x"><title>{OUTLET}</title></channel><item rdf:about="sahel-1"><title>{TITLE} 1</title>'
    f"<link>https://sahel.example/1</link><dc:date>2020-08-19T10:00:00+03:00</dc:date><content:encoded>{WHOLE}</content:encoded></item></rdf:RDF>"
)


def read(path, data, **choices):
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(read_input(list_inputs([str(path)]).inputs[0], choices=Choices(now=NOW, **choices)))


@pytest.mark.parametrize("feed", [rss(item(1, WHOLE)), ATOM, RDF], ids=["rss", "atom", "rdf"])
@pytest.mark.parametrize("name", ["a.rss", "a.xml", "a.atom", "feed"])
def test_entries_with_their_content(tmp_path, feed, name):
    (found,) = read(tmp_path / name, feed)
    article = found.article
    assert found.problem is None and found.line == 1
    assert (article.title, article.outlet, article.published, article.id) == (f"{TITLE} 1", OUTLET, "2020-08-19", "sahel-1")
    assert article.text.splitlines() == list(SENTENCES)
    assert article.url == (None if feed is ATOM else "https://sahel.example/1")


@pytest.mark.parametrize("encoding", ["cp1256", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("named", [True, False])
def test_feeds_in_other_encodings(tmp_path, encoding, named):
    prolog = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig").replace("cp", "windows-")}"?>' if named else ""
    (found,) = read(tmp_path / "a.rss", rss(item(1, WHOLE), prolog=prolog).encode(encoding))
    assert found.article.text.splitlines() == list(SENTENCES) and found.article.outlet == OUTLET


def test_a_summary_alone_is_taken_and_marked_and_a_long_one_is_the_article(tmp_path):
    long = " ".join(SENTENCES * 2)
    first, second, third = read(tmp_path / "a.rss", rss(item(1), item(2, summary=f"<p>{long}</p>"), item(3, summary="")))
    assert first.article.text == LEAD and first.problem == "only the summary of the feed; the whole text is at its link"
    assert second.article.text == long and second.problem is None
    assert third.article is None and "no text in the entry" in third.problem and "sahel.example/3" in third.problem


@pytest.mark.parametrize(
    ("date", "published", "says"),
    [
        ("الأربعاء 19 آب/أغسطس 2020", "2020-08-19", None),
        ("الأربعاء 29 ذو الحجة 1441", "2020-08-19", None),
        ("2020-08-19 22:10", "2020-08-19", None),
        ("Sun, 31 Feb 2013 10:00:00 GMT", None, "isn't a day"),
        ("Wed, 01 Jan 3013 10:00:00 GMT", None, "between 1800"),
        ("Mon, 30 Nov 2026 10:00:00 GMT", None, "after today"),
        ("قبل ساعتين", None, "isn't a day"),
        ("", None, None),
    ],
)
def test_dates_of_entries(tmp_path, date, published, says):
    (found,) = read(tmp_path / "a.rss", rss(item(1, WHOLE, date=date)))
    assert found.article.published == published
    assert says in found.problem and found.problem.endswith("; read without a date") if says else found.problem is None


def test_broken_xml_still_gives_its_entries(tmp_path):
    feed = rss(item(1, WHOLE), item(2, WHOLE)).replace("<ttl>60</ttl>", "<b>&nbsp;&bad; 5 < 6</b>")[:-20]
    found = read(tmp_path / "a.rss", feed)
    assert [entry.article.id for entry in found] == ["sahel-1", "sahel-2"]


@pytest.mark.parametrize(
    "data", ["<a/>", "<?xml version='1.0'?><urlset/>", "plain", "{}", rss(), "<rss>", "/etc/passwd", "http://127.0.0.1:9/x"]
)
def test_what_is_no_feed_is_told_and_no_name_in_it_is_opened(tmp_path, data):
    (found,) = read(tmp_path / "a.xml", data)
    assert found.article is None and ("no feed" in found.problem or "without entries" in found.problem)


def test_entities_that_swell_are_not_resolved(tmp_path):
    lol = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 10))
    feed = rss(item(1, "&l9;")).replace(
        "<rss", f'<!DOCTYPE rss [<!ENTITY l0 "{LEAD}">{lol}<!ENTITY file SYSTEM "file:///etc/passwd">]><rss'
    )
    found = read(tmp_path / "a.xml", feed)
    assert all(len(entry.article.text if entry.article else "") < 10_000 and "root:" not in str(entry) for entry in found)


def test_other_languages_and_empty_entries_cost_themselves_only(tmp_path):
    found = read(tmp_path / "a.rss", rss(item(1, "Only English words in this one."), "<item></item>", item(3, WHOLE)))
    assert [entry.article is not None for entry in found] == [False, False, True]


def test_an_address_that_gives_a_feed_is_read_as_one():
    pages = {"/feed": (200, {"Content-Type": "application/rss+xml"}, rss(item(1, WHOLE), item(2)).encode())}
    pages["/odd"] = (200, {"Content-Type": "text/html"}, pages["/feed"][2])
    pages["/atom"] = (200, {"Content-Type": "application/atom+xml"}, ATOM.encode())
    pages["/map"] = (200, {"Content-Type": "text/xml"}, b"<urlset/>")
    pages["/page"] = (200, {"Content-Type": "text/html"}, PAGES["AMP"].data)
    with serving(pages) as (url, _):
        for path in ("/feed", "/odd"):
            found = list(read_input(list_inputs([url + path]).inputs[0], allow_private=True))
            assert [(entry.line, entry.article.id) for entry in found] == [(1, "sahel-1"), (2, "sahel-2")]
        assert read_one(f"{url}/atom", allow_private=True)[0].url == f"{url}/1"
        (found,) = read_input(list_inputs([f"{url}/map"]).inputs[0], allow_private=True)
        assert "nor a feed" in found.problem
        (found,) = read_input(list_inputs([], feeds=[f"{url}/page"]).inputs[0], allow_private=True)
        assert "no feed in it" in found.problem
        (found,) = read_input(list_inputs([], feeds=[f"{url}/page"]).inputs[0])
        assert "private network" in found.problem


def test_links_are_followed_when_asked_for(tmp_path):
    pages = {
        "/robots.txt": (200, {}, b"User-agent: *\nDisallow: /closed"),
        "/page": (200, {"Content-Type": "text/html"}, PAGES["AMP"].data),
        "/closed": (200, {"Content-Type": "text/html"}, PAGES["AMP"].data),
        "/sly": (302, {"Location": "/closed"}, b""),
    }
    waits = []
    with serving(pages) as (url, asked):
        feed = rss(
            *(item(number, link=url + path) for number, path in enumerate(("/page", "/gone", "/closed", "/sly"), 1)),
            item(5, WHOLE, link=url),
        )
        (tmp_path / "a.rss").write_text(feed, "utf-8")
        visitor = Visitor(allow_private=True, sleep=waits.append)
        (source,) = list_inputs([str(tmp_path / "a.rss")]).inputs
        found = list(read_input(source, choices=Choices(follow_links=True), visitor=visitor))
    assert (
        found[0].problem is None
        and all(sentence in found[0].article.text for sentence in SENTENCES)
        and found[0].article.url == f"{url}/page"
    )
    for entry, says in zip(found[1:4], ("answers 404", "robots.txt", "robots.txt"), strict=True):
        assert entry.article.text == LEAD and says in entry.problem and "only the summary" in entry.problem
    assert found[4].article.text.splitlines() == list(SENTENCES) and BODY[0] in found[4].article.text
    assert [path for path, _ in asked] == ["/robots.txt", "/page", "/gone", "/sly"]
    assert len(waits) == 3 and all(2 < wait <= 3 for wait in waits[:1])
