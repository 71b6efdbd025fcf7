"""Turns the happenings of a workspace into lists and into what their mentions say, agree and differ on."""

from collections.abc import Sequence
from typing import Literal

import msgspec
from sqlalchemy import Connection, func, literal_column, select

from tawazun.analyse.facts import course_of, facts_of, statuses_of
from tawazun.analyse.likeness import likeness
from tawazun.app.merging import Tellings
from tawazun.base.errors import InputError
from tawazun.ingest.dates import check_date
from tawazun.lexicon.files import nearest
from tawazun.model.entries import EVENT_TYPES
from tawazun.model.happenings import Course, Fact, Ground, Happening, Joining, StatusOn, Telling
from tawazun.store.merges import happening_id, happening_number, mentions_of, placed
from tawazun.store.tables import ARTICLES, EVENTS, MENTIONS, article_of, index_of
from tawazun.store.workspaces import Workspace

Order = Literal["origins", "newest"]


class Told(msgspec.Struct, frozen=True):
    """Is one mention of a happening: the event, where it was published, its words, and why it was joined (empty for the first)."""

    event: str
    article: str
    outlet: str | None
    published: str | None
    origin: str
    status: str
    sentence: str
    joined_to: str | None
    because: tuple[Ground, ...]


class Account(msgspec.Struct, frozen=True):
    """Is a happening: what became of it, what its mentions say of it, and the mentions."""

    id: str
    type: str
    course: Course
    origins: int
    facts: tuple[Fact, ...]
    statuses: tuple[StatusOn, ...]
    mentions: tuple[Told, ...]


class Wanted(msgspec.Struct, frozen=True):
    """Is which happenings are asked for: told by at least so many origins, published from a day to a day, of some types."""

    least: int = 2
    since: str | None = None
    until: str | None = None
    types: tuple[str, ...] = ()
    limit: int = 20


def happenings(workspace: Workspace, joining: Joining, wanted: Wanted) -> tuple[Account, ...]:
    """Returns the happenings that most origins tell of, then those told last, then by id.

    Raises `InputError` for a day or a type that is none.
    """
    types = tuple(_type(name) for name in wanted.types)
    since = check_date(wanted.since, "--published-from") if wanted.since else None
    until = check_date(wanted.until, "--published-to") if wanted.until else None
    origins = func.count(ARTICLES.c.origin.distinct())
    query = (
        select(MENTIONS.c.happening)
        .join(EVENTS, EVENTS.c.number == MENTIONS.c.event)
        .join(ARTICLES, ARTICLES.c.number == (EVENTS.c.number.op(">>")(literal_column("20"))))
    )
    if since:
        query = query.where((ARTICLES.c.published >= since) | ARTICLES.c.published.in_((since[:4], since[:7])))
    if until:
        query = query.where(ARTICLES.c.published <= until + "~")
    if types:
        query = query.where(EVENTS.c.type.in_(types))
    query = query.group_by(MENTIONS.c.happening).having(origins >= wanted.least)
    query = query.order_by(origins.desc(), func.max(ARTICLES.c.published).desc(), MENTIONS.c.happening).limit(wanted.limit)
    with workspace.reading() as connection:
        return _accounts(connection, list(connection.scalars(query)), joining)


def _type(name: str) -> str:
    if name.upper() not in EVENT_TYPES:
        raise InputError(f"--type {name}: no such type{nearest(name.upper(), EVENT_TYPES)}; choose {', '.join(EVENT_TYPES)}")
    return name.upper()


def happening(workspace: Workspace, joining: Joining, id: str) -> Account:
    """Returns one happening by its id, or by that of an event in it; raises `InputError` where there is none."""
    with workspace.reading() as connection:
        account = happening_of(connection, joining, id)
    if account is None:
        raise InputError(f"{workspace.address.shown}: no happening with the id {id!r}; ids are in the list of `tawazun happenings`")
    return account


def happening_of(connection: Connection, joining: Joining, id: str) -> Account | None:
    """Returns the same, or None where there is none."""
    if id.startswith("event-"):
        found = connection.scalar(select(MENTIONS.c.happening).join(EVENTS, EVENTS.c.number == MENTIONS.c.event).where(EVENTS.c.id == id))
    else:
        found = _number(id)
    accounts = _accounts(connection, [found], joining) if found is not None else ()
    return accounts[0] if accounts else None


def _number(id: str) -> int | None:
    try:
        return happening_number(id if id.startswith("happening-") else f"happening-{id}")
    except ValueError:
        return None


def _accounts(connection: Connection, numbers: Sequence[int], joining: Joining) -> tuple[Account, ...]:
    mentions = list(mentions_of(connection, numbers))
    known = Tellings(joining)
    told = known.of(connection, {article_of(m.event) for m in mentions} | {article_of(m.nearest) for m in mentions if m.nearest})
    articles = placed(connection, sorted(told))
    found = []
    for number in numbers:
        own = [mention for mention in mentions if mention.happening == happening_id(number)]
        if not own:
            continue
        pairs = []
        for mention in own:
            telling = told[article_of(mention.event)][index_of(mention.event)]
            near = told[article_of(mention.nearest)][index_of(mention.nearest)] if mention.nearest else None
            pairs.append((telling, near))
        pairs.sort(key=lambda pair: (pair[0].published or "~", pair[0].article, pair[0].start))
        tellings = tuple(telling for telling, _ in pairs)
        whole = Happening(happening_id(number), tellings, tuple(dict.fromkeys(telling.origin for telling in tellings)))
        texts = known.texts(connection, sorted({article_of(mention.event) for mention in own}))
        by_article = {articles[item].document: texts[item] for item in texts}
        found.append(_account(whole, pairs, by_article, joining))
    return tuple(found)


def _account(
    whole: Happening,
    pairs: Sequence[tuple[Telling, Telling | None]],
    texts: dict[str, tuple[str | None, tuple[str, ...]]],
    joining: Joining,
) -> Account:
    types = [telling.type for telling in whole.tellings]
    places = {telling.spot.key: telling.spot.name for telling in whole.tellings if telling.spot}
    facts = facts_of(whole)
    return Account(
        id=whole.id,
        type=max(dict.fromkeys(types), key=types.count),
        course=course_of(whole),
        origins=len(whole.origins),
        facts=tuple(msgspec.structs.replace(fact, value=places[fact.value]) if fact.about == "place" else fact for fact in facts),
        statuses=statuses_of(whole),
        mentions=tuple(
            Told(
                event=telling.id,
                article=telling.article,
                outlet=texts[telling.article][0],
                published=telling.published,
                origin=telling.origin,
                status=telling.status,
                sentence=texts[telling.article][1][telling.sentence],
                joined_to=near.id if near is not None else None,
                because=likeness(telling, near, joining).grounds[:6] if near is not None else (),
            )
            for telling, near in pairs
        ),
    )
