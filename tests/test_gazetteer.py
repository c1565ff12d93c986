from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from findings_articles import GYMS, OVERLAY, article, overdue

from crawler.definitions import DefinitionError
from pipeline.findings import Find, check_topic, rows
from pipeline.findings.gazetteer import collisions, default_tier, read_platforms
from pipeline.records import Mention
from pipeline.tables.topic import LawKind, MentionRule, PlatformAlias, PlatformRow, PracticeKind, Tip
from pipeline.topic import Topic, load_topic, topic_folder

TOPIC = load_topic(topic_folder())
PLATFORMS = {platform.platform_id: platform for platform in read_platforms(TOPIC)}


def overlaid(tmp_path: Path, toml: str) -> Topic:
    (tmp_path / "platforms.toml").write_text(toml, encoding="utf-8")
    return load_topic(topic_folder(), tmp_path)


def test_the_topic_has_no_mistakes() -> None:
    assert check_topic(TOPIC) == []
    assert check_topic(load_topic(GYMS)) == []


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
    assert replaced.category == "bank"


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


def test_a_surface_that_two_platforms_claim_is_reported(tmp_path: Path) -> None:
    topic = overlaid(tmp_path, '[[platform]]\nid = "x"\nname = "拍拍贷"\ncategory = "bank"\n')
    assert check_topic(topic) == [f"{tmp_path / 'platforms.toml'}: alias `拍拍贷` belongs to ppdai and x"]


def test_no_entry_states_what_nobody_verified() -> None:
    table = tomllib.loads((topic_folder() / "platforms.toml").read_text(encoding="utf-8"))
    for row in table["platform"]:
        assert "未核实" not in row.get("operator", "") + row.get("parent", "")
        assert row["source"]


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
