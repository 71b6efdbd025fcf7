import csv
import io
from datetime import UTC, datetime

import pytest
from page_samples import BODY, LEAD

from tawazun.base.errors import InputError
from tawazun.ingest.finds import Choices
from tawazun.ingest.inputs import list_inputs, read_input, read_one
from tawazun.ingest.tables import column_map

TWO_LINES = f"{LEAD}\n{BODY[0]}"


def table(*rows, separator=",", ending="\r\n"):
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator=ending).writerows(rows)
    return out.getvalue()


def read(path, data, **choices):
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(read_input(list_inputs([str(path)]).inputs[0], choices=Choices(**choices)))


HEADER = ["id", "headline", "body", "date", "source", "link"]
ROW = ["7", "لقاء", TWO_LINES, "19/08/2020", "صوت الساحل", "https://sahel.example/7"]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_the_usual_headers_separators_and_encodings(tmp_path, separator, encoding):
    (found,) = read(tmp_path / "a.csv", table(HEADER, ROW, separator=separator).encode(encoding))
    article = found.article
    assert found.problem is None and found.line == 2
    assert (article.id, article.title, article.text, article.published) == ("7", "لقاء", TWO_LINES, "2020-08-19")
    assert (article.outlet, article.url) == ("صوت الساحل", "https://sahel.example/7")


@pytest.mark.parametrize(
    "header",
    [
        ["النص", "تاريخ النشر"],
        ["نص الخبر", "التاريخ"],
        ["Full_Text", "Publish-Date"],
        ["  ARTICLE TEXT ", "Published At"],
        ["المحتوى", "التّاريخ"],
    ],
)
def test_headers_in_arabic_and_in_other_spellings(tmp_path, header):
    (found,) = read(tmp_path / "a.csv", table(header, [LEAD, "2020-08-19"]))
    assert (found.article.text, found.article.published) == (LEAD, "2020-08-19")


def test_the_callers_columns_go_before_the_usual_ones(tmp_path):
    data = table(["text", "body_ar", "when", "date"], ["English text", LEAD, "2020-08-19", "2001-01-01"])
    (found,) = read(tmp_path / "a.csv", data, columns={"text": "Body_AR", "published": "when"})
    assert (found.article.text, found.article.published) == (LEAD, "2020-08-19")


@pytest.mark.parametrize(
    ("header", "columns", "says"),
    [
        (["a", "b"], {}, "no column is known to hold the text; call one 'text', or say which it is; the columns are 'a', 'b'"),
        (["text", "b"], {"published": "day"}, "no column 'day'; the columns are 'text', 'b'"),
        (["text"], {"body": "text"}, "'body' is no part of an article; the parts are text, title"),
    ],
)
def test_columns_that_can_not_be_told_are_listed(tmp_path, header, columns, says):
    (found,) = read(tmp_path / "a.csv", table(header, ["x"] * len(header)), columns=columns)
    assert found.article is None and says in found.problem


def test_what_a_user_writes_of_columns():
    assert column_map(["text=body", " published = day = 1 "]) == {"text": "body", "published": "day = 1"}
    for wrong in ("body", "text=", "=body", "body=text", ""):
        with pytest.raises(InputError, match="the parts are text, title, published, outlet, url, id"):
            column_map([wrong])


def test_ragged_rows_and_wrong_cells_are_problems_with_their_line(tmp_path):
    data = table(
        ["text", "date"],
        [TWO_LINES, "2020-08-19"],
        [LEAD],
        [],
        [LEAD, "2020", "more"],
        [LEAD, "2020", "", ""],
        ["", "2020"],
        ["Only English here", "2020"],
        [LEAD, "31/02/2013"],
        [LEAD, "2027-01-01"],
        [LEAD, ""],
    )
    found = read(tmp_path / "a.csv", data, now=datetime(2026, 11, 24, tzinfo=UTC))
    assert [item.line for item in found] == [2, 4, 6, 7, 8, 9, 10, 11, 12]
    says = [None, "1 cells, 2 columns", "3 cells, 2 columns", None, "is empty", "not Arabic", "isn't a day", "after today", None]
    for item, words in zip(found, says, strict=True):
        assert item.problem is None if words is None else words in item.problem
    assert [item.article is not None for item in found] == [True, False, False, True, False, False, True, True, True]
    assert found[6].article.published is None and "read without a date" in found[6].problem


def test_a_cell_longer_than_the_library_expects(tmp_path):
    text = (LEAD + " ") * 3000
    assert len(text) > csv.field_size_limit() or csv.field_size_limit() > 200_000
    (found,) = read(tmp_path / "a.csv", table(["text"], [text]))
    assert found.article.text == text.strip()


def test_a_quote_that_never_ends_is_told(tmp_path):
    found = read(tmp_path / "a.csv", f'text,date\n"{LEAD},2020\n{LEAD},2020\n{LEAD},2020\n')
    assert [item.article for item in found] == [None] and "1 cells, 2 columns" in found[0].problem and found[0].line == 2


def test_tabs_are_the_separator_of_tsv_whatever_the_header_holds(tmp_path):
    (found,) = read(tmp_path / "a.tsv", f"text\tnote, with, commas\n{LEAD}\tx\n")
    assert found.article.text == LEAD


def test_ten_thousand_rows(tmp_path):
    found = read(tmp_path / "a.csv", table(["text", "date"], *([LEAD, "2020-08-19"] for _ in range(10_000))))
    assert len(found) == 10_000 and all(item.article for item in found) and found[-1].line == 10_001


def test_an_empty_table_and_one_row(tmp_path):
    with pytest.raises(InputError, match="empty"):
        (tmp_path / "a.csv").write_text("")
        read_one(str(tmp_path / "a.csv"))
    (tmp_path / "a.csv").write_text(f"text\n{LEAD}\n", "utf-8")
    assert read_one(str(tmp_path / "a.csv"))[0].text == LEAD
    (found,) = read(tmp_path / "b.csv", "text,date\n")
    assert found.article is None and "no rows below the header" in found.problem
