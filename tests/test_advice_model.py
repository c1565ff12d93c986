"""The model of advice: what it computes, what it is not asked, and that the stored one is up to date."""

from __future__ import annotations

from dataclasses import replace
from math import exp, sqrt
from typing import Any

import numpy as np
import pytest
from findings_articles import by_rules, found, overdue
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from crawler.definitions import DefinitionError
from pipeline.evaluate.advice import AdvicePage, Line
from pipeline.evaluate.labelled import Labelled
from pipeline.findings.grams import PARTS, GramModel, read_grams
from pipeline.findings.learnt import (
    CONTEXT,
    LEAST,
    MOST_BESIDE,
    NONE,
    SIGNS,
    UNLISTED,
    Learnt,
    Read,
    Stand,
    contexts,
    is_dense,
    read_learnt,
)
from pipeline.records import TipCandidate, TipSource
from pipeline.topic import Topic, load_topic, topic_folder
from yuqi.training.__main__ import advice_digest
from yuqi.training.advice import (
    INVERSE_STRENGTH,
    LEAST_SENTENCES,
    UNADVISED,
    fit_advice,
    sentences_of,
    unadvised,
)
from yuqi.training.context import fit_context
from yuqi.training.grams import Weighed, grams_of

SENTENCES = [
    (text.format(n), label)
    for n in ("样甲", "样乙", "样丙", "样丁", "样戊", "样己", "样庚")
    for text, label in (
        ("把{}的录音都留好。", "evidence"),
        ("给{}的客服打个电话，说明难处。", "contact-early"),
        ("{}成立于2015年，总部在外地。", NONE),
    )
]


def as_model(weighed: Weighed) -> GramModel:
    said = {gram: " ".join(map(str, row)) for gram, row in weighed.rows.items()}
    weights = {"bias": " ".join(map(str, weighed.bias)), **said}
    table: dict[str, Any] = {"classes": list(weighed.classes), "weights": weights}
    model = read_grams(Topic("t", {"advice": table}), "advice", weighed.classes)
    assert model
    return model


def test_the_stored_numbers_give_what_the_library_gives() -> None:
    model = as_model(fit_advice(SENTENCES))
    words = TfidfVectorizer(analyzer=grams_of, binary=True, min_df=LEAST_SENTENCES)
    fitted = LogisticRegression(C=INVERSE_STRENGTH, max_iter=1000)
    fitted.fit(words.fit_transform([text for text, _ in SENTENCES]), [label for _, label in SENTENCES])
    asked = ["录音留好，别删。", "客服打来电话说明年成立。", "总部在哪里？", "把把把的录音录音。"]
    assert model(asked) == pytest.approx(fitted.predict_proba(words.transform(asked)), abs=0.02)


def test_a_text_without_a_known_gram_is_judged_by_the_bias_alone_and_no_text_by_nothing() -> None:
    model = as_model(fit_advice(SENTENCES))
    bias = np.exp(model.bias / PARTS)
    assert model(["ξψ", ""]) == pytest.approx(np.array([bias / bias.sum()] * 2))
    assert model([]).shape == (0, len(model.classes))


def test_many_texts_are_read_as_each_alone() -> None:
    model = as_model(fit_advice(SENTENCES))
    texts = [text for text, _ in SENTENCES] * 40
    assert np.array_equal(model(texts), np.concatenate([model([text]) for text in texts]))


