"""Turns what merging found of an event or article, and two of them held against each other, into rows for a terminal."""

from collections.abc import Iterator, Sequence

from tawazun.analyse.origins import CONTAINED, LIKE, OPENING
from tawazun.app.comparing import ArticlePair, Copy, EventPair, Teller
from tawazun.app.happenings import Account
from tawazun.model.happenings import Ground, Likeness
from tawazun.model.origins import Verdict
from tawazun.present.cli.terminals import Row, apart, isolated
from tawazun.present.labels import Labels

_GROUNDS = 6
"""Is how many grounds are shown of each link of a chain; between the two that were asked for all are."""


def happening_rows(account: Account, event: str, labels: Labels) -> Iterator[Row]:
    """Yields the rows that say which happening an event belongs to, and why."""
    yield from _title(labels.say("its_happening"))
    course = labels.of("courses", account.course)
    mentions = labels.count("mentions", len(account.mentions))
    yield Row("note", "", " · ".join((apart(account.id, labels), course, labels.count("origins", account.origins), mentions)))
    told = next(mention for mention in account.mentions if mention.event == event)
    if told.joined_to is None:
        yield Row("note", "", labels.say("told_first"))
        return
    yield Row("row", labels.say("joined_to"), apart(told.joined_to, labels))
    yield from _grounds(told.because)


def origin_rows(verdict: Verdict, labels: Labels) -> Iterator[Row]:
    """Yields the rows that say which article one is a copy of, and by what; none for one that is no copy."""
    if verdict.rule != "new":
        yield from _title(labels.say("origin"))
        yield Row("row", labels.say("copy_of"), f"{isolated(verdict.origin)} · {labels.of('origin_rules', verdict.rule)}")


def pair_rows(pair: EventPair | ArticlePair, labels: Labels) -> Iterator[Row]:
    """Yields the rows for two events or two articles."""
    if isinstance(pair, EventPair):
        yield from _events(pair, labels)
    else:
        yield from _articles(pair, labels)


def _events(pair: EventPair, labels: Labels) -> Iterator[Row]:
    yield Row("header", "", labels.say("one_happening" if pair.same else "two_happenings"))
    yield Row("note", "", labels.of("why_happening", pair.why))
    for letter, teller in zip(labels.say("link_letters").split(), (pair.one, pair.other), strict=True):
        yield from _teller(letter, teller, labels)
    yield from _title(labels.say("held_together"))
    yield Row("row", f"{pair.held.odds:+.2f}", labels.say("margin", threshold=f"{pair.threshold:+.2f}", margin=f"{pair.margin:+.2f}"))
    yield from _grounds(pair.held.grounds)
    links, title = (pair.chain, "by_way_of") if pair.same else (pair.instead, "instead")
    if len(links) > pair.same:
        yield from _title(labels.say(title))
        for link in links:
            yield from _link(link, labels)


def _teller(letter: str, teller: Teller, labels: Labels) -> Iterator[Row]:
    parts = [teller.outlet or teller.article, teller.published or ""]
    words = " · ".join(isolated(part) for part in parts if part)
    yield Row("event", letter, f"{labels.of('statuses', teller.status)} · {words} · {apart(teller.event, labels)}")
    yield Row("sentence", labels.say("text"), isolated(teller.sentence))
    yield Row("faint", labels.say("its_happening"), apart(teller.happening, labels) if teller.happening else labels.say("unmerged"))


def _link(link: Likeness, labels: Labels) -> Iterator[Row]:
    yield Row("row", f"{link.odds:+.2f}", f"{apart(link.one, labels)} · {apart(link.other, labels)}")
    yield from _grounds(link.grounds[:_GROUNDS])


def _grounds(grounds: Sequence[Ground]) -> Iterator[Row]:
    for ground in grounds:
        yield Row("faint", f"{ground.weight:+.2f}", f"{ground.name} {ground.says}".rstrip())


def _articles(pair: ArticlePair, labels: Labels) -> Iterator[Row]:
    yield Row("header", "", labels.say("one_origin" if pair.same else "two_origins"))
    yield Row("note", "", labels.of("why_origin", pair.why))
    for letter, copy in zip(labels.say("link_letters").split(), (pair.one, pair.other), strict=True):
        yield from _copy(letter, copy, labels)
    held = pair.held
    yield from _title(labels.say("held_together"))
    yield Row("row", labels.say("verdict"), labels.of("origin_rules", held.rule))
    for name, value, least in (
        ("jaccard", held.jaccard, LIKE),
        ("containment", held.containment, CONTAINED),
        ("opening", held.opening, OPENING),
    ):
        yield Row("row", f"{value:.2f}", labels.say(f"shared_{name}", least=f"{least:.2f}"))
    for here, there in held.differing:
        yield Row("row", labels.say("number_differs"), f"{isolated(here)} · {isolated(there)}")


def _copy(letter: str, copy: Copy, labels: Labels) -> Iterator[Row]:
    parts = [copy.article, copy.outlet or "", copy.published or "", copy.title or ""]
    yield Row("event", letter, " · ".join(isolated(part) for part in parts if part))
    if copy.origin is None:
        yield Row("faint", labels.say("origin"), labels.say("unmerged"))
    elif copy.origin == copy.article:
        yield Row("faint", labels.say("origin"), labels.say("own_origin"))
    elif copy.verdict is not None:
        yield Row("faint", labels.say("copy_of"), f"{isolated(copy.origin)} · {labels.of('origin_rules', copy.verdict.rule)}")


def _title(text: str) -> Iterator[Row]:
    yield Row("blank", "", "")
    yield Row("title", "", text)
