"""Turns the tree of a web page into one without menus, notices and links to other articles, and its lines into those of the article."""

import re
from collections.abc import Iterator, Sequence

from lxml import etree
from lxml.html import HtmlElement

from tawazun.base.letters import fold_word
from tawazun.model.publishing import Publishing

_UNSEEN = ("script", "style", "noscript", "template", "iframe", "nav", "button", "svg", "amp-sidebar", "amp-consent", "amp-ad", "footer")
_TABLES = ("table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption")
_BLOCKS = ("p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "td", "section", "aside", "blockquote", "figure", "center")
_ENDS = (*_BLOCKS, "br", "hr", "tr", "dl", "dt", "dd", "table", "article", "header", "main", "figcaption", "pre", "body", "title")
_LISTS = ("ul", "ol", "dl", "div", "section", "p", "table")
_LONG_CELL = 200
_ASIDE = 200
_LINKS = 2000
_HEADING = 40
_LEAST_LINKS = 3
_LINKED = 0.7
_LEAST_ARTICLE = 60
_MARKS = re.compile(r"^[\s\W_]+")


def short_text(element: HtmlElement, longest: int) -> str:
    """Returns the text of an element and of what is in it, with single spaces; nothing where it is longer than `longest` characters.

    It stops reading there: a page may hold a thousand elements inside each other.
    """
    parts: list[str] = []
    length = 0
    if isinstance(element.tag, str):
        for part in element.itertext():
            words = part.split()
            if words:
                parts.append(" ".join(words))
                length += len(parts[-1]) + 1
                if length > longest + 1:
                    return ""
    return " ".join(parts)


def begins(text: str, beginnings: Sequence[str]) -> str | None:
    """Returns the folded words of `beginnings` that a line begins with, marks and bullets before them left aside."""
    folded = _MARKS.sub("", fold_word(text[: 2 * _ASIDE]))
    found = next((words for words in beginnings if folded.startswith(words)), None)
    return found if found and not folded[len(found) : len(found) + 1].isalpha() else None


def clean(tree: HtmlElement, words: Publishing) -> None:
    """Takes out of a page what is never part of its article, and makes tables that only lay out the page into blocks."""
    for element in list(tree.iter(*_UNSEEN)):
        _drop(element)
    for table in list(tree.iter("table")):
        if table.find(".//table") is not None or any(_is_long(cell) for cell in table.iter("td", "th")):
            for part in table.iter(*_TABLES):
                part.tag = "div"
    for element in _menus(tree):
        _drop(element)
    for element in list(_shortest(tree, words.asides, _ASIDE)):
        _drop_aside(element, words.asides)
    for element in list(_shortest(tree, words.notices, _ASIDE)):
        _drop(element)
    _cut_comments(tree, words.comments)


def block_lines(tree: HtmlElement) -> list[str]:
    """Returns the text of a tree, a line for each block and each break."""
    parts: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        block = element.tag in _ENDS
        if event == "start":
            parts += ["\n" if block else "", _spaced(element.text)]
        else:
            parts += ["\n" if block else "", _spaced(element.tail) if element is not tree else ""]
    return [line for part in "".join(parts).split("\n") if (line := " ".join(part.split()))]


def _spaced(text: str | None) -> str:
    return text.replace("\n", " ").replace("\r", " ") if text else ""


def article_lines(lines: Sequence[str], words: Publishing) -> list[str]:
    """Returns the lines that are the article's, once the page is text: it leaves out asides and notices, and ends where comments begin."""
    kept: list[str] = []
    for line in lines:
        if len(line) <= _HEADING and begins(line, words.comments) and sum(map(len, kept)) >= _LEAST_ARTICLE:
            break
        if len(line) > _ASIDE or not (begins(line, words.asides) or begins(line, words.notices)):
            kept.append(line)
    return kept


def _drop(element: HtmlElement) -> None:
    """Takes an element out; where it was a block, what stood before and after it stays apart."""
    if element.getparent() is None:
        return
    if element.tag in _BLOCKS:
        tail = element.tail
        element.clear()
        element.tag, element.tail = "br", tail
    else:
        element.drop_tree()


def _is_long(cell: HtmlElement) -> bool:
    return not short_text(cell, _LONG_CELL) and any(part.strip() for part in cell.itertext())


def _menus(tree: HtmlElement) -> list[HtmlElement]:
    """Returns the blocks that are links and little else; the letters of all elements are counted in one go, from the leaves up."""
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    letters = dict.fromkeys(elements, 0)
    linked, links = letters.copy(), letters.copy()
    for element in reversed(elements):
        letters[element] += len((element.text or "").strip())
        if element.tag == "a":
            linked[element], links[element] = letters[element], 1
        parent = element.getparent()
        if parent in letters:  # not that of a tree which was torn out of a broken page
            letters[parent] += letters[element] + len((element.tail or "").strip())
            linked[parent] += linked[element]
            links[parent] += links[element]
    return [
        element
        for element in elements
        if element.tag in ("ul", "ol", "div") and links[element] >= _LEAST_LINKS and linked[element] >= _LINKED * letters[element]
    ]


def _shortest(tree: HtmlElement, beginnings: Sequence[str], longest: int) -> Iterator[HtmlElement]:
    """Yields the outermost blocks of at most `longest` characters that begin with some words."""
    for element in tree.iter(*_BLOCKS):
        text = short_text(element, longest)
        parent = element.getparent()
        if text and begins(text, beginnings):
            while parent is not None and parent.tag != "body" and short_text(parent, longest) == text:
                element, parent = parent, parent.getparent()
            yield element


def _drop_aside(element: HtmlElement, asides: Sequence[str]) -> None:
    """Drops a lead to other articles and, where it is only the heading of one, the links after it."""
    text = short_text(element, _ASIDE)
    opening = begins(text, asides)
    following = element.getnext()
    if opening and len(fold_word(text)) <= len(opening) + 4 and following is not None and following.tag in _LISTS:
        length = len(short_text(following, _LINKS))
        if length and sum(len(short_text(link, _LINKS)) for link in following.iter("a")) >= _LINKED * length:
            _drop(following)
    _drop(element)


def _cut_comments(tree: HtmlElement, comments: Sequence[str]) -> None:
    """Drops the comments that readers wrote: their heading and all after it among its siblings, unless no article would be left."""
    for heading in list(_shortest(tree, comments, _HEADING)):
        before = sum(len(part.strip()) for element in heading.itersiblings(preceding=True) for part in element.itertext())
        if before >= _LEAST_ARTICLE:
            for element in [heading, *heading.itersiblings()]:
                _drop(element)
            return
