"""The page: complete, self-contained, readable, and proof against what an article may hold."""

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import msgspec
import pytest
from samples import at, dossier, event, sample

from tawazun.app.reports import report_of
from tawazun.model.dossier import Actor, Document, Dossier, Mention, Names, Participant, Unread
from tawazun.present.html.marks import Stretch, pieces_of
from tawazun.present.html.pages import page_of
from tawazun.present.labels import Labels

VOID = {"meta", "input", "br", "link", "img"}


class Page(HTMLParser):
    """Collects elements and text, and complains about what isn't closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.inside: dict[str, list[str]] = {}
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        for tag in set(self.open):
            self.inside.setdefault(tag, []).append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.elements if name == tag]

    def article(self) -> str:
        return "".join(self.inside.get("article", []))


def page(made: Dossier, lang: str = "en") -> Page:
    return Page(page_of(report_of(made), Labels(lang)))


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_text_stands_as_received_and_every_event_is_there(lang: str) -> None:
    made = sample()
    shown = page(made, lang)
    assert shown.article().strip() == made.document.text
    ids = [attrs.get("id") for _, attrs in shown.elements if attrs.get("id")]
    assert len(ids) == len(set(ids))
    numbers = {f"e{n}" for n in range(1, len(made.events) + 1)}
    assert numbers <= set(ids)
    assert {f"t{n}" for n in range(1, len(made.events) + 1)} <= set(ids)
    links = [a["href"] for a in shown.all("a") if a["href"].startswith("#")]
    assert {link[1:] for link in links} <= set(ids)
    assert shown.all("html") == [{"lang": lang, "dir": "rtl" if lang == "ar" else "ltr"}]


def test_nothing_is_fetched_and_the_policy_allows_this_style_and_script_only() -> None:
    html = page_of(report_of(sample()), Labels("en"))
    shown = Page(html)
    policy = next(a["content"] for a in shown.all("meta") if a.get("http-equiv") == "Content-Security-Policy")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for tag, kind in (("style", "style-src"), ("script", "script-src")):
        content = re.search(f"<{tag}>(.*?)</{tag}>", html, re.DOTALL)[1]
        digest = b64encode(sha256(content.encode()).digest()).decode()
        assert f"{kind} 'sha256-{digest}'" in policy
        assert len(re.findall(f"<{tag}[ >]", html)) == 1
    for name, attrs in shown.elements:
        assert not {"src", "srcset", "style", "data", "action", "formaction"} & set(attrs), name
        assert not [key for key in attrs if key.startswith("on")]
        assert name not in ("img", "iframe", "object", "embed", "link", "base", "form")
    style = "".join(shown.inside["style"])
    assert "url(" not in style
    assert "@import" not in style


HOSTILE = [
    "<script>alert(1)</script>",
    "</p></article></main><script>alert(1)</script>",
    '" onmouseover="alert(1)" x=\'',
    "' autofocus onfocus='alert(1)",
    "<img src=x onerror=alert(1)>",
    "<!-- ",
    "]]> --!> <![CDATA[",
    "&lt;script&gt; &#x3c;b&#x3e; &amp;amp; &notanentity",
    "</style><style>body{display:none}</style>",
    "</script><script>alert(1)</script>",
    "$text ${script} $$ %s {0} {n}",
    "javascript:alert(1)",
    "<details open ontoggle=alert(1)>",
    "<svg/onload=alert(1)>",
    "\x00<\x00script>",
    "\ud800\udfff",
]


def hostile(bad: str) -> Dossier:
    """Puts hostile text wherever the article's text can get."""
    text = f"قال {bad} الوزير {bad} محادثات {bad} أمس"
    actor = Actor(f"actor-{bad}", "person", bad, bad, Names(bad, bad), None, (Mention(0, len(text), bad),))
    talks = event(text, "محادثات", 1, participants=(Participant("source", 0, len(text), (actor.id,), bad),), topic=(bad,))
    return dossier(
        text,
        (talks,),
        actors=(actor,),
        document=Document(bad, bad, bad, bad, "ar", bad, text),
        unread=(Unread(0, len(text), bad),),
    )


@pytest.mark.parametrize("bad", HOSTILE)
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_hostile_text_stays_text(bad: str, lang: str) -> None:
    kinds = {name for name, _ in page(sample(), lang).elements}
    html = page_of(report_of(hostile(bad)), Labels(lang))
    shown = Page(html)
    assert {name for name, _ in shown.elements} <= kinds | {"sup"}
    assert len(shown.all("script")) == 1
    for _, attrs in shown.elements:
        assert not [key for key in attrs if key.startswith("on") or key in ("style", "autofocus", "src")]
        assert not (attrs.get("href") or "").startswith("javascript")
    assert "\x00" not in html
    html.encode("utf-8")
    flat = shown.article()
    expected = bad.replace("\x00", "␀").replace("\ud800", "\ufffd").replace("\udfff", "\ufffd")
    assert expected in flat


