"""Makes corpora by hand: acts of a table, or the ledger of the worked corpus, without reading any text."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from tawazun.lexicon.ontology import load_ontology
from tawazun.model.dossier import Names
from tawazun.model.evidence import Act, Corpus, Piece, Side, Who, Word

EPISODES = Path(__file__).parents[2] / "examples" / "episodes"


def answers() -> dict[str, Any]:
    """Returns the answers of the worked corpus."""
    found: dict[str, Any] = yaml.safe_load((EPISODES / "answers.yaml").read_text("utf-8"))
    return found


def act(
    number: int,
    day: str,
    type_: str,
    sources: Sequence[str],
    targets: Sequence[str] = (),
    *,
    status: str = "occurred",
    happening: str | None = None,
    origin: str | None = None,
    mode: str | None = None,
    word: Word | None = None,
    more: Sequence[Side] = (),
    text: str = "",
) -> Act:
    """Makes an act of an article of its own, published on the day it happened; participants are given by their codes."""
    ordinal = date.fromisoformat(day).toordinal()
    sides = [Side("source", code, (), code) for code in sources] + [Side("target", code, (), code) for code in targets]
    article = f"article-{number}"
    return Act(
        id=f"event-{number}",
        article=article,
        origin=origin or article,
        happening=happening or f"happening-{number}",
        published=ordinal,
        type=type_,
        mode=mode,
        status=status,
        score=load_ontology().rating(type_, mode).score,
        sides=(*sides, *more),
        word=word,
        when=None,
        iso=day,
        granularity="day",
        days=(ordinal, ordinal),
        spot=None,
        topics=(),
        magnitudes=(),
        trigger=text[:4],
        start=0,
        end=len(text[:4]),
        sentence=0,
        confidence=0.8,
    )


def corpus(acts: Iterable[Act], as_of: str | None = None, texts: Mapping[str, str] | None = None) -> Corpus:
    """Makes a corpus of acts; each article holds one sentence."""
    acts = sorted(acts, key=lambda one: (one.published or 0, one.article, one.start))
    texts = texts or {}
    articles = {}
    for one in acts:
        text = texts.get(one.article, one.trigger)
        articles[one.article] = Piece(one.article, one.origin, "outlet", None, None, one.published, text, ((0, len(text)),))
    countries = {code[:3] for one in acts for side in one.sides for code in (side.code or "").split("+") if code}
    last = date.fromisoformat(as_of).toordinal() if as_of else max((one.published or 0 for one in acts), default=1)
    return Corpus(
        as_of=last,
        acts=tuple(one for one in acts if (one.published or 0) <= last),
        ties=(),
        sayings=(),
        papers=(),
        articles=articles,
        actors={code: Who(Names(code, code), "state", code, None) for code in sorted(countries)},
        all_events=len(acts),
        undated=0,
    )


def ledger(prefix: str = "") -> Corpus:
    """Makes a corpus of the worked corpus' acts that articles with a prefix tell, as if the reader had found every one."""
    acts = [
        act(number, item["date"], item["type"], item["sources"], item["targets"], origin=item["articles"][0])
        for number, item in enumerate(answers()["acts"])
        if item["articles"][0].startswith(prefix)
    ]
    return corpus(acts)