@pytest.mark.parametrize("text", ["还 300 元给APP，再还 5 元", "", "𠮷\n样", "\0还\0款", "还还还", "\0"])
def test_a_text_is_read_by_the_grams_that_the_model_is_trained_with(text: str) -> None:
    told = fit_advice(SENTENCES)
    held = [told.rows[gram] for gram in set(grams_of(text)) if gram in told.rows]
    length = sqrt(sum(rarity**2 for rarity, *_ in held)) or 1
    sums = [
        sum(row[1 + number] for row in held) / length + bias / PARTS for number, bias in enumerate(told.bias)
    ]
    assert as_model(told).each([text])[0] == pytest.approx([1 / (1 + exp(-one)) for one in sums])


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"classes": ["-", "x"], "weights": {"bias": "0 0"}}, "nothing here is called x"),
        ({"classes": ["-"], "weights": {}}, "no `bias`"),
        ({"classes": ["-"], "weights": {"bias": "0", "还": "1"}}, "must be 2 whole numbers"),
        ({"classes": ["-"], "weights": {"bias": "0", "还": "1 nan"}}, "must be 2 whole numbers"),
        ({"classes": ["-"], "weights": {"bias": "0", "还": 3}}, "must be 2 whole numbers"),
        ({"classes": ["-"], "weights": {"bias": "0", "还": f"1 {10**9}"}}, "must be 2 whole numbers"),
        ({"classes": ["-"], "weights": {"bias": "0", "还款了": "1 1"}}, "neither one character nor two"),
        ({"weights": {"bias": "0"}}, "`classes` is missing"),
    ],
)
def test_a_table_that_is_no_model_is_refused(table: dict[str, Any], said: str) -> None:
    with pytest.raises(DefinitionError, match=said):
        read_grams(Topic("t", {"advice": table}), "advice", (NONE, UNLISTED))


def test_a_topic_without_it_is_read_by_rules_alone() -> None:
    assert read_grams(Topic("t", {}), "advice", ()) is None
    assert by_rules().tips.learnt is None and overdue().tips.learnt is not None


ORDER = "逾期之后很慌。\n趁早跟客服讲清自己眼下的难处。"


def test_an_order_that_no_rule_knows_is_found_by_the_model() -> None:
    assert not found(by_rules(), TipSource, "逾期说明", ORDER)
    [tip] = found(overdue(), TipSource, "逾期说明", ORDER)
    assert (tip.tip_id, tip.rule, tip.surface) == ("contact-early", "model", ORDER.split("\n")[1])


@pytest.mark.parametrize(
    "text",
    [
        "平台应趁早跟客户讲清自己眼下的难处。",
        "趁早跟客服讲清自己眼下的难处了吗？",
        "催收员会先跟客服讲清自己眼下的安排。",
        "他趁早跟客服讲清了自己眼下的难处。",
    ],
)
def test_what_a_lender_does_and_what_asks_or_tells_a_story_is_no_advice(text: str) -> None:
    assert not found(overdue(), TipSource, "逾期说明", "逾期之后很慌。\n" + text)


def test_off_the_topic_the_model_is_not_asked() -> None:
    text = "开学之后很忙。\n趁早跟老师讲清自己眼下的难处。"
    assert not found(overdue(), TipSource, "开学指南", text)
    assert not found(overdue(), TipCandidate, "开学指南", text)


def test_what_is_said_of_a_practice_to_advise_is_no_counter_example() -> None:
    said = Labelled("r", "t", "平台会来电。遇到威胁要报警。", "threat", "advice", "none")
    others = [replace(said, text="平台会来电。", state="claimed-practice")]
    [page] = unadvised([said, *others])
    assert (page.register, sentences_of([page])) == (UNADVISED + "r", [("平台会来电。", NONE)])


def stand(text: str = "", **signs: bool) -> Stand:
    told = {"cue": False, "opens": False, "first": False, **signs}
    return Stand(text, told["cue"], told["opens"], told["first"], lambda: told.get("borrower", False))


def with_weights(**weights: float) -> Learnt:
    return Learnt(as_model(fit_advice(SENTENCES)), dict.fromkeys(SIGNS, 0.0) | weights)


def test_a_sentence_is_weighed_with_what_stands_beside_it_and_the_edges_advise_nothing() -> None:
    reads = [Read(odds, np.zeros(1)) for odds in (-1.0, 9.0, 2.0)]
    page = [stand(first=True), stand(cue=True), stand(opens=True)]
    told = [dict(zip(CONTEXT, signs, strict=True)) for signs in contexts(page, reads)]
    assert [(one["before"], one["odds"], one["behind"]) for one in told] == [
        (-MOST_BESIDE, -1.0, MOST_BESIDE),
        (-1.0, 9.0, 2.0),
        (MOST_BESIDE, 2.0, -MOST_BESIDE),
    ]
    assert [[sign for sign in ("first", "cue", "opens") if one[sign]] for one in told] == [
        ["first"],
        ["cue"],
        ["opens"],
    ]


