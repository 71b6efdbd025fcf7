"""Cuts text into tokens, and words into the lattice of their clitics."""

from functools import cache
from itertools import product

import pytest
from tiny import tiny

from tawazun.model.readings import Segmentation, Token
from tawazun.read.reading import read_text
from tawazun.read.words import Words

VERBS = """
- {id: tiny.shell, frame: attack, type: ASSAULT, verbs: [قصف (ق ص ف) I/a~i], nouns: [هجوم, محادثة, لجنة, مستشفى, لقاء]}
- {id: tiny.name, frame: attack, type: ASSAULT, verbs: [سمى (س م و) II], nouns: [غارة]}
- {id: tiny.call, frame: attack, type: REQUEST, verbs: [دعا (د ع و) I/a~u, نفى (ن ف ي) I/a~i, بدأ (ب د ء) I/a~a, نسي (ن س ي) I/i~a]}
- {id: tiny.kill, frame: attack, type: ASSAULT, verbs: [قتل (ق ت ل) I/a~u, عقد (ع ق د) I/a~i, وصل (و ص ل) I/a~i, هاجم (ه ج م) III]}
"""
CONJUNCTIONS = ("", "و", "ف")
PREPOSITIONS = ("", "ب", "ل", "ك")
PRONOUNS = ("", "ه", "ها", "هم", "هما", "هن", "ك", "كم", "نا")


@cache
def words() -> Words:
    compiled = tiny(VERBS)
    assert not compiled.errors
    return Words(compiled.lexicon)


def tokens(text: str) -> tuple[Token, ...]:
    return read_text(text, words()).tokens


def cuts(word: str, part: str | None = None) -> list[Segmentation]:
    (token,) = tokens(word)
    return [cut for cut in token.word.segmentations if part is None or any(form.part == part for form in cut.forms)]


def shapes(word: str, part: str | None = None) -> set[tuple[str, str, bool, bool, str, str]]:
    return {(c.conjunction, c.preposition, c.future, c.article, c.stem, c.pronoun) for c in cuts(word, part)}


@pytest.mark.parametrize(
    ("conjunction", "preposition", "article", "pronoun"), list(product(CONJUNCTIONS, PREPOSITIONS, (False, True), PRONOUNS))
)
def test_noun_with_every_combination_of_clitics(conjunction: str, preposition: str, article: bool, pronoun: str) -> None:
    definite = "لل" if article and preposition == "ل" else preposition + "ال" if article else preposition
    word = conjunction + definite + "هجوم" + pronoun
    wanted = (conjunction, preposition, False, article, "هجوم", pronoun)
    if article and pronoun:
        assert not cuts(word)
    else:
        assert shapes(word) == {wanted}


@pytest.mark.parametrize(
    ("conjunction", "particle", "pronoun"), list(product(CONJUNCTIONS, ("", "س", "ل"), ("", "ه", "ها", "هم", "نا", "ني")))
)
def test_present_verb_with_every_combination_of_clitics(conjunction: str, particle: str, pronoun: str) -> None:
    wanted = (conjunction, "ل" if particle == "ل" else "", particle == "س", False, "يقصف", pronoun)
    found = shapes(conjunction + particle + "يقصف" + pronoun, "V")
    assert wanted in found
    assert {shape[:4] for shape in found} == {wanted[:4]}


@pytest.mark.parametrize("pronoun", PRONOUNS)
def test_past_verb_with_pronoun(pronoun: str) -> None:
    assert ("", "", False, False, "قتل", pronoun) in shapes("قتل" + pronoun, "V")
    assert ("و", "", False, False, "قتل", pronoun) in shapes("وقتل" + pronoun, "V")


@pytest.mark.parametrize("word", ["سقتل", "بيقصف", "كيقصف", "اليقصف", "لليقصف", "بسيقصف", "سليقصف"])
def test_no_verb_behind_what_verbs_do_not_take(word: str) -> None:
    assert not [cut for cut in cuts(word, "V") if cut.conjunction + cut.preposition or cut.future or cut.article]


