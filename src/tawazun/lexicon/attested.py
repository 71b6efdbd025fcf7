"""Turns the list of attested Arabic verbs into a table of their written forms, so that verbs which no entry covers are recognised.

The list (root and form of 24,000 verbs) is mazini's. Verbs whose radicals behave alike are inflected once: the paradigm of a model root,
its radicals then replaced.
"""

from collections.abc import Iterable, Iterator
from unicodedata import lookup

import mazini
import msgspec
from mazini.lexicon import attested_wazns, lexicon_roots
from mazini.wazn import WAZN_BY_NAME

from tawazun.lexicon.morphology import nominal_forms, verb_forms, verbal_nouns
from tawazun.model.entries import Form, Verb


def _letters(names: str) -> tuple[str, ...]:
    return tuple(lookup("ARABIC LETTER " + name) for name in names.split())


_WEAK = frozenset(_letters("WAW YEH HAMZA"))
_MODELS = _letters("GHAIN SHEEN JEEM KHAH")
"""Stand for radicals that are written as they are wherever they stand; no affix has these letters."""
_FIRST = {"VII": frozenset(_letters("NOON MEEM REH LAM")), "VIII": frozenset(_letters("TEH THEH DAL THAL ZAIN SAD DAD TAH ZAH"))}
"""Are the first radicals that change, or change with, what a form puts beside them."""
_LAST = frozenset(_letters("NOON TEH"))
"""Are the last radicals that an ending may be written together with."""
_IRREGULAR = frozenset({"".join(_letters("REH HAMZA YEH"))})
_NOMINAL = frozenset({"pm", "dm"})


class Attested(msgspec.Struct, frozen=True):
    """Is the table: `forms` gives, for a folded word without clitics, what it may be; `Form.entry` is the index in `verbs`."""

    verbs: tuple[Verb, ...]
    forms: dict[str, tuple[Form, ...]]


def _model_of(root: str, code: str) -> tuple[str, dict[int, str]]:
    """Returns a root that inflects like `root` in a form, and which letter of it stands for which radical."""
    if root in _IRREGULAR:
        return root, {}
    model, letters = "", {}
    for place, radical in enumerate(root):
        kept = (
            radical in _WEAK or (place == 0 and radical in _FIRST.get(code, ())) or (radical in _LAST and radical == root[-1] and place > 0)
        )
        if not kept and place and radical == root[place - 1]:
            model += model[-1]
        elif kept:
            model += radical
        else:
            model += _MODELS[place]
            letters[ord(_MODELS[place])] = radical
    return model, letters


def _model_forms(model: str, code: str) -> tuple[tuple[str, Form], ...]:
    """Returns the forms of a model verb that news prints, each once, and its lemma as the first."""
    verb = Verb(lemma="", root=" ".join(model), form=code)
    found: dict[tuple[str, Form], None] = {}
    for text, form in verb_forms(verb, 0):
        if form.person[0] == "3" and form.tense != "imperative":
            found[text, Form(0, "V", form.tense, "", "a", form.joint)] = None
    for noun in verbal_nouns(verb):
        for text, form in nominal_forms(noun, "M", 0, regular=True):
            if form.person not in _NOMINAL:
                found[text, Form(0, "M", "", "", "a", form.joint)] = None
    return tuple(found)


def _lemma(model: str, code: str) -> str:
    return str(mazini.conjugate(" ".join(model), code).slots["past_3ms"][0].form)


def attested_verbs() -> Iterator[tuple[str, str]]:
    """Yields root and form code of every verb on the list."""
    for root in lexicon_roots():
        for wazn in attested_wazns(root):
            yield root, WAZN_BY_NAME[wazn].form_code


def build_attested(listed: Iterable[tuple[str, str]]) -> Attested:
    """Inflects verbs given as (root, form code); those that the engine can't inflect are left out."""
    verbs: list[Verb] = []
    table: dict[str, list[Form]] = {}
    models: dict[tuple[str, str], tuple[str, tuple[tuple[str, Form], ...]] | None] = {}
    for root, code in listed:
        model, letters = _model_of(root, code)
        if (model, code) not in models:
            models[model, code] = _inflected(model, code)
        found = models[model, code]
        if found is None:
            continue
        lemma, forms = found
        for text, form in forms:
            written = text.translate(letters)
            if len(written) > 2:
                table.setdefault(written, []).append(form._replace(entry=len(verbs)))
        verbs.append(Verb(lemma=lemma.translate(letters), root=" ".join(root), form=code))
    return Attested(tuple(verbs), {text: tuple(forms) for text, forms in table.items()})


def _inflected(model: str, code: str) -> tuple[str, tuple[tuple[str, Form], ...]] | None:
    try:
        return _lemma(model, code), _model_forms(model, code)
    except mazini.MaziniError:
        return None
