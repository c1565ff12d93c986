from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from findings_articles import GYMS, OVERLAY, article, overdue
from shared_topic import TOPIC

from crawler.definitions import DefinitionError
from pipeline.accepting import accepted_entry
from pipeline.findings import Find, check_topic, rows
from pipeline.findings.gazetteer import collisions, default_tier, read_platforms
from pipeline.plausible import doubts
from pipeline.records import Mention
from pipeline.tables.topic import LawKind, MentionRule, PlatformAlias, PlatformRow, PracticeKind, Tip
from pipeline.topic import Topic, load_topic, topic_folder

PLATFORMS = {platform.platform_id: platform for platform in read_platforms(TOPIC)}


def overlaid(tmp_path: Path, toml: str) -> Topic:
    (tmp_path / "platforms.toml").write_text(toml, encoding="utf-8")
    return load_topic(topic_folder(), tmp_path)


def test_the_topic_has_no_mistakes() -> None:
    assert check_topic(TOPIC) == []
    assert check_topic(load_topic(GYMS)) == []
    assert doubts(TOPIC) == doubts(load_topic(GYMS)) == []


def test_there_are_three_hundred_platforms_and_no_two_share_a_surface() -> None:
    assert len(PLATFORMS) >= 300
    assert collisions(PLATFORMS.values()) == []


def test_what_only_a_farm_page_says_is_related_to_nobody() -> None:
    assert PLATFORMS["wuyao-jikeyou"].name == "51即刻有"
    for unverified in ("wuyao-jikeyou", "wuyao-jyd"):
        assert PLATFORMS[unverified].confidence == "low"
        assert PLATFORMS[unverified].facts["operator"] is PLATFORMS[unverified].facts["parent"] is None
    assert {PLATFORMS[name].name for name in ("wuyaoxinyongka", "wuyao-jyd", "jidai")} == {
        "51信用卡",
        "51金优贷",
        "及贷",
    }


def test_facts_of_low_confidence_are_not_released() -> None:
    released = {row.platform_id: row for row in rows(TOPIC) if isinstance(row, PlatformRow)}
    low = [platform for platform in PLATFORMS.values() if platform.confidence == "low"]
    assert any(platform.facts["operator"] for platform in low)
    for platform in low:
        row = released[platform.platform_id]
        assert (row.operator, row.parent, row.status) == (None, None, None)
    assert any(row.operator for row in released.values())


def test_rows_hold_every_table_of_the_topic() -> None:
    kinds = {type(row) for row in rows(TOPIC)}
    assert kinds == {PlatformRow, PlatformAlias, MentionRule, PracticeKind, LawKind, Tip}
    assert [row.name for row in rows(load_topic(GYMS)) if isinstance(row, PlatformRow)] == [
        "铁甲健身",
        "云步",
    ]


def test_a_workspace_adds_platforms_with_an_entry_of_three_lines() -> None:
    platforms = {
        platform.platform_id: platform for platform in read_platforms(load_topic(topic_folder(), OVERLAY))
    }
    assert len(platforms) == len(PLATFORMS) + 2
    cloud = platforms["yunduojie"]
    assert [(alias.text, alias.tier) for alias in cloud.aliases] == [("云朵借", "A"), ("云朵", "B")]
    assert cloud.confidence == "low"


def test_a_workspace_replaces_an_entry_by_its_id(tmp_path: Path) -> None:
    said = '[[platform]]\nid = "jidai"\nname = "及贷"\naliases = []\ncategory = "bank"\n'
    replaced = {p.platform_id: p for p in read_platforms(overlaid(tmp_path, said))}["jidai"]
    assert (replaced.category.category, replaced.category.label_zh) == ("bank", "银行")


CHANGE = """
[[change]]
id = "huabei"
status = "operating"
unset = ["name_en"]
aliases = ["花呗分期样", { text = "花呗", tier = "C" }]
[[change]]
id = "jidai"
category = "bank"
"""


