"""Makes small lexicons for tests: the packaged lists of clitics, particles and classes, and the entries that a test gives."""

from functools import cache

from tawazun.lexicon.compile import Compiled, compile_lexicon
from tawazun.lexicon.load import knowledge_folder, read_files

DROPPED = ("ar/verbs/", "ar/attribution", "ar/status", "world/actors/")
HEADED = ("world/places.tsv", "world/countries.tsv", "ar/titles.tsv", "ar/groups.tsv", "ar/demonyms.tsv")


@cache
def _packaged() -> dict[str, str]:
    files = {}
    for name, text in read_files(knowledge_folder()).items():
        if not name.startswith(DROPPED):
            files[name] = text.split("\n", 1)[0] + "\n" if name in HEADED else text
    return files


def tiny_files(verbs: str = "", **more: str) -> dict[str, str]:
    """Returns the packaged files without entries, actors and names, with `verbs` as ar/verbs/tiny.yaml."""
    return {**_packaged(), "ar/verbs/tiny.yaml": verbs, **more}


def tiny(verbs: str = "", **more: str) -> Compiled:
    """Compiles them."""
    return compile_lexicon(tiny_files(verbs, **more), "sha256:0")
