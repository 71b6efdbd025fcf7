"""Holds what resolving finds: who a phrase stands for, and on which grounds."""

from typing import NamedTuple

import msgspec

from tawazun.model.names import ActorKind


class Referent(msgspec.Struct, frozen=True, gc=False):
    """Is who a phrase stands for.

    `key` is equal for mentions of one actor; `code` joins several with `+`; `sector` and `country` are its parts where there is one;
    `number` is s, d or p;
    `rule` says how it was found; `members` are the keys of several actors named at once (both sides).
    """

    key: str
    kind: ActorKind
    code: str | None
    ar: str
    en: str | None
    rule: str
    wikidata: str | None = None
    sector: str | None = None
    country: str | None = None
    number: str = "s"
    feminine: bool = False
    title: str | None = None
    office_of: str | None = None
    members: tuple[str, ...] = ()


class Named(NamedTuple):
    """Is a referent with the token where it was named; `aside` says that it was named as a place or topic only."""

    at: int
    referent: Referent
    aside: bool = False


class Belonging(NamedTuple):
    """Is the code of what stands for nobody by itself (a car, a base, some of them), by whom or what it belongs to."""

    code: str
    rule: str
