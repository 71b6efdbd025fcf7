"""What the reader codes comes out as mentions that can be compared over articles."""

import pytest
from telling_samples import JOINING

from tawazun.analyse.days import days_of, gap
from tawazun.analyse.happenings import Happenings
from tawazun.analyse.tellings import tellings_of
from tawazun.analyse.words import folded_words, stem, stems_of
from tawazun.base.errors import KnowledgeError
from tawazun.lexicon.load import load_lexicon
from tawazun.model.articles import Article
from tawazun.model.happenings import Telling
from tawazun.pipeline.articles import Reader
from tawazun.scorers.joining import read_joining

FIRST = "التقى وزير الخارجية المصري سامح شكري نظيره التركي مولود جاويش أوغلو في أنقرة يوم الثلاثاء. وقتل 5 جنود في هجوم قرب حلب."
SECOND = "عقد وزيرا الخارجية سامح شكري ومولود جاويش أوغلو اجتماعا في أنقرة الثلاثاء. ودعت الأمم المتحدة إلى هدنة."


@pytest.fixture(scope="module")
def tellings() -> list[tuple[Telling, ...]]:
    reader = Reader(load_lexicon())
    articles = [Article(FIRST, "a", "2022-05-11", "لقاء في أنقرة"), Article(SECOND, "b", "2022-05-12")]
    return [tellings_of(reader.read(article), "origin", JOINING) for article in articles]


def test_a_mention_has_what_it_is_compared_by(tellings: list[tuple[Telling, ...]]) -> None:
    meeting = next(telling for telling in tellings[0] if telling.type == "CONSULT")
    assert FIRST[meeting.start : meeting.end] == "التقى"
    assert (meeting.article, meeting.origin, meeting.published, meeting.status) == ("a", "origin", "2022-05-11", "occurred")
    assert (meeting.told, meeting.days) == (days_of("2022-05-11"), days_of("2022-05-10"))
    assert {party.code for party in meeting.parties} == {"EGY.GOV", "TUR.GOV"}
    assert all(party.keys for party in meeting.parties)
    assert meeting.spot is not None
    assert meeting.spot.country == "TUR"
    assert meeting.words == stems_of(FIRST.split(".")[0], JOINING.affixes)
    assert stems_of("لقاء في أنقرة", JOINING.affixes) <= meeting.heading


def test_known_actors_have_one_key_in_all_articles(tellings: list[tuple[Telling, ...]]) -> None:
    keys = [{key for telling in each if telling.type == "CONSULT" for party in telling.parties for key in party.keys} for each in tellings]
    assert len(keys[0] & keys[1]) == 2


def test_a_count_goes_with_what_became_of_people(tellings: list[tuple[Telling, ...]]) -> None:
    killed = next(telling for telling in tellings[0] if telling.magnitudes)
    assert killed.magnitudes == (("killed", 5),)


def test_one_meeting_in_two_articles_is_one_happening(tellings: list[tuple[Telling, ...]]) -> None:
    happenings = Happenings(JOINING)
    for each in tellings:
        for telling in each:
            happenings.add(telling)
    joined = [each for each in happenings.all().values() if len({telling.article for telling in each.tellings}) > 1]
    assert [{telling.type for telling in each.tellings} for each in joined] == [{"CONSULT"}]


@pytest.mark.parametrize(
    ("written", "stems"),
    [
        ("والوزير", "وزير"),
        ("وزير", "وزير"),
        ("وقالوا", "قالوا"),
        ("بالمدينة", "مدين"),
        ("للمدن", "مدن"),
        ("الغارات", "غار"),
        ("إيران", "اير"),
        ("في", "في"),
        ("ال", "ال"),
    ],
)
def test_stems(written: str, stems: str) -> None:
    assert stem(folded_words(written)[0], JOINING.affixes) == stems


@pytest.mark.parametrize(
    ("iso", "first", "last"),
    [
        ("2020-02-29", "2020-02-29", "2020-02-29"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2020", "2020-01-01", "2020-12-31"),
        ("2020-08-24/2020-08-30", "2020-08-24", "2020-08-30"),
        ("2020-02-29T10:00", "2020-02-29", "2020-02-29"),
    ],
)
def test_days(iso: str, first: str, last: str) -> None:
    one, other = days_of(first), days_of(last)
    assert one is not None
    assert other is not None
    assert days_of(iso) == (one[0], other[0])


@pytest.mark.parametrize("iso", [None, "", "2013-02-31", "soon", "2020-13"])
def test_what_is_no_day(iso: str | None) -> None:
    assert days_of(iso) is None


def test_a_gap_has_no_direction() -> None:
    assert (gap((1, 3), (5, 9)), gap((5, 9), (1, 3)), gap((1, 5), (3, 9))) == (2, 2, 0)


def test_a_broken_file_of_weights_says_so() -> None:
    with pytest.raises(KnowledgeError, match=r"joining\.json:1: .*; write it anew"):
        read_joining(b"{}")
