"""Turns a web page, saved or at an address, into its article."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from tawazun.ingest.pages import read_page
from tawazun.ingest.scripts import check_arabic
from tawazun.ingest.texts import decode_text
from tawazun.model.articles import Article

if TYPE_CHECKING:
    from tawazun.ingest.addresses import Fetched
    from tawazun.ingest.visitors import Visitor


def page_article(
    data: bytes, where: str, id: str | None, charset: str | None = None, url: str | None = None, now: datetime | None = None
) -> tuple[Article, str | None]:
    """Reads the article of a page, with what is wrong with its date; raises `InputError` where it holds none in Arabic."""
    page = read_page(data, where, charset, now)
    check_arabic(page.text, where, page.language)
    article = Article(text=page.text, id=id, published=page.published, title=page.title, outlet=page.outlet, url=url or page.url)
    return article, page.problem


def fetched_article(fetched: "Fetched", where: str, now: datetime | None = None) -> tuple[Article, str | None]:
    """Reads the article of what an address gave, a page or a text; `where` is the address as given, and becomes the article's id."""
    if fetched.media_type == "text/plain":
        text = decode_text(fetched.data, where, fetched.charset).text
        check_arabic(text, where)
        return Article(text=text, id=where, url=fetched.url), None
    return page_article(fetched.data, where, where, fetched.charset, fetched.url, now)


def follower(visitor: "Visitor", now: datetime | None = None) -> Callable[[str], Article]:
    """Returns what reads the article at a link, politely; it raises `InputError` where that can't be had."""
    from tawazun.ingest.addresses import take  # takes a tenth of a second, and most inputs are files

    def follow(link: str) -> Article:
        return fetched_article(take(visitor.visit(link)), link, now)[0]

    return follow
