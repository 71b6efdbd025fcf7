"""Checks what is weighed: which act a word names, who holds it, whether it happened; without weights the rules decide alone."""

import msgspec
import pytest

from tawazun.lexicon.load import load_lexicon
from tawazun.model.articles import Article
from tawazun.model.dossier import Because, Event
from tawazun.model.weights import Scorer
from tawazun.pipeline.articles import Reader

LEXICON = load_lexicon()
MEETING = "التقى وزير الخارجية المصري نظيره التركي في أنقرة يوم الثلاثاء."
REPORT = "قالت الشرطة إن مسلحين هاجموا دورية في بغداد."


def reader(**scorers: Scorer) -> Reader:
    return Reader(msgspec.structs.replace(LEXICON, scorers=scorers))


def events(read: Reader, text: str) -> tuple[Event, ...]:
    return read.read(Article(text=text, published="2020-08-19")).events


def always(classes: int, weights: tuple[float, ...], threshold: float = 0.5) -> Scorer:
    return Scorer(classes=tuple(map(str, range(classes))), thresholds=(threshold,) * (classes - 1), table={("all",): weights})


def rules(because: Because) -> list[str]:
    return [because.rule, *(rule for child in because.children for rule in rules(child))]


def test_a_word_that_no_act_is_likely_for_names_none() -> None:
    assert events(reader(), MEETING)
    assert not events(reader(senses=always(2, (-5.0,))), MEETING)


def test_the_act_that_was_chosen_says_what_spoke_for_it() -> None:
    (event,) = events(reader(senses=always(2, (5.0,))), MEETING)
    (sense,) = (step for step in event.because.children if step.rule == "sense")
    assert [child.rule for child in sense.children] == ["weight: all"]
    assert "sense" not in rules(events(reader(), MEETING)[0].because)


def test_nobody_holds_an_act_where_no_speaker_is_likely() -> None:
    (held,) = events(reader(), REPORT)
    (free,) = events(reader(voices=always(2, (-5.0,))), REPORT)
    assert held.attribution is not None and free.attribution is None


def test_the_speaker_that_was_chosen_says_what_spoke_for_him() -> None:
    (event,) = events(reader(voices=always(2, (5.0,))), REPORT)
    (step,) = (step for step in event.because.children if step.rule.startswith("holder: "))
    assert [child.rule for child in step.children] == ["weight: all"]


@pytest.mark.parametrize(("weights", "status"), [((-9.0,) * 6, "occurred"), ((-9.0, 9.0, -9.0, -9.0, -9.0, -9.0), "planned")])
def test_the_weights_overrule_the_status_and_say_so(weights: tuple[float, ...], status: str) -> None:
    (event,) = events(reader(moods=always(7, weights)), REPORT)
    assert event.status == status
    (step,) = (step for step in event.because.children if step.rule == "status")
    assert (step.children[-1].rule == "status: weighed") == (status != "occurred")


@pytest.mark.parametrize("name", ["senses", "voices", "moods", "roles", "events"])
def test_every_scorer_is_shipped_and_decides_in_the_open(name: str) -> None:
    scorer = LEXICON.scorers[name]
    assert len(scorer.table) > 500 and all(len(weights) == len(scorer.classes) - 1 for weights in scorer.table.values())
