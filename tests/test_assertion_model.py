from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from findings_articles import article, overdue

from crawler.definitions import DefinitionError
from pipeline.checksums import file_sha256
from pipeline.evaluate.labelled import Answer, Labelled, assertion_figures, read_labelled
from pipeline.findings import Find
from pipeline.findings.assertion import WEIGHED, Verdict
from pipeline.findings.model import DOCUMENTED, OF_SOMEBODY, Least, Teller, decided, read_model
from pipeline.findings.pairs import pairs
from pipeline.findings.signs import about, read_signs
from pipeline.records import Assertion, Practice
from pipeline.topic import topic_folder
from yuqi.evaluating.asserted import (
    HELD_OUT,
    HELD_OUT_LATER,
    TRAIN,
    answered,
    labelled_folder,
    page,
    sample_find,
)
from yuqi.training.__main__ import CARD_FILE, current_card, examples_of, practice_digest, told
from yuqi.training.fit import Example, fit

OVERDUE = overdue()
LEAST = Least(alleged=0.5, suffered=0.75, counted=0.2, documented=0.4)
FEW = 60  # sentences: enough to see that training is the same twice


def _asserted(find: Find, text: str, title: str = "云朵借逾期") -> list[tuple[str, str, str]]:
    found = find(article(title, text), (), ())
    return [
        (p.practice_id, p.assertion, p.rule) for p in found if isinstance(p, Practice) and p.field == "text"
    ]


def test_nothing_is_alleged_without_a_source_in_the_text() -> None:
    assert _asserted(OVERDUE, "云朵借昨晚强制扣款三次。") == [("auto-debit", "claimed-practice", "model")]
    assert _asserted(OVERDUE, "我借三千，云朵借收了我三百块会员费。") == [("hidden-fees", "alleged", "model")]


@pytest.mark.parametrize(
    "text",
    [
        "假如云朵借爆我通讯录，我就去投诉。",
        "我担心云朵借会上门催收。",
        "听说我们村有人被云朵借上门催收了。",
        "云朵借客服跟我说，再不还就安排上门。",
    ],
)
def test_conditions_fears_hearsay_and_announcements_allege_nothing(text: str) -> None:
    assert "alleged" not in {assertion for _, assertion, _ in _asserted(OVERDUE, text)}


def test_a_rule_that_errs_is_a_sign_for_the_model_and_decides_where_there_is_none() -> None:
    text = "请看看，他们天天打电话给我。"
    plain, learnt = sample_find(without=("model", "practices")), sample_find(without=("practices",))
    one = next(iter(plain.cues(page("骆驼样金逾期", text), ())))
    assert plain.judge(one.view) == Verdict("advice", "imperative") and "imperative" in WEIGHED
    assert "rule:imperative" in learnt.judge.features(one.view)
    assert learnt.judge.ruled(one.view) is None and learnt.judge(one.view).rule == "model"
    [denied] = plain.cues(page("骆驼样金逾期", "我从没被骆驼样金上门催收过。"), ())
    assert learnt.judge.ruled(denied.view) == "negated"


@pytest.mark.parametrize(
    ("share", "teller", "read"),
    [
        (0.6, "source", "alleged"),
        (0.6, "sufferer", "claimed-practice"),
        (0.8, "sufferer", "alleged"),
        (0.8, "nobody", "claimed-practice"),
    ],
)
def test_where_nobody_says_so_the_model_has_to_be_surer(share: float, teller: Teller, read: str) -> None:
    states: list[tuple[Assertion, float]] = [("alleged", share), ("claimed-practice", 1 - share)]
    assert decided(states, {OF_SOMEBODY}, teller, LEAST) == read


@pytest.mark.parametrize(
    ("features", "share", "read"),
    [
        (set(), 0.9, "generic"),
        ({DOCUMENTED}, 0.3, "generic"),
        ({DOCUMENTED}, 0.5, "claimed-practice"),
        ({OF_SOMEBODY}, 0.3, "claimed-practice"),
    ],
)
def test_a_line_that_names_nobody_claims_of_the_pages_only_platform_where_the_model_is_surer(
    features: set[str], share: float, read: str
) -> None:
    states: list[tuple[Assertion, float]] = [("claimed-practice", share), ("generic", 1 - share)]
    states.append(("alleged", 0.0))
    assert decided(sorted(states, key=lambda one: -one[1]), features, "nobody", LEAST) == read


def test_signs_know_who_tells_and_to_whom_it_happens() -> None:
    signs = read_signs(OVERDUE.topic)
    assert signs is not None
    assert signs.have_source("我昨天接到催收电话", ())
    assert signs.have_sufferer("女儿昨天接到催收电话", ()) and not signs.have_source(
        "女儿昨天接到催收电话", ()
    )
    assert not signs.have_sufferer("平台昨天拨打催收电话", ())


