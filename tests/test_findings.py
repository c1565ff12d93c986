"""Findings as a whole: names, roles, laws, zones, bounds; cases in cases/findings.json."""

from __future__ import annotations

import ast
import json
import pickle
import random
from itertools import pairwise
from pathlib import Path

import pytest
from effort import within
from findings_articles import GYMS, HERE, article, found, overdue
from hypothesis import given, settings
from hypothesis import strategies as st
from shared_topic import TOPIC

from crawler.definitions import DefinitionError
from pipeline.findings import Find, check_topic
from pipeline.findings.gazetteer import read_platforms
from pipeline.records import Law, Mention, Practice, TipSource
from pipeline.topic import Topic, load_topic

GENERIC = {"公司", "是由", "平台"}  # of any page: the end of a company's name, 由…发表, a part of a site
# Common words that begin with a family name, and what no given name ends in: 房贷 and 钱包 are among them.
ABOUT_NAMES = {HERE.parent / "pipeline" / "extract" / "names.py"}
CASES = json.loads((HERE / "cases" / "findings.json").read_text(encoding="utf-8"))
GOLD = HERE.parents[1] / "shared" / "gold" / "pages"
OVERDUE = overdue()


@pytest.mark.parametrize("case", CASES["names"], ids=lambda case: case["label"])
def test_names_are_told_from_ordinary_words(case: dict[str, list[str]]) -> None:
    mentions = found(OVERDUE, Mention, str(case.get("title", "逾期还款说明")), str(case["text"]))
    assert [mention.surface for mention in mentions] == case["names"]
    assert "roles" not in case or [mention.role for mention in mentions] == case["roles"]


@pytest.mark.parametrize("case", CASES["laws"], ids=lambda case: case["label"])
def test_laws_are_cited_with_their_brackets_and_what_is_wrong_with_them(case: dict[str, list[str]]) -> None:
    laws = found(OVERDUE, Law, "说明", str(case["text"]))
    assert [[law.law_id, law.surface, law.note] for law in laws] == case["laws"]


def test_a_name_in_the_title_alone_is_a_subject_beside_the_one_the_text_is_about() -> None:
    text = "云朵借的催收频繁。云朵借成立多年。\n云朵借的客服说还款要趁早。山雀分期也有逾期。"
    roles = {m.platform_id: m.role for m in found(OVERDUE, Mention, "51即刻有又开始催收了", text)}
    assert roles == {"wuyao-jikeyou": "subject", "yunduojie": "subject", "shanque": "other"}


def test_one_mention_makes_no_subject_and_four_fifths_of_the_most_frequent_do() -> None:
    assert {m.role for m in found(OVERDUE, Mention, "逾期了怎么办", "云朵借逾期后会催收。")} == {"other"}
    text = "云朵借逾期。" * 5 + "山雀分期逾期。" * 4 + "微粒贷逾期。" * 3
    roles = {m.platform_id: m.role for m in found(OVERDUE, Mention, "说明", text)}
    assert roles == {"yunduojie": "subject", "shanque": "subject", "weilidai": "other"}


def test_a_channel_is_not_counted_towards_the_subject() -> None:
    text = "云朵借逾期后催收频繁。云朵借还款很方便。" + "可以通过支付宝还款。" * 4
    roles = {m.platform_id: m.role for m in found(OVERDUE, Mention, "逾期说明", text)}
    assert roles == {"yunduojie": "subject", "alipay": "channel"}


