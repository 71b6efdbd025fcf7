"""Merging finds copies and happenings in both kinds of workspace, the same whether articles come at once or one after the other."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from tawazun.app.happenings import Account, Wanted, happening, happenings
from tawazun.app.ingesting import ingest
from tawazun.app.merging import Merged, merge
from tawazun.base.errors import InputError
from tawazun.scorers.joining import load_joining
from tawazun.store.articles import counts
from tawazun.store.merges import happening_id, happening_number
from tawazun.store.workspaces import Workspace

VISIT = "وصل الرئيس التركي رجب طيب أردوغان إلى الدوحة يوم الثلاثاء 6 أبريل 2021 في زيارة رسمية، والتقى أمير قطر الشيخ تميم بن حمد آل ثاني. "
REST = (
    "وبحث الجانبان العلاقات الثنائية وسبل تعزيزها في مجالات الطاقة والاستثمار والتجارة والدفاع، كما تناولا الأوضاع في ليبيا وسوريا. "
    "وجرى خلال الزيارة توقيع خمس اتفاقيات للتعاون بين وزارات البلدين، بحضور عدد من الوزراء ورجال الأعمال من الجانبين."
)
ROWS = [
    {"id": "v1", "date": "2021-04-06", "outlet": "الساحل", "title": "أردوغان في الدوحة", "text": VISIT + REST},
    {"id": "v2", "date": "2021-04-06", "outlet": "الميناء", "title": "قمة تركية قطرية", "text": VISIT + REST},
    {"id": "v3", "date": "2021-04-07", "outlet": "المنارة", "text":
     "التقى أمير قطر الشيخ تميم بن حمد آل ثاني الرئيس التركي رجب طيب أردوغان في "
     "الدوحة أمس الثلاثاء 6 أبريل 2021، واتفقا على زيادة التبادل التجاري بين البلدين."},
    {"id": "b1", "date": "2021-09-01", "outlet": "الساحل", "text": "قتل ثلاثة أشخاص في انفجار سيارة مفخخة وسط بغداد صباح الأربعاء."},
    {"id": "n1", "date": "2021-12-05", "outlet": "الميناء", "text": "اجتمعت لجنة الميزانية في البرلمان للنظر في الضرائب."},
]  # fmt: skip


def take_in(workspace: Workspace, folder: Path, rows: Sequence[dict[str, str]]) -> Merged:
    file = folder / f"{rows[0]['id']}-{len(rows)}.jsonl"
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    ingest(workspace, [str(file)], processes=1)
    return merge(workspace, load_joining())


def told(workspace: Workspace, least: int = 1) -> list[set[str]]:
    """Returns the articles of each happening that several articles tell of."""
    accounts = happenings(workspace, load_joining(), Wanted(least=least, limit=500))
    return sorted(({mention.article for mention in account.mentions} for account in accounts), key=sorted)


def meeting(workspace: Workspace) -> Account:
    accounts = happenings(workspace, load_joining(), Wanted(least=2))
    return next(account for account in accounts if {mention.article for mention in account.mentions} >= {"v1", "v3"})


def test_a_copy_counts_once_and_another_report_joins(workspace: Workspace, tmp_path: Path) -> None:
    done = take_in(workspace, tmp_path, ROWS)
    assert (done.articles, done.copies) == (5, 1)
    found = meeting(workspace)
    assert found.type == "CONSULT"
    assert found.origins == 2
    assert found.course == "occurred"
    assert {mention.origin for mention in found.mentions} == {"v1", "v3"}
    assert {fact.value for fact in found.facts if fact.agreed} >= {"TUR.GOV"}
    joined = [mention for mention in found.mentions if mention.article == "v3"]
    assert joined and all(mention.because and mention.joined_to for mention in joined)
    assert not any({"b1", "n1"} & articles and len(articles) > 1 for articles in told(workspace))


def test_one_after_the_other_is_the_same_as_at_once(place: object, tmp_path: Path) -> None:
    from tawazun.store.workspaces import create_workspace, open_workspace

    results = []
    for number, parts in enumerate(([ROWS], [[row] for row in ROWS])):
        address = place()  # type: ignore[operator]
        create_workspace(address)
        folder = tmp_path / f"rows{number}"
        folder.mkdir()
        with open_workspace(address) as workspace:
            for rows in parts:
                take_in(workspace, folder, rows)
            results.append(told(workspace))
    assert results[0] == results[1]


def test_merging_again_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    take_in(workspace, tmp_path, ROWS)
    before = happenings(workspace, load_joining(), Wanted(least=1, limit=500))
    assert merge(workspace, load_joining()) == Merged(0, 0, 0, 0)
    assert happenings(workspace, load_joining(), Wanted(least=1, limit=500)) == before
    with workspace.reading() as connection:
        assert sum(len(account.mentions) for account in before) == counts(connection)["events"]


def test_a_happening_is_found_by_its_id_and_by_its_events(workspace: Workspace, tmp_path: Path) -> None:
    take_in(workspace, tmp_path, ROWS)
    found = meeting(workspace)
    for id in (found.id, found.id.removeprefix("happening-"), found.mentions[-1].event):
        assert happening(workspace, load_joining(), id) == found
    for unknown in ("happening-0", "nonsense", "event-0"):
        with pytest.raises(InputError, match="no happening"):
            happening(workspace, load_joining(), unknown)


@pytest.mark.parametrize(
    ("wanted", "articles"),
    [
        (Wanted(least=2), {"v1", "v2", "v3"}),
        (Wanted(least=1, since="2021-09"), {"b1", "n1"}),
        (Wanted(least=1, until="2021-04"), {"v1", "v2", "v3"}),
        (Wanted(least=1, types=("ASSAULT",)), {"b1"}),
        (Wanted(least=3), set()),
    ],
)
def test_what_is_asked_for(workspace: Workspace, tmp_path: Path, wanted: Wanted, articles: set[str]) -> None:
    take_in(workspace, tmp_path, ROWS)
    assert {mention.article for account in happenings(workspace, load_joining(), wanted) for mention in account.mentions} == articles


@pytest.mark.parametrize("id", ["happening-0000000000000000", "happening-7fffffffffffffff", "happening-ffffffffffffffff"])
def test_ids_are_kept_as_numbers(id: str) -> None:
    assert happening_id(happening_number(id)) == id
    assert -(1 << 63) <= happening_number(id) < 1 << 63
