"""In which place a page shows a contact: whose it is there decides who may be linked by it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from shared_topic import RULES, WORDS

from crawler.page import Page, payload_sha256
from pipeline.read import Read
from pipeline.records import Fingerprint
from pipeline.redact import Seen, seen_in_source
from pipeline.registrations import registrations

READ = Read({}, WORDS, RULES, b"k" * 32)
ARTICLE = "".join(
    f"<p>第{n}次写信的人说，他把每一封来信都收在抽屉里，隔几天就拿出来读一读，再写下自己的想法。</p>"
    for n in range(6)
)
PHONE = "13800138000"


def places(around: str, inside: str = "", kind: str = "phone") -> set[str]:
    """Where a page with this beside its article, or inside it, shows contacts of the kind."""
    html = (
        '<html><head><meta charset="utf-8"><title>写信的人</title></head><body class="home has-ads">'
        f'<div class="content"><h1>写信的人</h1>{ARTICLE}{inside}</div>{around}</body></html>'
    )
    payload = html.encode()
    at = datetime(2025, 1, 1, tzinfo=UTC)
    page = Page(
        "f-1", "s", "http://example.com/1.html", at, 200, "text/html", payload, payload_sha256(payload), True
    )
    return {row.place for row in READ(page, "r") if isinstance(row, Fingerprint) and row.kind == kind}


@pytest.mark.parametrize(
    "around",
    [
        f'<div class="side gg"><p>{PHONE}</p></div>',
        f'<div id="ad-right"><ul><li>律师在线</li><li>{PHONE}</li></ul></div>',
        f"<div><p>欠款太多？免费评估</p><p>{PHONE}</p><p>点击咨询立即办理</p></div>",
        f"<div><p>欠款太多？免費評估</p><p>{PHONE}</p><p>點擊咨詢立即辦理</p></div>",
        f"<p>扫码添加，电话{PHONE}，停息挂账</p>",
    ],
)
def test_a_number_in_an_advert_is_the_advertisers(around: str) -> None:
    assert places(around) == {"advert"}


def test_an_advert_inside_the_article_is_an_advert() -> None:
    assert places("", f'<div class="ad"><p>请打{PHONE}找老李问清楚。</p></div>') == {"advert"}


@pytest.mark.parametrize(
    "around",
    [
        f'<div class="footer"><p>技术支持：样例网络 电话：{PHONE}</p></div>',
        f'<div class="footer"><p>Powered by Example</p><p>电话 {PHONE}</p></div>',
        f'<div class="footer"><p>样例市网信办举报中心：{PHONE}</p></div>',
    ],
)
def test_a_number_of_who_built_the_site_or_of_an_authority_is_theirs(around: str) -> None:
    assert places(around) == {"vendor"}


@pytest.mark.parametrize(
    "around",
    [
        f'<div class="footer"><p>联系电话：{PHONE}</p></div>',
        f'<div class="footer"><p>电话：{PHONE} 技术支持：样例网络</p></div>',
        f'<div class="footer"><p>联系我们：{PHONE}</p><p>免费评估</p><p>点击咨询</p></div>',
        f'<div class="footer"><p>电话：{PHONE}</p><p>扫描下方二维码关注我们</p></div>',
        f'<div class="header"><p>{PHONE}</p></div><div class="box"><p>免费评估</p><p>点击咨询</p></div>',
    ],
)
def test_the_sites_own_number_is_its_furniture(around: str) -> None:
    assert places(around) == {"furniture"}


def test_what_the_text_tells_stays_apart() -> None:
    told = f"<p>他说那天打来的号码是{PHONE}，后来就再也没有人接过这个电话，家里人也不知道是谁。</p>"
    assert places("", told + ARTICLE) == {"text"}


def test_a_registration_beside_an_advert_is_the_sites() -> None:
    footer = "<div><p>免费评估</p><p>点击咨询</p><p>测ICP备12345678号-2</p></div>"
    assert places(footer, kind="icp") <= {"furniture", "advert"}
    assert places("<div><p>技术支持：样例网络 测ICP备12345678号</p></div>", kind="icp") == {"furniture"}


def test_a_chat_link_in_the_source_is_a_link() -> None:
    assert places('<a href="http://wpa.qq.com/msgrd?v=3&uin=10001&site=qq">交谈</a>', kind="qq") == {"link"}


@pytest.mark.parametrize(
    "line",
    [
        "京ICP备00000000号",
        "粤ICP备XXXXXXXX号",
        "沪ICP备2024000000号-1",
        "根据ICP备案的要求，网站应当在底部写明编号。",
        "他的征信报告编号是12345678901234567890",
        "样例消费金融有限公司的客户可以拨打热线。",
        "订单号 91350100M000100Y44",
        "京公网安备 00000000000000号",
    ],
)
def test_placeholders_and_what_is_only_named_register_nobody(line: str) -> None:
    assert list(registrations(line)) == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("京ICP备12345678号", [("icp", "京12345678")]),
        ("京ICP备12345678号-1", [("icp", "京12345678"), ("icp-serial", "京12345678-1")]),
        ("备案号：京 ICP 備 12345678 號 - 2", [("icp", "京12345678"), ("icp-serial", "京12345678-2")]),
        ("京ICP备１２３４５６７８号", [("icp", "京12345678")]),
        ("(京)ICP备12345678", [("icp", "京12345678")]),
        ("京ICP证030173号", [("icp", "京证030173")]),
        ("京公网安备 11010802000001号", [("police", "11010802000001")]),
        ("增值电信业务经营许可证：京B2-20090001", [("licence", "京b2-20090001")]),
        ("统一社会信用代码：91350100M000100Y43", [("credit-code", "91350100m000100y43")]),
        ("Copyright © 2018-2024 样例信息科技有限公司 版权所有", [("company", "样例信息科技有限公司")]),
        ("主办单位：样例网络有限公司", [("company", "样例网络有限公司")]),
    ],
)
def test_a_registration_has_one_value_however_it_is_written(line: str, found: list[tuple[str, str]]) -> None:
    assert list(registrations(line)) == found


def test_accounts_of_one_owner_are_one_and_those_of_a_tutorial_none() -> None:
    source = """ga('create', 'UA-1234567-2'); (window,document,'script','dataLayer','GTM-ABC123');
    <script src="https://pagead2.example.com/adsbygoogle.js?client=ca-pub-1234567890123456"></script>
    gtag('config', 'G-XXXXXXXXXX');
    <script src="//hm.baidu.com/hm.js?00000000000000000000000000000000"></script>
    <a href="http://www.beian.gov.cn/portal/registerSystemInfo?recordcode=11010802000001">"""
    assert set(seen_in_source(source)) == {
        Seen("analytics", "google:UA-1234567"),
        Seen("analytics", "google:GTM-ABC123"),
        Seen("analytics", "adsense:pub-1234567890123456"),
        Seen("police", "11010802000001"),
    }


def test_ids_without_a_gap_between_them_are_all_seen() -> None:
    """One pass looks for the signs of all: none may hide another, in whatever order they stand."""
    alone = (
        "hm.baidu.com/?0123456789abcdef0123456789abcdef", "'UA-1234567-1", "gtag/js?id=G-ABCDEF1234",
        "'config','G-ABCDEF5678", "'GTM-ABCD123", "ca-pub-1234567890", "cnzz.com/?id=1234567",
        "users.51.la/1234567.js", "LA.init({id:'abcdefgh12'", "?recordcode=11010802000001",
        "wpa.qq.com/?uin=1234567",
    )  # fmt: skip
    each = {seen for source in alone for seen in seen_in_source(f"<a {source}>")}
    assert len(each) == len(alone)
    for order in (alone, alone[::-1]):
        ended = [f"{source}'" for source in order]
        assert set(seen_in_source("".join(ended))) == each
        assert set(seen_in_source("贷\ud800".join(ended))) == each
