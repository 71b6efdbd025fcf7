"""Holds what every analysis comes with: the day it is for, how much it looked at, and the sentences that its result rests on."""

from typing import Generic, TypeVar

import msgspec

from tawazun.model.evidence import Evidence, Who

Result = TypeVar("Result", bound=msgspec.Struct)


class Analysis(msgspec.Struct, Generic[Result], frozen=True):
    """Is a result with its grounds.

    `events` of `all_events` were looked at, in `articles` articles of `origins` origins; `undated` articles were left out since they
    have no day of publication. `actors` has the names of the units and actors in the result, `evidence` the sentence of every event in it,
    by its id.
    """

    analysis: str
    as_of: str
    events: int
    all_events: int
    articles: int
    origins: int
    undated: int
    result: Result
    actors: dict[str, Who]
    evidence: dict[str, Evidence]
