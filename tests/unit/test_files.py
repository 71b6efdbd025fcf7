"""Reads strict YAML and tables: what is refused, and that every refusal says file, line, what was found and what is nearest."""

import re
from pathlib import Path

import pytest
from tiny import tiny, tiny_files

from tawazun.base.errors import KnowledgeError
from tawazun.lexicon.compile import compile_lexicon
from tawazun.lexicon.files import Block, parse_tsv, parse_yaml
from tawazun.lexicon.load import check_knowledge, knowledge_folder, load_lexicon

GOOD = "- {id: tiny.shell, frame: attack, type: ASSAULT, verbs: [قصف (ق ص ف) I/a~i]}\n"
PATH = "ar/verbs/tiny.yaml"
NEEDED = (
    *("ar/clitics.yaml", "ar/classes.yaml", "ar/frames.yaml", "ar/dates.yaml", "ar/demonyms.tsv", "ar/groups.tsv", "ar/particles.tsv"),
    *("ar/titles.tsv", "world/countries.tsv", "world/places.tsv"),
)

# what is wrong, the text of an entry file, the line that the message names, words that it has
ENTRIES = [
    ("a key twice", "- id: a.b\n  frame: attack\n  frame: strike\n", 3, "'frame' stands twice"),
    ("a key twice, deeper", "- id: a.b\n  frame: attack\n  content:\n    at: [object]\n    at: [subject]\n", 5, "'at' stands twice"),
    ("an unknown key", "- id: a.b\n  frame: attack\n  nuons: [هجوم]\n", 3, "unknown key 'nuons'; did you mean 'nouns'?"),
    ("an unknown key, nothing near", "- id: a.b\n  frame: attack\n  zzz: 1\n", 3, "unknown key 'zzz'; allowed are id, gloss"),
    ("an unknown key in content", "- id: a.b\n  frame: attack\n  content: {at: [object], statuss: planned}\n", 3, "did you mean 'status'?"),
    ("an unknown key in light", "- id: a.b\n  frame: attack\n  light: {att: [object]}\n", 3, "did you mean 'at'?"),
    ("an unknown key in needs", "- id: a.b\n  frame: attack\n  needs: [{objct: [x]}]\n", 3, "did you mean 'object'?"),
    ("an unknown frame", "- id: a.b\n  frame: atack\n", 1, "unknown frame 'atack'; did you mean 'attack'?"),
    ("an unknown type", GOOD + "- {id: a.b, frame: attack, type: ASAULT}\n", 2, "did you mean 'ASSAULT'?"),
    ("an unknown speech act", "- {id: a.b, frame: attack, speech: stat}\n", 1, "did you mean 'state'?"),
    ("an unknown status", "- {id: a.b, frame: attack, content: {at: [object], status: planed}}\n", 1, "did you mean 'planned'?"),
    ("an unknown role", "- {id: a.b, frame: attack, object: targt}\n", 1, "did you mean 'target'?"),
    ("an unknown role of a preposition", "- {id: a.b, frame: attack, prepositions: {على: targt}}\n", 1, "did you mean 'target'?"),
    ("an unknown control", "- {id: a.b, frame: attack, content: {at: [object], control: sourc}}\n", 1, "not 'sourc'"),
    ("an unknown class", "- {id: a.b, frame: attack, needs: [{object: [<actr>]}]}\n", 1, "did you mean '<actor>'?"),
    ("a flag that is none", "- {id: a.b, frame: attack, participles: yes}\n", 1, "true or false, not 'yes'"),
    ("no id", "- {frame: attack}\n", 1, "has no 'id'"),
    ("no frame", "- {id: a.b}\n", 1, "has no 'frame'"),
    ("an id twice", GOOD + GOOD, 2, f"stands also at {PATH}:1"),
    ("content without slots", "- {id: a.b, frame: attack, content: {status: planned}}\n", 1, "content needs `at`"),
    ("content that is a word", "- {id: a.b, frame: attack, content: planned}\n", 1, "content must be a mapping"),
    ("light that is a word", "- {id: a.b, frame: attack, light: object}\n", 1, "light must be a mapping"),
    ("needs that are no list", "- {id: a.b, frame: attack, needs: {object: [x]}}\n", 1, "needs is a list of mappings"),
    ("nouns that are a mapping", "- {id: a.b, frame: attack, nouns: {a: b}}\n", 1, "a text or a list of texts"),
    ("a gloss that is a list", "- {id: a.b, frame: attack, gloss: [a]}\n", 1, "'gloss' must be a text"),
    ("an empty noun", "- {id: a.b, frame: attack, nouns: [هجوم, '']}\n", 1, "'nouns' has an empty item"),
    ("an empty phrase", "- {id: a.b, frame: attack, phrases: ['+ ']}\n", 1, "'phrases' has an empty item"),
    ("a verb without brackets", "- {id: a.b, frame: attack, verbs: [قصف ق ص ف]}\n", 1, "a verb is written `lemma (root) form`"),
    ("a verb without form", "- {id: a.b, frame: attack, verbs: [قصف (ق ص ف)]}\n", 1, "a verb is written `lemma (root) form`"),
    ("a verb in a form that is none", "- {id: a.b, frame: attack, verbs: [قصف (ق ص ف) I/a~x]}\n", 1, "is no verb"),
    ("a verb in another form", "- {id: a.b, frame: attack, verbs: [قصف (ق ص ف) III]}\n", 1, "in form III gives قاصف, not قصف"),
    ("a verb of another root", "- {id: a.b, frame: attack, verbs: [قصف (ق ص د) I/a~i]}\n", 1, "gives قصد, not قصف"),
    ("a root of two", "- {id: a.b, frame: attack, verbs: [قصف (ق ص) I/a~i]}\n", 1, "three or four radicals"),
    ("four radicals in a form of three", "- {id: a.b, frame: attack, verbs: [سيطر (س ي ط ر) II]}\n", 1, "is no verb"),
    ("a mapping at the top", "a: b\nc: d\n", 1, "must be a list of entries"),
    ("a word at the top", "abc", 1, "must be a list of entries"),
    ("a word among entries", GOOD + "- abc\n", 1, "here or after it stands 'abc'"),
    ("a tab", "- id: a\n\tframe: attack\n", 2, "not valid YAML"),
    ("a bracket left open", "- {id: a.b, frame: attack\n- x", 3, "not valid YAML"),
    ("two documents", GOOD + "---\n" + GOOD, 2, "not valid YAML"),
    ("an alias", "- &x {id: a.b, frame: attack}\n- *x\n", 1, "used again by an alias"),
    ("an alias inside itself", "- &x [*x]\n", 1, "used again by an alias"),
    ("a merge", "- &x {id: a.b, frame: attack}\n- {<<: *x, id: a.c}\n", 1, "used again by an alias"),
    ("a key that is a list", "- {[a]: b}\n", 1, "a key must be a word"),
]


