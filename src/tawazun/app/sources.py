"""Turns a file, standard input or an address into the dossier of the article that it holds."""

import msgspec

from tawazun.app.reading import reader
from tawazun.ingest.dates import check_date
from tawazun.ingest.inputs import read_one
from tawazun.model.dossier import Dossier


def read_source(
    source: str,
    *,
    published: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    allow_private: bool = False,
) -> tuple[Dossier, str | None]:
    """Reads the one article that `source` holds; with it comes what was wrong that didn't keep it from being read.

    What is given here goes before what the source says of itself. Raises `InputError` for a source that holds no article or several,
    and for a date that is none.
    """
    given = check_date(published, "--date") if published is not None else None
    article, problem = read_one(source, allow_private)
    changes = {key: value for key, value in (("published", given), ("title", title), ("outlet", outlet)) if value is not None}
    return reader().read(msgspec.structs.replace(article, **changes)), problem