def test_a_gym_is_found_by_a_topic_of_its_own_and_no_lender() -> None:
    """Nothing of the first topic is in Python: the same code with other tables finds other things."""
    gyms = Find(load_topic(GYMS))
    text = (
        "花呗逾期会催收。铁甲健身拒绝退卡。3名会员反映云步不予退款。\n"
        "一、防坑\n1.1 看清条款\n会员应看清合同条款。\n"
        "依据《健身卡管理办法》和《民法典》，全民动起来。\n相关文章\n云步门店"
    )
    findings = list(gyms(article("办卡须知", text), (), ()))
    assert [(m.surface, m.role) for m in findings if isinstance(m, Mention)] == [
        ("铁甲健身", "other"),
        ("云步", "other"),
    ]
    practices = [(p.platform_id, p.assertion) for p in findings if isinstance(p, Practice)]
    assert practices == [("tiejia", "generic"), ("yunbu", "alleged")]
    assert [law.surface for law in findings if isinstance(law, Law)] == ["《健身卡管理办法》"]
    assert [(tip.tip_id, tip.heading) for tip in findings if isinstance(tip, TipSource)] == [
        ("read-card", "看清条款")
    ]


def test_no_word_of_the_topic_stands_in_python() -> None:
    words = {alias.text for platform in read_platforms(OVERDUE.topic) for alias in platform.aliases}
    words |= set(OVERDUE.names.cues.gate_words)
    unknown = OVERDUE.names.cues.unknown
    words |= {cue for cue in unknown.cues if not cue.isascii()} - GENERIC
    for path in set(Path(HERE.parent / "pipeline").rglob("*.py")) - ABOUT_NAMES:
        for string in _strings(ast.parse(path.read_text(encoding="utf-8"))):
            assert not [word for word in words if word in string], path


def test_findings_come_in_order_and_twice_the_same() -> None:
    text = (
        "云朵借逾期后会上门催收。\n二、应对策略\n2.1 保持冷静\n借款人应保持冷静，依据《民法典》维权。\n"
        "山雀分期不会上门。"
    )
    page = article("云朵借逾期", text)
    first, second = list(OVERDUE(page, (), ())), list(OVERDUE(page, (), ()))
    assert first == second
    for kind in (Mention, Practice, Law, TipSource):
        places = [(f.field != "title", f.char_start) for f in first if isinstance(f, kind)]
        assert places and all(left <= right for left, right in pairwise(places))


def test_a_worker_process_gets_the_same_finder() -> None:
    page = article("云朵借逾期", "云朵借会上门催收。")
    sent = pickle.loads(pickle.dumps(OVERDUE))
    assert list(sent(page, (), ())) == list(OVERDUE(page, (), ()))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *"及贷来分期花呗51360。，\n\u0130Ａ😀 《》",
                "云朵借",
                "催收",
                "用户反映",
                "上门",
                "借款人应",
                "一、应对",
                "相关文章",
            ]
        ),
        max_size=60,
    )
)
def test_every_span_is_its_surface_whatever_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    mentions = found(OVERDUE, Mention, text[:20].replace("\n", ""), text)
    for left, right in pairwise(mentions):
        assert left.field != right.field or left.char_end <= right.char_start


