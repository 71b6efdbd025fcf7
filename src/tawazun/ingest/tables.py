"""Turns a table in a .csv or .tsv file into articles, one a row."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from tawazun.base.errors import InputError
from tawazun.base.letters import fold_word
from tawazun.ingest.dates import read_date
from tawazun.ingest.finds import Found
from tawazun.ingest.scripts import check_arabic
from tawazun.ingest.texts import SIZE_LIMIT, decode_text, mend, too_large
from tawazun.model.articles import Article
from tawazun.model.publishing import COLUMNS, Column

TABLE_LIMIT = 512 * 2**20
"""Is how many bytes a table may have: it is held whole, since its encoding is told from all of it."""

_SEPARATORS = ",;\t|"
_MARKS = re.compile(r"[\s_\-.]+")
_SHOWN = 30
_CELL_SHOWN = 40
_SAMPLE = 2**18


def column_map(pairs: Sequence[str]) -> dict[Column, str]:
    """Reads what a user writes of columns, such as `text=body`, part of an article before header; raises `InputError` at anything else."""
    columns: dict[Column, str] = {}
    for pair in pairs:
        name, equals, header = pair.partition("=")
        part = next((column for column in COLUMNS if column == name.strip()), None)
        if part is None or not equals or not header.strip():
            raise InputError(f"{pair!r}: not a part of an article and a column, such as text=body; the parts are {', '.join(COLUMNS)}")
        columns[part] = header.strip()
    return columns


def read_table(
    data: bytes, source: str, columns: Mapping[Column, str], separator: str | None = None, now: datetime | None = None
) -> Iterator[Found]:
    """Reads the rows below the header; `columns` maps parts of an article to headers, without which the usual headers are looked for.

    `separator` is a comma, semicolon, tab or bar, told from the header where it is None. Raises `InputError` that lists the columns where
    the text's can't be told or one of `columns` isn't there. A row with more or fewer cells than the header is a problem of its own.
    """
    text = decode_text(data, source, limit=TABLE_LIMIT).text.removeprefix("\ufeff")
    separator = separator or _separator_of(text)
    rows = _rows(text, separator)
    _, header = next(rows, (0, []))
    places = place_columns(header, columns, source)
    line = 0
    for line, cells in rows:
        size = sum(len(cell.encode("utf-8", "replace")) + 1 for cell in cells)
        try:
            article, problem = _article(cells, header, places, f"{source}:{line}", now)
        except InputError as error:
            article, problem = None, str(error)
        yield Found(source, line, size, article, problem.removeprefix(f"{source}:{line}: ") if problem else None)
    if not line:
        raise InputError(f"{source}: no rows below the header")


def place_columns(header: Sequence[str], columns: Mapping[Column, str], source: str) -> dict[Column, int]:
    """Returns where the parts of an article stand in a row, as `columns` says or, for the parts that it leaves out, by the usual headers.

    Raises `InputError` that lists the columns where the text's isn't among them or one that was asked for isn't.
    """
    from tawazun.lexicon.load import load_publishing

    known = load_publishing().columns
    names = [_plain(cell) for cell in header]
    listed = ", ".join(repr(cell.strip()[:_CELL_SHOWN]) for cell in header[:_SHOWN]) or "none"
    places: dict[Column, int] = {}
    for part, wanted in columns.items():
        if part not in COLUMNS:
            raise InputError(f"{source}: {part!r} is no part of an article; the parts are {', '.join(COLUMNS)}")
        if _plain(wanted) not in names:
            raise InputError(f"{source}: no column {wanted!r}; the columns are {listed}")
        places[part] = names.index(_plain(wanted))
    for part in COLUMNS:
        free = [name for place, name in enumerate(names) if place not in places.values()]
        found = next((name for name in map(_plain, known[part]) if name in free), None)
        if part not in places and found is not None:
            places[part] = names.index(found)
    if "text" not in places:
        raise InputError(f"{source}: no column is known to hold the text; call one 'text', or say which it is; the columns are {listed}")
    return places


def _plain(name: str) -> str:
    return _MARKS.sub(" ", fold_word(mend(name)).casefold()).strip()


def _separator_of(text: str) -> str:
    """Tells the separator by the header: the one that splits it into most cells, a comma where none does."""
    header = next((line for line in text[:_SAMPLE].splitlines() if line.strip()), "")
    return max(_SEPARATORS, key=lambda separator: len(next(csv.reader([header], delimiter=separator), [])))


def _rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yields each row that isn't blank with the line on which it starts; quoted cells may go on over lines."""
    csv.field_size_limit(max(csv.field_size_limit(), TABLE_LIMIT))
    reader = csv.reader(io.StringIO(text.replace("\0", "\ufffd"), newline=""), delimiter=separator)
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        raise InputError(f"line {start}: no row of a table ({error}); what comes after it isn't read") from None


def _article(
    cells: Sequence[str], header: Sequence[str], places: Mapping[Column, int], where: str, now: datetime | None
) -> tuple[Article, str | None]:
    if len(cells) < len(header) or any(cell.strip() for cell in cells[len(header) :]):
        raise InputError(f"{where}: {len(cells)} cells, {len(header)} columns; quote cells that hold the separator or an end of line")
    parts = {part: mend(cells[place]).strip() for part, place in places.items()}
    text = parts["text"]
    if not text:
        raise InputError(f"{where}: the column {header[places['text']].strip()!r} is empty; give an article's text")
    if len(text.encode()) > SIZE_LIMIT:
        raise too_large(where, len(text.encode()))
    check_arabic(text, where)
    published, problem = None, None
    if value := parts.get("published"):
        try:
            published = read_date(value, where, now)
        except InputError as error:
            problem = f"{error}; read without a date"
    return Article(
        text=text,
        id=parts.get("id") or None,
        published=published,
        title=parts.get("title") or None,
        outlet=parts.get("outlet") or None,
        url=parts.get("url") or None,
    ), problem
