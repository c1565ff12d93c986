"""Personal data of pages that hide it everywhere: in no table, no release and no log; hotlines stay."""

from __future__ import annotations

from pathlib import Path

import pytest
from contact_scan import OF_THE_TOPIC, PATTERNS, contacts_in, contacts_of_store
from taken_pages import texts_below

from crawler.private_names import without_contacts
from crawler.workspace import Workspace, open_workspace
from pipeline.store.reader import open_latest
from yuqi.cli import run

SENTENCES = """<p>我在星蓝贷借了五千元，逾期第三天就有人打电话来，家里人也接到了短信，大家都很害怕。</p>
<p>后来我拨打12378投诉，也打了星蓝贷客服热线400-123-4567，对方说会登记，请我先保留证据。</p>"""
HTML = f"""<html><head><meta charset="utf-8"><title>星蓝贷逾期找李律师13800138000 - 逾期频道</title>
<meta name="author" content="王经理 QQ:1234567">
<meta property="og:title" content="星蓝贷逾期找李律师13800138000">
<meta name="keywords" content="service@example.com">
<script type="application/ld+json">{{"@type": "Article", "headline": "星蓝贷逾期找李律师13800138000",
"articleSection": "咨询微信abc12345", "author": {{"name": "张三 138-0013-8000"}}}}</script></head>
<body><div class="crumb"><a href="/">首页</a> &gt; <a href="/c">法务VX：abc12345</a></div>
<div class="article"><h1>星蓝贷逾期找李律师13800138000</h1>
<div class="meta">作者：王经理13800138000 分类：加V：abc12345</div>
{SENTENCES}
<table><tr><td>联系人</td><td>张三</td><td>１３８００１３８０００</td></tr>
<tr><td>身份证</td><td>11010519491231002X</td></tr>
<tr><td>收款人：李四</td><td>6222021234567890128</td></tr></table>
<p>需要的朋友可以拨 <b>138</b><i>0013</i><span>8000</span>，
也可以发邮件到 service [at] example [dot] com。</p>
<div>138</div><div>0013</div><div>8000</div>
<p>他的座机是 0755-12345678，扣扣 1 2 3 4 5 6 7，微信号：abc_12345，说是一三八零零一三八零零零也能打通。</p>
<p>最后平台同意分期，我每月按时还款，把合同和聊天记录都保存了下来，事情才算过去。</p>
<h2>联系律师13800138000协商</h2><p>律师费不便宜，先自己协商，协商的时候把收入证明准备好，不要答应做不到的方案。</p></div>
<div class="related">相关文章 <a href="/2">加微信abc12345解决逾期</a></div>
<div class="foot">联系我们 service＠example．com QQ群：123456789</div></body></html>"""
PLAIN = """您好!歡迎訪問逾期頻道!

測試貸逾期之後的經歷

聯(lián)系方式: 王先生:13800138000 service@example.com

我在測試貸借了五千元,逾期第三天就有人打電話來,家里人也接到了短信,大家都很害怕。
電話:138
0013
8000
后來我撥打12378投訴,對方說會登記,請我先保留證據,再與平臺協商還款,不要再借新債。
"""
COMMANDS = (
    ["build", "--workers", "1"],
    ["status"],
    ["release", "--version", "1.0.0", "--edition", "full", "--unsourced"],
)
KEPT = ("12378", "400-123-4567")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, str]:
    """Imported, built, released; with everything that was logged."""
    folder = tmp_path_factory.mktemp("private")
    pages = folder / "pages"
    pages.mkdir()
    (pages / "李律师13800138000.html").write_text(HTML, encoding="utf-8")
    (pages / "王先生 微信abc12345.txt").write_text(PLAIN, encoding="utf-8")
    (pages / "王先生 微信abc12346.txt").write_text(PLAIN + "再說一句。", encoding="utf-8")
    (folder / "w").mkdir()
    (folder / "w" / "yuqi.toml").touch()
    root = ("--workspace", str(folder / "w"))
    with pytest.MonkeyPatch.context() as patch:
        log = folder / "log"
        with log.open("w", encoding="utf-8") as file:
            patch.setattr("sys.stderr", file)
            patch.setattr("sys.stdout", file)
            for command in (["import", str(pages), "--unsourced"], *COMMANDS):
                assert run([*command, *root]) == 0
    return open_workspace(folder / "w"), log.read_text(encoding="utf-8")