@pytest.mark.parametrize(("text", "line", "words"), [case[1:] for case in ENTRIES], ids=[case[0] for case in ENTRIES])
def test_what_is_wrong_in_an_entry_file_is_told(text: str, line: int, words: str) -> None:
    errors = tiny(text).errors
    assert len(errors) == 1
    assert errors[0].startswith(f"{PATH}:{line}: ")
    assert words in errors[0]


def test_an_error_costs_its_entry_alone() -> None:
    compiled = tiny(GOOD + "- {id: a.b, frame: atack}\n- {id: a.c, frame: attack, nouns: [هجوم]}\n")
    assert [entry.id for entry in compiled.lexicon.entries] == ["tiny.shell", "a.c"]


def test_an_error_costs_its_file_alone() -> None:
    compiled = tiny(GOOD, **{"ar/verbs/broken.yaml": "- {id: a"})
    assert [entry.id for entry in compiled.lexicon.entries] == ["tiny.shell"]
    assert [error.split(":")[0] for error in compiled.errors] == ["ar/verbs/broken.yaml"]


def test_a_key_without_value_gives_no_words() -> None:
    compiled = tiny("- id: a.b\n  frame: attack\n  nouns:\n  phrases:\n")
    assert compiled.errors == ()
    assert compiled.lexicon.forms == {}


