"""Turns folded words into the time expressions among them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from tawazun.model.times import TimeKind, TimeMention, TimePart, TimeTable, TimeWord
from tawazun.recognise.time_patterns import CODES, LINKS, OTHER, PATTERNS

_DIGITS = re.compile(r"(\d{1,4})(\D*)")
_NUMERIC_DATE = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})|(\d{4})[/-](\d{1,2})[/-](\d{1,2})")
_SILENT: frozenset[TimeKind] = frozenset(
    {"of", "prep", "and", "or", "slash", "dash", "open", "close", "comma", "colon", "the", "era", "equals", "upon"}
)
_JOINABLE = frozenset({"date", "relative_day", "weekday", "month", "relative_span", "year", "bare_year", "clock"})
_REMEMBERED = 5_000
_RUN = re.compile(rf"[^{re.escape(OTHER)}]+")


class _Lexeme(NamedTuple):
    """Is a reading of the words from `start` to `end`; a clitic is one of its own, of no width."""

    kind: TimeKind
    value: int
    start: int
    end: int


def _fits(words: Sequence[str], at: int, tail: tuple[str, ...]) -> bool:
    return not tail or tuple(words[at + 1 : at + 1 + len(tail)]) == tail


def _reading(words: Sequence[str], at: int, form: str, table: TimeTable, after_preposition: bool) -> TimeWord | None:
    for word in table.words.get(form, ()):
        if _fits(words, at, word.tail) and (not after_preposition or word.kind in table.clitic_kinds):
            return word
    return None


def _number_kind(value: int) -> TimeKind:
    if 1 <= value <= 31:
        return "small"
    if 1900 <= value < 2060:
        return "round_year" if value % 100 == 0 else "year"
    return "number"


def _digits(form: str, at: int, table: TimeTable) -> tuple[_Lexeme, ...]:
    """Reads a word of digits, with an era written on to it or a whole date in one word."""
    date = _NUMERIC_DATE.fullmatch(form)
    if date:
        day, month, year = (int(date[k]) for k in ((1, 2, 3) if date[1] else (6, 5, 4)))
        return (_Lexeme("full_date", year * 10_000 + month * 100 + day, at, at + 1),)
    match = _DIGITS.fullmatch(form)
    if not match:
        return ()
    number = _Lexeme(_number_kind(int(match[1])), int(match[1]), at, at + 1)
    if not match[2]:
        return (number,)
    suffix = next((word for word in table.words.get(match[2], ()) if not word.tail and word.kind in ("era", "hijri_era")), None)
    return (number, _Lexeme(suffix.kind, 0, at + 1, at + 1)) if suffix else ()


def _plain(words: Sequence[str], at: int, form: str, table: TimeTable, after_preposition: bool = False) -> tuple[_Lexeme, ...]:
    """Reads a word that has no clitic left."""
    word = _reading(words, at, form, table, after_preposition)
    if word:
        return (_Lexeme(word.kind, word.value, at, at + 1 + len(word.tail)),)
    bare = form.removeprefix(table.article)
    return _digits(bare, at, table) if bare and bare[0].isdecimal() else ()


def _after_preposition(words: Sequence[str], at: int, form: str, table: TimeTable) -> tuple[_Lexeme, ...]:
    """Reads a word behind an attached preposition; "to" swallows the alef of the article."""
    if len(form) < 3 or form[0] not in table.prepositions or form in table.never:
        return ()
    bare = table.article + form[2:] if form.startswith(table.to_definite) else form[1:]
    rest = _plain(words, at, bare, table, after_preposition=True)
    return (_Lexeme("prep", 0, at, at), *rest) if rest else ()


def _bare_digit(form: str, table: TimeTable) -> bool:
    """Tells whether a word begins with a digit, the article aside."""
    return form[0].isdecimal() or (form.startswith(table.article) and form[len(table.article) :][:1].isdecimal())


def _read_word(words: Sequence[str], at: int, table: TimeTable) -> tuple[_Lexeme, ...]:
    """Reads the word at `at` with its clitics; empty where it dates nothing."""
    form = words[at]
    first = form[0]
    if not (form in table.words or first in table.conjunctions or first in table.prepositions or _bare_digit(form, table)):
        return ()
    found = _plain(words, at, form, table) or _after_preposition(words, at, form, table)
    if found or len(form) < 3 or form[0] not in table.conjunctions:
        return found
    bare = form[1:]
    found = _plain(words, at, bare, table) or _after_preposition(words, at, bare, table)
    return (_Lexeme("and", 0, at, at), *found) if found else ()


def _read_words(words: Sequence[str], table: TimeTable, dating: Sequence[str]) -> tuple[str, list[_Lexeme | None]]:
    """Reads all words: one character and one lexeme each, `None` for words that date nothing."""
    codes: list[str] = []
    lexemes: list[_Lexeme | None] = []
    at = 0
    while at < len(words):
        found = _read_word(words, at, table) if dating[at] else ()
        if found:
            codes += [CODES[lexeme.kind] for lexeme in found]
            lexemes += found
            at = max(found[-1].end, at + 1)
        else:
            codes.append(OTHER)
            lexemes.append(None)
            at += 1
    return "".join(codes), lexemes


@lru_cache(maxsize=_REMEMBERED)
def _best(codes: str, at: int) -> tuple[str, int] | None:
    """Returns the name and the end of the longest pattern that matches at a character of a run and the one after it."""
    name, end = "", at
    for pattern in PATTERNS:
        match = pattern.regex.match(codes, at)
        if match and match.end() > end:
            name, end = pattern.name, match.end()
    return (name, end) if name else None


def _bare(word: str, table: TimeTable) -> tuple[str, ...]:
    """Returns a word with and without what may be written on to its front."""
    forms = [word, word[1:]] if word[:1] in (*table.conjunctions, *table.prepositions) else [word]
    return tuple(form.removeprefix(table.article) if len(form) > 4 else form for form in forms) + tuple(forms)


def _before(words: Sequence[str], start: int) -> str:
    """Returns the word before a mention, over an opening quotation mark."""
    at = start - 1
    if at > 0 and len(words[at]) == 1 and not words[at].isalnum() and words[at] != "(":
        at -= 1
    return words[at] if at >= 0 else ""


def _guarded(words: Sequence[str], lexemes: Sequence[_Lexeme], end: int, table: TimeTable) -> bool:
    """Tells whether the words around say that this is a name (of a newspaper, a coalition), a title, an age or a count."""
    kinds = {lexeme.kind for lexeme in lexemes}
    first = lexemes[0].kind
    dated = ("year" in kinds and first != "year") or kinds.issuperset(("the_day", "weekday"))
    guards = kinds if first in ("small", "ordinal", "the", "number") else {first}
    if not dated and lexemes[0].start and not table.guards_before.keys().isdisjoint(guards):
        before = _bare(_before(words, lexemes[0].start), table)
        if any(not table.guards_before[kind].isdisjoint(before) for kind in guards if kind in table.guards_before):
            return True
    after = words[end : end + 2]
    return any(kind in kinds and not table.guards_after[kind].isdisjoint(after) for kind in table.guards_after)


def _mention(words: Sequence[str], lexemes: Sequence[_Lexeme], pattern: str) -> TimeMention:
    start, end = lexemes[0].start, max(lexeme.end for lexeme in lexemes)
    parts = tuple(TimePart(lexeme.kind, lexeme.value) for lexeme in lexemes if lexeme.kind not in _SILENT)
    return TimeMention(start, end, " ".join(words[start:end]), pattern, parts)


def _leads_on(codes: str, end: int, mention: TimeMention) -> bool:
    """Tells whether a counted time is measured from something else ("two days before the vote")."""
    leads = {part.kind for part in mention.parts}
    return codes[end : end + 1] == CODES["of"] or (codes[end : end + 1] == CODES["upon"] and "after" in leads)


def _joined(words: Sequence[str], first: TimeMention, second: TimeMention) -> TimeMention | None:
    """Joins two neighbouring mentions where the second begins with "until", or where the first begins with "between"."""
    if first.end != second.start or first.until or not second.parts or not first.parts:
        return None
    if second.parts[0].kind != "until" and first.parts[0].kind != "between":
        return None
    if not _JOINABLE.issuperset((first.pattern, second.pattern)):
        return None
    return TimeMention(first.start, second.end, " ".join(words[first.start : second.end]), first.pattern, first.parts, second)


def _from(words: Sequence[str], mention: TimeMention, table: TimeTable) -> TimeMention:
    """Takes the word "from" before a range into it."""
    ranged = mention.until or any(part.kind == "until" for part in mention.parts[1:])
    before = words[mention.start - 1] if ranged and mention.start else ""
    if not any(not word.tail and word.kind == "of" for form in _bare(before, table) for word in table.words.get(form, ())):
        return mention
    start = mention.start - 1
    return replace(mention, start=start, text=" ".join(words[start : mention.end]))


def _scan(words: Sequence[str], codes: str, lexemes: Sequence[_Lexeme | None], table: TimeTable) -> Iterator[TimeMention]:
    """Yields the mentions from left to right, none overlapping another."""
    for run in _RUN.finditer(codes):
        start, last = run.span()
        at = start
        if LINKS.issuperset(run[0]):
            continue
        while at < last:
            best = _best(codes[start : last + 1], at - start)
            if best is None:
                at += 1
                continue
            name, end = best[0], start + best[1]
            found = [lexeme for lexeme in lexemes[at:end] if lexeme]
            mention = _mention(words, found, name)
            if name == "distance" and _leads_on(codes, end, mention):
                mention = replace(mention, pattern="distance_from")
            if not _guarded(words, found, mention.end, table):
                yield mention
            at = end


def find_times(words: Sequence[str], table: TimeTable, dating: Sequence[str] | None = None) -> tuple[TimeMention, ...]:
    """Finds the time expressions in folded words, in order, none overlapping another; punctuation marks are words of their own.

    `dating` is empty at words that are known to date nothing; without it all words are looked at.
    """
    codes, lexemes = _read_words(words, table, words if dating is None else dating)
    found: list[TimeMention] = []
    for mention in _scan(words, codes, lexemes, table):
        joined = _joined(words, found[-1], mention) if found else None
        if joined:
            found[-1] = joined
        else:
            found.append(mention)
    return tuple(_from(words, mention, table) for mention in found)
