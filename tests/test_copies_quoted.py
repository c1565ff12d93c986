"""What an article only quotes binds no two texts; what it says itself does."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

import pytest
from copies_farm import FOLDS, SIGN, Doc, article, grouped, mentions, page
from copies_texts import LENDERS, filled, sentence, template
from effort import grows_no_faster
from hypothesis import given, settings
from hypothesis import strategies as st
from test_hard_negatives import prose

from pipeline.copies.folds import Folds
from pipeline.copies.grams import QUOTED
from pipeline.copies.normal import normal_form
from pipeline.copies.sign import TextKey

A = LENDERS[0]
OWN = "借款人应当尽早与客服联系，把自己的收入和困难说清楚，并保留好每一次通话的记录。"
LAW = "借款人应当按照约定的期限返还借款，对借款期限没有约定的，可以随时返还。"


def quoted(text: str) -> list[bool]:
    doc = Doc("http://a.example.com/1", "a", "标题", text)
    said = normal_form(article(doc), mentions(doc), FOLDS).sentences
    return [sentence.quoted for sentence in said if sentence.field == "text"]


@pytest.mark.parametrize(
    "text",
    [
        OWN,
        "第一条，不要失联，保持沟通。",  # a list of advice
        "第一步 核对账单。",
        "这是第三条建议是保留证据的理由。",
        "所谓“债务优化”其实是“反催收”，并不可靠。",  # quoted words
        "《催收那些事》这本书里有不少故事。",
        f"根据《民法典》的规定，{A}不得收取过高的利息。",  # said of a platform
        "《民法典》规定了什么呢？",
        "有人说“先别还款，等平台来找我们。\n之后再谈。",  # never closed
        "平台公告如下：\n请按时还款。\n请不要相信中介。",  # nothing shows where it ends
        "特此公告。",
    ],
)
def test_what_a_writer_says_is_not_quoted(text: str) -> None:
    assert not any(quoted(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"第六百七十五条 {LAW}{LAW}\n{OWN}", [1, 1, 0]),
        (f"第六百七十五条【返还期限】{LAW}", [1]),
        (f"第二百九十三条之一\n{LAW}\n{OWN}", [1, 1, 0]),
        (f"《民法典》第六百七十五条规定，{LAW}{LAW}因此要看合同。", [1, 1, 0]),
        (f"民法典第675条第2款明确规定：{LAW}", [1]),
        (f"《征信业管理条例》规定：{LAW}{LAW}", [1, 1]),
        (f"根据《民法典》的规定，{LAW}{OWN}", [1, 0]),
        (
            "《刑法》第二百九十三条规定有下列情形之一的：\n（一）使用暴力的；\n（二）恐吓他人的。\n要冷静。",
            [1, 1, 1, 0],
        ),
        (f"有人写道“{LAW}{LAW}”{OWN}", [1, 1, 0]),
        (f"有人写道：\n“{LAW}\n“{LAW}”\n{OWN}", [0, 1, 1, 0]),
        (f"「{LAW}」\n{OWN}", [1, 0]),
        (f"公告全文如下：\n尊敬的{A}用户：\n{LAW}\n特此公告。\n{OWN}", [1, 1, 1, 1, 0]),
        (f"第五条 {LAW}{A}却不是这样。{LAW}", [1, 0, 0]),
    ],
)
def test_what_a_writer_quotes_is_known(text: str, expected: list[int]) -> None:
    assert quoted(text) == [bool(one) for one in expected]


def test_a_text_that_is_nothing_but_a_quotation_is_compared_whole() -> None:
    law = "\n".join(f"第{n}条 {prose(random.Random(n), 1)}" for n in range(1, 9))
    for text, marked in ((law, 0), (f"法律规定\n{law}", 0), (f"{OWN}\n{OWN}\n{law}", 8)):
        doc = Doc("http://a.example.com/1", "a", A, text)
        keys = [row for row in SIGN(article(doc), mentions(doc)) if isinstance(row, TextKey)]
        assert keys[0].body.count(QUOTED) == marked


def test_without_the_topics_words_only_quotation_marks_show_a_quotation() -> None:
    doc = Doc("http://a.example.com/1", "a", "标题", f"第六百七十五条 {LAW}\n“{LAW}”")
    assert [s.quoted for s in normal_form(article(doc), [], Folds()).sentences] == [False, False, True]


FORMS = {
    "marks": lambda said: "规定有：\n“" + "\n“".join(said) + "”",
    "running": lambda said: "《民法典》第六百七十五条规定，" + "".join(said),
    "announcement": lambda said: "公告全文如下：\n" + "\n".join(said) + "\n特此公告。",
    "nothing shows it": lambda said: "\n".join(said),
}


@pytest.mark.parametrize("form", FORMS)
def test_pages_with_a_passage_in_common_are_versions_of_nothing(form: str) -> None:
    rng = random.Random(38)
    passage = FORMS[form]([prose(random.Random(n), 2, 35) for n in range(8)])
    docs = [
        page(name, f"{name}{prose(rng, 3)}{passage}\n{name}{prose(rng, 3)}", f"{n}.example.com", str(n), n)
        for n, name in enumerate(LENDERS[:4])
    ]
    copy = replace(docs[0], url="http://copy.example.com/1", site="copy.example.com", text=docs[0].text[:-20])
    found = grouped([*docs, copy])
    assert found.story(copy) == found.story(docs[0])
    assert {found.template(doc) for doc in docs} == {None}


def test_versions_of_one_template_stay_together_whatever_law_each_quotes() -> None:
    rng = random.Random(41)
    text = template(44, 6)
    docs = []
    for n, name in enumerate(LENDERS[:4]):
        law = "\n".join(f"第{n}{k}条 {prose(rng, 2)}" for k in range(14))
        docs.append(page(name, f"{filled(text, name)}\n{law}", f"{n}.example.com", str(n), n))
    found = grouped(docs)
    assert len({found.template(doc) for doc in docs} - {None}) == 1
    assert None not in {found.template(doc) for doc in docs}


def test_versions_whose_added_passages_name_the_lender_stay_together() -> None:
    rng = random.Random(45)
    text = template(46, 6)
    added = [[["补充", *(sentence(rng, "{P}") for _ in range(8))]] for _ in LENDERS[:3]]
    docs = [
        page(name, filled([*text, *own], name), f"{n}.example.com", str(n), n)
        for n, (name, own) in enumerate(zip(LENDERS, added, strict=False))
    ]
    found = grouped(docs)
    assert all(found.template(one) == found.template(other) is not None for one, other in pairwise(docs))


@settings(max_examples=60, deadline=None)
@given(st.text("“”「」《》第三条款规定：；。\n （一）法公告特此如下a※§", max_size=300))
def test_any_text_has_an_answer_for_each_sentence_and_no_mark_in_its_keys(text: str) -> None:
    doc = Doc("http://a.example.com/1", "a", "标题", text)
    found = normal_form(article(doc), mentions(doc), FOLDS)
    assert not any(QUOTED in sentence.key for sentence in found.sentences)
    lines = [line.removeprefix(QUOTED) for line in found.body.split("\n") if line]
    assert lines == [sentence.key for sentence in found.sentences if sentence.field == "text"]


@pytest.mark.parametrize(
    "piece", ["“", "“a\n", "《", "《法", "第三", "第三条", "公告如下：\n", "」「", "第三条第一款"]
)
def test_a_hostile_text_costs_time_in_proportion_to_its_length(piece: str) -> None:
    def normal(count: int) -> None:
        normal_form(article(Doc("http://a.example.com/1", "a", "标题", piece * count)), [], FOLDS)

    grows_no_faster(normal, 8_000)
