"""Turns stretches of a Parquet file into articles, one a row."""

from collections.abc import Iterator
from typing import IO, Any

from tawazun.base.errors import InputError, SetupError
from tawazun.ingest.finds import Found
from tawazun.ingest.rows import article_of

_COLUMNS = ("id", "text", "date", "published", "title", "outlet", "source", "url")
_ROWS = 64


def count_rows(file: IO[bytes], name: str, most: int) -> list[tuple[int, int]]:
    """Returns the stretches of at most `most` rows into which a file is cut: as many whole row groups as fit, or parts of one larger.

    Raises `InputError` where it is no Parquet file, or has no column of texts.
    """
    table = _open(file, name)
    pieces: list[tuple[int, int]] = []
    start = end = 0
    for number in range(table.metadata.num_row_groups):
        rows = table.metadata.row_group(number).num_rows
        if end > start and end - start + rows > most:
            pieces.append((start, end))
            start = end
        end += rows
        while end - start > most:
            pieces.append((start, start + most))
            start += most
    return [*pieces, (start, end)] if end > start or not pieces else pieces


def read_table(file: IO[bytes], name: str, start: int, end: int) -> Iterator[Found]:
    """Yields what is found in the rows from `start` to before `end`, numbered from 1; a row that can't be read comes with its problem."""
    from pyarrow import ArrowException  # takes a tenth of a second, and most inputs are no tables

    table = _open(file, name)
    try:
        for first, batch in _batches(table, start, end):
            for index in range(max(0, start - first), min(batch.num_rows, end - first)):
                yield _found(batch, index, name, first + index + 1)
    except ArrowException as error:
        raise _damaged(name, error) from None


def _batches(table: Any, start: int, end: int) -> Iterator[tuple[int, Any]]:
    """Yields batches of rows with the number of rows before each; row groups outside the stretch aren't read."""
    columns = [column for column in _COLUMNS if column in table.schema_arrow.names]
    row = 0
    for number in range(table.metadata.num_row_groups):
        group_end = row + table.metadata.row_group(number).num_rows
        if row < end and group_end > start:
            for batch in table.iter_batches(_ROWS, row_groups=[number], columns=columns):
                yield row, batch
                row += batch.num_rows
                if row >= end:
                    return
        row = group_end


def _found(batch: Any, index: int, name: str, row: int) -> Found:
    where = f"{name}:{row}"
    try:
        values = {column: _value(batch.column(column), index) for column in batch.schema.names}
        article, problem = article_of({column: value for column, value in values.items() if value is not None}, where)
    except InputError as error:
        article, problem = None, str(error)
    except (ValueError, OverflowError) as error:
        article, problem = None, f"can't be read ({error})"
    return Found(name, row, 0, article, problem.removeprefix(f"{where}: ") if problem else None)


def _value(column: Any, index: int) -> Any:
    """Returns one value; Python has no nanoseconds, so that times lose them."""
    from pyarrow import timestamp
    from pyarrow.types import is_timestamp

    cell = column[index]
    return (cell.cast(timestamp("us", column.type.tz), safe=False) if is_timestamp(column.type) else cell).as_py()


def _open(file: IO[bytes], name: str) -> Any:
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
        from pyarrow.types import is_large_string, is_string, is_string_view
    except ImportError:
        raise SetupError(f"{name}: Parquet needs pyarrow, which isn't installed; pip install 'tawazun[corpus]'") from None
    try:
        table = ParquetFile(file)
    except ArrowException as error:
        raise _damaged(name, error) from None
    schema = table.schema_arrow
    if "text" not in schema.names:
        raise InputError(
            f"{name}: no column 'text' among {', '.join(schema.names[:8])}; its columns are id, text, date, title, outlet, url"
        )
    kind = schema.field("text").type
    if not any(check(getattr(kind, "value_type", kind)) for check in (is_string, is_large_string, is_string_view)):
        raise InputError(f"{name}: the column 'text' holds {kind}, not strings; write it as strings")
    return table


def _damaged(name: str, error: Exception) -> InputError:
    why = next(iter(str(error).splitlines()), "")
    return InputError(f"{name}: no Parquet file, or a damaged one ({why.rstrip('.')}); write it anew")
