"""Turns the options that narrow a workspace, the same for every command, into what a query asks for."""

from collections.abc import Iterable
from typing import Annotated

import typer

from tawazun.store.queries import Part

_MANY = "may be repeated"
ActorOption = Annotated[
    list[str] | None,
    typer.Option("--actor", metavar="NAME|CODE|ID", help=f"Who takes part: a name, a code such as EGY or EGY.GOV, a Wikidata id; {_MANY}."),
]
SourceOption = Annotated[list[str] | None, typer.Option("--source", metavar="NAME|CODE|ID", help=f"Who does it; {_MANY}.")]
TargetOption = Annotated[list[str] | None, typer.Option("--target", metavar="NAME|CODE|ID", help=f"To whom it is done; {_MANY}.")]
HolderOption = Annotated[list[str] | None, typer.Option("--holder", metavar="NAME|CODE|ID", help=f"On whose word it rests; {_MANY}.")]
TypeOption = Annotated[
    list[str] | None, typer.Option("--type", metavar="TYPE[/MODE]", help=f"The event's type, such as CONSULT or ASSAULT/aerial; {_MANY}.")
]
StatusOption = Annotated[list[str] | None, typer.Option("--status", metavar="STATUS", help=f"Such as planned or called_for; {_MANY}.")]
OutletOption = Annotated[list[str] | None, typer.Option("--outlet", metavar="NAME", help=f"Who published it, or a part of that; {_MANY}.")]
PlaceOption = Annotated[
    list[str] | None, typer.Option("--place", metavar="NAME|CODE|ID", help=f"Where: a place, a country or its code, a GeoNames id; {_MANY}.")
]
TopicOption = Annotated[list[str] | None, typer.Option("--topic", metavar="WORDS", help=f"What it is about; {_MANY}.")]
SinceOption = Annotated[str | None, typer.Option("--from", metavar="DATE", help="The event's own date is this day, month or year or later.")]
UntilOption = Annotated[str | None, typer.Option("--to", metavar="DATE", help="The event's own date is this day, month or year or earlier.")]
PublishedSinceOption = Annotated[
    str | None, typer.Option("--published-from", metavar="DATE", help="The article was published then or later.")
]
PublishedUntilOption = Annotated[
    str | None, typer.Option("--published-to", metavar="DATE", help="The article was published then or earlier.")
]
ConfidenceOption = Annotated[float, typer.Option("--confidence", min=0, max=1, help="How sure the event is at least.")]


def parts_of(
    actors: Iterable[str] | None, sources: Iterable[str] | None, targets: Iterable[str] | None, holders: Iterable[str] | None
) -> tuple[Part, ...]:
    """Returns who is asked for; each must have its part, those with commas between are alternatives."""
    found = [Part(tuple(name.split(","))) for name in actors or ()]
    found += [Part(tuple(name.split(",")), "source") for name in sources or ()]
    found += [Part(tuple(name.split(",")), "target") for name in targets or ()]
    return (*found, *(Part(tuple(name.split(",")), "holder") for name in holders or ()))


def split(values: Iterable[str] | None) -> tuple[str, ...]:
    """Returns what an option was given, also with commas between."""
    return tuple(part.strip() for value in values or () for part in value.split(",") if part.strip())

