"""Holds the words by which denials, corrections and counts are told."""

from collections.abc import Mapping

import msgspec


class Vocabulary(msgspec.Struct, frozen=True):
    """Is what the file of disputes says, every form folded and with what may be written on to its front.

    `numbers` maps a word to its value, `joined` says which of them come after an "and", `kinds` maps a word to what became of people.
    Of the sets, `reports` are nouns and `reported`, after `reported_after`, verbs of what others report; `openers` open the words that are
    reported and `speech` ends the name of who reports them. `back` points back to the sentence before, as `this` does before one of
    `said`, and `contrasts` turn to the other side. `parts` are words for somebody's part in an act. `right`, `wrong` and `not_` tell the
    numbers of a correction apart; `reached` and `earlier` those of a toll that `rises`; `totals` make one that covers more. `least` and
    `about` make bounds and guesses, `coming` is of what is still to come.
    """

    numbers: Mapping[str, int]
    joined: frozenset[str]
    kinds: Mapping[str, str]
    denials: frozenset[str]
    reports: frozenset[str]
    reported_after: frozenset[str]
    reported: frozenset[str]
    openers: frozenset[str]
    speech: frozenset[str]
    back: frozenset[str]
    this: frozenset[str]
    said: frozenset[str]
    contrasts: frozenset[str]
    parts: frozenset[str]
    corrections: frozenset[str]
    right: frozenset[str]
    wrong: frozenset[str]
    not_: frozenset[str]
    tolls: frozenset[str]
    totals: frozenset[str]
    rises: frozenset[str]
    reached: frozenset[str]
    earlier: frozenset[str]
    least: frozenset[str]
    about: frozenset[str]
    coming: frozenset[str]
    opposite: tuple[str, ...]
    """Are expressions for the opposite of what stands before."""
    stems: tuple[str, ...]
    """Are the words of correcting, of rising and of tolls as they are written, unfolded and with nothing before them: an article that has
    none of them tells of none of that.
    """
