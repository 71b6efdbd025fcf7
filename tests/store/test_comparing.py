"""Why two events are one happening, why two articles share an origin, and how many hits are left without copies."""

import json
from pathlib import Path

import pytest
from test_merges import ROWS, take_in

from tawazun.app.comparing import ArticlePair, EventPair, compare_kept
from tawazun.app.exporting import Tally
from tawazun.app.exports.networks import gathered
from tawazun.app.ingesting import ingest
from tawazun.app.searching import find, names
from tawazun.app.selections import places_in, selected
from tawazun.base.errors import InputError
from tawazun.lexicon.ontology import load_ontology
from tawazun.scorers.joining import load_joining
from tawazun.store.queries import Part, Query
from tawazun.store.workspaces import Workspace

TOLL = (
    "أعلنت وزارة الصحة في بيانها اليومي تسجيل {} إصابة جديدة بالفيروس خلال الساعات الماضية في عموم البلاد، داعية المواطنين إلى الالتزام "
    "بالتباعد ولبس الكمامات وتجنب التجمعات في الأماكن المغلقة، وأكدت أن فرقها تتابع الوضع على مدار الساعة مع منظمة الصحة العالمية."
)
MORE = [
    {**ROWS[0], "id": "v0", "date": "2021-04-06", "outlet": "الضفة"},
    {"id": "t1", "date": "2021-05-01", "outlet": "الساحل", "text": TOLL.format(120)},
    {"id": "t2", "date": "2021-05-02", "outlet": "الساحل", "text": TOLL.format(340)},
]


@pytest.fixture
def merged(workspace: Workspace, tmp_path: Path) -> Workspace:
    take_in(workspace, tmp_path, [*ROWS, *MORE])
    return workspace


def event(workspace: Workspace, article: str, trigger: str) -> str:
    """Returns the id of the event of an article that was read from a word."""
    with workspace.reading() as connection:
        dossier = next(each for each in selected(connection, Query(), names()) if each.document.id == article)
    text = dossier.document.text
    return next(each.id for each in dossier.events if text[each.trigger.start : each.trigger.end] == trigger)


@pytest.mark.parametrize(
    ("one", "other", "why", "same"),
    [
        (("v0", "وصل"), ("v0", "والتقى"), "joined", True),
        (("v1", "والتقى"), ("v2", "والتقى"), "chain", True),
        (("v1", "وصل"), ("v3", "التقى"), "chain", True),
        (("v1", "وصل"), ("v1", "وبحث"), "unlike", False),
        (("v1", "وصل"), ("n1", "اجتمعت"), "keys", False),
        (("v1", "وصل"), ("b1", "قتل"), "kind", False),
    ],
)
def test_why_two_events_are_one_happening(merged: Workspace, one: tuple[str, str], other: tuple[str, str], why: str, same: bool) -> None:
    pair = compare_kept(merged, load_joining(), event(merged, *one), event(merged, *other))
    assert isinstance(pair, EventPair)
    assert pair.same == same == (pair.one.happening == pair.other.happening)
    assert pair.why == why
    assert min(len(pair.chain), 2) == {"joined": 1, "chain": 2}.get(why, 0)
    assert pair.margin == pytest.approx(sum(ground.weight for ground in pair.held.grounds) - load_joining().threshold, abs=0.02)
    assert (pair.one.article, pair.other.article) == (one[0], other[0])
    if pair.chain:
        assert {pair.chain[0].one, pair.chain[-1].other} == {pair.one.event, pair.other.event}
        assert all(first.other == second.one for first, second in zip(pair.chain, pair.chain[1:], strict=False))


@pytest.mark.parametrize(
    ("one", "other", "why", "rule"),
    [
        ("v0", "v1", "copy", "copy"),
        ("v1", "v2", "copies", "copy"),
        ("v1", "v3", "unlike", "new"),
        ("t1", "t2", "numbers", "new"),
        ("v1", "b1", "unlike", "new"),
    ],
)
def test_why_two_articles_share_an_origin(merged: Workspace, one: str, other: str, why: str, rule: str) -> None:
    for first, second in ((one, other), (other, one)):
        pair = compare_kept(merged, load_joining(), first, second)
        assert isinstance(pair, ArticlePair)
        assert (pair.why, pair.held.rule, pair.same) == (why, rule, pair.one.origin == pair.other.origin)
    assert (pair.held.differing == (("340", "120"),)) == (why == "numbers")


def test_what_is_not_merged_is_told(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in ROWS), "utf-8")
    ingest(workspace, [str(file)], processes=1)
    articles = compare_kept(workspace, load_joining(), "v1", "v2")
    events = compare_kept(workspace, load_joining(), event(workspace, "v1", "وصل"), event(workspace, "v2", "وصل"))
    assert (articles.why, events.why, events.same) == ("unmerged", "unmerged", False)
    assert events.margin > 0
    counts = find(workspace, Query(types=("CONSULT",))).counts
    assert counts is not None and (counts.happenings, counts.unmerged, counts.without_copies) == (None, counts.articles, counts.hits)


def test_an_event_and_an_article_are_not_compared(merged: Workspace) -> None:
    with pytest.raises(InputError, match="two events, or of two articles"):
        compare_kept(merged, load_joining(), "v1", event(merged, "v1", "وصل"))
    with pytest.raises(InputError, match="same event twice"):
        compare_kept(merged, load_joining(), event(merged, "v1", "وصل"), event(merged, "v1", "وصل"))


@pytest.mark.parametrize(
    ("query", "alone"),
    [
        (Query(types=("CONSULT",)), {"v0", "v3", "n1"}),
        (Query(types=("CONSULT",), outlets=("الميناء",)), {"v2", "n1"}),
        (Query(words="الدوحة", kind="sentences"), {"v0", "v3"}),
        (Query(parts=(Part(("JPN",)),)), set()),
    ],
)
def test_copies_are_counted_and_left_out(merged: Workspace, query: Query, alone: set[str]) -> None:
    all_of_them = find(merged, query)
    once = find(merged, Query(**{name: getattr(query, name) for name in query.__struct_fields__} | {"once": True}))
    counts = all_of_them.counts
    assert counts is not None and counts == once.counts
    assert (all_of_them.total, once.total) == (counts.hits, counts.without_copies)
    assert {each.dossier.document.id for each in (*once.hits, *once.passages)} == alone
    assert len(once.hits) + len(once.passages) == once.total and counts.origins == len(alone)
    assert {each.dossier.document.id for each in (*all_of_them.hits, *all_of_them.passages)} >= alone
    assert (counts.happenings is None) == (not counts.hits or query.kind == "sentences")


def test_a_tie_counts_happenings(merged: Workspace) -> None:
    with merged.reading() as connection:
        tally = Tally()
        counted, made = gathered(
            selected(connection, Query(), names()), load_ontology(), "code", False, tally.left_out, places_in(connection)
        )
        plain, same = gathered(selected(connection, Query(), names()), load_ontology(), "code", False, tally.left_out)
    assert made == same and counted.ties.keys() == plain.ties.keys() and counted.unmerged == 0
    pair = ("TUR.GOV", "QAT.GOV")
    mentions = sum(act.mentions for act in counted.ties[pair].acts.values())
    assert mentions == len(plain.ties[pair].acts) == sum(act.mentions for act in plain.ties[pair].acts.values()) > 3
    assert 0 < len(counted.ties[pair].acts) * 3 <= mentions, "three copies tell of each"
    assert len(counted.ties[pair].origins) <= 2 and not plain.ties[pair].origins
