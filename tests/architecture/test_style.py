"""Checks what the linters don't: length of files and functions, where Arabic letters and output stand, docstrings, names."""

import ast
import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

SOURCE = Path(str(resources.files("tawazun")))
FILES = sorted(path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py"))
ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
OUTPUT = {"warnings", "rich"}
LOGGING = {"debug", "info", "warning", "error", "exception", "critical", "log", "basicConfig"}
STREAMS = {"stdout", "stderr"}
LONGEST_FILE = 400
LONGEST_FUNCTION = 40
PURE = ("base", "model", "read", "recognise", "resolve", "code", "analyse")
UNWANTED = {"os", "sys", "io", "pathlib", "tempfile", "socket", "random", "time", "secrets", "urllib", "httpx", "subprocess", "importlib"}
"""Are the modules of files, network, clock, environment and randomness, which the pure layers do without."""

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def text_of(name: str) -> str:
    return (SOURCE / name).read_text("utf-8")


def tree_of(name: str) -> ast.Module:
    return ast.parse(text_of(name))


def definitions(node: ast.AST, inside: str = "") -> Iterator[tuple[str, Definition]]:
    """Yields every function and class with its dotted name."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Definition):
            name = f"{inside}.{child.name}".lstrip(".")
            yield name, child
            yield from definitions(child, name)
        else:
            yield from definitions(child, inside)


def tell(offenders: list[str]) -> None:
    assert not offenders, "\n" + "\n".join(offenders)


@pytest.mark.parametrize("name", FILES)
def test_files_are_short(name: str) -> None:
    lines = len(text_of(name).splitlines())
    assert lines <= LONGEST_FILE, f"{name}: {lines} lines, at most {LONGEST_FILE}"


@pytest.mark.parametrize("name", FILES)
def test_functions_are_short(name: str) -> None:
    tell(
        [
            f"{name}:{node.lineno}: {dotted} has {node.end_lineno - node.lineno + 1} lines, at most {LONGEST_FUNCTION}"
            for dotted, node in definitions(tree_of(name))
            if not isinstance(node, ast.ClassDef) and node.end_lineno and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
        ]
    )


@pytest.mark.parametrize("name", FILES)
def test_arabic_letters_stand_in_the_knowledge(name: str) -> None:
    lines = enumerate(text_of(name).splitlines(), 1)
    tell([f"{name}:{number}: {found[0]!r} (U+{ord(found[0]):04X})" for number, line in lines if (found := ARABIC.search(line))])


@pytest.mark.parametrize("name", FILES)
def test_arabic_letters_are_not_hidden_in_escapes(name: str) -> None:
    """Letters are named, as in `lookup("ARABIC LETTER ALEF")`, or stand in the knowledge; marks and signs may be escaped."""
    tell(
        [
            f"{name}:{node.lineno}: {node.value!r}"
            for node in ast.walk(tree_of(name))
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.search("[\u0621-\u063a\u0641-\u064a]{2,}", node.value)
        ]
    )


@pytest.mark.parametrize("name", [name for name in FILES if not name.startswith("present/")])
def test_only_the_faces_print_or_log(name: str) -> None:
    offenders = []
    for node in ast.walk(tree_of(name)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            offenders.append(f"{name}:{node.lineno}: print")
        elif isinstance(node, ast.Attribute) and node.attr in STREAMS and isinstance(node.value, ast.Name) and node.value.id == "sys":
            offenders.append(f"{name}:{node.lineno}: sys.{node.attr}")
        elif isinstance(node, ast.Attribute) and node.attr in LOGGING and ast.unparse(node.value).startswith("log"):
            offenders.append(f"{name}:{node.lineno}: {ast.unparse(node)}")
        else:
            offenders += [f"{name}:{node.lineno}: import {module}" for module in imported(node) if module in OUTPUT]
    tell(offenders)


def imported(node: ast.AST) -> list[str]:
    """Returns the first parts of the modules that a node imports."""
    if isinstance(node, ast.Import):
        return [alias.name.partition(".")[0] for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [(node.module or "").partition(".")[0]]
    return []


def _allowed(name: str, node: ast.AST) -> set[str]:
    """Returns what an import may bring: analyses may draw from a generator with a seed of their own."""
    seeded = isinstance(node, ast.ImportFrom) and node.module == "random" and [alias.name for alias in node.names] == ["Random"]
    return {"random"} if seeded and name.startswith("analyse") else set()


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith(PURE)])
def test_the_pure_layers_do_no_input_or_output(name: str) -> None:
    offenders = []
    for node in ast.walk(tree_of(name)):
        offenders += [f"{name}:{node.lineno}: import {module}" for module in imported(node) if module in UNWANTED - _allowed(name, node)]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("open", "input", "eval", "exec"):
            offenders.append(f"{name}:{node.lineno}: {node.func.id}")
        if isinstance(node, ast.Attribute) and node.attr in ("today", "now", "utcnow"):
            offenders.append(f"{name}:{node.lineno}: the clock ({node.attr})")
    tell(offenders)


@pytest.mark.parametrize("name", FILES)
def test_everything_public_says_what_it_is(name: str) -> None:
    tree = tree_of(name)
    offenders = [] if ast.get_docstring(tree) else [f"{name}:1: the module has no docstring"]
    for dotted, node in definitions(tree):
        hidden = any(part.startswith("_") for part in dotted.split("."))
        nested = "." in dotted and not isinstance(node, ast.ClassDef) and _inside_function(tree, node)
        if not hidden and not nested and not ast.get_docstring(node):
            offenders.append(f"{name}:{node.lineno}: {dotted} has no docstring")
    tell(offenders)


def _inside_function(tree: ast.Module, wanted: ast.AST) -> bool:
    functions = (node for _, node in definitions(tree) if not isinstance(node, ast.ClassDef))
    return any(wanted is inner for function in functions for inner in ast.walk(function) if inner is not function)


@pytest.mark.parametrize("name", FILES)
def test_the_first_line_is_one_sentence(name: str) -> None:
    first = (ast.get_docstring(tree_of(name)) or "").split("\n\n")[0].replace("\n", " ")
    assert first.endswith("."), f"{name}:1: the docstring does not begin with a sentence: {first!r}"


@pytest.mark.parametrize("name", FILES)
def test_names_say_what_things_are(name: str) -> None:
    unwanted = re.compile(r"(Manager|Helper|Util|Utils|Base|Handler)$")
    tell(
        [
            f"{name}:{node.lineno}: class {node.name}"
            for _, node in definitions(tree_of(name))
            if isinstance(node, ast.ClassDef) and unwanted.search(node.name)
        ]
    )


def test_classes_of_words_that_the_code_names_are_in_the_knowledge() -> None:
    """A class that is missing from ar/classes.yaml would only be missed when a text has what asks for it."""
    from tawazun.lexicon.compile import ADJECTIVE_CLASSES
    from tawazun.lexicon.files import parse_mapping
    from tawazun.lexicon.load import knowledge_folder, read_files

    known = [*parse_mapping(read_files(knowledge_folder()), "ar/classes.yaml"), *ADJECTIVE_CLASSES.values()]
    asked = re.compile(r"""(?:\bwords\[|\bclasses\[|\bwithin\([^()"]*(?:\([^()]*\))?[^()"]*,\s*)"(\w+)["]""")
    named = {word: name for name in FILES for word in asked.findall(text_of(name))}
    assert len(named) > 40
    missing = {
        word: name
        for word, name in named.items()
        if not any(each.startswith(word) if word.endswith("_") else each == word for each in known)
    }
    tell([f"{name}: asks for the class {word!r}, which ar/classes.yaml doesn't have" for word, name in missing.items()])