def test_a_workspace_changes_single_names_and_facts_of_a_platform(tmp_path: Path) -> None:
    changed = {p.platform_id: p for p in read_platforms(overlaid(tmp_path, CHANGE))}
    before, after = PLATFORMS["huabei"], changed["huabei"]
    assert after.facts == {**before.facts, "status": "operating", "name_en": None}
    tiers = {alias.text: alias.tier for alias in after.aliases}
    assert tiers == {alias.text: alias.tier for alias in before.aliases} | {"花呗分期样": "A", "花呗": "C"}
    assert changed["jidai"].category.category == "bank"
    others = set(PLATFORMS) - {"huabei", "jidai"}
    assert all(changed[name] == PLATFORMS[name] for name in others) and len(changed) == len(PLATFORMS)


def test_a_workspace_withdraws_a_single_name(tmp_path: Path) -> None:
    topic = overlaid(tmp_path, '[[change]]\nid = "zhaolian-cf"\nremove = ["好期贷"]\n')
    page = article("说明", "好期贷逾期。招联金融逾期。")
    named = [(m.platform_id, m.surface) for m in Find(topic)(page, (), ()) if isinstance(m, Mention)]
    assert named == [("zhaolian-cf", "招联金融")]


def test_a_workspace_withdraws_a_whole_platform_and_nothing_else(tmp_path: Path) -> None:
    topic = overlaid(tmp_path, '[[change]]\nid = "zhaolian-cf"\nwithdrawn = true\n')
    assert check_topic(topic) == []
    kept = {p.platform_id: p for p in read_platforms(topic)}
    assert kept == {name: p for name, p in PLATFORMS.items() if name != "zhaolian-cf"}
    assert not any(getattr(row, "platform_id", None) == "zhaolian-cf" for row in rows(topic))
    page = article("说明", "好期贷逾期。招联金融逾期，花呗逾期。")
    named = [m.platform_id for m in Find(topic)(page, (), ()) if isinstance(m, Mention)]
    assert named == ["huabei"]


def test_a_name_that_was_withdrawn_is_accepted_as_another_platforms(tmp_path: Path) -> None:
    topic = overlaid(tmp_path, '[[change]]\nid = "jidai"\nwithdrawn = true\n')
    assert '\nid = "jidai-2"\nname = "及贷"\n' in accepted_entry(topic, "及贷", None, "https://example.com/1")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ('id = "huabei"\nwithdrawn = false', "`withdrawn` must be true; to keep the platform leave it out"),
        ('id = "huabei"\nwithdrawn = "yes"', "`withdrawn` must be true or false"),
        ('id = "huabei"\nwithdrawn = true\nstatus = "defunct"', "`status` is given for a platform that is"),
        ('id = "hubei-huabei"\nwithdrawn = true', "no such platform"),
        ('id = "hubei-huabei"', "no such platform"),
        ('status = "operating"', "`id` is missing"),
        ('id = "huabei"\nremove = ["花花呗"]', "it has no alias `花花呗`"),
        ('id = "jidai"\nremove = ["及贷"]', "give it `tier` D"),
        ('id = "huabei"\nunset = ["name"]', "`unset` knows no `name`"),
        ('id = "huabei"\nstatus = "defunct"\nunset = ["status"]', "both given and unset"),
        ('id = "huabei"\nstatus = "closed"', "`status` must be one of operating, defunct"),
        ('id = "huabei"\nalias = ["花"]', "did you mean `aliases`"),
        ('id = "huabei"\naliases = "花"', "`aliases` must be a list"),
        ('id = "huabei"\naliases = [7]', "`aliases` must be a list"),
        ('id = "huabei"\naliases = ["样花", "样花"]', "an alias stands twice"),
    ],
)
def test_a_wrong_change_is_named_by_file_and_entry(tmp_path: Path, change: str, said: str) -> None:
    with pytest.raises(DefinitionError, match=r"platforms\.toml: .*`") as caught:
        read_platforms(overlaid(tmp_path, f"[[change]]\n{change}\n"))
    assert said in str(caught.value)


