"""The page on statuses has the seven of them, and composes them as the code does."""

import re
from pathlib import Path

from tawazun.code.steps import compose
from tawazun.model.entries import STATUSES, Status

PAGE = (Path(__file__).parents[2] / "docs" / "explanation" / "what-a-status-means.md").read_text("utf-8")


def rows_after(header: str) -> list[list[str]]:
    """Returns the cells of the table that begins with a header line."""
    lines = PAGE.partition(header + "\n")[2].splitlines()[1:]
    table = lines[: next((number for number, line in enumerate(lines) if not line.startswith("|")), len(lines))]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in table]


def test_each_status_has_a_row_in_their_order() -> None:
    assert [row[0] for row in rows_after("| status | label | the act is presented as | example |")] == list(STATUSES)


def test_the_table_of_composition_says_what_the_code_does() -> None:
    by_name: dict[str, Status] = {status: status for status in STATUSES}
    rows = rows_after("| outer | inner | result |")
    assert rows
    for outer, inner, result in rows:
        assert compose(by_name[outer], by_name[inner]) == result, f"{outer} over {inner}"


def test_examples_have_one_trigger_each() -> None:
    for row in rows_after("| status | label | the act is presented as | example |"):
        assert len(re.findall(r"\[[^\]]+\]", row[3])) == 1
