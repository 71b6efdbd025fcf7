"""Turns each kind of source into articles a second: the project's own articles, by the processor time of one core."""

import csv
import io
import json
import sys
import tempfile
import time
from collections.abc import Callable
from email.message import EmailMessage
from html import escape
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tawazun.ingest.inputs import list_inputs, read_input

ARTICLES = Path(__file__).parents[1] / "tests" / "eval" / "articles_varied"
MENU = "<ul>" + "".join(f"<li><a href='/{number}'>قسم {number}</a></li>" for number in range(12)) + "</ul>"
DAY = "Wed, 19 Aug 2020 10:00:00 +0300"


def page(text: str) -> bytes:
    body = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())
    return (
        f"<!DOCTYPE html><html lang=ar dir=rtl><head><meta charset=utf-8><title>خبر | صحيفة</title>"
        f"<meta property='article:published_time' content='2020-08-19T10:00:00Z'></head><body>{MENU}<article><h1>خبر</h1>{body}</article>"
        f"<div class=related>{MENU}</div><footer>جميع الحقوق محفوظة</footer></body></html>"
    ).encode()


def rows(texts: list[str]) -> bytes:
    return "\n".join(json.dumps({"text": text, "date": "2020-08-19"}, ensure_ascii=False) for text in texts).encode()


def table(texts: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([["text", "date"], *([text, "19/08/2020"] for text in texts)])
    return out.getvalue().encode()


def feed(texts: list[str]) -> bytes:
    items = "".join(
        f"<item><content:encoded>{escape(page(text).decode())}</content:encoded><pubDate>{DAY}</pubDate></item>" for text in texts
    )
    return f"<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>{items}</channel></rss>".encode()


def archive(texts: list[str]) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for number, text in enumerate(texts):
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        url = f"https://sahel.example/{number}"
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(page(text)), http_headers=headers))
    return out.getvalue()


def mailbox(texts: list[str]) -> bytes:
    letters = []
    for number, text in enumerate(texts):
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"], letter["Date"] = "a@a.example", "b@b.example", f"خبر {number}", DAY
        letter.set_content(page(text).decode(), subtype="html")
        letters.append(b"From a@a.example Wed Aug 19 10:00:00 2020\n" + letter.as_bytes() + b"\n")
    return b"".join(letters)


def measure(folder: Path, name: str, files: dict[str, bytes], count: int) -> str:
    """Reads the files twice, the first time to have all libraries loaded, and returns a row of the table."""
    place = folder / name
    place.mkdir()
    for file, data in files.items():
        (place / file).write_bytes(data)
    for _ in range(2):
        start = time.process_time()
        found = [one for source in list_inputs([str(place)]).inputs for one in read_input(source)]
        seconds = time.process_time() - start
    problems = [one.problem for one in found if one.problem]
    if len(found) != count or problems:
        sys.exit(f"{name}: {len(found)} of {count} articles, {problems[:2]}")
    size = sum(map(len, files.values())) / count / 1024
    return f"| {name} | {size:.1f} | {count / seconds:,.0f} |"


def main(count: int = 2000) -> None:
    own = [path.read_text("utf-8") for path in sorted(ARTICLES.glob("*.txt"))]
    texts = [own[number % len(own)] for number in range(count)]
    kinds: dict[str, Callable[[list[str]], dict[str, bytes]]] = {
        "texts (.txt)": lambda texts: {f"{number}.txt": text.encode() for number, text in enumerate(texts)},
        "rows (.jsonl)": lambda texts: {"a.jsonl": rows(texts)},
        "table (.csv)": lambda texts: {"a.csv": table(texts)},
        "pages (.html)": lambda texts: {f"{number}.html": page(text) for number, text in enumerate(texts)},
        "feed with content (.rss)": lambda texts: {"a.rss": feed(texts)},
        "web archive (.warc.gz)": lambda texts: {"a.warc.gz": archive(texts)},
        "mailbox (.mbox)": lambda texts: {"a.mbox": mailbox(texts)},
    }
    print("| source | kB an article | articles a second |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, make in kinds.items():
            print(measure(Path(folder), name, make(texts), count))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
