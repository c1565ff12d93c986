"""Personal data: what goes, what stays, and hashes that tell sites apart without telling contacts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from effort import within
from hypothesis import given
from hypothesis import strategies as st
from shared_topic import RULES

from pipeline.redact import Seen, keyed_hash, redact, redact_lines, seen_in, seen_in_source

FILES = ("redact.json", "personal_data.json")
CASES = [
    case
    for name in FILES
    for case in json.loads((Path(__file__).parent / "cases" / name).read_text(encoding="utf-8"))
]
WORDS = RULES.redact
PHONE = "13800138000"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["said"][:24])
def test_a_line_is_shown_as_its_case_says(case: dict[str, str]) -> None:
    assert redact(case["said"], WORDS) == case["shown"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["said"][:24])
def test_redacting_twice_is_redacting_once(case: dict[str, str]) -> None:
    assert redact(case["shown"], WORDS) == case["shown"]


@given(
    st.text("催收电话微信王先生，:： a", max_size=12), st.sampled_from(["", " ", "-", "　"]), st.booleans()
)
def test_a_number_is_found_whatever_stands_around_it(near: str, between: str, wide: bool) -> None:
    number = between.join((PHONE[:3], PHONE[3:7], PHONE[7:]))
    shown = number.translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)}) if wide else number
    said = redact(f"{near}{shown}。", WORDS)
    assert "0013" not in said and shown not in said


def test_a_contact_has_one_value_however_it_is_written() -> None:
    lines = ("138 0013 8000", "１３８００１３８０００", "+86-138-0013-8000", "一三八〇〇一三八〇〇〇")
    assert {tuple(seen_in(line, WORDS)) for line in lines} == {(Seen("phone", PHONE),)}
    assert list(seen_in("Service@Example.COM", WORDS)) == [Seen("email", "service@example.com")]


def test_registrations_are_seen_in_either_script() -> None:
    for line in ("粤ICP备12345678号-1", "粵ICP備12345678號"):
        assert Seen("icp", "粤12345678") in seen_in(line, WORDS)
    assert list(seen_in("粤公网安备 44030002000001号", WORDS)) == [Seen("police", "44030002000001")]


def test_analytics_ids_are_seen_in_the_source() -> None:
    source = """<script src="https://hm.baidu.com/hm.js?0123456789abcdef0123456789abcdef"></script>
    <script async src="https://www.googletagmanager.com/gtag/js?id=G-ABCDEF1234"></script>
    ga('create', 'UA-1234567-1'); s4.cnzz.com/z_stat.php?id=1234567&web_id=1234567
    <a href="http://wpa.qq.com/msgrd?v=3&uin=1234567&site=qq">"""
    assert {seen.value for seen in seen_in_source(source)} == {
        "baidu:0123456789abcdef0123456789abcdef", "google:G-ABCDEF1234", "google:UA-1234567",
        "cnzz:1234567", "1234567",
    }  # fmt: skip


@pytest.mark.parametrize(
    "lines",
    [
        ["共 36", "1500 元"],
        ["本金138", "0013", "8000元"],
        ["2024", "12", "11", "18", "58"],
        ["138", "0013 次"],
        ["1.138", "0013", "8000"],
        ["138", "", "00138000"],
    ],
)
def test_lines_of_figures_stay(lines: list[str]) -> None:
    assert redact_lines(lines, WORDS) == lines


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        (["138", "0013", "8000"], ["[PHONE]"] * 3),
        (["电话：138", "0013-8000（李律师）"], ["电话：[PHONE]", "[PHONE]（李律师）"]),
        (["电话 １３８００", "１３８０００", "13800138000"], ["电话 [PHONE]", "[PHONE]", "[PHONE]"]),
        (["13800138000", "00138000"], ["[PHONE]", "00138000"]),
    ],
)
def test_a_number_that_only_several_lines_hold_goes(lines: list[str], shown: list[str]) -> None:
    assert redact_lines(lines, WORDS) == shown


def test_public_hotlines_are_no_fingerprint() -> None:
    assert list(seen_in("请拨打 12378、12345 或 95588", WORDS)) == []
    assert list(seen_in("星蓝贷客服热线400-123-4567", WORDS)) == []
    assert list(seen_in("客服热线：400-123-4567", WORDS)) == [Seen("phone", "4001234567")]


def test_the_hash_depends_on_key_and_kind_and_does_not_hold_the_value() -> None:
    phone = Seen("phone", PHONE)
    hashed = keyed_hash(phone, b"k" * 32)
    assert len(hashed) == 32 and PHONE not in hashed
    assert hashed == keyed_hash(phone, b"k" * 32)
    assert hashed not in (keyed_hash(phone, b"l" * 32), keyed_hash(Seen("qq", PHONE), b"k" * 32))


@pytest.mark.parametrize(
    "hostile",
    ["1" * 200_000, f"{PHONE} " * 20_000, "a" * 200_000 + "@", "a@" * 60_000, "联系人：" * 30_000,
     "微信" * 60_000, "1 " * 100_000, "王先生" * 40_000, "x@a." * 40_000],
    ids=["digits", "phones", "local", "ats", "labels", "wechat", "spaced", "names", "hosts"],
)  # fmt: skip
def test_a_hostile_line_takes_seconds_not_minutes(hostile: str) -> None:
    with within(15):
        redact(hostile, WORDS)
