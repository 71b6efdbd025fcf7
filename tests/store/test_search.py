"""A search finds what is asked for, counts it, and says what is near where a value is unknown; SQLite and PostgreSQL agree."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from postgres_servers import postgres_server

from tawazun.app.ingesting import ingest
from tawazun.app.selections import Selection, selected, selection_of
from tawazun.base.errors import InputError
from tawazun.lexicon.load import load_lexicon
from tawazun.store.lookups import lines_with
from tawazun.store.names import Names
from tawazun.store.queries import Part, Query, wording_of
from tawazun.store.searches import Page, search
from tawazun.store.workspaces import Workspace, create_workspace, open_workspace

ROWS = [
    {
        "id": "a1",
        "text": "التقى وزير الخارجية المصري نظيره التونسي في القاهرة أمس. وبحث الوزيران الوضع في ليبيا.",
        "date": "2021-03-10",
        "outlet": "الساحل",
        "title": "لقاء مصري تونسي",
    },
    {
        "id": "a2",
        "text": "قال وزير الخارجية الروسي سيرغي لافروف إن بلاده تدعو إلى وقف إطلاق النار في ليبيا.",
        "date": "2021-04",
        "outlet": "Harbour Post",
    },
    {"id": "a3", "text": "قصفت الطائرات الروسية مدينة إدلب يوم 5 مارس 2021.", "date": "2021-03-06", "outlet": "الساحل"},
    {
        "id": "a4",
        "text": "زار الرئيس التركي رجب طيب أردوغان الدوحة في 12 أبريل 2021. وأجرى مع أمير قطر محادثات.",
        "date": "2021-04-13",
        "outlet": "Harbour Post (North)",
    },
    {"id": "a5", "text": "من المقرر أن تعقد مصر وتونس جولة مباحثات جديدة في تونس في يونيو 2022.", "outlet": "الميناء"},
    {"id": "a6", "text": "نفت وزارة الدفاع الروسية قصف مستشفى في حلب.", "date": "2020-12-30", "outlet": "الميناء"},
    {"id": "a7", "text": "اجتمعت اللجنة للنظر في الميزانية.", "date": "2019", "outlet": "الميناء"},
]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def workspace(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("search")
    if request.param == "sqlite":
        yield from _filled(str(folder / "w"), folder)
        return
    with postgres_server() as server:
        yield from _filled(server.address(server.new_database()), folder)


def _filled(address: str, folder: Path) -> Iterator[Workspace]:
    rows = folder / "rows.jsonl"
    rows.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS), "utf-8")
    create_workspace(address)
    with open_workspace(address) as opened:
        ingest(opened, [str(rows)], processes=1)
        yield opened


@pytest.fixture(scope="module")
def names() -> Names:
    return Names(load_lexicon())


def found(workspace: Workspace, names: Names, query: Query) -> Page:
    with workspace.reading() as connection:
        return search(connection, query, names)


def triggers(page: Page) -> list[str]:
    """Returns the article and the trigger of each event."""
    return [f"{hit.dossier.document.id} {hit.dossier.document.text[hit.event.trigger.start : hit.event.trigger.end]}" for hit in page.hits]


def sentences(page: Page) -> list[str]:
    """Returns the article and the index of each sentence, 0 for the title."""
    return [f"{one.dossier.document.id} {one.dossier.sentences.index(one.span) + 1 if one.span else 0}" for one in page.passages]


EVENTS = [
    ("a code has all that is below it", Query(parts=(Part(("RUS",)),)), ["a2 تدعو", "a3 قصفت", "a6 نفت"]),
    ("a code with its sector", Query(parts=(Part(("RUS.MIL",)),)), ["a3 قصفت"]),
    ("a code joined with another", Query(parts=(Part(("TUN.GOV",)),)), ["a1 التقى", "a1 وبحث"]),
    ("the name of a country, English", Query(parts=(Part(("Russia",)),)), ["a2 تدعو", "a3 قصفت", "a6 نفت"]),
    ("the name of a country, Arabic", Query(parts=(Part(("تونس",)),)), ["a1 التقى", "a1 وبحث", "a5 جولة مباحثات"]),
    ("a capital stands for its state", Query(parts=(Part(("Moscow",)),)), ["a2 تدعو", "a3 قصفت", "a6 نفت"]),
    ("each part must be there", Query(parts=(Part(("EGY",)), Part(("TUN",)))), ["a1 التقى", "a1 وبحث", "a5 جولة مباحثات"]),
    ("of several names any", Query(parts=(Part(("TUR", "RUS.MIL")),)), ["a4 زار", "a3 قصفت"]),
    ("a role", Query(parts=(Part(("QAT",), "target"),)), ["a4 زار"]),
    ("whose word it is", Query(parts=(Part(("Lavrov",), "holder"),)), ["a2 تدعو", "a2 وقف إطلاق النار"]),
    ("the same, Arabic, a part of the name", Query(parts=(Part(("لافروف",), "holder"),)), ["a2 تدعو", "a2 وقف إطلاق النار"]),
    ("a Wikidata id", Query(parts=(Part(("Q39259",)),)), ["a4 زار"]),
    ("a description that no list has", Query(parts=(Part(("أمير قطر",)),)), ["a4 محادثات"]),
    ("types, any case", Query(types=("assault", "RETREAT")), ["a2 وقف إطلاق النار", "a3 قصفت", "a6 قصف"]),
    ("a mode", Query(types=("CONSULT/visit",)), ["a4 زار"]),
    ("a status", Query(statuses=("planned",)), ["a5 جولة مباحثات"]),
    ("an outlet of just that name", Query(outlets=("Harbour Post",)), ["a2 تدعو", "a2 وقف إطلاق النار"]),
    ("outlets with a word", Query(outlets=("north",)), ["a4 زار", "a4 محادثات"]),
    ("a place by its English name", Query(places=("Aleppo",)), ["a6 قصف"]),
    ("a place by its GeoNames id", Query(places=("360630",)), ["a1 التقى"]),
    ("a country has its places", Query(places=("Syria",)), ["a3 قصفت", "a6 قصف"]),
    ("a country by its code", Query(places=("LBY",)), ["a2 وقف إطلاق النار"]),
    ("days of the event", Query(since="2021-03-05", until="2021-03-09"), ["a1 التقى", "a3 قصفت"]),
    ("a month that the event lies in", Query(since="2022"), ["a5 جولة مباحثات"]),
    ("days of publication", Query(published_since="2021-04-10", published_until="2021-04", kind="events"),
     ["a4 زار", "a4 محادثات", "a2 تدعو", "a2 وقف إطلاق النار"]),
    ("a year of publication", Query(published_until="2019", kind="events"), ["a7 اجتمعت"]),
    ("words with filters", Query(words="النار", statuses=("called_for",)), ["a2 وقف إطلاق النار"]),
    ("oldest first", Query(types=("CONSULT",), order="oldest", limit=2), ["a7 اجتمعت", "a1 التقى"]),
    ("by the event's own day", Query(order="latest", limit=2), ["a5 جولة مباحثات", "a4 زار"]),
    ("surest first", Query(order="surest", limit=1), ["a5 جولة مباحثات"]),
    ("nothing", Query(parts=(Part(("JPN",)),)), []),
]  # fmt: skip


@pytest.mark.parametrize(("query", "expected"), [row[1:] for row in EVENTS], ids=[row[0] for row in EVENTS])
def test_events_are_found_newest_first(workspace: Workspace, names: Names, query: Query, expected: list[str]) -> None:
    page = found(workspace, names, query)
    assert triggers(page) == expected
    if query.limit == 20:
        assert page.total == len(expected)


SENTENCES = [
    ("as it stands", "وقف إطلاق النار", ["a2 1"]),
    ("marks and stretched letters", "إطـــلاقَ النّار", ["a2 1"]),
    ("hamza and what is written on to the word", "لاطلاق نار", ["a2 1"]),
    ("a title", "لقاء مصري", ["a1 0"]),
    ("several words, anywhere in the sentence", "ليبيا الوزيران", ["a1 2"]),
    ("a phrase", '"أمير قطر"', ["a4 2"]),
    ("no such phrase", '"قطر أمير"', []),
    ("either", "القاهرة OR إدلب", ["a1 1", "a3 1"]),
    ("without", "ليبيا -لافروف", ["a1 2"]),
    ("without a phrase", 'ليبيا -"وقف إطلاق"', ["a1 2"]),
    ("a beginning", "مباحث*", ["a5 1"]),
    ("digits of any script", "١٢ أبريل", ["a4 1"]),
]


@pytest.mark.parametrize(("words", "expected"), [row[1:] for row in SENTENCES], ids=[row[0] for row in SENTENCES])
def test_words_find_sentences(workspace: Workspace, names: Names, words: str, expected: list[str]) -> None:
    page = found(workspace, names, Query(words=words))
    assert sentences(page) == expected and page.total == len(expected)


def test_only_what_is_sure_enough_is_found(workspace: Workspace, names: Names) -> None:
    sure = [hit.event.confidence for hit in found(workspace, names, Query()).hits]
    least = sorted(sure)[len(sure) // 2]
    assert found(workspace, names, Query(confidence=least)).total == sum(value >= least for value in sure)


def test_a_sentence_comes_with_its_events(workspace: Workspace, names: Names) -> None:
    page = found(workspace, names, Query(words="لافروف"))
    assert [event.type for event in page.passages[0].events] == ["REQUEST", "RETREAT"]


WHATEVER = [
    *("' OR 1=1 --", '"', '""" (', "NEAR(a b)", "a AND", "NOT نار", "words:نار", "نار^2", "{نار}", "نار + سلام", "نار* *", "\\", "':*"),
    *("& | !", "نار \x00 سلام", "a" * 190, "-" * 50, "\u202eنار", "نار;DROP TABLE events", "%_%", "OR OR نار", "نار OR", "٪ ، ؛"),
    "\ud800 نار",
]


