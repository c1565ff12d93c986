"""The model of practices that no cue names: what it is not asked, how sure it has to be, what it learns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from findings_articles import article, by_rules, found, outline, overdue
from sklearn.linear_model import LogisticRegression

from crawler.definitions import DefinitionError
from pipeline.evaluate.labelled import Labelled
from pipeline.evaluate.practised import PracticePage, Told, read_practised
from pipeline.findings.grams import GramModel, read_grams
from pipeline.findings.practices import LEARNT
from pipeline.findings.together import together
from pipeline.findings.uncued import ANY, TABLE, WHOLE, Felt, Uncued, read_uncued
from pipeline.records import Mention, Practice
from pipeline.topic import Topic, load_topic, topic_folder
from yuqi.evaluating.asserted import sample_find
from yuqi.evaluating.lenders import gazetteer_of
from yuqi.training.__main__ import practice_digest
from yuqi.training.grams import Weighed, vectors
from yuqi.training.practices import (
    INVERSE_STRENGTH,
    LEAST_EXAMPLES,
    LEAST_SENTENCES,
    Marked,
    fit_practices,
    of_pages,
    of_sentences,
)

OWED = "我在样样贷欠了两期，逾期之后本金利息越滚越多，催收也来了。\n"
TOLD = "头一个礼拜，手机从早响到晚，一歇不歇。"


def learnt(text: str, title: str = "样样贷逾期") -> list[tuple[str, str]]:
    practices = found(overdue(), Practice, title, OWED + text)
    return [(one.practice_id, one.surface) for one in practices if one.rule.endswith(LEARNT)]


@pytest.mark.parametrize(
    "text",
    [
        "我妈给我熨了衬衫，叫我早点睡。",
        "表弟下月结婚，单位放了三天假。",
        "楼下的快递站每天要发三百条取件的条子。",
        "那天夜里下了一场大雨，车窗也没关。",
        "房东来修过一次水管，顺手把门锁换了。",
        "电视里说明天降温，出门多穿一件。",
        "响。",
    ],
)
def test_ordinary_life_on_a_page_about_debts_is_no_practice(text: str) -> None:
    assert not learnt(text)


def test_off_the_topic_the_model_is_not_asked() -> None:
    assert not found(overdue(), Practice, "新铃声", "新手机到了。\n" + TOLD)


def test_an_essay_that_speaks_of_loans_once_is_not_read_for_practices() -> None:
    essay = "那年的雨下得很久，山路上没有人，只有一条河往东流去。\n" * 100
    assert learnt(TOLD) and not learnt(essay + TOLD)


def test_a_text_that_does_not_speak_of_loans_itself_is_not_read_though_its_title_does() -> None:
    practices = found(overdue(), Practice, "逾期还款说明", TOLD)
    assert not [one for one in practices if one.rule.endswith(LEARNT)]
    assert learnt(TOLD)


def test_titles_and_headings_only_name_what_is_told_elsewhere() -> None:
    text = "一、手机从早响到晚，一歇不歇\n我在样样贷欠了两期，逾期之后本金利息越滚越多。"
    page = found(overdue(), Practice, TOLD, text, outline(text, (1, "一、手机从早响到晚，一歇不歇", "body")))
    assert not [one for one in page if one.rule.endswith(LEARNT)]


def test_what_no_cue_names_is_found_in_its_clause_and_the_rule_says_so() -> None:
    assert not [
        one for one in found(by_rules(), Practice, "样样贷逾期", OWED + TOLD) if one.char_start >= len(OWED)
    ]
    assert ("phone-harass", "手机从早响到晚") in learnt(TOLD)


def test_where_a_cue_stands_the_model_adds_nothing_of_the_same_practice() -> None:
    text = OWED + "他们一天打几十个电话，手机从早响到晚，一歇不歇。"
    said = [
        one for one in found(overdue(), Practice, "样样贷逾期", text) if one.practice_id == "phone-harass"
    ]
    assert [one.rule.endswith(LEARNT) for one in said] == [False]


def test_a_topic_without_it_finds_practices_by_cues_alone() -> None:
    assert read_uncued(Topic("t", {}), ()) is None
    assert by_rules().practices.uncued is None and overdue().practices.uncued is not None


def test_a_model_that_cannot_tell_whether_there_is_any_practice_is_refused() -> None:
    table = {"classes": ["visit"], "weights": {"bias": "0", "门": "1 1"}}
    with pytest.raises(DefinitionError, match=r"practices\.toml.*lacks"):
        read_uncued(Topic("t", {TABLE: table}), overdue().taxonomy.practices)


class Known(GramModel):
    """A model that knows each text's probabilities, of any practice and of a visit."""

    def __init__(self, shares: dict[str, tuple[float, float]]) -> None:
        numbers, table = np.zeros(0, np.int64), np.zeros((0, 0), np.int64)
        super().__init__((ANY, "visit"), np.zeros(0, np.uint64), numbers, table, numbers)
        object.__setattr__(self, "shares", shares)

    def each(self, texts: Sequence[str]) -> Any:
        held: dict[str, tuple[float, float]] = self.shares  # type: ignore[attr-defined]
        return np.array([held.get(text, (0.0, 0.0)) for text in texts]).reshape(len(texts), 2)


