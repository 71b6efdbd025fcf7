"""What the report gathers, and how a terminal shows it."""

import pytest
from rich.cells import cell_len
from samples import TEXT, at, dossier, event, sample

from tawazun.app.reports import report_of
from tawazun.present.cli.reports import marked_sentence, report_rows
from tawazun.present.cli.terminals import Layout, choose_bidi, choose_width, finish, isolated, laid_out, wrapped
from tawazun.present.labels import Labels, Language
from tawazun.present.texts import visible


def lines(lang: Language = "en", width: int = 100, bidi: str = "isolate", made=None) -> list[str]:
    layout = Layout(width, bidi, lang == "ar")
    return [line for _, line in laid_out(report_rows(report_of(made or sample()), Labels(lang)), layout)]


def test_groups_follow_the_statuses_and_numbers_the_text() -> None:
    report = report_of(sample())
    assert [group.status for group in report.groups] == ["occurred", "planned", "called_for", "conditional", "negated"]
    assert [item.event.trigger.start for item in report.events] == sorted(item.event.trigger.start for item in report.events)


def test_agenda_has_dated_first_and_undated_last() -> None:
    report = report_of(sample())
    assert [item.event.time.iso for item in report.agenda] == ["2020-08-25", None]


def test_same_is_told_at_the_event_and_isnt_among_conditions() -> None:
    report = report_of(sample())
    assert [tie.link.kind for tie in report.ties] == ["condition"]
    assert [item.same for item in report.events if item.same] == [1]


def test_english_report_says_everything() -> None:
    shown = "\n".join(lines(bidi="plain"))
    for part in (
        "Happened (1)", "Talks (CONSULT), meeting · EGY.GOV → TUR.GOV", "Egypt's Minister", "2020-08-17 (day) · في 17 آب / أغسطس",
        "أجرى الوزير المصري [محادثات] مع نظيره", "أنقرة · TUR", "Called for (1)", "Denied, refused or cancelled (1)",
        "Who says so", "Agenda",
        "no date can be computed", "if A, then B · إذا", "resolution no. 2510", "Q1234", "1 mention", "same as",
    ):  # fmt: skip
        assert part in shown, part
    who, whom = shown.index("who "), shown.index("to whom ")
    assert who < whom


def test_arabic_report_has_no_english_words() -> None:
    shown = "\n".join(lines("ar", bidi="plain"))
    assert "وقع (1)" in shown
    assert "قريبا" in shown
    for word in ("who", "Happened", "mention", "no date", "Minister"):
        assert word not in shown


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("bidi", ["isolate", "plain", "reorder"])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_lines_keep_the_width(width: int, bidi: str, lang: Language) -> None:
    for line in lines(lang, width, bidi):
        bare = line.translate({0x2068: None, 0x2069: None, 0x200F: None})
        assert cell_len(bare) <= width


def test_isolates_are_closed_on_every_line() -> None:
    for line in lines(width=44):
        depth = 0
        for char in line:
            depth += (char == "\u2068") - (char == "\u2069")
            assert depth in (0, 1)
        assert depth == 0


def test_reordering_shapes_turns_and_mirrors() -> None:
    layout = Layout(40, "reorder", False)
    shown = finish(f"text {isolated('[قمة] في')}", layout)
    assert shown.startswith("text ")
    assert shown.endswith("]")
    assert shown.index("\ufef2") < shown.index("[") < shown.index("\ufed7")
    right = finish("وقع (CONSULT)", Layout(40, "reorder", True))
    assert "(CONSULT) " in right
    assert len(right) == 40


def test_dates_and_codes_keep_their_order_in_lines_from_the_right() -> None:
    shown = "\n".join(lines("ar", bidi="reorder"))
    assert "2020-08-17" in shown
    assert "TUR.GOV ← EGY.GOV" in shown


@pytest.mark.parametrize(
    ("environment", "terminal", "mode"),
    [
        ({}, False, "isolate"),
        ({}, True, "reorder"),
        ({"VTE_VERSION": "7200"}, True, "isolate"),
        ({"VTE_VERSION": "5202"}, True, "reorder"),
        ({"KONSOLE_VERSION": "230800"}, True, "isolate"),
        ({"KONSOLE_VERSION": "230800", "TMUX": "x"}, True, "reorder"),
        ({"TERM_PROGRAM": "Apple_Terminal"}, True, "isolate"),
    ],
)
def test_automatic_bidi(environment: dict[str, str], terminal: bool, mode: str) -> None:
    assert choose_bidi("auto", terminal, environment) == mode
    assert choose_bidi("plain", terminal, environment) == "plain"


def test_width() -> None:
    assert choose_width(77, False) == 77
    assert choose_width(None, False) == 100


def test_no_event_is_said() -> None:
    empty = lines(made=dossier("لا شيء هنا."))
    assert "No event found in 1 sentence." in empty
    assert any("Nothing planned" in line for line in empty)
    assert "The article has no text." in lines(made=dossier(""))
    assert any("جملة واحدة" in line for line in lines("ar", made=dossier("لا شيء هنا.")))


def test_a_missing_date_is_said() -> None:
    import msgspec

    made = dossier(TEXT)
    undated = msgspec.structs.replace(made, document=msgspec.structs.replace(made.document, published=None))
    assert any("stay without a date" in line for line in lines(made=undated))


def test_escape_sequences_dont_reach_the_terminal() -> None:
    text = "أجرى \x1b]0;title\x07\x1b[31mالوزير\u202e محادثات\x00\u2066 اليوم"
    shown = "".join(lines(made=dossier(text, (event(text, "محادثات", 1),))))
    assert not [char for char in shown if char in "\x1b\x07\x00\u202e\u2066"]
    assert "␛[31m" in shown
    assert "⟨RLO⟩" in shown


def test_a_very_long_sentence_is_cut_around_the_trigger() -> None:
    text = "كلمة " * 5000 + "محادثات " + "كلمة " * 5000
    shown = marked_sentence(text, at(text, text), at(text, "محادثات"))
    assert len(shown) < 700
    assert "[محادثات]" in shown


def test_brackets_of_the_text_get_other_marks_for_the_trigger() -> None:
    text = "قال [الوزير] إن محادثات جرت"
    assert "‹محادثات›" in marked_sentence(text, at(text, text), at(text, "محادثات"))


def test_a_word_wider_than_the_line_is_cut() -> None:
    assert list(wrapped("س" * 25, 10)) == ["س" * 10, "س" * 10, "س" * 5]


def test_visible_text() -> None:
    assert visible("a\tb\n c\x00") == "a b c␀"
    assert visible("\ud800") == "\ufffd"
    assert visible("\x9b31m") == "⟨9B⟩31m"
    assert visible("ب" + "\u0301" * 50) == "ب" + "\u0301" * 4
