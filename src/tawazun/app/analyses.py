"""Turns a corpus into what the analyses that need words of the knowledge find in it."""

from collections.abc import Sequence

from tawazun.analyse import agendas, claims, linkages, scenarios, sheets, tracks
from tawazun.analyse.voices import Voices
from tawazun.lexicon.load import load_conditions, load_disputes, load_due_words, load_ripeness, load_tracks, load_voices
from tawazun.model.agendas import Agenda, State
from tawazun.model.claims import Claims, Label
from tawazun.model.evidence import Corpus
from tawazun.model.scenarios import Scenarios
from tawazun.model.sheets import Ripeness
from tawazun.model.tracks import Board
from tawazun.scorers.joining import load_joining


def agenda_of(corpus: Corpus, states: Sequence[State] = ()) -> Agenda:
    """Lists what is due in a corpus, of some states or of all."""
    return agendas.agenda(corpus, load_due_words(), load_joining().affixes, states)


def claims_of(corpus: Corpus, labels: Sequence[Label] = (), limit: int | None = None) -> Claims:
    """Lists what the sources of a corpus disagree on, of some kinds or of all."""
    return claims.claims(corpus, load_disputes(), load_joining(), labels, limit)


def tracks_of(corpus: Corpus, patience: int = tracks.PATIENCE) -> Board:
    """Lists the tracks of a corpus; after so many silent days nothing is reported any more."""
    return tracks.tracks(corpus, load_tracks(), patience)


def scenarios_of(corpus: Corpus, crises: Sequence[str] = (), limit: int | None = None) -> Scenarios:
    """Lists the conditions of a corpus, the assertions that crises hang together, and how each two of some crises do.

    Raises `InputError` for a crisis under whose name nothing happens.
    """
    words = load_conditions()
    voices = _voices(corpus)
    assertions = linkages.assertions_of(corpus, voices, words)
    linked = linkages.linkages_of(crises, corpus, assertions) if crises else ()
    return Scenarios(scenarios.cards_of(corpus, voices, words, limit), assertions, linked)


def ripeness_of(corpus: Corpus, units: Sequence[str] = (), limit: int = 10) -> Ripeness:
    """Lays out what speaks for and against the moment being ripe, of some units or of those that most is said of."""
    return sheets.ripeness(corpus, _voices(corpus), load_ripeness(), units, limit)


def _voices(corpus: Corpus) -> Voices:
    return Voices(corpus.acts, corpus.actors, load_voices())
