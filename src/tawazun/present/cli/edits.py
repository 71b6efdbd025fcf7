"""Turns the differences between two bodies of knowledge, and what one lacks, into rows for a terminal."""

from collections.abc import Iterator, Sequence

from tawazun.app.coverage import Coverage
from tawazun.app.differences import Aspect, Difference, Differences, Party, Reported
from tawazun.model.dossier import Span
from tawazun.present.cli.reports import marked_sentence
from tawazun.present.cli.terminals import Row, isolated

_SIGNS = {"gained": "+", "lost": "-", "changed": "~"}
_WORDS = 6


def difference_rows(found: Differences, top: int) -> Iterator[Row]:
    """Yields the rows for what an edit did; at most `top` differences, with 0 all."""
    counts = {verdict: sum(item.verdict == verdict for item in found.differences) for verdict in _SIGNS}
    yield Row(
        "header",
        "",
        f"{_articles(found.articles)}: {found.events_before:,} events before, {found.events_after:,} after; "
        + ", ".join(f"{count:,} {verdict}" for verdict, count in counts.items()),
    )
    yield from _unread(found.unread)
    if found.old == found.new:
        yield Row("note", "", "the two bodies of knowledge are the same")
    if not found.differences:
        return
    yield from _title("By entry")
    for balance in found.balances[: top or None]:
        yield Row("tree", f"    +{balance.gained} -{balance.lost} ~{balance.changed}".ljust(20), balance.entry)
    yield from _more(len(found.balances), top)
    for verdict in _SIGNS:
        items = [item for item in found.differences if item.verdict == verdict]
        if items:
            yield from _title(f"{verdict.capitalize()} ({len(items):,})")
            for item in items[: top or None]:
                yield from _difference(item)
            yield from _more(len(items), top)


def _articles(count: int) -> str:
    return "1 article" if count == 1 else f"{count:,} articles"


def _title(text: str) -> Iterator[Row]:
    yield Row("blank", "", "")
    yield Row("title", "", text)


def _more(count: int, top: int) -> Iterator[Row]:
    if top and count > top:
        yield Row("note", "", f"and {count - top:,} more; --top {count} shows all")


def _unread(count: int) -> Iterator[Row]:
    if count:
        yield Row("note", "", f"{count:,} could not be read and {'was' if count == 1 else 'were'} passed over")


def _difference(item: Difference) -> Iterator[Row]:
    said = item.after or item.before
    assert said is not None
    mode = f" · {said.mode}" if said.mode else ""
    yield Row("event", _SIGNS[item.verdict], f"{said.type}{mode} · {said.status} · {said.entry} · {isolated(item.document)}:{item.start}")
    if item.before is not None and item.after is not None:
        if item.before.entry != item.after.entry:
            yield Row("row", "entry", f"{item.before.entry} → {item.after.entry}")
        for aspect in item.aspects:
            yield Row("row", aspect, f"{_said(item.before, aspect)} → {_said(item.after, aspect)}")
    else:
        yield Row("row", "participants", _said(said, "participants"))
    yield Row("sentence", "", marked_sentence(item.sentence, Span(0, len(item.sentence)), Span(item.at, item.at + item.end - item.start)))


def _said(said: Reported, aspect: Aspect) -> str:
    """Returns what is said of an event in one aspect."""
    if aspect in ("participants", "codes"):
        return "; ".join(map(_party, said.participants)) or "none"
    value = getattr(said, aspect)
    return isolated(value) if value else "none"


def _party(party: Party) -> str:
    return f"{party.role} {isolated(party.text)} ({party.code or 'no code'})"


def coverage_rows(found: Coverage, top: int) -> Iterator[Row]:
    """Yields the rows for what the knowledge lacks; at most `top` of each list, with 0 all."""
    yield Row("header", "", f"{_articles(found.articles)}; {found.left_out:,} rows are left out on purpose (ar/left_out.tsv)")
    yield from _unread(found.unread)
    verbs = [
        (row.count, f"{isolated(f'{row.lemma} ({row.root})')} {row.form} · {_seen(row.words)} · {isolated(row.place)}{_or(row.also)}")
        for row in found.verbs
    ]
    titles = [(row.count, f"{isolated(row.title)} · {isolated(row.place)}") for row in found.titles]
    pairs = [(row.count, f"{row.entry}/{isolated(row.preposition)} · {isolated(row.place)}") for row in found.prepositions]
    yield from _ranking("Verbs and verbal nouns between two actors that no entry covers", verbs, top)
    yield from _ranking("Unknown words right before names", titles, top)
    yield from _ranking("Prepositions before actors that the entry's frame doesn't take", pairs, top)


def _seen(words: Sequence[str]) -> str:
    return isolated(" ".join(words[:_WORDS])) + (" …" if len(words) > _WORDS else "")


def _or(also: Sequence[str]) -> str:
    return f" · or {isolated(also[0])}" if also else ""


def _ranking(title: str, rows: Sequence[tuple[int, str]], top: int) -> Iterator[Row]:
    yield from _title(f"{title} ({len(rows):,})")
    if not rows:
        yield Row("note", "", "none")
    for count, body in rows[: top or None]:
        yield Row("row", str(count), body)
    yield from _more(len(rows), top)