LONG = "他们昨天到了我的铺子，" + "什么也没有买就走了" + "。" * (WHOLE - 20)
CLAUSE = LONG.split("，")[0]


@pytest.mark.parametrize(
    ("any_practice", "visit", "clause", "is_found"),
    [(1.0, 0.5, 1.0, True), (0.5, 0.5, 1.0, False), (1.0, 0.5, 0.25, False), (1.0, 0.29, 1.0, False)],
)
def test_sentence_any_practice_and_clause_all_have_to_be_likely(
    any_practice: float, visit: float, clause: float, is_found: bool
) -> None:
    model = Known({LONG: (any_practice, visit), CLAUSE: (0.0, clause)})
    [felt] = Uncued(model, enough=0.3)([LONG])
    assert [(one.practice_id, one.clause.group()) for one in felt.sure] == (
        [("visit", CLAUSE)] if is_found else []
    )


def test_a_short_sentence_is_less_sure_and_one_without_a_clause_says_nothing() -> None:
    short = LONG[: WHOLE // 2]
    model = Known({short: (1.0, 0.5), CLAUSE: (0.0, 1.0), "来了。": (1.0, 1.0)})
    assert [felt.sure for felt in Uncued(model, enough=0.3)([short, "来了。"])] == [(), ()]
    assert Uncued(model, enough=0.3)([]) == []


def test_a_cue_that_the_model_finds_improbable_is_doubted_and_one_that_it_does_not_know_is_not() -> None:
    uncued = Uncued(Known({"上门。": (1.0, 0.3), "上门女婿。": (1.0, 0.1)}), doubted=0.2)
    visits, others = uncued(["上门。", "上门女婿。"])
    assert [uncued.doubts("visit", felt) for felt in (visits, others)] == [False, True]
    assert not uncued.doubts("lawsuit", others) and others == Felt((), frozenset({ANY}))


def test_in_a_long_sentence_a_cue_has_to_be_less_likely_to_be_doubted() -> None:
    short, long = "上门。", "上门。" * 30
    uncued = Uncued(Known({short: (1.0, 0.1), long: (1.0, 0.1)}), doubted=0.2)
    assert [uncued.doubts("visit", felt) for felt in uncued([short, long])] == [True, False]


def test_what_was_asked_before_is_not_asked_again() -> None:
    asked = list[str]()

    def anew(texts: Sequence[str]) -> Iterable[int]:
        asked.extend(texts)
        return map(len, texts)

    lengths = together(anew)
    assert lengths(["一", "二二", "一"]) == [1, 2, 1] and lengths(["二二", "三三三"]) == [2, 3]
    assert asked == ["一", "二二", "三三三"]


def marked() -> Iterator[Marked]:
    for number in range(LEAST_EXAMPLES):
        yield Marked(f"第{number}天有人敲门找我要钱。", frozenset({"visit", ANY}))
        yield Marked(f"第{number}天电话响个没完。", frozenset({"phone-harass", ANY}))
        yield Marked(f"第{number}天电话响完有人敲门。", frozenset({"visit", "phone-harass", ANY}))
        yield Marked(f"第{number}天我去买菜。", frozenset())


def as_model(weighed: Weighed) -> GramModel:
    weights = {"bias": " ".join(map(str, weighed.bias))}
    weights |= {gram: " ".join(map(str, row)) for gram, row in weighed.rows.items()}
    table: dict[str, Any] = {"classes": list(weighed.classes), "weights": weights}
    model = read_grams(Topic("t", {TABLE: table}), TABLE, weighed.classes)
    assert model
    return model


def test_the_stored_numbers_give_what_the_library_gives_for_each_practice() -> None:
    sentences = list(marked())
    model = as_model(fit_practices(sentences))
    words = vectors(LEAST_SENTENCES)
    held = words.fit_transform([one.text for one in sentences])
    asked = ["有人敲门。", "电话响。", "买菜的电话。", "ξ"]
    for at, practice in enumerate(model.classes):
        library = LogisticRegression(C=INVERSE_STRENGTH, solver="liblinear")
        library.fit(held, [practice in one.tells for one in sentences])
        expected = library.predict_proba(words.transform(asked))[:, 1]
        assert model.each(asked)[:, at] == pytest.approx(expected, abs=0.02)


def test_what_a_sentence_may_be_said_to_tell_is_no_counter_example() -> None:
    plain = fit_practices(list(marked()))
    unsure = [Marked(f"第{number}天有人敲门送菜。", frozenset(), None) for number in range(50)]
    either = [one._replace(may_tell=frozenset({"visit", "phone-harass", ANY})) for one in unsure]
    sure = [one._replace(may_tell=frozenset()) for one in unsure]
    asked = ["有人敲门送菜。"]
    at = plain.classes.index("visit")
    shares = [
        as_model(fit_practices([*marked(), *more])).each(asked)[0, at] for more in (unsure, either, sure)
    ]
    assert shares[0] == shares[1] > 0.5 > shares[2]


def test_a_practice_with_few_examples_is_not_learnt() -> None:
    rare = [Marked("他把车开走了。", frozenset({"repossess", ANY}))] * (LEAST_EXAMPLES - 1)
    assert fit_practices([*marked(), *rare]).classes == (ANY, "phone-harass", "visit")


def test_of_pages_all_sentences_are_learnt_from_and_of_single_ones_what_they_tell() -> None:
    page = PracticePage(
        "r",
        "t",
        (Told("买菜。"), Told("敲门。", {"visit/home": "alleged"}, True), Told("咦。", {}, False, True)),
    )
    assert list(of_pages([page])) == [
        Marked("买菜。", frozenset(), frozenset()),
        Marked("敲门。", frozenset({"visit", ANY}), frozenset({"visit", "home"})),
        Marked("咦。", frozenset(), None),
    ]
    said = [
        Labelled("r", "t", "先前。他来了，骂人。", practice, "alleged", "none")
        for practice in ("visit", "threat")
    ]
    assert list(of_sentences(said)) == [
        Marked("他来了，骂人。", frozenset({"visit", "threat"}), frozenset({ANY}))
    ]


def test_a_marked_page_has_its_places_and_only_sure_states(tmp_path: Path) -> None:
    lines = [
        {"text": "他来了。", "practices": {"visit": "alleged"}},
        {"text": "又骂人。", "follows": True, "practices": {"threat/phone": "alleged/generic"}},
        {"text": "走了。", "practices": {"visit": "alleged"}, "unsure": True},
    ]
    path = tmp_path / "pages.jsonl"
    path.write_text(json.dumps({"register": "r", "title": "t", "lines": lines}), "utf-8")
    [page] = read_practised(path)
    assert page.text == "他来了。又骂人。\n走了。"
    assert [page.text[start:end] for start, end, _ in page.spans()] == [line["text"] for line in lines]
    states = [[line.state_of(practice) for line in page.lines] for practice in ("visit", "phone")]
    assert states == [["alleged", None, None], [None, None, None]]


def test_lenders_of_marked_pages_are_known_while_they_train_but_no_part_of_another_word() -> None:
    told = "样渔贷的人来了。小样花也来了，我这样花钱。云样贷没来。"
    pages = [PracticePage("r", "样渔贷逾期", (Told(told),))]
    named = gazetteer_of(pages)
    assert [line for line in named.splitlines() if line.startswith("name")] == [
        'name = "小样花"',
        'name = "样渔贷"',
    ]
    find = sample_find(without=("model", "practices"), lenders=named)
    held = find(article("逾期", told + "我就这样渔贷下去了，贷款也逾期。"), (), ())
    assert [one.surface for one in held if isinstance(one, Mention)] == ["样渔贷", "小样花", "云样贷"]


@pytest.mark.parametrize("row", ["x", "{}", '{"register": "r", "title": "t", "lines": 1}'])
def test_a_line_that_is_no_marked_page_names_its_file(tmp_path: Path, row: str) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_text(row, encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"broken\.jsonl"):
        read_practised(path)


def test_the_stored_model_is_trained_on_the_stored_sentences() -> None:
    trained = load_topic(topic_folder()).tables[TABLE]["trained"]
    assert trained["labelled_sha256"] == practice_digest(), "run `python -m yuqi.training`"
