"""Verbs inflected by model come out as the verbs themselves do."""

import pytest
from mazini import MaziniError

from tawazun.lexicon import attested
from tawazun.lexicon.attested import attested_verbs, build_attested

VERBS = [
    ("كتب", "I/a~u"), ("وعد", "I/a~i"), ("قول", "I/a~u"), ("رمي", "I/a~i"), ("مدد", "I/a~u"), ("سكن", "I/a~u"), ("ثبت", "I/a~u"),
    ("ءخذ", "I/a~u"), ("قرء", "I/a~a"), ("رءي", "I/a~a"), ("شدد", "II"), ("زود", "II"), ("ربي", "II"), ("هجم", "III"), ("علن", "IV"),
    ("عود", "IV"), ("جنن", "IV"), ("دخل", "V"), ("فوض", "VI"), ("دلو", "VI"), ("قلب", "VII"), ("نقض", "VIII"), ("زحم", "VIII"),
    ("صدم", "VIII"), ("وصل", "VIII"), ("مدد", "VIII"), ("قوم", "X"), ("ولي", "X"), ("سيطر", "Iq"), ("دهور", "IIq"), ("طمءن", "IVq"),
]  # fmt: skip


def forms_of(root: str, code: str) -> set[str]:
    table = build_attested([(root, code)])
    return set(table.forms)


@pytest.mark.parametrize(("root", "code"), VERBS)
def test_a_model_inflects_as_the_verb_itself(root: str, code: str) -> None:
    direct = attested._inflected(root, code)
    assert direct is not None
    assert forms_of(root, code) == {text for text, _ in direct[1] if len(text) > 2}


def test_forms_lead_back_to_lemma_root_and_form() -> None:
    table = build_attested([("هجم", "III"), ("هجم", "I/a~u")])
    assert [table.verbs[form.entry].form for form in table.forms["يهاجمون"]] == ["III"]
    assert {table.verbs[form.entry].form for form in table.forms["هجمت"]} == {"I/a~u"}
    assert {form.part for form in table.forms["مهاجمه"]} == {"M"}
    assert table.verbs[0].root == "ه ج م"


def test_the_list_has_what_it_promises() -> None:
    verbs = set(attested_verbs())
    assert len(verbs) > 24_000
    assert {("كتب", "I/a~u"), ("سيطر", "Iq")} <= verbs


def test_a_verb_that_cannot_be_inflected_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*words: str) -> str:
        raise MaziniError("unknown_wazn", "no such pattern")

    monkeypatch.setattr(attested, "_lemma", fail)
    assert build_attested([("كتب", "I/a~u")]).verbs == ()
