"""Turns what a user names as a sample into its articles, each with a name for the places in it."""

from collections.abc import Iterator, Sequence

from tawazun.ingest.inputs import list_inputs, read_input
from tawazun.model.articles import Article


def articles_of(names: Sequence[str]) -> Iterator[tuple[Article | None, str]]:
    """Yields the articles that files, folders, addresses and `-` stand for, with their ids; None for one that can't be read.

    Raises `InputError` where a name doesn't exist.
    """
    for item in list_inputs(names).inputs:
        for found in read_input(item):
            where = found.source if found.line is None else f"{found.source}:{found.line}"
            yield found.article, (found.article.id if found.article is not None else None) or where
