"""Checks which stretches a dossier says nothing was made of."""

import pytest

import tawazun
from tawazun.pipeline.stretches import FOREIGN, NO_EVENT


def stretches(text: str) -> list[tuple[str, str]]:
    dossier = tawazun.read(text, published="2021-03-10")
    return [(text[part.start : part.end], part.why) for part in dossier.unread]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("وصل الوزير المصري إلى تونس أمس والتقى نظيره التونسي.", []),
        ("تقع تونس وليبيا على البحر.", [("تقع تونس وليبيا على البحر.", NO_EVENT)]),
        ("تقع تونس على البحر.", []),
        ("قال الوزير، See the full report (2 pages) online، إن الاجتماع تأجل.", [("See the full report (2 pages) online", FOREIGN)]),
        ("وصلت طائرة Airbus A320 إلى المطار.", []),
        ("Breaking news from the capital", [("Breaking news from the capital", FOREIGN)]),
    ],
)
def test_stretches(text: str, found: list[tuple[str, str]]) -> None:
    assert stretches(text) == found


def test_they_are_in_the_order_of_the_text() -> None:
    found = stretches("تقع تونس وليبيا على البحر. Read more about this here. تقع مصر والسودان على النيل.")
    assert [why for _, why in found] == [NO_EVENT, FOREIGN, NO_EVENT]
