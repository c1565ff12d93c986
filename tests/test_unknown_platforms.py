"""A name that no list has: found with its evidence, taken in by a command, and looked for from then on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from findings_articles import article, overdue

from crawler.workspace import Workspace, open_workspace
from pipeline.accepting import platform_id
from pipeline.findings import Find
from pipeline.records import NameHint
from pipeline.topic import Topic, load_topic, topic_folder
from yuqi.cli import run

NAME, OTHER = "鹭岛贷", "竹溪分期"
PAGE = """<html><head><title>{title}</title><link rel="canonical" href="http://{site}.example.com/a.html"></head><body><h1>{title}</h1>
<p>{name}逾期之后该怎么还款？不少借款人都为此发愁，这里把常见的问题说一说，希望对读者有一些帮助。</p>
<p>首先，{name}的客服会先发短信提醒，随后由{name}平台的工作人员打电话联系，催收的次数各人不同。</p>
<p>其次，在{name}借款时要看清合同里写的利息和罚息，以免到期之后才发现要还的比借的多出许多。</p>
<p>最后，{said}协商的时候要保存好记录，逾期久了可能被起诉，征信也会受到影响，请尽早处理。</p>
</body></html>"""
SAID = ("与对方", "同银行", "和平台", "跟客服")


def hints(find: Find, title: str, text: str, *, sure: bool = True) -> list[str]:
    found = find(article(title, text), (), ())
    return [hint.surface for hint in found if isinstance(hint, NameHint) and hint.sure is sure]


@pytest.mark.parametrize(
    "text",
    [
        "网贷逾期了怎么办？网贷平台会催收，借款人要还款，信用卡逾期也会影响征信。网贷客服说可以协商。",
        "暴力催收要举报。遇到暴力催收的借款人，可以保存证据再还款。第三方公司的电话不断，逾期的债务要还。",
        "自己逾期了，自己公司的同事都知道。自己还款，协商之后征信才会好转，罚息也少。",
        "信用卡分期逾期，信用卡分期的客服催收。信用卡分期公司，账单要还款，罚息不少，征信受影响，协商也难。",
        "商业银行逾期，商业银行客服会打电话，商业银行公司业务多，借款要还款，罚息不少，征信受影响。",
        "及时还款，避免逾期。及时协商，避免催收。及时联系客服，避免起诉，罚息也会少一些，征信不受影响。",
    ],
)
def test_what_is_no_name_is_no_hint(text: str) -> None:
    assert hints(overdue(), "逾期之后", text) == []


def test_a_page_of_another_topic_gives_no_hint() -> None:
    text = "绿萝公司成立于去年。绿萝平台的用户不多，绿萝客服很热情，绿萝APP可以下载。"
    assert hints(overdue(), "绿萝平台", text) == []


def test_of_a_name_and_what_stands_before_it_the_name_is_taken() -> None:
    text = f"在{NAME}借款逾期，会被{NAME}催收。{NAME}的客服说要还款。与{NAME}协商，罚息可减，征信不受影响。"
    assert hints(overdue(), f"{NAME}逾期", text) == [NAME]


def test_a_known_name_is_no_hint_and_a_name_with_an_odd_first_character_is_one() -> None:
    without = overdue().topic.tables["platforms"]
    kept = [row for row in without["platform"] if row["id"] != "jidai"]
    topic = Topic("overdue", {**overdue().topic.tables, "platforms": {**without, "platform": kept}})
    text = "及贷逾期了。及贷的客服催收，及贷平台说要还款。借款的罚息高，征信受影响，协商也难。"
    assert hints(overdue(), "及贷逾期", text) == []
    assert hints(Find(topic), "及贷逾期", text) == ["及贷"]


@pytest.mark.parametrize(
    "text",
    [
        "失业金逾期了吗？失业金客服说要协商。失业金的贷款、借款、还款、征信都要问。失业金平台没有。",
        "打不开逾期页面，打不开客服窗口，打不开平台。借款人要还款，征信受影响，催收会来，协商也难。",
        "利息、手续费、会员费都算借款成本。逾期的还款、催收、征信，都要协商。",
    ],
)
def test_words_that_only_look_like_names_are_no_hints_in_a_title_either(text: str) -> None:
    assert hints(overdue(), text[:8], text) == []


def test_a_part_of_a_name_is_not_suggested_for_it() -> None:
    text = f"{NAME}逾期要还款。{NAME}客服催收。联系{NAME}可以协商。{NAME}借款影响征信，{NAME}罚息不少。"
    assert hints(overdue(), f"关于{NAME}", text) == [NAME]


def test_names_that_stand_once_are_taken_from_a_list_of_names() -> None:
    text = f"征信里有{NAME}、{OTHER}、柚岭分期。逾期之后要还款，催收也多，借款人可以协商。"
    assert hints(overdue(), "逾期以后", text) == []
    assert hints(overdue(), "逾期以后", text.replace("里有", "：")) == [NAME, "柚岭分期"]


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("还欠鹭岛小贷一万", ["鹭岛小贷"]),
        ("收到竹溪消费金融的短信", ["竹溪消费金融"]),
        ("先后从柚岭银行、白鹭钱包借过", ["柚岭银行", "白鹭钱包"]),
        ("多家银行和其他小贷都一样，网上银行、手机钱包、电子钱包也是", []),
        ("一家银行、两笔小贷、某某银行、XX小贷、这家消费金融", []),
        ("我们银行、老家银行、外省小贷、正规小贷、传统金融、科技金融", []),
        ("想用竹溪消金分期，柚岭银行卡丢了，竹溪金融业不景气", ["竹溪消金"]),
    ],
)
def test_a_name_with_the_end_of_a_lender_need_stand_but_once(said: str, named: list[str]) -> None:
    text = f"{said}。逾期之后要还款，催收也多，征信受影响，借款人可以协商，罚息也能减。"
    assert sorted(hints(overdue(), "债务怎么办", text)) == sorted(named)
    assert hints(overdue(), "天气", f"{said}。明天有雨。") == []


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("他在鹭岛贷借款两万", ["鹭岛贷"]),  # a cue behind it
        ("他用过鹭岛贷，鹭岛贷后来没有了", ["鹭岛贷"]),  # twice
        ("他用过鹭岛贷，后来没有了", []),
        ("农机贷利息不高", []),  # a kind of loan
        ("助农贷款利息不高，问了助农贷款的柜台", []),
        ("还欠柚岭丰道小贷一万", ["柚岭丰道小贷"]),
        ("重庆江津农商行会不会起诉", ["重庆江津农商行"]),  # 行会 is no word here
        ("去了上饶银行业协会", []),  # 银行业 is one
    ],
)
def test_a_name_with_an_end_that_other_words_have_needs_a_cue_or_a_second_place(
    said: str, named: list[str]
) -> None:
    text = f"{said}。逾期之后会催收，还款要看合同，利息和罚息不少。"
    assert sorted(hints(overdue(), "债务怎么办", text)) == named


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("【竹溪样还款】忘了还款日怎么查", ["竹溪样"]),
        ("怎样对待竹溪样的逾期", ["竹溪样"]),
        ("竹溪样开门的日子", []),  # no loan word behind it
        ("上竹溪样还款", []),  # and it stands where no name does
    ],
)
def test_off_the_topic_a_title_names_who_lends(title: str, named: list[str]) -> None:
    text = "打开竹溪样，点开首页就能看到日子。竹溪样客服说，登录竹溪样以后每月都会提醒，还款要早。"
    assert hints(overdue(), title, text) == named


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("他在竹溪逸花借了两万", ["竹溪逸花"]),
        ("骗子冒充竹溪逸花客服", ["竹溪逸花"]),
        ("还欠竹溪逸花一万三", ["竹溪逸花"]),
        ("登录竹溪逸花之后", ["竹溪逸花"]),
        ("他在亲戚朋友处借了两万，从网上贷了一万，在外面借过钱", []),
        ("从老王借了两万，登录以前注册过的账号，冒充银行客服", []),
        ("在这家平台借了，还欠几家银行一万，登录手机银行之后", []),
        ("他在竹溪逸花住了两年", []),
    ],
)
def test_between_words_that_leave_nothing_but_a_name_once_is_enough(said: str, named: list[str]) -> None:
    text = f"{said}。逾期之后会催收，还款要看合同，利息和罚息不少。"
    assert hints(overdue(), "债务怎么办", text) == named


def test_in_a_list_a_name_vouches_for_what_stands_beside_it() -> None:
    said = "共有：拍拍贷、竹溪逸、柚岭丰、亲戚。还有：鹭岛丰、房贷。"
    text = f"{said}逾期要还款，催收也多，罚息、利息不少，借款人可以协商。"
    assert hints(overdue(), "逾期以后", text) == ["竹溪逸", "柚岭丰"]
    assert "鹭岛丰" in hints(overdue(), "逾期以后", text, sure=False)


def test_whom_the_page_calls_something_else_is_no_lender() -> None:
    said = "{0}逾期服务。{0}的客服说可以协商还款。{0}{1}的债务人，"
    text = f"{said}利息、罚息都谈，催收也停。{{0}}平台不少用户借款。"
    assert hints(overdue(), "竹溪逸逾期", text.format("竹溪逸", "律师事务所")) == []
    assert hints(overdue(), "竹溪逸逾期", text.format("竹溪逸", "")) == ["竹溪逸"]


def test_a_page_of_nothing_but_cues_gives_few_hints_soon() -> None:
    text = "".join(
        f"甲{chr(0x4E00 + n)}乙逾期，甲{chr(0x4E00 + n)}乙催收。还款罚息征信。" for n in range(3000)
    )
    assert len(hints(overdue(), "逾期", text)) <= 8


def test_the_id_of_a_name_is_its_pinyin_and_never_taken_twice() -> None:
    assert platform_id("51鹭岛贷", set()) == "51ludaodai"
    assert platform_id(NAME, {"ludaodai", "ludaodai-2"}) == "ludaodai-3"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Four pages of four sites about a lender that no list has, and one about another."""
    root = tmp_path / "w"
    root.mkdir()
    (root / "yuqi.toml").touch()
    for number, said in enumerate(SAID):
        _save(root, tmp_path / str(number), f"site{number}", NAME, said)
    _save(root, tmp_path / "other", "site9", OTHER, "与银行")
    assert run(["build", "--workspace", str(root)]) == 0
    return open_workspace(root)