def test_an_entry_that_a_workspace_gives_twice_is_refused(tmp_path: Path) -> None:
    said = '[[platform]]\nid = "x"\nname = "某贷款样"\ncategory = "bank"\n' * 2
    with pytest.raises(DefinitionError, match="platform `x` stands twice"):
        overlaid(tmp_path, said)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('name = "放心"\naliases = [{ text = "放心", tier = "A" }]', "an ordinary word cannot be of tier A"),
        ('name = "信用卡"', "a word of the topic itself"),
        ('name = "樣樣貸"', "is never found"),
        ('name = "样样贷"\noperator = "未知"\nsource = "x"', "`operator` says `未知`"),
        ('name = "样样贷"\noperator = "样样有限公司"', "`operator` has no `source`"),
        ('name = "样样贷"\nconfidence = "high"', "confidence high has no `source`"),
    ],
)
def test_what_nobody_would_believe_is_doubted(tmp_path: Path, entry: str, said: str) -> None:
    topic = overlaid(tmp_path, f'[[platform]]\nid = "yang"\ncategory = "bank"\n{entry}\n')
    assert check_topic(topic) == []
    (doubt,) = doubts(topic)
    assert said in doubt and doubt.startswith(f"{tmp_path / 'platforms.toml'}: platform `yang`: ")


def test_no_build_begins_with_a_name_that_two_platforms_claim(tmp_path: Path) -> None:
    topic = overlaid(tmp_path, '[[platform]]\nid = "x"\nname = "拍拍贷"\ncategory = "bank"\n')
    with pytest.raises(DefinitionError, match=r"platforms\.toml: alias `拍拍贷` belongs to ppdai and x"):
        Find(topic)


def test_a_short_name_is_not_taken_to_be_clean() -> None:
    assert [default_tier(text) for text in ("云朵借", "云朵", "360", "51")] == ["A", "B", "C", "C"]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('id = "x"\nname = "某贷款"', "`category` is missing"),
        ('id = "x"\nname = "某贷款"\ncategory = "bnak"', "did you mean `bank`"),
        (
            'id = "x"\nname = "某贷款"\ncategory = "bank"\nalias = []',
            "unknown key `alias`; did you mean `aliases`",
        ),
        ('id = "X y"\nname = "某贷款"\ncategory = "bank"', "kebab-case"),
        ('id = "x"\nname = ""\ncategory = "bank"', "`name` must be a text"),
        ('id = "x"\nname = "某贷款"\ncategory = "bank"\naliases = "某"', "`aliases` must be a list"),
        ('id = "x"\nname = "某贷款"\ncategory = "bank"\naliases = ["某"]', "two characters"),
        ('id = "x"\nname = "某贷款"\ncategory = "bank"\naliases = ["某贷", "某贷"]', "an alias stands twice"),
        (
            'id = "x"\nname = "某贷款"\ncategory = "bank"\naliases = [{ text = "某贷", tear = "B" }]',
            "did you mean `tier`",
        ),
        (
            'id = "x"\nname = "某贷款"\ncategory = "bank"\naliases = [{ text = "某贷", tier = "E" }]',
            "one of A, B, C, D",
        ),
        (
            'id = "x"\nname = "某贷款"\ncategory = "bank"\naliases = [{ text = "某贷", not_after = "以" }]',
            "`not_after` must be a list",
        ),
        ('id = "x"\nname = "某贷款"\ncategory = "bank"\nconfidence = "sure"', "high, medium, low"),
    ],
)
def test_a_mistake_is_named_by_file_and_entry(tmp_path: Path, entry: str, said: str) -> None:
    topic = overlaid(tmp_path, f"[[platform]]\n{entry}\n")
    with pytest.raises(DefinitionError, match=r"platforms\.toml") as caught:
        Find(topic)
    assert said in str(caught.value)
    assert "platform `" in str(caught.value)
    assert check_topic(topic) == [str(caught.value)]


