"""Turns text of unknown origin into text that can be shown: control characters become visible and can't steer a terminal or a page."""

import unicodedata

_BIDI = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
_BREAKS = "\t\n\r\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029"
_STACK = 4


def stand_in(char: str) -> str | None:
    """Returns what is shown for a character that may not be shown as it is, or None for one that may.

    Controls have their Unicode picture (`␛`), bidirectional controls their name in angle brackets (`⟨RLO⟩`), surrogates and
    noncharacters `�`; white space stays.
    """
    code = ord(char)
    if code < 0x7F and (code >= 0x20 or char in "\t\n\r"):
        return None
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if code < 0xA0:
        return f"\u27e8{code:02X}\u27e9"
    if 0xD800 <= code <= 0xDFFF or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return "\ufffd"
    if 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069:
        return f"\u27e8{unicodedata.bidirectional(char)}\u27e9"
    if 0xE0000 <= code <= 0xE007F or code in (0x2028, 0x2029):
        return " " if code < 0xE0000 else "\ufffd"
    return None


def stacked(text: str) -> list[bool]:
    """Tells of each character whether it is a combining mark beyond the fourth on one letter, which only serves to cover other lines."""
    found: list[bool] = []
    marks = 0
    for char in text:
        marks = marks + 1 if (ord(char) > 0x2FF and unicodedata.combining(char)) or unicodedata.category(char) == "Me" else 0
        found.append(marks > _STACK)
    return found


def harmless(text: str) -> str:
    """Returns text with its controls visible and stacked marks left out, its white space as it is."""
    return "".join(stand_in(char) or char for char, surplus in zip(text, stacked(text), strict=True) if not surplus)


def visible(text: str) -> str:
    """Returns text fit for one line: white space runs become one space, controls become visible, stacked marks are left out."""
    return " ".join(harmless("".join(" " if char in _BREAKS else char for char in text)).split())
