"""Turns tags into clauses: where each begins, what opens it, and which clause it hangs on."""

from collections.abc import Sequence
from typing import Literal, cast

from tawazun.model.lexicon import Lexicon
from tawazun.model.phrases import Clause, Phrase, Tag
from tawazun.model.readings import Quotation, Token

ClauseKind = Literal[
    "main", "content", "relative", "condition", "time", "cause", "purpose", "while", "circumstance", "joined", "question", "concession"
]
_SAID = frozenset({"REQUEST", "ACCUSE", "SUPPORT", "REJECT", "THREATEN"})
_PASSING = frozenset({"relative", "circumstance", "time", "cause", "condition", "purpose", "concession"})
_STOPS = frozenset({"\u060c", ",", "\u061b", ";", ":", "-", "\u2013", ".", "...", "\u2026"})


class _Builder:
    """Is the state of the pass: the clauses so far and the current one."""

    __slots__ = ("at", "base", "broken", "clauses", "lexicon", "of", "quotes", "tags", "verbs", "words")

    def __init__(self, tags: Sequence[Tag], words: Sequence[str], lexicon: Lexicon, base: int) -> None:
        self.tags, self.words, self.lexicon, self.base = tags, words, lexicon, base
        self.clauses = [Clause(0, "main", -1, -1, base)]
        self.verbs = [False]
        self.at = 0
        self.of: list[int] = []
        self.broken = False
        self.quotes: list[tuple[int, int]] = []

    def open(self, kind: str, parent: int, opener: int, start: int) -> None:
        self.clauses.append(Clause(len(self.clauses), cast(ClauseKind, kind), parent, opener, start))
        self.verbs.append(False)
        self.at = len(self.clauses) - 1
        self.broken = False

    def nearest(self, *kinds: str) -> int:
        """Returns the nearest clause of one of the kinds, from the current one outwards, or -1."""
        at = self.at
        while at >= 0 and self.clauses[at].kind not in kinds:
            at = self.clauses[at].parent
        return at


def _mark(builder: _Builder, tag: Tag, index: int, quoted: dict[int, int]) -> None:
    if index in quoted:
        builder.quotes.append((quoted[index], builder.at))
    if tag.value in _STOPS:
        builder.broken = True
        while builder.clauses[builder.at].kind in _PASSING and builder.verbs[builder.at] and builder.clauses[builder.at].parent >= 0:
            builder.at = builder.clauses[builder.at].parent


def _close_quotes(builder: _Builder, index: int) -> None:
    while builder.quotes and builder.quotes[-1][0] <= index:
        builder.at = builder.quotes.pop()[1]
        builder.broken = True


def _complementiser(builder: _Builder, tag: Tag, index: int) -> None:
    if tag.value == "purpose":
        builder.open("purpose", builder.at, index, index)
        return
    _leave_aside(builder)
    sibling = builder.nearest("content") if tag.conjunction else -1
    if sibling >= 0:
        builder.open("content", builder.clauses[sibling].parent, builder.clauses[sibling].opener, index)
    else:
        builder.open("content", builder.at, index, index)


def _leave_aside(builder: _Builder) -> None:
    """Leaves a clause whose verb already has its object (a statement that the agency carried, that ...): the content isn't its own."""
    at = builder.at
    clause = builder.clauses[at]
    if clause.kind not in ("relative", "circumstance", "main") or at == 0 or clause.start <= builder.base:
        return
    tag = builder.tags[clause.start - builder.base] if clause.kind != "relative" else _first_verb(builder, at)
    if tag is None or tag.kind != "verb" or not tag.pronoun:
        return
    entries = [builder.lexicon.entries[form.entry] for form in tag.forms]
    if not any(entry.speech is not None and entry.frame.object == "content" for entry in entries):
        return
    builder.at = clause.parent if clause.parent >= 0 else at - 1


def _first_verb(builder: _Builder, at: int) -> Tag | None:
    """Returns the first verb of the clause being built."""
    return next((builder.tags[n] for n, of in enumerate(builder.of) if of == at and builder.tags[n].kind == "verb"), None)


def _verb(builder: _Builder, tag: Tag, index: int, previous: Tag | None, indefinite: bool) -> None:
    if tag.preposition and (unreal := _unreal(builder, index)) >= 0:
        builder.open("main", builder.clauses[unreal].parent, index, index)
    elif tag.preposition:
        builder.open("purpose", builder.at, index, index)
    elif builder.verbs[builder.at]:
        joined = (
            tag.conjunction != ""
            or builder.broken
            or (previous is not None and previous.kind in ("conjunction", "negation") and previous.conjunction != "")
        )
        joined = joined or (previous is not None and previous.kind == "conjunction")
        clause = builder.clauses[builder.at]
        content = builder.nearest("content")
        if joined and content >= 0 and _leaves_content(tag, builder):
            outer = builder.clauses[builder.clauses[content].parent]
            builder.open(outer.kind if outer.kind in ("content", "relative") else "main", outer.parent, outer.opener, index)
        elif joined:
            builder.open(
                clause.kind if clause.kind in ("content", "relative", "condition", "purpose") else "main",
                clause.parent,
                clause.opener,
                index,
            )
        else:
            builder.open("relative" if indefinite else "circumstance", builder.at, index, index)
    builder.verbs[builder.at] = True


