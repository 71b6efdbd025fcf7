"""Turns the options that narrow a workspace, the same for every command that has them, into a query."""

import inspect
from collections.abc import Callable, Iterable
from typing import Annotated, Any

import typer

from tawazun.store.queries import Part, Query

_MANY = "may be repeated"
_Names = list[str] | None
OPTIONS: dict[str, Any] = {
    "actor": Annotated[
        _Names, typer.Option(metavar="NAME|CODE|ID", help=f"Who takes part: name, code (EGY, EGY.GOV) or Wikidata id; {_MANY}.")
    ],
    "source": Annotated[_Names, typer.Option(metavar="NAME|CODE|ID", help=f"Who does it; {_MANY}.")],
    "target": Annotated[_Names, typer.Option(metavar="NAME|CODE|ID", help=f"To whom it is done; {_MANY}.")],
    "holder": Annotated[_Names, typer.Option(metavar="NAME|CODE|ID", help=f"On whose word it rests; {_MANY}.")],
    "type": Annotated[_Names, typer.Option(metavar="TYPE[/MODE]", help=f"Its type, such as CONSULT or ASSAULT/aerial; {_MANY}.")],
    "status": Annotated[_Names, typer.Option(metavar="STATUS", help=f"Such as planned or called_for; {_MANY}.")],
    "outlet": Annotated[_Names, typer.Option(metavar="NAME", help=f"Who published it, or a part of that name; {_MANY}.")],
    "place": Annotated[_Names, typer.Option(metavar="NAME|CODE|ID", help=f"Where: place, country or GeoNames id; {_MANY}.")],
    "topic": Annotated[_Names, typer.Option(metavar="WORDS", help=f"What it is about; {_MANY}.")],
    "since": Annotated[
        str | None, typer.Option("--from", "--since", metavar="DATE", help="The event is of that day, month or year, or later.")
    ],
    "until": Annotated[
        str | None, typer.Option("--until", "--to", metavar="DATE", help="The event is of that day, month or year, or earlier.")
    ],
    "published_since": Annotated[str | None, typer.Option("--published-from", metavar="DATE", help="The article is of then or later.")],
    "published_until": Annotated[str | None, typer.Option("--published-to", metavar="DATE", help="The article is of then or earlier.")],
    "once": Annotated[bool, typer.Option("--once", help="Leave out what stands in copies of articles that are found too.")],
    "confidence": Annotated[float | None, typer.Option(min=0, max=1, help="How sure the event is at least.")],
}
"""Are the options, by the names of the parameters that take them."""
_DEFAULTS = {"once": False}
_UNTIL: Any = Annotated[str | None, typer.Option("--until", metavar="DATE", help="The event is of that day, month or year, or earlier.")]


def narrowing(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command, which takes a query as `asked`, the options that make one.

    Where `--to` is an option of the command's own, the last day of events is `--until` only.
    """

    def narrowed(**given: Any) -> None:
        command(asked=_query({name: given.pop(name) for name in OPTIONS}), **given)

    own = [part for part in inspect.signature(command).parameters.values() if part.name != "asked"]
    options = OPTIONS | ({"until": _UNTIL} if any(part.name == "to" for part in own) else {})
    ours = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=_DEFAULTS.get(name), annotation=kind)
        for name, kind in options.items()
    ]
    narrowed.__signature__ = inspect.Signature([*own, *ours])  # type: ignore[attr-defined]  # inspect reads it, the stubs lack it
    narrowed.__doc__, narrowed.__name__ = command.__doc__, command.__name__
    narrowed.__annotations__ = {}
    return narrowed


def _query(given: dict[str, Any]) -> Query:
    return Query(
        parts=(
            *(Part(_split([name])) for name in given["actor"] or ()),
            *(Part(_split([name]), "source") for name in given["source"] or ()),
            *(Part(_split([name]), "target") for name in given["target"] or ()),
            *(Part(_split([name]), "holder") for name in given["holder"] or ()),
        ),
        types=_split(given["type"]),
        statuses=_split(given["status"]),
        outlets=tuple(given["outlet"] or ()),
        places=tuple(given["place"] or ()),
        topics=tuple(given["topic"] or ()),
        since=given["since"],
        until=given["until"],
        published_since=given["published_since"],
        published_until=given["published_until"],
        once=given["once"],
        confidence=given["confidence"] or 0.0,
    )


def _split(values: Iterable[str] | None) -> tuple[str, ...]:
    """Returns what an option was given; commas stand between alternatives."""
    return tuple(part.strip() for value in values or () for part in value.split(",") if part.strip())
