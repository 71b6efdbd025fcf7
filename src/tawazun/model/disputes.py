"""Holds the words by which denials, corrections and counts are told."""

from collections.abc import Mapping

import msgspec


class Vocabulary(msgspec.Struct, frozen=True):
    """Is what the file of disputes says, every form folded and with what may be written on to its front.

    `numbers` maps a word to its value, `joined` says which of them come after an "and", `kinds` maps a word to what became of people.
    The sets are: words of denying; nouns of what others report, verbs of it and what stands before those, and what opens the words that
    are reported, and where the name of who reports them ends; what points back to the sentence before; what turns to the other side; words of correcting, of the right number and of
    the wrong one, and negations; words of tolls, of totals, of rising, of what is reached and of what was before; of bounds and guesses; of what is to come.
    `opposite` are expressions for the opposite of what stands before.
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
    stems: tuple[str, ...]
    """Are the words of correcting, of rising and of tolls as they are written, unfolded and with nothing before them: an article that has
    none of them tells of none of that.
    """