def _save(root: Path, folder: Path, site: str, name: str, said: str) -> None:
    folder.mkdir()
    page = PAGE.format(title=f"{name}逾期{said}协商", name=name, said=said, site=site)
    (folder / "a.html").write_text(page, encoding="utf-8")
    assert run(["import", "--workspace", str(root), "--site", site, str(folder)]) == 0


def rows(capsys: pytest.CaptureFixture[str], place: Workspace, question: str) -> dict[str, dict[str, object]]:
    capsys.readouterr()
    assert run(["report", question, "--workspace", str(place.root), "--format", "json"]) == 0
    return {str(row["name"]): row for row in json.loads(capsys.readouterr().out)}


def parts(place: Workspace, stage: str) -> set[str]:
    return {folder.name for folder in (place.parts / stage).iterdir()}


def test_an_accepted_name_is_found_by_the_next_build_which_makes_no_earlier_stage_again(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    unknown = rows(capsys, workspace, "unknown-platforms")
    assert list(unknown) == [NAME, OTHER]
    row = unknown[NAME]
    assert (row["pages"], row["sites"], row["titles"], row["shaped"]) == (4, 4, 4, True)
    assert NAME in str(row["quote"]) and row["hits"] == 20
    assert NAME not in rows(capsys, workspace, "platforms")

    before = {stage: parts(workspace, stage) for stage in ("read", "article", "find")}
    assert run(["accept", NAME, "--workspace", str(workspace.root)]) == 0
    assert run(["topic", "check", "--workspace", str(workspace.root)]) == 0
    assert run(["build", "--workspace", str(workspace.root)]) == 0
    assert parts(workspace, "read") == before["read"]
    assert parts(workspace, "article") == before["article"]
    assert parts(workspace, "find").isdisjoint(before["find"])

    assert list(rows(capsys, workspace, "unknown-platforms")) == [OTHER]
    platform = rows(capsys, workspace, "platforms")[NAME]
    assert (platform["platform_id"], platform["pages"], platform["ambiguous_share"]) == ("ludaodai", 4, 0)
    topic = load_topic(topic_folder(), workspace.overrides)
    entry = next(row for row in topic.tables["platforms"]["platform"] if row["name"] == NAME)
    assert entry["confidence"] == "low" and not {"operator", "parent", "status"} & set(entry)


def test_what_the_report_does_not_have_is_not_accepted(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--workspace", str(workspace.root)]
    assert run(["accept", "花呗", *where]) == 2
    assert run(["accept", NAME, "--category", "bnak", *where]) == 2
    assert "did you mean `bank`" in capsys.readouterr().err
    assert not (workspace.overrides / "platforms.toml").exists()


def test_a_mistake_in_an_override_is_told_by_file_and_entry(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "overrides").mkdir()
    (tmp_path / "yuqi.toml").touch()
    said = '[[platform]]\nid = "x"\nname = "拍拍贷"\ncategory = "bank"\n'
    (tmp_path / "overrides" / "platforms.toml").write_text(said, encoding="utf-8")
    assert run(["topic", "check", "--workspace", str(tmp_path)]) == 1
    assert "`拍拍贷` belongs to ppdai and x" in capsys.readouterr().err