def test_whom_a_sentence_is_told_is_asked_only_where_it_decides() -> None:
    asked = list[str]()

    def one(name: str, **signs: bool) -> Stand:
        return replace(stand(**signs), is_borrower=lambda: bool(asked.append(name)) or True)

    learnt = with_weights(cue=-9.0, first=9.0, borrower=1.0, bias=-0.5)
    odds = [read.odds for read in learnt([one("never", cue=True), one("surely", first=True), one("near")])]
    assert asked == ["near"] and odds == [-9.5, 8.5, 0.5] and odds[2] >= LEAST


@pytest.mark.parametrize(
    ("shares", "cued", "tip"),
    [
        ({"evidence": 0.9, "contact-early": 0.1}, [], "evidence"),
        ({"evidence": 0.6, "contact-early": 0.4}, ["contact-early"], "contact-early"),
        ({"evidence": 0.99, "contact-early": 0.01}, ["contact-early"], "evidence"),
        ({"evidence": 0.7, "contact-early": 0.3}, ["contact-early", "evidence"], "contact-early"),
        ({"evidence": 0.9, "contact-early": 0.1}, ["contact-early", "evidence"], "evidence"),
        ({"evidence": 0.6, "contact-early": 0.4}, ["no-tip-of-the-model"], "evidence"),
    ],
)
def test_what_a_cue_names_comes_first_unless_the_model_is_much_surer(
    shares: dict[str, float], cued: list[str], tip: str
) -> None:
    learnt = with_weights()
    read = Read(0.0, np.array([shares.get(name, 0.0) for name in learnt.model.classes]))
    assert learnt.tip(read, cued) == tip


def test_where_no_tip_is_likelier_than_the_others_the_sentence_goes_to_the_review_list() -> None:
    learnt = with_weights()
    assert learnt.tip(Read(0.0, np.full(len(learnt.model.classes), 0.1)), []) == UNLISTED


def test_what_stands_beside_no_loan_words_has_another_matter() -> None:
    assert is_dense(1, 500) and not is_dense(1, 700) and is_dense(12, 100_000) and not is_dense(11, 100_000)
    words = "明年的展览在春天开幕。" * 60
    text = f"{ORDER}\n{words}"
    assert found(overdue(), TipSource, "逾期说明", ORDER) and not found(
        overdue(), TipSource, "展览说明", text
    )


def test_the_place_of_a_sentence_is_weighed_by_registers_that_the_model_has_not_seen() -> None:
    lines = [Line("逾期说明", NONE), *(Line(text, tip) for text, tip in SENTENCES)]
    pages = [AdvicePage(f"r{number}", "逾期怎么办", tuple(lines)) for number in range(8)]
    context = fit_context(by_rules(), pages)
    assert list(context) == list(SIGNS) and context["odds"] > 0 > context["first"]
    assert fit_context(by_rules(), pages) == context


@pytest.mark.parametrize(
    ("context", "said"),
    [
        ({}, "`odds` is missing"),
        (dict.fromkeys(SIGNS, 0) | {"mood": 1}, "mood"),
        (dict.fromkeys(SIGNS, "1"), "`odds` must be a whole number"),
    ],
)
def test_weights_of_places_that_are_none_are_refused(context: dict[str, object], said: str) -> None:
    table = {"classes": [NONE, UNLISTED], "weights": {"bias": "0 0"}, "context": context}
    with pytest.raises(DefinitionError, match=said):
        read_learnt(Topic("t", {"advice": table}), ())


def test_the_stored_model_is_trained_on_the_stored_sentences() -> None:
    trained = load_topic(topic_folder()).tables["advice"]["trained"]
    assert trained["labelled_sha256"] == advice_digest(), "run `python -m yuqi.training`"
