"""Turns Arabic text, however it was typed, into one spelling per word.

Letters are named by their Unicode names, as in the Unicode character database. What is kept apart by readers but mixed up by writers is
folded together: hamza
seats, alef maqsura and ya, ta marbuta and ha, Persian and Arabic forms of one letter, digits. Marks, tatweel and direction controls are
dropped. One character
as typed never becomes two words.
"""

from functools import lru_cache
from unicodedata import lookup, normalize

_LETTER = "ARABIC LETTER "
_SAME = {
    "ALEF": (
        "ALEF WITH MADDA ABOVE",
        "ALEF WITH HAMZA ABOVE",
        "ALEF WITH HAMZA BELOW",
        "ALEF WASLA",
        "ALEF WITH WAVY HAMZA ABOVE",
    ),
    "YEH": ("ALEF MAKSURA", "FARSI YEH", "YEH BARREE", "E"),
    "HEH": ("TEH MARBUTA", "HEH DOACHASHMEE", "HEH GOAL", "AE", "HEH WITH YEH ABOVE", "TEH MARBUTA GOAL"),
    "HAMZA": ("WAW WITH HAMZA ABOVE", "YEH WITH HAMZA ABOVE", "HIGH HAMZA"),
    "KAF": ("KEHEH", "SWASH KAF"),
    "BEH": ("PEH",),
    "FEH": ("VEH",),
    "JEEM": ("TCHEH",),
    "ZAIN": ("JEH",),
    "GHAIN": ("GAF",),
}
_DROPPED_RANGES = (
    (0x0610, 0x061A),
    (0x064B, 0x065F),
    (0x06D6, 0x06DC),
    (0x06DF, 0x06E8),
    (0x06EA, 0x06ED),
    (0x202A, 0x202E),
    (0x2066, 0x2069),
)
_DROPPED = (0x0640, 0x0670, 0x061C, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0x00AD)
_PRESENTATION = ((0xFB50, 0xFDFF), (0xFE70, 0xFEFC))
_SPACES = (0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000, 0x0009, 0x000B, 0x000C)


def _build_table() -> dict[int, str]:
    table = {ord(lookup(_LETTER + name)): lookup(_LETTER + to) for to, names in _SAME.items() for name in names}
    for zero in (0x0660, 0x06F0):
        table.update({zero + digit: str(digit) for digit in range(10)})
    for first, last in _DROPPED_RANGES:
        table.update(dict.fromkeys(range(first, last + 1), ""))
    table.update(dict.fromkeys(_DROPPED, ""))
    table.update(dict.fromkeys(_SPACES, " "))
    table[0x066B] = "."
    table[0x066C] = ","
    for first, last in _PRESENTATION:
        for code in range(first, last + 1):
            plain = normalize("NFKC", chr(code))
            if plain != chr(code):
                table[code] = plain.translate(table).replace(" ", "")
    return table


FOLD_TABLE = _build_table()
"""Maps a code point to what stands for it after folding: one character, none, or several (ligatures)."""

FOLDED = frozenset(map(chr, FOLD_TABLE))
"""Holds the characters that folding changes; none of them stands for another."""

RESIZED = frozenset(chr(code) for code, text in FOLD_TABLE.items() if len(text) != 1)
"""Holds the characters whose folding changes the length of the text."""

TEH_MARBUTA = lookup("ARABIC LETTER TEH MARBUTA")


@lru_cache(maxsize=200_000)
def fold_word(text: str) -> str:
    """Folds one word, name or expression; `fold_word(fold_word(x)) == fold_word(x)`."""
    return text.translate(FOLD_TABLE)