def test_ya_on_a_noun_makes_an_adjective_and_is_no_pronoun() -> None:
    assert not [cut for cut in cuts("هجومي") if cut.pronoun]


def test_a_word_may_be_cut_in_several_ways() -> None:
    assert shapes("وصل") == {("", "", False, False, "وصل", "")}
    assert shapes("ووصلها") == {("و", "", False, False, "وصل", "ها")}
    assert {("", "", False, False, "عقد", "نا"), ("", "", False, False, "عقدنا", "")} <= shapes("عقدنا", "V")


def test_l_and_article_before_a_noun_that_begins_with_l() -> None:
    assert ("", "ل", False, True, "لجنه", "") in shapes("للجنة")
    assert ("و", "ل", False, True, "لجنه", "") in shapes("وللجنة")
    assert ("", "ل", False, True, "لقاء", "") in shapes("للقاء")


@pytest.mark.parametrize("written", ["غارة", "غارةً", "غارةٌ", "غارة\u200f", "ﻏﺎﺭﺓ", "غار\u06c3"])
def test_ta_marbuta_is_no_pronoun(written: str) -> None:
    assert shapes(written) == {("", "", False, False, "غاره", "")}


def test_ha_may_be_ta_marbuta_or_a_pronoun() -> None:
    assert shapes("محادثه") == {("", "", False, False, "محادثه", "")}
    assert ("", "", False, False, "قصف", "ه") in shapes("قصفه")
    assert not [cut for cut in cuts("قصفة") if cut.pronoun]


def test_ta_marbuta_opens_before_a_pronoun() -> None:
    assert shapes("محادثته") == {("", "", False, False, "محادثت", "ه")}
    assert shapes("وبمحادثتها") == {("و", "ب", False, False, "محادثت", "ها")}
    assert not cuts("محادثةها")


def test_final_ya_becomes_alef_before_a_pronoun() -> None:
    assert shapes("نفى", "V") >= {("", "", False, False, "نفي", "")}
    assert ("", "", False, False, "نفا", "ه") in shapes("نفاه", "V")
    assert ("و", "", False, False, "نفا", "ها") in shapes("ونفاها", "V")
    assert ("", "", False, False, "مستشفا", "هم") in shapes("مستشفاهم")
    assert not cuts("نفا", "V")
    assert not [cut for cut in cuts("سمىها", "V") if cut.pronoun and cut.forms[0].voice != "p"]


def test_final_ya_that_is_one_stays() -> None:
    assert ("", "", False, False, "نسي", "ها") in shapes("نسيها", "V")


def test_the_alef_after_plural_waw_falls_before_a_pronoun() -> None:
    assert shapes("قتلوا", "V") == {("", "", False, False, "قتلوا", "")}
    assert shapes("قتلوه", "V") == {("", "", False, False, "قتلو", "ه")}
    assert ("", "ل", False, False, "يقتلو", "هم") in shapes("ليقتلوهم", "V")
    assert not cuts("قتلواه", "V")
    assert not cuts("قتلو", "V")


def test_alef_that_is_one_stays() -> None:
    assert ("", "", False, False, "دعا", "ه") in shapes("دعاه", "V")


@pytest.mark.parametrize("written", ["بدأوا", "بدؤوا", "بدءوا"])
def test_hamza_before_the_plural_has_any_seat(written: str) -> None:
    assert [cut.forms[0].person for cut in cuts(written, "V")] == ["3mp"]


@pytest.mark.parametrize("written", ["يبدأه", "يبدؤه"])
def test_hamza_before_a_pronoun_has_any_seat(written: str) -> None:
    assert [cut.pronoun for cut in cuts(written, "V")] == ["ه"]


def test_no_stem_of_one_letter() -> None:
    assert all(len(cut.stem) > 1 for word in ("به", "لها", "فيها", "وبه", "لنا") for cut in cuts(word))


