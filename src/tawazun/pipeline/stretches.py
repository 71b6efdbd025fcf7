"""Turns a coded sentence into the stretches of it that nothing was made of, so that what a dossier lacks can be seen in it."""

from collections.abc import Iterable, Iterator, Sequence

from tawazun.model.dossier import Span, Unread
from tawazun.model.readings import Token
from tawazun.model.referents import Referent

FOREIGN = "in another script"
NO_EVENT = "names several actors, but no act was found"
_WORDS = 3
"""Is from how many words on a stretch in another script is told of; fewer are names."""
_ACTORS = 2


def foreign(tokens: Sequence[Token]) -> Iterator[Unread]:
    """Yields the stretches of several words in another script, with the marks and numbers between them."""
    run: list[Token] = []
    words = 0
    for token in (*tokens, None):
        if token is not None and token.kind == "other":
            run.append(token)
            words += 1
        elif token is None or token.kind == "word":
            while run and run[-1].kind != "other":
                run.pop()
            if words >= _WORDS:
                yield Unread(run[0].start, run[-1].end, FOREIGN)
            run, words = [], 0
        elif run:
            run.append(token)


def without_event(sentence: Span, referents: Iterable[Referent], events: int) -> Iterator[Unread]:
    """Yields the whole sentence where it names several actors and has no event."""
    if events:
        return
    named = {key for referent in referents if referent.kind != "people" for key in (referent.members or (referent.key,))}
    if len(named) >= _ACTORS:
        yield Unread(sentence.start, sentence.end, NO_EVENT)
