"""Every closed set has words in both languages."""

from typing import get_args, get_type_hints

import pytest

from tawazun.app.reading import reader
from tawazun.model.dossier import Attribution, Instrument, Link, Magnitude
from tawazun.model.entries import EVENT_TYPES, SPEECH_ACTS, STATUSES, ParticipantRole
from tawazun.model.names import ACTOR_KINDS
from tawazun.present.html.panels import QUADS
from tawazun.present.labels import LANGUAGES, Labels, load_table, plural_category

SETS = {
    "types": EVENT_TYPES,
    "quads": EVENT_TYPES,
    "quad_names": QUADS,
    "statuses": STATUSES,
    "acts": SPEECH_ACTS,
    "kinds": ACTOR_KINDS,
    "roles": get_args(ParticipantRole),
    "voices": get_args(get_type_hints(Attribution)["voice"]),
    "instruments": get_args(get_type_hints(Instrument)["kind"]),
    "links": get_args(get_type_hints(Link)["kind"]),
    "magnitudes": get_args(get_type_hints(Magnitude)["kind"]),
}


@pytest.mark.parametrize("group", SETS)
def test_each_key_has_words_and_no_word_is_idle(group: str) -> None:
    assert set(load_table("labels.yaml")[group]) == set(SETS[group])


@pytest.mark.parametrize("name", ["labels.yaml", "rules.yaml"])
def test_all_words_are_in_both_languages(name: str) -> None:
    def check(node: object, path: str) -> None:
        if isinstance(node, dict) and set(node) & set(LANGUAGES):
            assert set(node) == set(LANGUAGES), path
            assert all(node.values()), path
        elif isinstance(node, dict):
            for key, value in node.items():
                check(value, f"{path}.{key}")

    check(load_table(name), name)


def test_every_mode_of_the_knowledge_has_words() -> None:
    assert {entry.mode for entry in reader().lexicon.entries if entry.mode} <= set(load_table("labels.yaml")["modes"])


def test_plurals() -> None:
    labels = Labels("ar")
    assert [plural_category(n, "ar") for n in (0, 1, 2, 3, 10, 11, 99, 100, 102, 103)] == [
        "zero", "one", "two", "few", "few", "many", "many", "other", "other", "few",
    ]  # fmt: skip
    assert labels.count("events", 2) == "حدثان"
    assert labels.count("events", 5) == "5 أحداث"
    assert Labels("en").count("events", 1) == "1 event"
    assert Labels("en").count("events", 1200) == "1,200 events"


def test_an_unknown_key_comes_back_as_it_is() -> None:
    assert Labels("en").of("modes", "new-mode") == "new-mode"
