"""Holds an article as it comes in."""

import msgspec


class Article(msgspec.Struct, frozen=True):
    """Is an article to be read; `published` is an ISO date, or a prefix of one (`2018`, `2022-05`), or None."""

    text: str
    id: str | None = None
    published: str | None = None
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
