"""The page on exports has every column of the Parquet file, in its order, and every format."""

import re
from pathlib import Path

from tawazun.app.exporting import FORMATS
from tawazun.app.exports.columns import COLUMNS

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "exports.md").read_text("utf-8")


def test_each_column_has_its_row() -> None:
    section = PAGE.partition("## Parquet")[2].partition("```sql")[0]
    rows = [tuple(row) for row in re.findall(r"^\| `(\w+)` \| `([^|]+)` \| (.+) \|$", section, re.MULTILINE)]
    assert rows == [tuple(column) for column in COLUMNS]


def test_each_format_has_its_row() -> None:
    table = PAGE.partition("| format |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| `(\w+)`", table, re.MULTILINE) == list(FORMATS)
