"""Turns propositions and positions into the words that tables and figures show for them."""

from tawazun.model.claims import Position, Proposition
from tawazun.present.labels import Labels


def about(proposition: Proposition, labels: Labels) -> str:
    """Returns what a proposition is about: what is counted, the words that are denied, or the act; then where."""
    type_ = labels.of("types", proposition.type) if proposition.type else ""
    if proposition.kind is not None:
        words = labels.say("count_of", kind=labels.of("kinds_of_counts", proposition.kind))
    elif type_ and " " not in proposition.what:  # a trigger says little alone
        words = f"{type_}: {proposition.what}" if proposition.what else type_
    else:
        words = proposition.what
    return " \u00b7 ".join(part for part in (words, proposition.place) if part)


def days_of(proposition: Proposition) -> str:
    """Returns when a proposition was told: a day, or the first and the last; nothing where no day is known."""
    return " \u2013 ".join(dict.fromkeys(day for day in (proposition.first, proposition.last) if day))


def saying_of(position: Position, labels: Labels) -> str:
    """Returns what a position says: its number, or whether it affirms, expects or denies."""
    polarity = labels.of("polarities", position.polarity)
    if position.count is None:
        return polarity
    number = labels.of("bounds", position.bound).format(n=f"{position.count:,}")
    return number if position.polarity == "affirmed" else f"{number} ({polarity})"