@pytest.mark.parametrize(
    "piece",
    [
        "360逾期还款",
        "用来分期",
        "催",
        "花呗\n",
        "有用户投诉称平台暴力催收，威胁上门，",
        "《",
        "。",
        "1",
        "一、应对\n1.1 沟通\n应沟通。\n",
    ],
)
def test_five_megabytes_of_anything_take_seconds(piece: str) -> None:
    page = article("逾期催收", piece * (5_000_000 // len(piece.encode())))
    with within(30):
        list(OVERDUE(page, (), ()))


@pytest.mark.parametrize(
    ("cue", "said"),
    [
        ("(催", "no regular expression"),
        ("催.*收", "without bound"),
        ("(?:催|收){0,9}", "repeats a group"),
        ("催.{0,900}收", "more than 60"),
    ],
)
def test_a_pattern_that_a_page_could_make_slow_is_refused(cue: str, said: str) -> None:
    tables = {**OVERDUE.topic.tables}
    rows = [{**row, "cues": [cue]} if row["id"] == "visit" else row for row in tables["taxonomy"]["practice"]]
    topic = Topic("overdue", {**tables, "taxonomy": {**tables["taxonomy"], "practice": rows}})
    with pytest.raises(DefinitionError, match=said):
        Find(topic)
    assert "taxonomy.toml" in check_topic(topic)[0] and "practice `visit`" in check_topic(topic)[0]


def test_an_unknown_key_of_the_cues_is_named() -> None:
    tables = OVERDUE.topic.tables
    topic = Topic(
        "overdue",
        {**tables, "cues": {**tables["cues"], "gate": {"word": [], "least": 2, "sure": 4, "words": []}}},
    )
    assert "unknown key `word`; did you mean `words`?" in check_topic(topic)[0]


@pytest.mark.skipif(not GOLD.is_dir(), reason="no gold pages beside the repository")
def test_gold_pages_have_every_platform_and_law_and_no_other() -> None:
    find = Find(TOPIC)
    for path in sorted(GOLD.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        title, _, text = gold["clean_text"].partition("\n")
        findings = list(find(article(title, text), (), ()))
        shift = {"title": 0, "text": len(title) + 1}
        for kind, key in ((Mention, "platforms"), (Law, "laws")):
            wanted = {(offset, row["surface"]) for row in gold[key] for offset in row["offsets"]}
            held = {(f.char_start + shift[f.field], f.surface) for f in findings if isinstance(f, kind)}
            assert held == wanted, path.name
        headings = {row["heading"] for row in gold["tips"] if row["source"] == "subsection"}
        assert {f.heading for f in findings if isinstance(f, TipSource) and f.heading} == headings
        assert "alleged" not in {f.assertion for f in findings if isinstance(f, Practice)}


@pytest.mark.skipif(not GOLD.is_dir(), reason="no gold pages beside the repository")
def test_line_order_does_not_matter_to_names() -> None:
    gold = json.loads(sorted(GOLD.glob("*.json"))[0].read_text(encoding="utf-8"))
    title, *lines = gold["clean_text"].split("\n")
    count = len(found(OVERDUE, Mention, title, "\n".join(lines)))
    random.Random(1).shuffle(lines)
    assert len(found(OVERDUE, Mention, title, "\n".join(lines))) == count


def _strings(tree: ast.Module) -> list[str]:
    """Text constants of a module, its docstrings and the comments of columns left out."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    docs |= {
        id(comment)
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript)
        and isinstance(node.value, ast.Name)
        and node.value.id == "Annotated"
        for comment in ast.walk(node.slice)
    }
    return [
        n.value
        for n in ast.walk(tree)
        if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in docs
    ]


@pytest.mark.parametrize(
    "text",
    ["老师让大家分期乐学，逾期不候，贷款也要学。",
     "他拍拍贷款人的肩膀，说利息不高，逾期要还。",
     "先付定金的京东白条纹衬衫，逾期退款，利息另算。",
     "招联合作社借款三万元，逾期还清，利息不高。", "玖富镇的农民逾期还款，贷款利息下调。",
     "这月付清了贷款，逾期的利息也还了。"],
)  # fmt: skip
def test_a_name_that_goes_on_as_another_word_is_no_lender(text: str) -> None:
    assert not found(OVERDUE, Mention, "逾期还款说明", text)


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("微粒贷逾期", "我逾期三天，拍拍贷就给我打了三十个电话，骂得很难听。"),
        ("信也科技逾期", "我逾期三天，分期乐就给我打了三十个电话，骂得很难听。"),
        ("京东逾期", "我逾期三天，京东白条就给我打了三十个电话，骂得很难听。"),
    ],
    ids=["a name", "an alias", "the company behind it"],
)
def test_a_page_whose_title_names_one_platform_and_whose_text_another_accuses_nobody(
    title: str, body: str
) -> None:
    said = [p for p in found(OVERDUE, Practice, title, body) if p.assertion == "alleged"]
    assert said and {(p.platform_id, p.attribution) for p in said} == {(None, "none")}
    same = [p for p in found(OVERDUE, Practice, body[6:9] + "逾期", body) if p.assertion == "alleged"]
    assert same and {p.attribution for p in same} == {"direct"}