ACTOR = "- {id: a.b, kind: person, ar: [فلان], en: X"
ACTORS = [
    ("an unknown kind", "- {id: a.b, kind: persn, ar: [فلان], en: X}\n", "did you mean 'person'?"),
    ("no name", "- {id: a.b, kind: person, ar: [], en: X}\n", "no Arabic name"),
    ("an unknown key", ACTOR + ", cod: RUS}\n", "did you mean 'code'?"),
    ("an unknown sector", ACTOR + ", code: RUS.GVO}\n", "unknown code 'RUS.GVO'"),
    ("an unknown country", ACTOR + ", code: RSU.GOV}\n", "unknown country 'RSU'; did you mean 'RUS'?"),
    ("an unknown country of an office", ACTOR + ", roles: [{code: QQQ.GOV}]}\n", "unknown country 'QQQ'"),
    ("a date", ACTOR + ", from: 1.2.2020}\n", "YYYY-MM-DD, not '1.2.2020'"),
    ("an end before the beginning", ACTOR + ", roles: [{code: RUS.GOV, from: 2010, to: 2009}]}\n", "ends (2009) before it begins (2010)"),
    ("an office without code", ACTOR + ", roles: [{from: 2010}]}\n", "the office has no code"),
    ("a Wikidata id", ACTOR + ", wikidata: 123}\n", "Q and digits, not '123'"),
    ("an unknown parent", ACTOR + ", parent: zz}\n", "unknown parent 'zz'"),
    ("roles that are words", ACTOR + ", roles: [x]}\n", "roles is a list of mappings"),
]


@pytest.mark.parametrize(("text", "words"), [case[1:] for case in ACTORS], ids=[case[0] for case in ACTORS])
def test_what_is_wrong_in_an_actor_file_is_told(text: str, words: str) -> None:
    countries = tiny_files()["world/countries.tsv"] + "RUS\tQ159\tRussia\tروسيا\tموسكو\tMoscow\t1\t1\t1\n"
    errors = tiny(**{"world/actors/tiny.yaml": text, "world/countries.tsv": countries}).errors
    assert len(errors) == 1
    assert errors[0].startswith("world/actors/tiny.yaml:1: ")
    assert words in errors[0]


# what is wrong, the file, its text (a row after the packaged head where it begins with a tab or a letter after `+`), line, words
TABLES = [
    ("another head", "world/places.tsv", "x\ty\n", 1, "must name the columns geonames, wikidata"),
    ("a cell too many", "world/places.tsv", "+1\tQ1\tحلب\tAleppo\tSYR\t1\t1\tcity\t5\t6", 2, "10 cells, 9 columns"),
    ("a word for a number", "world/places.tsv", "+1\tQ1\tحلب\tAleppo\tSYR\tx\t1\tcity\t5", 2, "not a number: 'x'"),
    ("an unknown sector", "ar/titles.tsv", "+وزير\t\t\tGVO\tperson\tminister", 2, "unknown sector 'GVO'"),
    ("an unknown kind of title", "ar/titles.tsv", "+وزير\t\t\tGOV\tpersn\tminister", 2, "not 'persn'"),
    ("an unknown kind of group", "ar/groups.tsv", "+جنود\tMIL\tpeopl\tsoldiers\tp", 2, "did you mean 'people'?"),
    ("an unknown particle class", "ar/particles.tsv", "word\tclass\tvalue\nفي\tprepositon\tplain", 2, "did you mean 'preposition'?"),
    ("a frame that is a word", "ar/frames.yaml", "attack: subject\n", 1, "the frame 'attack' must be a mapping"),
    ("a frame with an unknown slot", "ar/frames.yaml", "attack:\n  subjct: source\n", 2, "did you mean 'subject'?"),
    ("frames in a list", "ar/frames.yaml", "- attack\n", 1, "must be a mapping"),
    ("a clitic list missing", "ar/clitics.yaml", "conjunctions: [و]\n", 1, "'prepositions' is missing"),
    ("a class that is a mapping", "ar/classes.yaml", "sport:\n  a: b\n", 1, "a text or a list of texts"),
    ("an unknown key of dates", "ar/dates.yaml", "wrds: {}\n", 1, "did you mean 'words'?"),
]


