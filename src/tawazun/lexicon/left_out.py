"""Turns the table of what the knowledge leaves out on purpose into the set of words, and of entries with a preposition, that
coverage doesn't show.
"""

from collections.abc import Mapping

import msgspec

from tawazun.base.letters import fold_word
from tawazun.lexicon.files import fail, parse_tsv

LEFT_OUT_PATH = "ar/left_out.tsv"
LEFT_OUT_COLUMNS = ("what", "reason")
ANY_ENTRY = "*"


class LeftOut(msgspec.Struct, frozen=True):
    """Is what is left out: `words` are folded (verbs by lemma alone or as `lemma (root) form`, titles), `pairs` are entry id (or
    `*`) and folded preposition.
    """

    words: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    lines: tuple[tuple[int, str], ...]

    def has_pair(self, entry: str, preposition: str) -> bool:
        """Tells whether a preposition is left out with an entry, or with all."""
        return (entry, preposition) in self.pairs or (ANY_ENTRY, preposition) in self.pairs


def read_left_out(files: Mapping[str, str]) -> LeftOut:
    """Reads the table from knowledge `files`; none is an empty one. Raises `KnowledgeError` for a row without a reason and one that
    stands twice.
    """
    words: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    lines: list[tuple[int, str]] = []
    for number, row in parse_tsv(files.get(LEFT_OUT_PATH, ""), LEFT_OUT_PATH, LEFT_OUT_COLUMNS):
        entry, slash, preposition = ("", "", "") if "(" in row["what"] else row["what"].partition("/")
        if not row["what"] or not row["reason"]:
            raise fail(LEFT_OUT_PATH, number, "a row is a word, or an entry id, a slash and a preposition, then a tab and the reason")
        new = (entry, fold_word(preposition)) if slash else fold_word(row["what"])
        if new in words or new in pairs:
            raise fail(LEFT_OUT_PATH, number, f"{row['what']!r} stands twice; keep one of them")
        if isinstance(new, tuple):
            pairs.add(new)
            lines.append((number, entry))
        else:
            words.add(new)
    return LeftOut(frozenset(words), frozenset(pairs), tuple(lines))
