"""A corpus is cut at the same places always, and its shards together hold what it holds."""

import gzip
import json

import pytest
from own_corpora import lines_of, rows_of, text_of, write_table

from tawazun.base.errors import InputError
from tawazun.batch.pieces import articles_of
from tawazun.batch.places import File, open_place
from tawazun.batch.shards import cut, kind_of
from tawazun.ingest.inputs import Input, read_input

LINES = lines_of(rows_of(range(7)))
BAD = b'{broken\n\n   \n{"id": "e", "text": "Hello there"}\n'
LONG = json.dumps({"id": "long", "text": text_of(1) * 24_000}, ensure_ascii=False).encode() + b"\n"


def shards_of(folder, name, most):
    return cut(str(folder), File(name, (folder / name).stat().st_size), most)


def found_in(folder, shards):
    place = open_place(str(folder))
    return [(found.line, found.article, found.problem) for shard in shards for found in articles_of(place, shard)]


@pytest.mark.parametrize(
    ("data", "most", "sizes"),
    [
        (LINES, 3, [3, 3, 1]),
        (LINES, 7, [7]),
        (LINES, 100, [7]),
        (LINES.rstrip(b"\n"), 3, [3, 3, 1]),
        (LINES + b"\n\n \n", 7, [7]),
        (b"\n\n" + LINES, 3, [3, 3, 1]),
        (LINES + BAD + LINES, 4, [4, 4, 4, 4]),
        (b"\xef\xbb\xbf" + LINES, 5, [5, 2]),
        (LINES.replace(b"\n", b"\r\n"), 5, [5, 2]),
        (LINES.decode().encode("utf-16"), 3, [8]),
        (LINES + LONG + LINES, 4, [4, 4, 4, 3]),
        (b"", 3, [0]),
    ],
    ids=[
        "thirds",
        "exactly",
        "one",
        "no last end",
        "blank lines after",
        "blank lines before",
        "bad rows",
        "mark",
        "crlf",
        "utf-16",
        "long line",
        "empty",
    ],
)
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
def test_rows_are_cut_between_lines(tmp_path, data, most, sizes, packed):
    name = "in.jsonl.gz" if packed else "in.jsonl"
    (tmp_path / name).write_bytes(gzip.compress(data) if packed else data)
    shards = shards_of(tmp_path, name, most)
    assert [shard.articles for shard in shards] == sizes
    assert [shard.start for shard in shards[1:]] == [shard.end for shard in shards[:-1]]
    assert (shards[0].start, shards[-1].end) == (0, len(data))
    whole = read_input(Input(str(tmp_path / name), "file"))
    assert found_in(tmp_path, shards) == [(found.line, found.article, found.problem) for found in whole]


def test_what_is_appended_leaves_earlier_shards_as_they_are(tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_bytes(LINES)
    before = shards_of(tmp_path, "in.jsonl", 3)
    path.write_bytes(LINES + lines_of(rows_of(range(20, 22))))
    after = shards_of(tmp_path, "in.jsonl", 3)
    assert [shard.digest for shard in before[:2]] == [shard.digest for shard in after[:2]]
    assert before[2].digest != after[2].digest


@pytest.mark.parametrize(
    ("groups", "most", "extents"),
    [
        (3, 6, [(0, 6), (6, 10)]),
        (3, 7, [(0, 6), (6, 10)]),
        (3, 2, [(0, 2), (2, 3), (3, 5), (5, 6), (6, 8), (8, 10)]),
        (10, 4, [(0, 4), (4, 8), (8, 10)]),
        (10, 10, [(0, 10)]),
        (1, 100, [(0, 10)]),
    ],
)
def test_tables_are_cut_between_row_groups_where_they_fit(tmp_path, groups, most, extents):
    write_table(tmp_path / "in.parquet", rows_of(range(10)), row_group_size=groups)
    shards = shards_of(tmp_path, "in.parquet", most)
    assert [(shard.start, shard.end) for shard in shards] == extents
    found = found_in(tmp_path, shards)
    assert [article.id for _, article, _ in found] == [f"n{number}" for number in range(10)]
    assert [line for line, _, _ in found] == list(range(1, 11))
    assert {article.published for _, article, _ in found} == {"2021-03-10"}


def test_columns_of_all_kinds_come_as_rows_do(tmp_path):
    from datetime import UTC, date, datetime

    import pyarrow as pa
    from pyarrow.parquet import write_table as write

    days = pa.array([date(2021, 3, 10), None, date(2021, 3, 12)])
    stamps = pa.array([1, None, 1_615_377_600_000_000_001], pa.timestamp("ns", tz="UTC"))
    texts = pa.array([text_of(0), "Hello there", None]).dictionary_encode()
    write(pa.table({"text": texts, "published": days, "source": ["أ", None, "ب"], "other": [1, 2, 3]}), tmp_path / "days.parquet")
    write(pa.table({"text": [text_of(n) for n in range(3)], "date": stamps, "id": [1, 2, 3]}), tmp_path / "stamps.parquet")
    write(pa.table({"text": [text_of(0)], "date": [datetime(2021, 3, 10, 23, tzinfo=UTC)]}), tmp_path / "one.parquet")
    first, second, third = found_in(tmp_path, shards_of(tmp_path, "days.parquet", 9))
    assert (first[1].published, first[1].outlet, first[1].id, first[2]) == ("2021-03-10", "أ", None, None)
    assert second[1] is None and second[2].startswith("not Arabic")
    assert third[1] is None and third[2].startswith("no 'text' among published, source")
    dates = [(article.id, article.published) for _, article, _ in found_in(tmp_path, shards_of(tmp_path, "stamps.parquet", 9))]
    assert dates == [("1", "1970-01-01"), ("2", None), ("3", "2021-03-10")]
    assert found_in(tmp_path, shards_of(tmp_path, "one.parquet", 9))[0][1].published == "2021-03-10"


@pytest.mark.parametrize(
    ("name", "make", "reason"),
    [
        ("a.parquet", lambda path: path.write_bytes(b"junk"), "no Parquet file"),
        ("a.parquet", lambda path: path.write_bytes(b""), "no Parquet file"),
        ("a.parquet", lambda path: write_table(path, [{"body": "x"}]), "no column 'text' among body"),
        ("a.parquet", lambda path: write_table(path, [{"text": b"x"}]), "holds binary, not strings"),
        ("a.jsonl.gz", lambda path: path.write_bytes(gzip.compress(LINES * 50)[:-300]), "damaged"),
        ("a.jsonl.gz", lambda path: path.write_bytes(LINES), "damaged"),
    ],
)
def test_files_that_cannot_be_cut_say_why(tmp_path, name, make, reason):
    make(tmp_path / name)
    with pytest.raises(InputError, match=reason):
        shards_of(tmp_path, name, 3)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.jsonl", "rows"),
        ("A.NDJSON.GZ", "rows"),
        ("a.parquet", "table"),
        ("a.warc.gz", "archive"),
        ("a.jsonl.zst", None),
        ("a.txt", None),
    ],
)
def test_kinds_are_told_by_names(name, kind):
    assert kind_of(name) == kind