@pytest.mark.parametrize(
    ("word", "classes", "conjunction"),
    [
        ("عليها", {"pronominal"}, ""),
        ("وعليها", {"pronominal"}, "و"),
        ("منهم", {"pronominal"}, ""),
        ("إليه", {"pronominal"}, ""),
        ("إلى", {"preposition"}, ""),
        ("وإلى", {"preposition"}, "و"),
        ("الذي", {"relative"}, ""),
        ("والذي", {"relative"}, "و"),
    ],
)
def test_particles_with_their_conjunction(word: str, classes: set[str], conjunction: str) -> None:
    (token,) = tokens(word)
    assert classes <= {name for name, _ in token.word.particles}
    assert token.word.particle_conjunction == conjunction


@pytest.mark.parametrize(
    ("word", "bare", "article", "preposition", "conjunction"),
    [
        ("الشلبخ", "شلبخ", True, "", ""),
        ("والشلبخ", "شلبخ", True, "", "و"),
        ("بالشلبخ", "شلبخ", True, "ب", ""),
        ("وللشلبخ", "شلبخ", True, "ل", "و"),
        ("شلبخ", "شلبخ", False, "", ""),
        ("برنامج", "برنامج", False, "", ""),
        ("وزير", "وزير", False, "", ""),
        ("والوزير", "وزير", True, "", "و"),
    ],
)
def test_clitics_of_unknown_words(word: str, bare: str, article: bool, preposition: str, conjunction: str) -> None:
    (token,) = tokens(word)
    assert (token.word.bare, token.word.article, token.word.preposition, token.word.conjunction) == (
        bare,
        article,
        preposition,
        conjunction,
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("وصل 3 جنود.", [("وصل", "word"), ("3", "number"), ("جنود", "word"), (".", "mark")]),
        ("٣٫٥ ملايين", [("3.5", "number"), ("ملايين", "word")]),
        ("1,200 طن", [("1,200", "number"), ("طن", "word")]),
        ("2510.", [("2510", "number"), (".", "mark")]),
        ("3آلاف", [("3", "number"), ("الاف", "word")]),
        ("كوفيد-19", [("كوفيد", "word"), ("-", "mark"), ("19", "number")]),
        ("F16", [("F16", "other")]),
        ("3G", [("3G", "other")]),
        ("BBCعربي", [("BBCعربي", "other")]),
        ("قال...", [("قال", "word"), ("...", "mark")]),
        ("a_b", [("a", "other"), ("_", "mark"), ("b", "other")]),
        ("مـحـمّـدٌ", [("محمد", "word")]),
        ("ﻻ", [("لا", "word")]),
        ("قا\u200cل", [("قال", "word")]),
        ("\u202bقال\u202c", [("قال", "word")]),
        ("50%", [("50", "number"), ("%", "mark")]),
        ("", []),
        ("\ud800", [("\ud800", "mark")]),
    ],
)
def test_tokens_and_their_kinds(text: str, wanted: list[tuple[str, str]]) -> None:
    assert [(token.text, token.kind) for token in tokens(text)] == wanted


def test_tokens_know_where_they_stood() -> None:
    text = "\u202bقال\u202c مـحـمّـدٌ: ﻻ!"
    assert [text[token.start : token.end] for token in tokens(text)] == ["قال\u202c", "مـحـمّـدٌ", ":", "ﻻ", "!"]


@pytest.mark.parametrize("written", ["قُتل", "قُتِلَ", "وقُتل", "وَقُتِلَ", "يُقتل", "سيُقتل", "وسيُقتل", "فقُتل", "هُوجم"])
def test_damma_on_the_first_letter_of_a_verb_is_told(written: str) -> None:
    assert tokens(written)[0].marked == "u"


@pytest.mark.parametrize("written", ["قتل", "قَتَلَ", "قتلُ", "وقتلُ", "هجومُ", "قتلوهُ", "يقتُل", "قصفُها"])
def test_damma_elsewhere_is_not(written: str) -> None:
    assert tokens(written)[0].marked == ""