@pytest.mark.parametrize("typed", WHATEVER)
def test_no_text_breaks_the_engine(workspace: Workspace, names: Names, typed: str) -> None:
    for query in (
        Query(words=typed),
        Query(parts=(Part((typed,)),)),
        Query(outlets=(typed,)),
        Query(places=(typed,)),
        Query(topics=(typed,)),
    ):
        try:
            assert found(workspace, names, query).total >= 0
        except InputError as error:
            assert "\n" not in str(error)
    assert found(workspace, names, Query()).total == 11


UNKNOWN = [
    (Query(parts=(Part(("Lavrof",)),)), "did you mean 'Sergey Lavrov'"),
    (Query(types=("ASSULT",)), "did you mean 'ASSAULT'"),
    (Query(types=("CONSULT/vist",)), "did you mean 'visit'"),
    (Query(statuses=("planed",)), "did you mean 'planned'"),
    (Query(outlets=("Harbor Post",)), "did you mean 'Harbour Post'"),
    (Query(places=("Allepo",)), "did you mean 'Aleppo'"),
    (Query(topics=("xyz",)), "nothing of that name"),
    (Query(words="-نار"), "only words to leave out"),
    (Query(words="،؛"), "no word in it"),
    (Query(words="كلمة " * 65), "over 64 words"),
    (Query(words="س" * 201), "over 200 letters"),
    (Query(since="March"), "isn't a day, month or year"),
    (Query(since="2021", until="2020"), "nothing lies between"),
    (Query(limit=0), "limit"),
]


