"""Keeps which feeds are watched, and what is remembered of each between polls."""

from datetime import datetime

import msgspec
from sqlalchemy import Connection, Row, delete, select, update

from tawazun.ingest.polls import State
from tawazun.store.tables import FEEDS


class Subscription(msgspec.Struct, frozen=True):
    """Is a feed that is watched: what is remembered of it, and its past.

    `asked_at` is when it was last asked, `read_at` when that last went well, `failed_at` when it last failed and `problem` why; `taken_in`
    counts the articles that came from it. Times carry their zone.
    """

    address: str
    state: State = State()
    asked_at: datetime | None = None
    read_at: datetime | None = None
    failed_at: datetime | None = None
    problem: str | None = None
    taken_in: int = 0


def subscriptions(connection: Connection) -> list[Subscription]:
    """Returns all feeds of the workspace, by address."""
    return [_subscription(row) for row in connection.execute(select(FEEDS).order_by(FEEDS.c.address))]


def subscription(connection: Connection, address: str) -> Subscription:
    """Returns the feed at an address, one of which nothing is known where the workspace lacks it."""
    row = connection.execute(select(FEEDS).where(FEEDS.c.address == address)).one_or_none()
    return Subscription(address) if row is None else _subscription(row)


def keep_subscription(connection: Connection, given: Subscription) -> None:
    """Keeps a feed as it is now."""
    state = given.state
    values = {
        "etag": state.etag,
        "last_modified": state.last_modified,
        "next_at": _text(state.next_at),
        "failures": state.failures,
        "gone": int(state.gone),
        "minutes": state.minutes,
        "seen": msgspec.json.encode(state.seen).decode(),
        "asked_at": _text(given.asked_at),
        "read_at": _text(given.read_at),
        "failed_at": _text(given.failed_at),
        "problem": given.problem,
        "taken_in": given.taken_in,
    }
    there = connection.execute(update(FEEDS).where(FEEDS.c.address == given.address).values(values))
    if not there.rowcount:
        connection.execute(FEEDS.insert().values(address=given.address, **values))


def forget_subscription(connection: Connection, address: str) -> bool:
    """Forgets a feed, whose articles stay; tells whether it was there."""
    return bool(connection.execute(delete(FEEDS).where(FEEDS.c.address == address)).rowcount)


def _subscription(row: Row[tuple[object, ...]]) -> Subscription:
    known = row._asdict()
    state = State(
        known["etag"],
        known["last_modified"],
        _time(known["next_at"]),
        known["failures"],
        bool(known["gone"]),
        known["minutes"],
        msgspec.json.decode(known["seen"], type=tuple[str, ...]),
    )
    asked_at, read_at, failed_at = (_time(known[name]) for name in ("asked_at", "read_at", "failed_at"))
    return Subscription(known["address"], state, asked_at, read_at, failed_at, known["problem"], known["taken_in"])


def _text(time: datetime | None) -> str | None:
    return time.isoformat() if time is not None else None


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text is not None else None
