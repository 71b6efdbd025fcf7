"""Turns the label files into words of one language, with the plurals that it has."""

from functools import lru_cache
from importlib import resources
from typing import Any, Literal

import yaml

Language = Literal["en", "ar"]
LANGUAGES: tuple[Language, ...] = ("en", "ar")


@lru_cache(maxsize=2)
def load_table(name: str) -> dict[str, Any]:
    """Loads one of the packaged label files."""
    table: dict[str, Any] = yaml.load((resources.files("tawazun.present") / name).read_text("utf-8"), yaml.CSafeLoader)
    return table


@lru_cache(maxsize=16)
def _with_analysis(name: str) -> dict[str, Any]:
    """Loads the labels with those of one analysis among them, and those that all analyses share."""
    table = {group: dict(entries) for group, entries in load_table("labels.yaml").items()}
    for file in ("shared", name.replace("-", "_")):
        for group, entries in load_table(f"analyses/{file}.yaml").items():
            table.setdefault(group, {}).update(entries)
    return table


class Labels:
    """Gives words in one language; what the files don't have comes back as it is, so that nothing is lost."""

    def __init__(self, language: Language, analysis: str | None = None) -> None:
        self.language = language
        self._labels = load_table("labels.yaml") if analysis is None else _with_analysis(analysis)

    @property
    def _rules(self) -> dict[str, Any]:
        """Is loaded where a derivation is shown, not before."""
        return load_table("rules.yaml")

    def of(self, group: str, key: str) -> str:
        """Returns the word for a key of a closed set (`types`, `statuses`, `modes`, `roles`…)."""
        entry = self._labels[group].get(key)
        return key if entry is None else str(entry[self.language])

    def say(self, key: str, **slots: object) -> str:
        """Returns a phrase, with its slots filled."""
        return str(self._labels["words"][key][self.language]).format(**slots)

    def count(self, key: str, number: int) -> str:
        """Returns a number of things, in the form that the language has for it."""
        forms = self._labels["counts"][key][self.language]
        return str(forms.get(plural_category(number, self.language), forms["other"])).format(n=f"{number:,}")

    def quad(self, type: str) -> str:
        """Returns the key of the quad class of an event type."""
        return str(self._labels["quads"][type])

    def rule(self, group: str, key: str) -> str | None:
        """Returns the words for a step of a derivation, or None where the file has none."""
        entry = self._rules[group].get(key)
        return None if entry is None else str(entry[self.language])

    def rule_word(self, key: str) -> str:
        """Returns one of the rule file's single words."""
        return str(self._rules[key][self.language])

    def rule_prefix(self, group: str, rule: str) -> str | None:
        """Returns the words for a rule by its beginning, or None."""
        for prefix, entry in self._rules[group].items():
            if rule.startswith(prefix):
                return str(entry[self.language])
        return None


def plural_category(number: int, language: Language) -> str:
    """Returns the CLDR plural category of a whole number."""
    if language == "en":
        return "one" if number == 1 else "other"
    if number < 3:
        return ("zero", "one", "two")[number]
    rest = number % 100
    return "few" if 3 <= rest <= 10 else "many" if 11 <= rest <= 99 else "other"
