"""Turns what was asked of `tawazun explain` into a record: a finding with its article, or two events or articles side by side."""

from pathlib import Path

import msgspec

from tawazun.app.comparing import ArticlePair, EventPair, compare_kept, verdict_of
from tawazun.app.explaining import Explained, explain, find_kept
from tawazun.app.happenings import Account, happening_of
from tawazun.app.reports import sentence_of, words_of
from tawazun.app.searching import FoundArticle, article_found
from tawazun.model.dossier import Actor, Claim, Dossier, Event, Instrument
from tawazun.model.happenings import Joining
from tawazun.model.origins import Verdict
from tawazun.store.lookups import number_of
from tawazun.store.workspaces import Workspace


class Explanation(msgspec.Struct, frozen=True, omit_defaults=True):
    """Is what `tawazun explain` shows; keys that don't apply are left out.

    One of `event`, `claim`, `actor`, `instrument` and `dossier` is the finding, as in the dossier, with its derivation in `because`;
    `article` is where it stands, `sentence` the words of an event's sentence. In a workspace that is merged, `happening` is what an event
    belongs to and `origin` the verdict on where the article comes from. `events` and `articles` are two held against each other.
    """

    event: Event | None = None
    claim: Claim | None = None
    actor: Actor | None = None
    instrument: Instrument | None = None
    dossier: Dossier | None = None
    article: FoundArticle | None = None
    sentence: str | None = None
    happening: Account | None = None
    origin: Verdict | None = None
    events: EventPair | None = None
    articles: ArticlePair | None = None


class Shown(msgspec.Struct, frozen=True):
    """Is an explanation with the dossier that its words are in, where it is of one finding."""

    explanation: Explanation
    explained: Explained | None


def explain_in_file(path: Path, id: str) -> Shown:
    """Explains a finding of a file of dossiers."""
    return _shown(explain(path, id))


def explain_in_workspace(workspace: Workspace, joining: Joining, id: str) -> Shown:
    """Explains a finding of a workspace, or an article by its own id, with what merging found."""
    with workspace.reading() as connection:
        explained = find_kept(connection, id, workspace.address.shown)
        number = number_of(connection, explained.dossier.document.id)
        origin = verdict_of(connection, number) if number is not None else None
        account = happening_of(connection, joining, explained.finding.id) if isinstance(explained.finding, Event) else None
    return _shown(explained, account, origin)


def explain_two(workspace: Workspace, joining: Joining, one: str, other: str) -> Shown:
    """Explains why two events of a workspace are one happening or aren't, or why two articles share an origin or don't."""
    pair = compare_kept(workspace, joining, one, other)
    return Shown(Explanation(events=pair) if isinstance(pair, EventPair) else Explanation(articles=pair), None)


def _shown(explained: Explained, account: Account | None = None, origin: Verdict | None = None) -> Shown:
    dossier, finding = explained.dossier, explained.finding
    sentence = words_of(dossier.document.text, sentence_of(dossier, finding)) if isinstance(finding, Event) else None
    explanation = Explanation(
        event=finding if isinstance(finding, Event) else None,
        claim=finding if isinstance(finding, Claim) else None,
        actor=finding if isinstance(finding, Actor) else None,
        instrument=finding if isinstance(finding, Instrument) else None,
        dossier=finding if isinstance(finding, Dossier) else None,
        article=article_found(dossier),
        sentence=sentence,
        happening=account,
        origin=origin,
    )
    return Shown(explanation, explained)