def test_every_entry_that_is_wrong_is_named_at_once(tmp_path: Path) -> None:
    wrong = '[[platform]]\nid = "{}"\nname = "竹溪样"\ncategory = "{}"\n'
    topic = overlaid(
        tmp_path, wrong.format("X", "bank") + wrong.format("y", "bnak") + wrong.format("z", "bank")
    )
    first, second = check_topic(topic)
    assert "platform `X`: `id` must be kebab-case" in first
    assert "platform `y`: no category `bnak`; did you mean `bank`?" in second


def test_a_surface_that_two_platforms_claim_is_reported(tmp_path: Path) -> None:
    topic = overlaid(tmp_path, '[[platform]]\nid = "x"\nname = "拍拍贷"\ncategory = "bank"\n')
    assert check_topic(topic) == [f"{tmp_path / 'platforms.toml'}: alias `拍拍贷` belongs to ppdai and x"]


SHARED = """
[[platform]]
id = "{0}"
name = "{1}样样付"
category = "bank"
aliases = [{{ text = "样样付", {2} }}]
"""


def test_several_platforms_may_share_a_word_if_each_of_them_says_so(tmp_path: Path) -> None:
    one = SHARED.format("one", "甲", "shared = true")
    assert check_topic(overlaid(tmp_path, one + SHARED.format("two", "乙", "shared = true"))) == []
    topic = overlaid(tmp_path, one + SHARED.format("two", "乙", 'tier = "D"'))
    assert check_topic(topic) == [f"{tmp_path / 'platforms.toml'}: alias `样样付` belongs to one and two"]


def test_what_several_share_is_never_a_name_by_itself(tmp_path: Path) -> None:
    topic = overlaid(tmp_path, SHARED.format("one", "甲", 'shared = true, tier = "C"'))
    assert "what several platforms share is of tier D" in check_topic(topic)[0]


def test_an_exception_lets_stand_what_begins_as_another_word() -> None:
    page = article("说明", "中信银行业务办理。中信银行业的报告。上海银行业务发展。")
    held = [m.char_start for m in overdue()(page, (), ()) if isinstance(m, Mention)]
    assert held == [0]


def test_a_name_of_latin_letters_or_digits_and_han_is_found_with_spaces_between_them() -> None:
    said = "360 借条和 51 信用卡逾期了，融 e 借、OPPO 钱包没有，360借条还清了。手机每月 360 分期还款。"
    page = article("说明", f"{said}催收来电，借款协商，罚息和征信另说。")
    held = [m.surface for m in overdue()(page, (), ()) if isinstance(m, Mention)]
    assert held == ["360 借条", "51 信用卡", "融 e 借", "OPPO 钱包", "360借条"]


def test_no_entry_states_what_nobody_verified() -> None:
    table = tomllib.loads((topic_folder() / "platforms.toml").read_text(encoding="utf-8"))
    for row in table["platform"]:
        assert "未核实" not in row.get("operator", "") + row.get("parent", "")
        assert row["source"]


def test_what_only_holds_a_names_characters_is_no_mention() -> None:
    said = (
        "美团月付款给骑手，360借条大小不一，还呗唱片公司发行新专辑，分期乐园里有游乐设施，度小满月酒，洋钱罐头，"
        "JDBC连接数据库，写了3600张借条，151信用卡，有借有还，及贷款和以及贷款，用来分期，快捷信用好。"
    )
    text = f"{said}借款逾期后催收多，还款要看征信，罚息和违约金要协商，起诉不怕。"
    assert [one for one in overdue()(article("说明", text), (), ()) if isinstance(one, Mention)] == []


def test_every_clean_name_is_found_as_itself() -> None:
    find = overdue()
    for platform in PLATFORMS.values():
        for alias in platform.aliases:
            if alias.tier == "A":
                page = article("说明", f"有人提到“{alias.text}”。")
                held = [m for m in find(page, (), ()) if isinstance(m, Mention)]
                assert [(m.platform_id, m.surface) for m in held] == [(platform.platform_id, alias.text)], (
                    alias
                )
