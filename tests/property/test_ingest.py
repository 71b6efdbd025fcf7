"""Fuzzes every kind of source: reading never raises, whatever comes is an article or a reason, and damage to one costs no other."""

import csv
import io
import json
import mailbox
import re
import sys
from email.message import EmailMessage
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "unit"))

from page_samples import BODY, LEAD, PAGES, SENTENCES
from test_ingest_archives import RECORDS, archive
from test_ingest_feeds import ATOM, WHOLE, item, rss

from tawazun.ingest.finds import Found
from tawazun.ingest.inputs import KNOWN, list_inputs, read_input

TEXT = "\n".join(SENTENCES)
RANDOM = st.one_of(
    st.binary(max_size=400),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.text("<>&;\"'=/!?- \nابتةو0aA:،[]{}", max_size=200).map(str.encode),
    st.text(max_size=100).map(lambda text: (text + LEAD).encode("utf-16", "surrogatepass")),
)


@cache
def samples() -> dict[str, bytes]:
    rows = [{"id": number, "text": f"{text} {LEAD}", "date": "2020-08-19"} for number, text in enumerate(BODY)]
    out = io.StringIO()
    csv.writer(out).writerows([["text", "date"], *([f"{text}\n{LEAD}", "2020-08-19"] for text in BODY)])
    letters = []
    for number, text in enumerate(BODY):
        letter = EmailMessage()
        letter["From"], letter["Subject"], letter["To"], letter["Date"] = (
            "a@a.example",
            f"لقاء {number}",
            "b@b.example",
            "Wed, 19 Aug 2020 10:00:00 GMT",
        )
        letter.set_content(f"{text}\n{LEAD}")
        letters.append(letter)
    return {
        ".txt": TEXT.encode("cp1256"),
        ".html": PAGES["json-ld"].data,
        ".htm": PAGES["nested tables"].data,
        ".xhtml": PAGES["cookie banner and read also"].data,
        ".jsonl": "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode(),
        ".csv": out.getvalue().encode(),
        ".tsv": f"text\tdate\n{LEAD}\t2020\n{BODY[0]}\t2020\n".encode("utf-16"),
        ".rss": rss(item(1, WHOLE), item(2), item(3, WHOLE)).encode(),
        ".atom": ATOM.encode("utf-8-sig"),
        ".warc": archive(*RECORDS),
        ".warc.gz": archive(*RECORDS, packed=True),
        ".eml": letters[0].as_bytes(),
        ".mbox": b"".join(b"From a@a.example Wed Aug 19 10:00:00 2020\n" + letter.as_bytes() + b"\n" for letter in letters),
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


def read(folder: Path, ending: str, data: bytes) -> list[Found]:
    path = folder / f"a{ending}"
    path.write_bytes(data)
    found = [one for source in list_inputs([str(path)]).inputs for one in read_input(source)]
    for one in found:
        assert one.article is not None or one.problem
        assert one.article is None or one.article.text.strip()
        assert one.problem is None or ("\n" not in one.problem and len(one.problem) < 3000)
        json.dumps([one.problem, one.article.text if one.article else None]).encode("ascii")
        (one.article.text if one.article else "").encode("utf-8")
    return found


@pytest.mark.parametrize("ending", [*KNOWN, ""])
@settings(max_examples=60)
@given(RANDOM)
def test_random_bytes_are_an_article_or_a_reason(folder: Path, ending: str, data: bytes) -> None:
    found = read(folder, ending, data)
    lines = ".jsonl" in ending or ".ndjson" in ending or ending in (".csv", ".tsv")  # which may have none
    assert found or lines


@pytest.mark.parametrize(
    "ending", [".txt", ".html", ".htm", ".xhtml", ".jsonl", ".csv", ".tsv", ".rss", ".atom", ".warc", ".warc.gz", ".eml", ".mbox"]
)
@settings(max_examples=60)
@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), RANDOM | st.just(b"")), min_size=1, max_size=3))
def test_damaged_sources_are_articles_and_reasons(folder: Path, ending: str, cuts: list[tuple[float, int, bytes]]) -> None:
    data = samples()[ending]
    for share, length, more in cuts:
        place = int(share * len(data))
        data = data[:place] + more + data[place + length :]
    assert read(folder, ending, data)


@pytest.mark.parametrize("ending", [".html", ".rss", ".warc", ".warc.gz", ".eml", ".mbox", ".csv", ".jsonl"])
@settings(max_examples=40)
@given(st.floats(0.02, 0.999))
def test_what_is_cut_off_never_looks_whole(folder: Path, ending: str, share: float) -> None:
    """An archive says that it is cut; other kinds give what is there, and as many finds as there are beginnings."""
    whole = samples()[ending]
    data = whole[: int(share * len(whole))]
    found = read(folder, ending, data)
    if ending.startswith(".warc"):
        between = whole[len(data) :].startswith((b"WARC/1.", b"\x1f\x8b\x08"))  # two records, where nobody can tell
        assert between or (found[-1].article is None and ("cut off" in found[-1].problem or "damaged" in found[-1].problem))
    elif ending == ".jsonl":
        assert len(found) == sum(bool(line.strip()) for line in data.split(b"\n"))
    elif ending == ".mbox":
        assert len(found) == max(1, len(re.findall(rb"^From ", data, re.MULTILINE)))
    else:
        assert found


@settings(max_examples=60)
@given(
    st.integers(0, len(BODY) - 1),
    st.binary(max_size=60).map(lambda data: data.replace(b"\n", b"").replace(b"\r", b"")),
    st.sampled_from([".jsonl", ".mbox"]),
)
def test_damage_inside_one_article_costs_no_other(folder: Path, number: int, damage: bytes, ending: str) -> None:
    data = samples()[ending]
    if ending == ".jsonl":
        lines = data.split(b"\n")
        lines[number] = lines[number][:20] + damage + lines[number][40:]
        data = b"\n".join(lines)
    else:
        parts = data.split(b"From a@a.example")
        middle = len(parts[number + 1]) - 20
        parts[number + 1] = parts[number + 1][:middle] + damage.replace(b"From ", b"") + parts[number + 1][middle + 5 :]
        data = b"From a@a.example".join(parts)
    found = read(folder, ending, data)
    assert len(found) == len(BODY)
    assert all(one.article is not None for place, one in enumerate(found) if place != number)


def test_a_mailbox_is_what_the_library_writes(folder: Path) -> None:
    box = mailbox.mbox(folder / "b.mbox")
    box.add(samples()[".eml"])
    box.close()
    assert len(read(folder, ".mbox", (folder / "b.mbox").read_bytes())) == 1