def test_bidi_controls_are_visible_and_steer_nothing() -> None:
    bad = "\u202eevil\u202c \u2067x\u2069 \u202a"
    html = page_of(report_of(hostile(bad)), Labels("en"))
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", html)
    article = Page(html).article()
    assert "⟨RLO⟩evil⟨PDF⟩" in article
    assert "⟨RLI⟩x⟨PDI⟩" in article


def test_stacked_marks_are_cut_and_huge_words_may_break() -> None:
    text = "قال " + "ب" + "\u0489" * 500 + " " + "س" * 20_000 + " محادثات"
    html = page_of(report_of(dossier(text, (event(text, "محادثات", 1),))), Labels("ar"))
    assert html.count("\u0489") <= 12
    assert "overflow-wrap: anywhere" in html


def test_a_web_address_is_a_link_and_nothing_else_is() -> None:
    made = sample()
    for url, linked in (
        ('https://example.org/a?b="c"', True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("http://[bad", False),
    ):
        shown = page(msgspec.structs.replace(made, document=msgspec.structs.replace(made.document, url=url)))
        assert any(a.get("href") == url for a in shown.all("a")) is linked


def test_overlapping_stretches_are_cut_flat() -> None:
    pieces = list(
        pieces_of(10, [Stretch(2, 8, 1, "t"), Stretch(5, 10, 2, "t"), Stretch(5, 6, 1, "a"), Stretch(9, 40, 3, "t"), Stretch(4, 4, 4, "t")])
    )
    assert [(p.start, p.end) for p in pieces] == [(0, 2), (2, 5), (5, 6), (6, 8), (8, 10)]
    assert [[s.number for s in p.belongs if s.role == "t"] for p in pieces] == [[], [1], [1, 2], [1, 2], [2]]


def test_overlapping_triggers_are_both_reached() -> None:
    text = "عقدت جولة مشاورات جديدة"
    shown = page(dossier(text, (event(text, "جولة مشاورات", 1), event(text, "مشاورات جديدة", 2))))
    ids = {attrs.get("id") for _, attrs in shown.elements}
    assert {"t1", "t2", "e1", "e2"} <= ids
    assert shown.article().replace("2", "").strip() == text
    triggers = [a for a in shown.all("a") if "trigger" in (a.get("class") or "")]
    assert any(a["data-e"] == "1t 2t" for a in triggers)


def test_paragraphs_follow_the_lines_of_the_text() -> None:
    text = "سطر أول\r\n\r\nA line in English\nسطر محادثات أخير"
    shown = page(dossier(text, (event(text, "محادثات", 1),)))
    assert [p["dir"] for p in shown.all("p") if "dir" in p] == ["rtl", "ltr", "rtl"]


def test_no_event_is_said() -> None:
    assert "No event found in 1 sentence." in "".join(page(dossier("لا شيء هنا.")).text)
    assert "The article has no text." in "".join(page(dossier("")).text)


def test_the_derivation_is_in_words_with_its_spans() -> None:
    text = "".join(page(sample()).text)
    assert "a noun tells of something that happened: Happened" in text
    assert "read as Talks (CONSULT): talks" in text


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    first, second = sorted((_luminance(_long(one)), _luminance(_long(other))), reverse=True)
    return (first + 0.05) / (second + 0.05)


def _long(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(c * 2 for c in colour[1:])


def test_contrast_is_enough_in_light_dark_and_print() -> None:
    style = "".join(page(sample()).inside["style"])
    light = dict(re.findall(r"--([\w-]+): (#[0-9a-f]+)", style[: style.index("@media (prefers-color-scheme")]))
    dark_block = style[style.index("@media (prefers-color-scheme") : style.index("* { box-sizing")]
    dark = {**light, **dict(re.findall(r"--([\w-]+): (#[0-9a-f]+)", dark_block))}
    paper = {**light, **dict(re.findall(r"--([\w-]+): (#[0-9a-f]+)", style[style.index("@media print") :]))}
    for colours in (light, dark, paper):
        for ground in ("paper", "card"):
            for ink in ("ink", "soft", "accent", "who", "whom", "when", "where", "says", "material_conflict-line"):
                assert _contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
        for tint in ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"):
            assert _contrast(colours["ink"], colours[tint]) >= 4.5, tint
            assert _contrast(colours[f"{tint}-line"], colours["card"]) >= 3, tint
        assert _contrast(colours["ink"], colours["chosen"]) >= 4.5
        assert _contrast(colours["focus"], colours["card"]) >= 3


def test_the_trigger_of_a_span_outside_the_text_is_left_out() -> None:
    made = event("محادثات", "محادثات", 1)
    broken = msgspec.structs.replace(made, participants=(Participant("source", 5, 900, (), None),))
    assert page(dossier("محادثات", (broken,))).article().strip() == "محادثات"
    assert at("محادثات", "محادثات").end == 7