def test_no_text_column_of_any_table_holds_a_contact(built: tuple[Workspace, str]) -> None:
    assert contacts_of_store(built[0].latest) == []


def test_no_file_of_a_full_release_and_no_log_holds_a_contact(built: tuple[Workspace, str]) -> None:
    place, log = built
    assert contacts_in(log) == []
    with open_latest(place) as connection:
        hashes = {h for (h,) in connection.execute("SELECT keyed_hash FROM fingerprints").fetchall()}
    looked_at = set()
    for name, text in texts_below(place.releases / "1.0.0"):  # packed ones unpacked
        assert not [hashed for hashed in hashes if hashed in text], name
        if Path(name).stem not in OF_THE_TOPIC and name != "SHA256SUMS":
            assert contacts_in(text) == [], name
            looked_at.add(Path(name).suffix)
    assert hashes and {".parquet", ".csv", ".jsonl", ".xlsx", ".json", ".md", ".cff", ".sql"} <= looked_at


def test_hotlines_stay_and_what_goes_is_marked(built: tuple[Workspace, str]) -> None:
    with open_latest(built[0]) as connection:
        rows = connection.execute("SELECT url, title, author, text FROM articles ORDER BY url").fetchall()
        originals = connection.execute("SELECT text FROM originals WHERE field = 'text'").fetchall()
    texts = "\n".join(text for *_, text in rows)
    assert all(number in texts for number in KEPT)
    assert {"[PHONE]", "[EMAIL]", "[QQ]", "[WECHAT]", "[ID]", "[CARD]"} <= set(_marks(texts))
    assert any("[PHONE]" in text for (text,) in originals)
    assert all(author is None for _, _, author, _ in rows)
    assert "星蓝贷逾期找[NAME][PHONE]" in {title for _, title, _, _ in rows}


def test_files_whose_names_differ_in_a_contact_only_stay_two_pages(built: tuple[Workspace, str]) -> None:
    with open_latest(built[0]) as connection:
        urls = [url for (url,) in connection.execute("SELECT url FROM pages").fetchall()]
    assert len(set(urls)) == len(urls) == 3
    assert all("[PHONE]~" in url or "[WECHAT]~" in url for url in urls)


@pytest.mark.parametrize(
    "name",
    [
        "20241211.html",
        "1512345678901.txt",
        "000_22dfe64db641c150.txt",
        "138001380001.html",
        "wx_article.html",
        "05e98007-d810-4036-b154-2ef2fe68c2af.html",
        "a@2x.html",
        "逾期/第138天.txt",
        "show.php?id=13800",
        "qq/1.txt",
    ],
)
def test_names_without_a_contact_stay(name: str) -> None:
    assert without_contacts(name, b"key") == name


def test_a_name_is_hashed_with_a_key_and_the_same_each_time() -> None:
    name = "a/李律师 138-0013-8000.html"
    shown = without_contacts(name, b"key")
    assert shown == without_contacts(name, b"key") != without_contacts(name, b"other")
    assert contacts_in(shown) == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张三13800138000/a.html", "[NAME][PHONE]/a~"),
        ("张三/13800138000.html", "[NAME]/[PHONE]~"),
        ("13800138000 李四.txt", "[PHONE] [NAME]~"),
        ("逾期/债务人13800138000.txt", "逾期/债务人[PHONE]~"),
    ],
)
def test_a_name_beside_a_contact_goes_from_a_files_name_too(name: str, shown: str) -> None:
    assert without_contacts(name, b"key").startswith(shown)


def test_the_patterns_of_this_test_find_what_the_pages_hold() -> None:
    """Or the tests above would prove nothing."""
    assert {kind for kind, _ in contacts_in(HTML.replace("</td><td>", " "))} >= set(PATTERNS) - {
        "spoken phone"
    }
    assert {kind for kind, _ in contacts_in(HTML)} >= {"spoken phone", "phone", "wide phone", "landline"}


def _marks(text: str) -> list[str]:
    return [f"[{part.partition(']')[0]}]" for part in text.split("[")[1:]]
