import re
from contextlib import suppress
from datetime import UTC, datetime
from time import process_time

import pytest
from page_samples import BOILERPLATE, DAY, LEAD, PAGES, SENTENCES, head, json_ld, paragraphs, whole

from tawazun.base.errors import InputError
from tawazun.ingest.pages import read_page


def squeezed(text):
    return re.sub(r"[\s\u200b-\u200f]+", " ", text)


@pytest.mark.parametrize("name", PAGES)
def test_a_saved_page_gives_its_article_and_nothing_else(name):
    saved = PAGES[name]
    page = read_page(saved.data, "a.html")
    text = squeezed(page.text)
    assert [sentence for sentence in saved.sentences if sentence not in text] == []
    assert [sentence for sentence in saved.sentences if text.count(sentence) > 1] == []
    assert [words for words in BOILERPLATE if words in text] == []
    assert (page.title, page.published, page.outlet) == (saved.title, saved.published, saved.outlet)
    assert page.problem is None


@pytest.mark.parametrize("name", [name for name in PAGES if name != "json-ld"])
def test_sentences_in_lines_of_their_own_stay_there(name):
    lines = [squeezed(line).strip() for line in read_page(PAGES[name].data, "a.html").text.splitlines()]
    assert [sentence for sentence in PAGES[name].sentences if sentence not in lines] == []


ARTICLE = f"<article><h1>لقاء</h1>{paragraphs(*SENTENCES)}</article>"


@pytest.mark.parametrize(
    ("heads", "body", "published", "says"),
    [
        ([json_ld(datePublished="2020-02-31")], "", None, "isn't a day"),
        ([json_ld(datePublished="3013-08-19T10:00:00Z")], "", None, "between 1800 and 2100"),
        ([json_ld(datePublished="2026-12-24")], "", None, "after today"),
        ([json_ld(datePublished="2020-02-31"), f'<meta property="article:published_time" content="{DAY}">'], "", DAY, None),
        ([json_ld(datePublished="")], "<p class=date>الثلاثاء 19 آب 2020</p>", None, "day of the week"),
        (["<title>لقاء</title>"], "<p>آخر تحديث: 20 آب 2020</p>", None, None),
        (['<meta name="date" content="19/8/2020">'], "", DAY, None),
        ([], "<time itemprop=datePublished datetime='2020-08-19T10:00'>منذ سنوات</time>", DAY, None),
    ],
)
def test_a_wrong_date_is_kept_as_a_reason_and_a_missing_one_is_missing(heads, body, published, says):
    html = whole(head(*heads, title="لقاء"), ARTICLE.replace("</h1>", f"</h1>{body}"))
    page = read_page(html.encode(), "a.html", now=datetime(2026, 11, 24, tzinfo=UTC))
    assert page.published == published
    assert says in page.problem and page.problem.endswith("; read without a date") if says else page.problem is None


@pytest.mark.parametrize(
    "stated",
    [
        '{"@type": "NewsArticle", "articleBody": 5, "headline": ["a"], "datePublished": {}, "publisher": [{"name": 1}]}',
        '{"@type": ["Thing"], "articleBody": "x"}',
        "{not json",
        "[" * 100_000,
        '{"@type": "NewsArticle", "articleBody": "&lt;p&gt;' + LEAD[:40] + '&lt;/p&gt;"}',
        '{"@type": "NewsArticle", "articleBody": "' + LEAD + '"};',
    ],
)
def test_json_ld_that_is_broken_or_partial_leaves_the_page(stated):
    page = read_page(whole(head(f"<script type='application/ld+json'>{stated}</script>"), ARTICLE).encode(), "a.html")
    assert all(sentence in page.text for sentence in SENTENCES)


@pytest.mark.parametrize("html", ["", "<html>", "<html></html>", "<html><body><script>1</script></body></html>", "<!-- -->", "<p>", "&#0;"])
def test_a_page_without_article_is_told(html):
    with pytest.raises(InputError, match=r"no article found|empty"):
        read_page(html.encode(), "a.html")


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 200_000 + "نص",
        "<h3>التعليقات</h3><p>كلام</p>" * 20_000,
        "<p>اقرأ أيضا كلام</p>" * 20_000,
        "<table><tr><td>" * 3000 + "نص",
        "<p class=date>19 أغسطس 2020</p>" * 10_000,
    ],
    ids=["deep", "comments", "asides", "tables", "dates"],
)
def test_pages_made_to_be_slow_are_not(body):
    start = process_time()
    with suppress(InputError):
        read_page(whole(head(), ARTICLE + body).encode(), "a.html")
    assert process_time() - start < 10
