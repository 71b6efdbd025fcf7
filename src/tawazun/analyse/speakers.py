"""Turns an event mention, or words that somebody says, into the origin of the statement: who said it first, not who carries it.

Somebody with a code is that code, as a state's ministers and spokesmen speak for one government; somebody with a name alone is the name.
Unnamed sources, documents without an author and the outlet's own words are known through one text only: their origin is that of the
article, and copies of it add none.
"""

from collections.abc import Sequence

from tawazun.analyse.days import iso_or_none
from tawazun.base.letters import fold_word
from tawazun.model.claims import Bound, Polarity, Position, Voice
from tawazun.model.entries import SpeechAct
from tawazun.model.evidence import Act, Corpus, Side, Word

_EXPECTED = frozenset({"planned", "possible", "called_for", "conditional"})


def speaker_of(word: Word | None, origin: str) -> tuple[str, Voice]:
    """Returns what names the origin of a statement over all articles, and how it speaks; `origin` is that of the article."""
    if word is None:
        return f"outlet:{origin}", "outlet"
    if word.voice == "anonymous":
        return f"unnamed:{origin}", "anonymous"
    if word.codes:
        return code_of(word.codes), word.voice
    if word.keys:
        return word.keys[0], word.voice
    return (f"outlet:{origin}", "document") if word.voice == "document" else (f"{origin}:{fold_word(word.text)}", "named")


def code_of(codes: Sequence[str]) -> str:
    """Returns the code that a speaker goes by: the first; a state without a sector is its government."""
    first = codes[0].split("+")[0]
    return f"{first}.GOV" if len(first) == 3 else first


def doer_of(sides: Sequence[Side]) -> tuple[str, str] | None:
    """Returns the code and words of who does an act by speaking (accuses, denies): the last of its sources with a code."""
    known = [side for side in sides if side.role == "source" and side.code]
    return (code_of((known[-1].code or "",)), known[-1].text) if known else None


def polarity_of(act: Act) -> Polarity:
    """Says whether an act is affirmed, expected or denied by who speaks."""
    if act.status == "negated" or (act.word is not None and act.word.act == "deny"):
        return "denied"
    return "expected" if act.status in _EXPECTED else "affirmed"


def position_of(act: Act, corpus: Corpus, count: int | None = None, bound: Bound = "exact") -> Position:
    """Returns what an act's speaker says of it."""
    speaker, voice = speaker_of(act.word, act.origin)
    piece, word = corpus.articles[act.article], act.word
    return Position(
        speaker=speaker,
        name=word.text if word else piece.outlet or piece.id,
        voice=voice,
        polarity=polarity_of(act),
        count=count,
        bound=bound,
        status=act.status,
        act=word.act if word else None,
        cue=word.cue if word else "",
        quoted=bool(word and word.quoted),
        published=iso_or_none(act.published),
        article=act.article,
        outlet=piece.outlet,
        quote=piece.sentence(act.sentence),
        carriers=(act.origin,),
        events=(act.id,),
    )


def told_position(
    corpus: Corpus,
    near: Act | str,
    sentence: int,
    speaker: tuple[str, str, Voice],
    polarity: Polarity,
    count: int | None = None,
    act: SpeechAct | None = None,
    cue: str = "",
) -> Position:
    """Returns a position that isn't the word on which an act rests, in a sentence of an article or of an act's article: `speaker` is what
    names the origin, what the article calls it, and its voice.
    """
    events = () if isinstance(near, str) else (near.id,)
    piece = corpus.articles[near if isinstance(near, str) else near.article]
    day, quote = iso_or_none(piece.published), piece.sentence(sentence)
    return Position(*speaker, polarity, count, "exact", None, act, cue, False, day, piece.id, piece.outlet, quote, (piece.origin,), events)