def test_a_topic_without_a_model_is_read_by_rules_alone() -> None:
    tables = {stem: table for stem, table in OVERDUE.topic.tables.items() if stem != "model"}
    rules = Find(replace(OVERDUE.topic, tables=tables))
    assert _asserted(rules, "我借三千，云朵借收了我三百块会员费。") == [("hidden-fees", "generic", "nobody")]


def test_signs_know_their_place_and_longer_words_and_names_cancel_them() -> None:
    signs = read_signs(OVERDUE.topic)
    assert signs is not None
    text = "我们公司说，某平台骚扰我"
    said = signs(text, ())
    assert ("first-person", 0) not in said and ("first-person", 11) in said
    assert ("first-person", 11) not in signs(text, ((11, 12),))
    assert "says@earlier" in set(about(text, (9, 11), said))
    assert "first-person@after" in set(about(text, (9, 11), said))


@pytest.mark.parametrize("row", ["0", "0 0 0 0 0 0 much", "0 0 0 0 0 0 1000000", [0] * 7])
def test_a_model_with_a_row_that_is_no_weights_names_its_file(row: object) -> None:
    table = {**OVERDUE.topic.tables["model"], "weights": {"bias": row}}
    broken = replace(OVERDUE.topic, tables={**OVERDUE.topic.tables, "model": table})
    with pytest.raises(DefinitionError, match=r"model\.toml.*bias"):
        read_model(broken)


def test_pairs_know_no_lender_no_sum_and_no_line_break() -> None:
    one, other = pairs("云朵借扣了我 300.5元", ((0, 3),)), pairs("沙丘贷款扣了我\n9元", ((0, 4),))
    assert one == other == {"□扣", "扣了", "了我", "我0", "0元"}
    assert pairs("扣", ()) == frozenset()


def test_the_model_reads_words_that_no_sign_has() -> None:
    model = read_model(OVERDUE.topic)
    assert model is not None
    told = dict(model(pairs("他们轮番打进来", ())))
    assert told != dict(model(frozenset()))


def test_what_fewer_than_three_registers_say_is_not_learnt() -> None:
    told = {"alleged": "各地", "claimed-practice": "通常", "generic": "所谓"}
    examples = [
        Example(register, frozenset({own, common}), state, "source")
        for register, own in (("a", "土话"), ("b", "土话"), ("c", "别的"))
        for state, common in told.items()
    ]
    assert set(fit(examples).weights) == {"bias", *told.values()}


def test_training_twice_gives_the_same_file() -> None:
    examples = list(examples_of(read_labelled(labelled_folder() / TRAIN)[::8][:FEW]))
    first, second = (told(fit(examples), {"sentences": len(examples)}) for _ in range(2))
    assert first == second


def test_the_stored_model_was_trained_on_what_is_stored() -> None:
    trained = OVERDUE.topic.tables["model"]["trained"]
    assert trained["labelled_sha256"] == practice_digest(), "train again"
    assert trained["signs_sha256"] == file_sha256(topic_folder() / "signs.toml"), "train again"


def test_the_card_is_what_training_writes_of_the_stored_model() -> None:
    assert CARD_FILE.read_text(encoding="utf-8") == current_card()


def test_no_register_is_both_trained_on_and_held_out() -> None:
    lots = [read_labelled(labelled_folder() / name) for name in (TRAIN, HELD_OUT, HELD_OUT_LATER)]
    for one, other in combinations(lots, 2):
        assert not {said.register for said in one} & {said.register for said in other}
        assert not {said.text for said in one} & {said.text for said in other}
    assert sum(map(len, lots)) >= 600
    for held in lots[1:]:
        assert {said.state for said in held} == set(OVERDUE.topic.tables["model"]["states"])


def test_held_out_allegations_are_right() -> None:
    held = read_labelled(labelled_folder() / HELD_OUT)
    figures = {figure.measure: figure.value for figure in assertion_figures(answered(sample_find(), held))}
    assert (figures["alleged-precision"] or 0) >= 0.95
    assert (figures["seven-states-right"] or 0) >= 0.80


def test_a_practice_that_is_not_found_costs_recall() -> None:
    said = Labelled("r", "t", "x", "visit", "alleged", "direct")
    figures = {f.measure: f.value for f in assertion_figures([Answer(said, "alleged"), Answer(said, None)])}
    assert figures["alleged-precision"] == 1.0
    assert figures["alleged-recall"] == 0.5


def test_a_row_that_is_no_labelled_sentence_names_its_file(tmp_path: Path) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_text(json.dumps({"text": "x"}), encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"broken\.jsonl"):
        read_labelled(path)
