"""Holds what tells one happening from another: mentions as they are compared, what joins them, and the happening that they tell of."""

from typing import Literal, NamedTuple

import msgspec

from tawazun.model.entries import EventType, ParticipantRole, Status


class Affixes(NamedTuple):
    """Lists what is cut off a folded word for comparing, longest first; `own` are words whose first letter only looks like one."""

    conjunction: str
    own: frozenset[str]
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]


class Joining(msgspec.Struct, frozen=True):
    """Is what deciding rests on: what is cut off words, how much each word says, and what each likeness weighs.

    `words` gives the weight of the common words in nats (the negative logarithm of their share of articles), `rare` that of any other;
    `weights` are by the names of likenesses, `threshold` is the least log odds that join; `digest` is over the file.
    """

    digest: str
    affixes: Affixes
    words: dict[str, float]
    rare: float
    weights: dict[str, float]
    threshold: float


class Party(NamedTuple):
    """Is a participant as it is compared; `keys` name known actors over all articles, `code` is None where it isn't known."""

    role: ParticipantRole
    code: str | None
    keys: tuple[str, ...]


class Spot(NamedTuple):
    """Is a place as it is compared: `key` is its GeoNames id, or its stems where it has none; coordinates are degrees."""

    key: str
    name: str
    country: str | None
    lat: float | None
    lon: float | None


class Telling(msgspec.Struct, frozen=True):
    """Is one event mention as it is compared with others.

    `days` are the first and last day on which the article puts the event, None where it doesn't; `told` those of publication; days count as
    `date.toordinal` does. `words` are the stems of the sentence, `mass` the sum of what they say in nats, `heading` those of the article's
    title and first sentence. `links` are ids of events that the dossier says are the same act told again.
    """

    id: str
    article: str
    origin: str
    published: str | None
    told: tuple[int, int] | None
    type: EventType
    mode: str | None
    status: Status
    entry: str
    trigger: str
    start: int
    end: int
    sentence: int
    parties: tuple[Party, ...]
    days: tuple[int, int] | None
    granularity: str
    spot: Spot | None
    magnitudes: tuple[tuple[str, int], ...]
    words: frozenset[str]
    mass: float
    heading: frozenset[str]
    confidence: float
    links: frozenset[str] = frozenset()


class Ground(NamedTuple):
    """Is one likeness or difference of two mentions: its name, what it says, and what it adds to the log odds."""

    name: str
    says: str
    weight: float


class Likeness(msgspec.Struct, frozen=True):
    """Says how likely two mentions tell of one happening, and why; `odds` is the logarithm of the odds, the sum of the grounds."""

    one: str
    other: str
    odds: float
    grounds: tuple[Ground, ...]


class Fact(msgspec.Struct, frozen=True):
    """Is what some mentions of a happening say on one point; `agreed` where no mention says otherwise.

    `about` is a role (`source`), `place`, `day`, or what became of people (`killed`); `value` is an actor code, the key of a place, an ISO
    date or range, or a count.
    """

    about: str
    value: str
    agreed: bool
    tellings: tuple[str, ...]


class StatusOn(msgspec.Struct, frozen=True):
    """Says which mentions gave a happening a status in what was published on a day."""

    published: str | None
    status: Status
    tellings: tuple[str, ...]


Course = Literal["occurred", "cancelled", "planned", "open"]
"""Says what became of a happening: it took place or goes on, it was planned and is now negated, it is planned, or nothing is settled."""


class Happening(msgspec.Struct, frozen=True):
    """Is one happening with the mentions that tell of it, in the order in which they joined; its id is that of its first mention's.

    `origins` counts once what is copied.
    """

    id: str
    tellings: tuple[Telling, ...]
    origins: tuple[str, ...]


class Joined(msgspec.Struct, frozen=True):
    """Is where a mention belongs: the happening with the mention in it, whether that is new, and the likeness that decided, if any.

    `absorbed` are ids of happenings that the mention showed to be the same: their mentions are in this one now.
    """

    happening: Happening
    new: bool
    likeness: Likeness | None
    absorbed: tuple[str, ...]
