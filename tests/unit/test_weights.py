"""Checks log-linear scorers: their file, their probabilities, their strongest features, and the participants that they choose."""

import json
from math import exp

import msgspec
import pytest

from tawazun.base.errors import KnowledgeError
from tawazun.lexicon.load import knowledge_folder, load_lexicon
from tawazun.lexicon.weights import WEIGHTS, read_weights
from tawazun.model.articles import Article
from tawazun.model.weights import Scorer
from tawazun.pipeline.articles import Reader
from tawazun.scorers.tables import log_odds, probabilities, strongest, weights_of

SCORER = Scorer(
    classes=("none", "source", "target"),
    thresholds=(0.5, 0.5),
    table={("who", "GOV"): (1.0, -1.0), ("order", "after"): (0.5, 2.0), ("all",): (-1.0, 0.0)},
)


def test_probabilities_are_of_a_softmax_whose_first_class_weighs_nothing() -> None:
    found = probabilities(log_odds(SCORER, [("all",), ("who", "GOV"), ("unknown",)]))
    total = 1 + exp(0.0) + exp(-1.0)
    assert found == pytest.approx((exp(0.0) / total, exp(-1.0) / total))


def test_without_a_known_feature_all_classes_are_alike() -> None:
    assert probabilities(log_odds(SCORER, [("unknown",)])) == pytest.approx((1 / 3, 1 / 3))


def test_the_strongest_features_speak_for_the_class() -> None:
    features = [("order", "after"), ("who", "GOV"), ("all",)]
    weights = weights_of(SCORER, features)
    assert strongest(features, weights, 1) == ((("who", "GOV"), 1.0), (("order", "after"), 0.5))
    assert strongest(features, weights, 2) == ((("order", "after"), 2.0),)


def written(**changes: object) -> str:
    scorer = {"decides": "roles", "classes": ["none", "source"], "thresholds": [0.4], "gain": "", "table": {"who|GOV": [1.0]}}
    return json.dumps({"recipe": "", "trained_on": {}, "scorers": {"roles": scorer | changes}})


def test_the_file_gives_features_by_their_parts() -> None:
    scorers = read_weights(written(), WEIGHTS)
    assert scorers["roles"].table == {("who", "GOV"): (1.0,)}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "ar/weights.json:1:"),
        (written(thresholds=[0.1, 0.2]), "needs 1 thresholds and weights"),
        (written(table={"who|GOV": [1.0, 2.0]}), "needs 1 thresholds and weights"),
        (written(more=1), "make train"),
    ],
)
def test_a_broken_file_is_refused_with_what_to_do(text: str, says: str) -> None:
    with pytest.raises(KnowledgeError, match=r"ar/weights\.json") as raised:
        read_weights(text, WEIGHTS)
    assert says in str(raised.value) and "make train" in str(raised.value)


def test_the_packaged_file_is_small_and_says_how_it_was_made() -> None:
    path = knowledge_folder() / WEIGHTS
    file = json.loads(path.read_text("utf-8"))
    assert path.stat().st_size <= 3_000_000
    assert file["recipe"] and all(digest.startswith("sha256:") for digest in file["trained_on"].values())
    assert all(scorer["gain"] for scorer in file["scorers"].values())


def test_weighed_participants_say_what_spoke_for_them() -> None:
    text = "أجرى وزير الخارجية المصري محادثات في القاهرة مع نظيره الفرنسي."
    dossier = Reader(load_lexicon()).read(Article(text=text, published="2024-05-02"))
    event = next(event for event in dossier.events if event.type == "CONSULT")
    steps = [step for step in event.because.children if step.rule.startswith("participant: ")]
    assert {p.code for p in event.participants} == {"EGY.GOV", "FRA.GOV"}
    assert all(child.rule.startswith("weight: ") for step in steps for child in step.children)
    assert all(step.children for step in steps)


def test_without_weights_the_rules_decide() -> None:
    lexicon = msgspec.structs.replace(load_lexicon(), scorers={})
    text = "أدان وزير الخارجية المصري الهجوم."
    (event, *_) = Reader(lexicon).read(Article(text=text, published="2024-05-02")).events
    assert [(p.role, p.code) for p in event.participants] == [("source", "EGY.GOV")]
    assert not any(step.children for step in event.because.children if step.rule.startswith("participant"))


def test_a_weighed_agent_begins_where_its_rule_says() -> None:
    text = "قتل ثلاثة جنود برصاص مسلحين مجهولين في المدينة."
    (event, *_) = Reader(load_lexicon()).read(Article(text=text, published="2024-05-02")).events
    assert [text[p.start : p.end] for p in event.participants if p.role == "source"] == ["مسلحين مجهولين"]
