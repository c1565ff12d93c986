"""A line that is met again is told from memory, and no page can see it in what it says."""

from __future__ import annotations

from shared_topic import RULES, WORDS

from pipeline.extract.judged import judged
from pipeline.findings.screened import Screen
from pipeline.line_memory import LINES, LONGEST, once_a_line
from pipeline.lines import classify, line_key
from pipeline.redact import redact, seen_in
from pipeline.repair.edited import EditedText
from pipeline.repair.restoring import AskedRules, by_use, noted, restore_page
from yuqi.evaluating.memories import memories

RUNNING = "借款人逾期以后，先看账单，再同平台协商，来往的消息都要留存。"
BUTTON = "微信 微博"


def test_a_line_is_asked_once_and_a_long_one_every_time():
    asked = []
    ask = once_a_line(lambda line, given: asked.append(line) or (line, given))
    long = "逾" * (LONGEST + 1)
    assert [ask("逾期", 1), ask("逾期", 1), ask("逾期", 2)] == [("逾期", 1), ("逾期", 1), ("逾期", 2)]
    assert ask(long, 1) == ask(long, 1) == (long, 1)
    assert asked == ["逾期", "逾期", long, long]


def test_who_measures_the_cost_of_a_page_can_empty_what_is_remembered_of_lines():
    redact(RUNNING, RULES.redact)
    restored(RUNNING)
    known = memories()
    assert {one.__wrapped__ for one in known} >= {
        one.__wrapped__ for one in (redact, seen_in, judged, line_key)
    }
    assert by_use(RULES.lacunae).alone.known and any(one.cache_info().currsize for one in known)
    for one in known:
        one.cache_clear()
    assert not by_use(RULES.lacunae).alone.known
    assert not any(one.cache_info().currsize for one in known if one is not by_use)


def test_what_a_stage_remembers_of_sentences_is_a_memory_too():
    screen = Screen()
    assert screen.may in memories()


def reasons(*lines: str, title: str = "怎么办", kind: str = "paragraph") -> tuple[str | None, ...]:
    return classify(lines, [kind] * len(lines), title, WORDS)


def test_a_line_that_was_met_is_judged_by_where_it_stands_now():
    crumb = "样例网 - 债务"
    for _ in range(2):
        assert reasons("首页", RUNNING)[0] == "navigation"
        assert reasons(RUNNING, "首页", RUNNING)[1] is None
        assert reasons(crumb, RUNNING, title="样例网 债务")[0] == "injected-title"
        assert reasons(RUNNING, crumb, RUNNING)[1] is None


def test_a_line_that_was_met_is_judged_by_its_neighbours_of_now():
    number = "13800138000"
    for _ in range(2):
        assert reasons(RUNNING, "联系电话", number, RUNNING)[1] == "contact"
        assert reasons(RUNNING, "联系电话", RUNNING)[1] is None


def test_a_line_that_was_met_as_one_kind_is_judged_anew_as_another():
    for _ in range(2):
        assert reasons(RUNNING, BUTTON, RUNNING)[1] == "share"
        assert reasons(RUNNING, BUTTON, RUNNING, kind="list-item")[1] is None


def restored(*lines: str) -> list[str]:
    return [line.text for line in restore_page([EditedText(line) for line in lines], RULES.lacunae)]


def test_what_the_next_line_goes_on_with_is_no_lost_word_wherever_the_line_was_met_before():
    broken = "他们反映的主要是催收问"
    for _ in range(2):
        assert restored(broken, "题，平台没有回答。")[0] == broken
        assert restored(broken, "平台没有回答。")[0] == f"{broken}题"


def test_a_line_needs_its_page_as_a_witness_wherever_it_was_met_before():
    blank, sure = "平台对他进行 催收，他很焦虑。", "这个催收问也让他困扰。"
    for _ in range(2):
        alone, witnessed = restored(blank, RUNNING)[0], restored(blank, sure)[0]
        assert alone == blank
        assert witnessed != blank


def test_a_line_that_was_met_has_the_same_notes():
    said = "平台对他进行 催收，他很焦虑。"
    assert noted([said, RUNNING], RULES.lacunae) == noted([RUNNING, said], RULES.lacunae)[::-1]


def test_what_is_remembered_of_lines_is_bounded():
    asked = AskedRules(RULES.lacunae)
    for start in range(0, LINES + 2_000, 1_000):
        asked([f"第{number}行" for number in range(start, start + 1_000)])
    assert len(asked.known) <= LINES
    asked(["逾" * (LONGEST + 1)])
    assert max(map(len, asked.known)) <= LONGEST
