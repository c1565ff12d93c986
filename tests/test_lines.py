"""Which lines of a page are furniture; what must stay stands first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shared_topic import WORDS

from pipeline.lines import as_compared, classify, line_key
from pipeline.records import LINE_REASONS

SHARED = Path(__file__).resolve().parents[2] / "shared"
TITLE = "样例贷催收又开始怎么办？"
FIRST = "还款日到了，银行卡里却没有足够的钱，这是许多用过样例贷的人都遇到过的事情。"
LAST = "先算清楚自己每个月能拿出多少钱，再去和样例贷的客服商量，把话说在前面总是好的。"


def reason(line: str, *, kind: str = "paragraph", edge: bool = False) -> str | None:
    """In mid-text, or at the edge of the page."""
    lines = [line, FIRST, LAST] if edge else [FIRST, line, LAST]
    reasons = classify(lines, [kind if text == line else "paragraph" for text in lines], TITLE, WORDS)
    assert reasons[lines.index(FIRST)] is None
    return reasons[lines.index(line)]


@pytest.mark.parametrize(
    "line",
    [
        "借款人可以主动联系样例贷的客服，说明自己的情况。",
        "平台在声明中表示，不会联系通讯录里的其他人。",
        "网上的相关文章很多，真假要自己分辨。",
        "五、相关法律",
        "六、联系方式的保护",
        "5.1 投诉电话",
        "小编总结",
        "总结",
        "平台简介",
        "投诉电话：12378",
        "可以拨打12315热线反映情况，也可以写信。",
        "切勿点击下方链接，谨防诈骗",
        "不要扫描二维码，也不要添加陌生人的微信",
        "免责声明是合同里常见的条款，签字之前要看清楚。",
        "样例贷的版权所有者是一家科技公司。",
        "平台没有办理ICP备案，属于违规经营。",
        "样例贷逾期后被催收的经过",
        "2023年5月，样例贷改了还款规则。",
        "逾期30天以内",
        "分享一个真实的案例",
        "评论区里有人说，样例贷的客服态度还算好。",
        "微信支付的账单也要保存",
        "短信 | 电话 | 上门",
        "一、样例贷催收又开始",
        "标签化的说法要少用。",
        "咨询律师",
        "编辑：这样还款行吗？",
        "责任编辑的电话打不通",
        "本帖最后由版主改过标题",
        "文/武双全的人也会逾期",
        "【甲公司】和【乙公司】的合同",
        "微信：可以绑定样例贷的还款账户",
        "二〇二三年样例贷改了还款规则",
        "昨天",
        "三部门约谈样例贷",
        "第三部分 怎样商量",
        "样例贷的催收人员冒充民警恐吓借款人，来电号码是[PHONE]，已有多人投诉。",
        "催收员自称法院工作人员，用[PHONE]给他的母亲拨打了十几个电话。",
        "点击查看账单明细，再点击申请延期，就可以看到困难客户的通道。",
        "长按二维码就能查询的假网站，也随着关注的人越来越多而出现。",
        "转载请注明这几个字，被他写进了每一条短信的末尾，令人哭笑不得。",
        "声明：样例贷的客服只说合同仅供参考。",
        "2024年5月1日样例贷的客服打来电话",
    ],
)
def test_a_line_that_only_looks_like_furniture_stays(line: str) -> None:
    assert reason(line) is None


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("您好！欢迎访问样例频道！", "greeting"),
        ("[NAME]：[PHONE] [EMAIL]", "contact"),
        ("样先生：13800138000 service@example.com", "contact"),
        ("内容侵权联系邮箱：[EMAIL]", "contact"),
        ("需要协商还款请加微信[WECHAT]，专业团队为您办理", "call-to-action"),
        ("长按识别二维码，免费领取方案", "call-to-action"),
        ("点击查看协商方案", "call-to-action"),
        ("需要协商还款请加微信[WECHAT]，专业团队为您办理。", "call-to-action"),
        ("转载请注明出处：样例频道", "disclaimer"),
        ("作者：林小编 发布时间：2024-12-11 18:58:36 浏览：30", "meta"),
        ("小编导语", "label"),
        ("样例贷催收又开始", "injected-title"),
        ("样例贷催收又开始怎么办", "injected-title"),
        ("声明：本网站所提供的信息仅供参考之用，并不代表本网赞同其观点。联系方式：[EMAIL]", "disclaimer"),
        ("Copyright © 2024 样例频道 测ICP备00000001号", "registration"),
        ("分享到：微信 微博 QQ空间", "share"),
        ("打印关闭", "share"),
        ("声明：样例报力求信息真实，内容仅供参考，不构成投资建议，据此操作风险自担。", "disclaimer"),
        ("【打印本页】【关闭窗口】 分享到：微信 微博 QQ空间", "share"),
        ("（责任编辑：林样）", "meta"),
        ("【编辑：林样】", "meta"),
        ("责任编辑：林样、王样", "meta"),
        ("本帖最后由 样例路人 于 2022-7-2 08:00 编辑", "meta"),
        ("文/林样 图/借款人提供", "meta"),
        ("发布日期：二〇二三年五月十七日", "meta"),
        ("上一篇：样例贷的利息高不高", "related"),
        ("当前位置：首页 > 逾期政策 > 正文", "navigation"),
        ("—— …… ——", "empty"),
    ],
)
def test_furniture_in_mid_text_goes(line: str, why: str) -> None:
    assert reason(line) == why


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("林小编 2024-12-11 18:58:36", "meta"),
        ("平台逾期 2℃ 0", "meta"),
        ("林小编", "meta"),
        ("昨天", "meta"),
        ("3天前", "meta"),
        ("2024-12-11 18:58来源：样例财经·样例号·政务", "meta"),
        ("2024-12-11 18:58:36 出处：样例频道 作者：林样 编辑：王样 人气： 30 次 评论（2）", "meta"),
        ("原创 SampleForce 2024-12-11 18:58:36", "meta"),
        ("分享", "share"),
        ("首页", "navigation"),
        ("首页 | 催收 | 协商 | 征信", "navigation"),
    ],
)
def test_short_lines_at_the_edge_of_the_page_go(line: str, why: str) -> None:
    assert reason(line, edge=True) == why


def test_a_short_line_that_ends_the_text_is_no_byline() -> None:
    assert classify([FIRST, LAST, "咨询律师"], ["paragraph"] * 3, TITLE, WORDS) == (None, None, None)


def test_lines_above_the_title_are_navigation() -> None:
    lines = ["样例频道", "逾期政策", FIRST, LAST]
    assert classify(lines, ["paragraph"] * 4, TITLE, WORDS, head=2) == (
        "navigation",
        "navigation",
        None,
        None,
    )


def test_what_stands_under_related_articles_goes_to_the_end() -> None:
    lines = [
        FIRST,
        "相关文章",
        "样例分期的利息详细阅读",
        FIRST[:30] + "...",
        "2024-12-11 0",
        "最新评论",
        LAST,
    ]
    reasons = classify(lines, ["paragraph"] * 7, TITLE, WORDS)
    assert reasons == (None, "related", "related", "related", "related", "comments", "comments")


@pytest.mark.parametrize("goes_on", ["二、账单的算法", "2.1 账单的算法", "小编总结"])
def test_the_article_goes_on_behind_recommendations_in_its_middle(goes_on: str) -> None:
    lines = [FIRST, "推荐阅读", "样例分期的利息", "样例金的客服", goes_on, LAST]
    reasons = classify(lines, ["paragraph"] * 6, TITLE, WORDS)
    assert reasons == (None, "related", "related", "related", None, None)


def test_an_editor_below_the_text_goes_though_a_headline_that_begins_with_a_number_follows() -> None:
    lines = [FIRST, LAST, "编辑：林样", "相关新闻", "三部门约谈样例贷"]
    reasons = classify(lines, ["paragraph"] * 5, TITLE, WORDS)
    assert reasons == (None, None, "meta", "related", "related")


def test_a_numbered_heading_that_repeats_the_title_stays() -> None:
    assert reason("二、样例贷催收又开始怎么办？") is None


@pytest.mark.skipif(not SHARED.is_dir(), reason="the gold lines are not here")
@pytest.mark.parametrize("redacted", [False, True])
@pytest.mark.parametrize("page", ["000", "001", "003"])
def test_on_the_gold_pages_exactly_the_article_s_lines_stay(page: str, redacted: bool) -> None:
    content = {
        "intro",
        "section_heading",
        "subsection_heading",
        "body",
        "list_item",
        "summary_label",
        "summary",
    }
    rows = json.loads((SHARED / "gold" / "lines.json").read_text(encoding="utf-8"))[page]["lines"]
    rows = [row for row in rows if row["clean_unrestored"].strip()]
    head = next(index for index, row in enumerate(rows) if row["label"] == "title")
    title = rows.pop(head)["clean_unrestored"]
    lines = [row["clean_unrestored"] for row in rows]
    if redacted:
        lines = [
            line.replace("13800138000", "[PHONE]").replace("service@example.com", "[EMAIL]") for line in lines
        ]
    reasons = classify(lines, ["paragraph"] * len(rows), title, WORDS, head)
    assert [why is None for why in reasons] == [row["label"] in content for row in rows]


@given(st.lists(st.text(max_size=80), max_size=12), st.text(max_size=30))
def test_every_line_gets_a_documented_reason_or_none(lines: list[str], title: str) -> None:
    reasons = classify(lines, ["paragraph"] * len(lines), title, WORDS)
    assert len(reasons) == len(lines)
    assert {why for why in reasons if why} <= LINE_REASONS.keys()


@given(st.text(max_size=60))
def test_a_key_of_a_key_is_the_same_key(text: str) -> None:
    assert as_compared(as_compared(text)) == as_compared(text)


def test_lines_that_differ_in_numbers_and_blanks_have_one_key() -> None:
    assert line_key("已有 12 人浏览") == line_key("已有3456人浏览")


def test_sentences_that_differ_in_numbers_have_different_keys() -> None:
    said = "这笔{}元的借款发生在2021年，当事人把来往的消息都交给了本栏目留存。"
    assert line_key(said.format(300)) != line_key(said.format(5000))
    assert line_key(said.format(" 300 ")) == line_key(said.format(300))