def _unreal(builder: _Builder, index: int) -> int:
    """Returns the clause of an unreal condition whose consequence a verb with `l` says (had they attacked, we would have ...), or -1."""
    at = builder.nearest("condition")
    if at < 0 or (not builder.verbs[at] and index - builder.clauses[at].opener < 2):
        return -1
    return at if builder.words[builder.clauses[at].opener - builder.base] in builder.lexicon.words["if_unreal"] else -1


def _leaves_content(tag: Tag, builder: _Builder) -> bool:
    """Tells whether a coordinated verb leaves what was reported: after `fa`, or after a comma where the speaker does something else
    in words.
    """
    if tag.conjunction and tag.conjunction == builder.lexicon.clitics.conjunctions[-1]:
        return any(form.tense == "past" for form in tag.forms)
    if not tag.conjunction or not builder.broken:
        return False
    entries = [builder.lexicon.entries[form.entry] for form in tag.forms if form.tense == "past"]
    return any(entry.speech is not None or entry.type in _SAID for entry in entries)


def _is_circumstance(tag: Tag, previous: Tag | None, text: str, lexicon: Lexicon) -> bool:
    """Tells whether a participle opens a circumstantial clause (`stressing that ...`)."""
    if not tag.forms or tag.article or tag.preposition or tag.pronoun or not any(form.part == "A" for form in tag.forms):
        return False
    if any(form.part != "A" for form in tag.forms):
        return previous is not None and previous.kind == "mark" and previous.value in _STOPS
    if not text.endswith(tuple(lexicon.words["circumstance_endings"])):
        return False
    return (
        previous is None
        or previous.kind in ("mark", "time")
        or tag.conjunction != ""
        or (previous.kind == "noun" and (previous.article or previous.pronoun != "" or previous.match is not None))
    )


def _indefinite(phrases: Sequence[Phrase], phrase_of: Sequence[int], index: int) -> bool:
    """Tells whether the word before `index` ends an indefinite noun phrase, so that a verb after it modifies it."""
    if index == 0 or phrase_of[index - 1] < 0:
        return False
    phrase = phrases[phrase_of[index - 1]]
    return phrase.kind in ("noun", "event") and not phrase.article and not phrase.names


def clauses_of(
    tokens: Sequence[Token],
    tags: Sequence[Tag],
    base: int,
    phrases: Sequence[Phrase],
    phrase_of: Sequence[int],
    quotations: Sequence[Quotation],
    lexicon: Lexicon,
) -> tuple[tuple[Clause, ...], tuple[int, ...]]:
    """Finds the clauses of a sentence and, for each token, the one that it stands in."""
    words = [token.word.bare for token in tokens[base : base + len(tags)]]
    builder = _Builder(tags, words, lexicon, base)
    quoted = {quotation.start: quotation.end for quotation in quotations}
    for at, tag in enumerate(tags):
        index = base + at
        _close_quotes(builder, index)
        previous = tags[at - 1] if at else None
        if tag.kind == "mark":
            _mark(builder, tag, index, quoted)
        elif tag.kind == "complementiser":
            after = previous is not None and previous.kind == "preposition" and previous.value in ("time", "exception", "concession")
            if after and not tag.conjunction:
                builder.open("time", builder.at, index, index)
            else:
                _complementiser(builder, tag, index)
        elif tag.kind == "relative":
            builder.open("relative", builder.at, index, index)
        elif tag.kind == "subordinator":
            kind = tag.value if tag.value in ("condition", "time", "cause", "while", "concession") else "time"
            goes_on = at + 1 < len(tags) and {form.tense for form in tags[at + 1].forms} == {"present"}
            content = builder.nearest("content") if kind == "while" and builder.broken and not goes_on else -1
            builder.open(kind, builder.clauses[content].parent if content >= 0 else builder.at, index, index)
        elif tag.kind == "question" and not builder.verbs[builder.at]:
            builder.open("question", builder.at, index, index)
        elif tag.kind == "verb":
            _verb(builder, tag, index, previous, _indefinite(phrases, phrase_of, at))
        elif tag.kind == "noun" and _is_circumstance(tag, previous, tokens[index].text, lexicon):
            _circumstance(builder, tag, index)
        builder.of.append(builder.at)
    return tuple(builder.clauses), tuple(builder.of)


def _circumstance(builder: _Builder, tag: Tag, index: int) -> None:
    """Opens a participle's clause; after a conjunction it hangs where the participle before it hangs."""
    parent = builder.at
    if tag.conjunction and builder.clauses[parent].kind == "circumstance":
        parent = builder.clauses[parent].parent
    elif builder.broken:
        content = builder.nearest("content")
        if content > 0 and _ends_speech(builder, content):
            parent = builder.clauses[content].parent
    builder.open("circumstance", parent, index, index)
    builder.verbs[builder.at] = True


def _ends_speech(builder: _Builder, content: int) -> bool:
    """Tells whether a participle after a comma leaves the content clause: the speaker goes on speaking."""
    return builder.clauses[content].parent >= 0
