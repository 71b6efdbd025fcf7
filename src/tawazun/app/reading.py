"""Turns a text into a dossier: the Python interface."""

from functools import lru_cache

from tawazun.base.errors import InputError
from tawazun.lexicon.load import load_lexicon
from tawazun.model.articles import Article
from tawazun.model.dossier import Dossier
from tawazun.pipeline.articles import Reader


@lru_cache(maxsize=1)
def reader() -> Reader:
    """Returns the process's reader, loading the knowledge at the first call."""
    return Reader(load_lexicon())


def read(
    text: str,
    *,
    published: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    id: str | None = None,
) -> Dossier:
    """Reads one Arabic article; `published` is an ISO date on which relative times are anchored."""
    if not isinstance(text, str):
        raise InputError(f"the text must be a str, not {type(text).__name__}; decode bytes first")
    return reader().read(Article(text=text, id=id, published=published, title=title, outlet=outlet, url=url))
