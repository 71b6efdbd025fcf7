"""Turns a verb (root and form) or a noun into all its folded written forms.

Verb paradigms come from the library mazini; what is added here is what news prints: attached-pronoun shapes, cases, duals and
plurals, written without marks.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Literal
from unicodedata import lookup

import mazini

from tawazun.base.letters import FOLD_TABLE, TEH_MARBUTA, fold_word
from tawazun.model.entries import Entry, Form, Verb

_ALEF, _WAW, _YEH, _HEH, _TEH, _NOON, _HAMZA = (
    lookup("ARABIC LETTER " + name) for name in ("ALEF", "WAW", "YEH", "HEH", "TEH", "NOON", "HAMZA")
)
_MAKSURA = lookup("ARABIC LETTER ALEF MAKSURA")
_HAMZA_ON_WAW = lookup("ARABIC LETTER WAW WITH HAMZA ABOVE")
_HAMZA_ON_ALEF = lookup("ARABIC LETTER ALEF WITH HAMZA ABOVE")
_TANWIN_KASRA = lookup("ARABIC KASRATAN")
_TENSES: dict[str, Literal["past", "present", "imperative"]] = {
    "past": "past",
    "ind": "present",
    "sub": "present",
    "juss": "present",
    "imp": "imperative",
}
Joint = Literal["+", "-", ""]
_UNUSED = frozenset({"2fs", "2d", "2fp", "2ms"})
"""Persons that news doesn't print, whose forms would only be mistaken for others."""
_DERIVED = ("II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "Iq", "IIq", "IIIq", "IVq")


def _plain(text: str) -> str:
    """Strips marks but keeps the letters, so that a final alef maqsura is still seen."""
    return "".join(char for char in text if FOLD_TABLE.get(ord(char), char) != "")


@lru_cache(maxsize=10_000)
def conjugate(root: str, form: str) -> mazini.Conjugation:
    """Returns mazini's paradigm, with a full passive where the grammar allows one."""
    try:
        return mazini.conjugate(root, form, passive=True)
    except mazini.MaziniError:
        return mazini.conjugate(root, form)


def lemma_of(verb: Verb) -> frozenset[str]:
    """Returns the folded lemmas that root and form give; raises `mazini.MaziniError` for an impossible pair."""
    return frozenset(fold_word(form.form) for form in conjugate(verb.root, verb.form).slots["past_3ms"])


def _joined(text: str) -> Iterator[tuple[str, Joint]]:
    """Yields a finite verb's written shapes without and with an attached pronoun, whichever seat a last hamza is given."""
    plain = _plain(text)
    for before, after in (("", ""), *((_HAMZA_ON_WAW + ending, _ALEF + ending) for ending in (_WAW + _ALEF, _WAW + _NOON))):
        if not plain.endswith(before):
            continue
        folded = fold_word(plain.removesuffix(before) + after)
        if plain.endswith(_MAKSURA):
            yield folded, "-"
            yield folded[:-1] + _ALEF, "+"
        elif folded.endswith(_WAW + _ALEF):
            yield folded, "-"
            yield folded[:-1], "+"
        else:
            yield folded, ""
    if plain.endswith(_HAMZA_ON_ALEF):
        yield fold_word(plain[:-1]) + _HAMZA, "+"


def verb_forms(verb: Verb, entry: int) -> Iterator[tuple[str, Form]]:
    """Yields every finite form of a verb, folded, with its features."""
    for slot, forms in conjugate(verb.root, verb.form).slots.items():
        name, _, rest = slot.partition("_")
        if name not in _TENSES:
            continue
        passive = rest.startswith("pass_")
        person = rest.removeprefix("pass_")
        if person in _UNUSED or (passive and person[0] != "3") or (person == "1s" and name == "past"):
            continue
        for form in forms:
            for text, joint in _joined(form.form):
                yield text, Form(entry, "V", _TENSES[name], person, "p" if passive else "a", joint)


def nominal_forms(word: str, part: Literal["M", "N", "A", "P"], entry: int, regular: bool) -> Iterator[tuple[str, Form]]:
    """Yields the written forms of a noun or participle: cases, dual, construct and, if `regular`, sound plurals.

    A last tanwin of kasra says that the indefinite form has lost a ya.
    """
    plain = _plain(word)

    def make(text: str, number: str, joint: Joint) -> tuple[str, Form]:
        return text, Form(entry, part, "", number, "p" if part == "P" else "a", joint)

    if _TANWIN_KASRA in word[-2:]:
        yield make(fold_word(plain), "sm", "-")
        plain += _YEH
    folded = fold_word(plain)
    if plain.endswith(TEH_MARBUTA):
        stem = folded[:-1]
        yield make(folded, "sf", "-")
        yield make(stem + _TEH, "sf", "+")
        for ending, joint in _dual(_TEH):
            yield make(stem + ending, "df", joint)
        if regular:
            yield make(stem + ("" if plain[:-1].endswith(_HAMZA_ON_ALEF) else _ALEF) + _TEH, "pf", "")
        return
    yield make(folded, "sm", "")
    if plain.endswith(_MAKSURA):
        yield make(folded[:-1] + _ALEF, "sm", "+")
    elif not plain.endswith((_ALEF, _ALEF + _HAMZA)):
        yield make(folded + _ALEF, "sm", "-")
    for ending in (_ALEF + _NOON, _YEH + _NOON):
        yield make(folded + ending, "dm", "-")
    if regular:
        yield from _sound_plurals(plain, part, make)


def _dual(stem: str) -> tuple[tuple[str, Joint], ...]:
    return (stem + _ALEF + _NOON, "-"), (stem + _YEH + _NOON, "-"), (stem + _ALEF, ""), (stem + _YEH, "")


def _sound_plurals(plain: str, part: str, make: Callable[[str, str, Joint], tuple[str, Form]]) -> Iterator[tuple[str, Form]]:
    folded = fold_word(plain)
    if part == "M":
        yield make(folded + _ALEF + _TEH, "pf", "")
        return
    weak = folded.endswith(_YEH) and (part == "A" or plain.endswith(_MAKSURA))
    base = folded[:-1] if weak else folded
    feminine = base + _ALEF if plain.endswith(_MAKSURA) else folded
    yield make(feminine + _HEH, "sf", "-")
    yield make(feminine + _TEH, "sf", "+")
    yield make(base + _WAW + _NOON, "pm", "-")
    yield make(base + _YEH + _NOON, "pm", "-")
    yield make(base + _WAW, "pm", "")
    yield make(base + _YEH, "pm", "")
    yield make(folded + _ALEF + _TEH, "pf", "")
    for ending, joint in _dual(_TEH):
        yield make(feminine + ending, "df", joint)


def participle_forms(verb: Verb, entry: int) -> Iterator[tuple[str, Form]]:
    """Yields the written forms of both participles of a verb."""
    slots = conjugate(verb.root, verb.form).slots
    parts: tuple[tuple[str, Literal["A", "P"]], ...] = (("ap", "A"), ("pp", "P"))
    for slot, part in parts:
        for form in slots.get(slot, ()):
            if form.form != "?":
                yield from nominal_forms(form.form, part, entry, regular=True)


def verbal_nouns(verb: Verb) -> tuple[str, ...]:
    """Returns the verbal nouns that follow from the form: none for form I, which doesn't tell, two for form II with a last hamza."""
    if verb.form.split("/")[0] not in _DERIVED:
        return ()
    found = tuple(form.form for form in conjugate(verb.root, verb.form).slots.get("vn", ()) if form.form != "?")
    if verb.form == "II" and verb.root.endswith(_HAMZA):
        return (*found, *(_plain(noun)[:-2] + _HAMZA + TEH_MARBUTA for noun in found))
    return found


def entry_forms(entry: Entry, number: int) -> Iterator[tuple[str, Form]]:
    """Yields every one-word form of an entry; of an entry that says nothing but that its words are verbs, the finite forms alone."""
    says_nothing = entry.type is None and entry.content is None and entry.light is None and entry.speech is None
    for verb in entry.verbs:
        yield from verb_forms(verb, number)
        if says_nothing:
            continue
        if entry.participles:
            yield from participle_forms(verb, number)
        for noun in verbal_nouns(verb) if entry.verbal_nouns != () else ():
            yield from nominal_forms(noun, "M", number, regular=True)
    for noun in entry.verbal_nouns or ():
        yield from nominal_forms(noun, "M", number, regular=True)
    for noun in entry.nouns:
        yield from nominal_forms(noun, "N", number, regular=False)