@pytest.mark.parametrize(("path", "text", "line", "words"), [case[1:] for case in TABLES], ids=[case[0] for case in TABLES])
def test_what_is_wrong_in_a_table_is_told(path: str, text: str, line: int, words: str) -> None:
    if text.startswith("+"):
        text = tiny_files()[path] + text[1:] + "\n"
    with pytest.raises(KnowledgeError) as caught:
        tiny(**{path: text})
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert words in str(caught.value)


@pytest.mark.parametrize("path", NEEDED)
def test_a_missing_file_is_told(path: str) -> None:
    files = tiny_files(GOOD)
    del files[path]
    with pytest.raises(KnowledgeError, match=re.escape(f"{path}:1: the file is missing")):
        compile_lexicon(files, "sha256:0")


def test_scalars_are_text() -> None:
    assert parse_yaml("a: yes\nb: 1.0\nc: 2020-01-01\nd: null\ne: ~\nf: 0x1f\n", "x.yaml") == {
        "a": "yes",
        "b": "1.0",
        "c": "2020-01-01",
        "d": "null",
        "e": "~",
        "f": "0x1f",
    }


def test_blocks_know_their_lines() -> None:
    first, second = parse_yaml("- a: 1\n  b: 2\n# a comment\n- a: 3\n", "x.yaml")
    assert isinstance(first, Block)
    assert (first.path, first.line, first.lines) == ("x.yaml", 1, {"a": 1, "b": 2})
    assert second.line == 4


def test_tables_skip_comments_and_blank_lines_and_fill_short_rows() -> None:
    assert parse_tsv("# c\na\tb\n\n1\n# d\n2\t3\r\n", "x.tsv", ("a", "b")) == [(4, {"a": "1", "b": ""}), (6, {"a": "2", "b": "3"})]


def test_files_that_are_no_utf8_are_told(tmp_path: Path) -> None:
    (tmp_path / "ar").mkdir()
    (tmp_path / "ar" / "x.yaml").write_bytes("- {id: قصف}".encode("cp1256"))
    with pytest.raises(KnowledgeError, match=r"ar/x.yaml:1: not UTF-8"):
        check_knowledge(tmp_path)


def test_the_first_error_is_raised_where_knowledge_is_wanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAWAZUN_CACHE", str(tmp_path / "cache"))
    for name, text in tiny_files(GOOD + "- {id: a.b, frame: atack}\n- {id: a.c, frame: atack}\n").items():
        path = tmp_path / "knowledge" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    with pytest.raises(KnowledgeError, match=r"tiny.yaml:2: .*\(and 1 more; see `tawazun knowledge check`\)"):
        load_lexicon(tmp_path / "knowledge")
    assert not (tmp_path / "cache").exists()


def test_compiled_knowledge_is_cached_by_what_it_was_made_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAWAZUN_CACHE", str(tmp_path / "cache"))
    for name, text in tiny_files(GOOD).items():
        path = tmp_path / "knowledge" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    first = load_lexicon(tmp_path / "knowledge")
    (cached,) = (tmp_path / "cache").iterdir()
    assert load_lexicon(tmp_path / "knowledge") == first
    cached.write_bytes(b"broken")
    assert load_lexicon(tmp_path / "knowledge") == first
    (tmp_path / "knowledge" / PATH).write_text(GOOD.replace("tiny.shell", "tiny.other"), "utf-8")
    assert [entry.id for entry in load_lexicon(tmp_path / "knowledge").entries] == ["tiny.other"]
    assert len(list((tmp_path / "cache").iterdir())) == 2


def test_packaged_knowledge_is_found() -> None:
    assert (knowledge_folder() / "ar" / "clitics.yaml").is_file()
