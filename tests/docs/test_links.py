"""What the pages point at is there: relative links with their headings, and commands with their options."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_tree import command_tree

ROOT = Path(__file__).parents[2]
PAGES = [page for page in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))) if page.is_file()]
LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
SHELLS = ("console", "sh")
ENDS = frozenset({"|", "||", "&&", ";", "&"})
REDIRECTS = frozenset({">", ">>", "<", "2>", "2>>"})
TREE = command_tree()


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def prose_of(page: Path) -> str:
    return FENCE.sub("", page.read_text("utf-8"))


def anchors_of(page: Path) -> set[str]:
    """Returns the anchors of a page's headings, made as the usual hosts make them."""
    titles = HEADING.findall(prose_of(page))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def broken(page: Path) -> Iterator[str]:
    for target in LINK.findall(prose_of(page)):
        path, _, anchor = target.partition("#")
        if re.match(r"[a-z]+:", path):
            continue
        place = (page.parent / path).resolve() if path else page
        if not place.exists():
            yield f"{named(page)}: {target}: no such file"
        elif anchor and place.suffix == ".md" and anchor not in anchors_of(place):
            yield f"{named(page)}: {target}: no such heading"


def commands_in(page: Path) -> Iterator[str]:
    """Yields each command of a shell block that begins with `tawazun`, after the prompt if there is one, with its continued lines."""
    for language, block in FENCE.findall(page.read_text("utf-8")):
        if language in SHELLS:
            for line in block.replace("\\\n", " ").splitlines():
                command = line.removeprefix("$ ").strip()
                if command.startswith("tawazun ") and (language == "sh" or line.startswith("$ ")):
                    yield command


def words_of(command: str) -> list[str]:
    """Returns the words of the first command on a line, without redirections."""
    lexer = shlex.shlex(command, posix=True, punctuation_chars="|&;<>")
    lexer.whitespace_split = True
    found: list[str] = []
    words = iter(lexer)
    for word in words:
        if word in ENDS:
            break
        if word in REDIRECTS:
            next(words, None)
        else:
            found.append(word)
    return found


def problem_of(command: str) -> str | None:
    """Tells what the parser would not take of a command, or None."""
    words = words_of(command)[1:]
    if words == ["--help"]:
        return None
    name = next((" ".join(words[:size]) for size in (2, 1) if " ".join(words[:size]) in TREE), None)
    if name is None:
        return "no such command"
    known, rest = TREE[name], iter(words[len(name.split()) :])
    given: set[str] = set()
    arguments = 0
    for word in rest:
        option, equals, _ = word.partition("=")
        if not word.startswith("-") or word == "-":
            arguments += 1
        elif option == "--help":
            return None
        elif option not in known.options:
            return f"no option {option}"
        else:
            given.add(option)
            if option in known.valued and not equals and next(rest, None) is None:
                return f"{option} needs a value"
    missing = [sorted(spellings)[0] for spellings in known.required if not spellings & given]
    if missing:
        return f"{', '.join(missing)} missing"
    if arguments < known.least or (known.most is not None and arguments > known.most):
        return f"{arguments} arguments"
    return None


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_relative_links_resolve(page: Path) -> None:
    found = list(broken(page))
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_commands_are_ones_that_the_parser_takes(page: Path) -> None:
    found = [f"{named(page)}: {command}: {problem}" for command in commands_in(page) if (problem := problem_of(command))]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        ("tawazun read a.txt --date 2020-08-19 > report.txt", None),
        ("tawazun read - < a.txt", None),
        ("tawazun code a b -o out.jsonl && echo done", None),
        ("tawazun knowledge check", None),
        ("tawazun write a.txt", "no such command"),
        ("tawazun read a.txt --colour", "no option --colour"),
        ("tawazun read a.txt --date", "--date needs a value"),
        ("tawazun code a", "--out missing"),
        ("tawazun status a.jsonl", "1 arguments"),
    ],
)
def test_the_check_itself_sees_what_is_wrong(command: str, problem: str | None) -> None:
    assert problem_of(command) == problem
