"""Turns the derivation of a finding (`because`) into a tree of words, with the words of the article that each step rests on."""

import re

import msgspec

from tawazun.model.dossier import Because, Span
from tawazun.present.labels import Labels

_PARTICIPANT = re.compile(r"(\w+): (\S+)(?: \((.*)\))?", re.DOTALL)


class Step(msgspec.Struct, frozen=True):
    """Is one step in words; `rule` is what the knowledge or engine calls it, for those who want to change it."""

    words: str
    rule: str
    spans: tuple[Span, ...]
    steps: tuple["Step", ...]


def derivation_of(because: Because, labels: Labels) -> Step:
    """Puts a derivation into words; a rule that the rule file doesn't know stands as it is."""
    steps = tuple(derivation_of(child, labels) for child in because.children)
    return Step(_words(because, labels), because.rule, because.spans, steps)


def _words(because: Because, labels: Labels) -> str:
    head, _, rest = because.rule.partition(": ")
    if head == "status":
        return _status(rest, because.says, labels)
    if head == "participant":
        return _participant(rest, because.says, labels)
    if head == "holder":
        return f"{labels.rule_word('holder')}: {labels.of('acts', because.says)}"
    if head == "link":
        return f"{labels.rule_word('link')}: {labels.of('links', rest)}"
    if head == "confidence":
        return f"{labels.rule_word('confidence')}: {because.says}"
    if head == "weight":
        return f"{labels.rule_word('weight')}: {labels.rule('weights', rest.partition(' ')[0]) or rest}: {because.says}"
    if head == "sense":
        return labels.rule_word("sense")
    type, _, gloss = because.says.partition(": ")
    if not gloss:
        return because.says or because.rule
    named = f"{labels.rule_word('event')} {labels.of('types', type)} ({type})"
    return f"{named}: {gloss}" if labels.language == "en" else named


def _status(rule: str, says: str, labels: Labels) -> str:
    outcome = labels.of("statuses", says)
    if not rule:
        return f"{labels.rule_word('status_title')}: {outcome}"
    words = labels.rule("status", rule) or (labels.rule_word("status_by_entry") if "." in rule else rule)
    return f"{words}: {outcome}"


def _participant(rule: str, says: str, labels: Labels) -> str:
    found = _PARTICIPANT.fullmatch(says)
    words = _filler(rule, labels)
    if found is None:
        return f"{says}: {words}" if says else words
    role, code, referent = found[1], found[2], found[3]
    code = labels.say("no_code") if code == "unknown" else code
    resolved = labels.say("semicolon") + _referent(referent, labels) if referent else ""
    return f"{labels.of('roles', role)} {code}: {words}{resolved}"


def _filler(rule: str, labels: Labels) -> str:
    endings: list[str] = []
    while ", " in rule and (ending := labels.rule("endings", rule.rpartition(", ")[2])):
        endings.insert(0, ending)
        rule = rule.rpartition(", ")[0]
    words = labels.rule("fillers", rule) or labels.rule_prefix("filler_prefixes", rule) or rule
    return ", ".join([words, *endings])


def _referent(rule: str, labels: Labels) -> str:
    parts = []
    for part in rule.split("; "):
        words = labels.rule("referents", part) or labels.rule_prefix("referent_prefixes", part)
        detail = part.partition(", ")[2] if part.startswith("known person, ") and labels.language == "en" else ""
        parts.append(f"{words or part}, {detail}" if detail else words or part)
    return labels.say("semicolon").join(parts)