@pytest.mark.parametrize(("query", "message"), UNKNOWN, ids=[message for _, message in UNKNOWN])
def test_what_is_unknown_is_told_with_what_is_near(workspace: Workspace, names: Names, query: Query, message: str) -> None:
    with pytest.raises(InputError, match=message):
        found(workspace, names, query)


def test_pages_follow_each_other_and_repeat_nothing(workspace: Workspace, names: Names) -> None:
    whole = triggers(found(workspace, names, Query()))
    pages = [found(workspace, names, Query(limit=4, offset=offset)) for offset in (0, 4, 8, 12)]
    assert [line for page in pages for line in triggers(page)] == whole
    assert {page.total for page in pages} == {11} and len(set(whole)) == 11


def test_a_selection_holds_just_what_a_search_finds(workspace: Workspace, names: Names) -> None:
    query = Query(parts=(Part(("Lavrov",), "holder"),), statuses=("called_for",))
    with workspace.reading() as connection:
        dossiers = list(selected(connection, query, names))
        assert selection_of(connection, query, names) == Selection(1, 11, 1)
        assert len(list(selected(connection, Query(), names))) == len(ROWS)
    assert [event.type for dossier in dossiers for event in dossier.events] == ["RETREAT"]
    assert [actor.names.en for actor in dossiers[0].actors] == ["Sergey Lavrov"]
    assert [claim.events for claim in dossiers[0].claims] == [(dossiers[0].events[0].id,)] and not dossiers[0].links


@pytest.mark.parametrize("letters", [30, 12])
def test_an_id_leads_to_its_dossier(workspace: Workspace, names: Names, letters: int) -> None:
    hit = found(workspace, names, Query(types=("RETREAT",))).hits[0]
    actor = hit.dossier.actors[0].id
    with workspace.reading() as connection:
        for id in (hit.event.id, hit.event.id.removeprefix("event-"), hit.dossier.id, hit.dossier.claims[0].id, actor):
            assert [json.loads(line)["document"]["id"] for line in lines_with(connection, id[:letters])] == ["a2"]
        assert not list(lines_with(connection, "event-nothing"))


def test_what_was_coded_again_is_found_as_it_is_now(workspace: Workspace, names: Names) -> None:
    """The index of words follows the sentences: nothing is found twice, nothing that is gone."""
    from tawazun.app.keeping import Codings
    from tawazun.store.articles import lines_of, recode

    with workspace.reading() as connection:
        lines = list(lines_of(connection, [1, 2]))
    codings = Codings()
    with workspace.writing() as connection:
        recode(connection, [codings.of(number, line) for number, line in lines])
    assert sentences(found(workspace, names, Query(words="وقف إطلاق النار"))) == ["a2 1"]
    assert found(workspace, names, Query()).total == 11


def test_a_wording_is_read_as_it_was_typed(names: Names) -> None:
    wording = wording_of('نار "وقف إطلاق" OR هدنة -حرب سلا*', names.words)
    assert [[term.words for term in group] for group in wording.groups] == [[("نار",)], [("وقف", "اطلاق"), ("هدنه",)], [("سلا",)]]
    assert [term.words for term in wording.without] == [("حرب",)] and wording.groups[2][0].begins
