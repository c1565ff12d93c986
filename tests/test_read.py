"""Stage 1 on saved pages of our own writing: what comes out, and what must not."""

from __future__ import annotations

import json
import pickle
from datetime import UTC, datetime

from shared_topic import RULES, WORDS

from crawler.page import Page, payload_sha256
from pipeline.drafts import Draft, DraftLine
from pipeline.read import Read
from pipeline.records import Drop, Fingerprint
from pipeline.repair.edited import TextEdit, undone

READ = Read({}, WORDS, RULES, b"k" * 32)
PAGE = """您好!歡迎訪問樣本頻道!

星河貸催收怎么辦?

內(nèi)容侵權(quán)、刪帖舉報聯(lián)系方式:
王先生:13800138000 service@example.com

平臺逾期 2℃ 0

小編導語

如今星河貸的用戶越來越多,催收問也讓不少借款者困擾。對借款者來說,了解自己的權(quán)利非常重要。

一、催收的方式

1.1 常見的手段

手段包括 催收、短信催收、上門催收等。這些方式給借款者帶來了很大的壓力,也影響了家人的生活。

二、應對的措施

2.1 保留證據(jù)

借款者應當保留通話錄音和短信,必要時可以通過法律途徑進行 。

小編總結(jié)

面對催收不必害怕,了解規(guī)則、保留證據(jù)、及時溝通,才能解決這些問,讓生活回到正軌。
"""


def page(payload: bytes, content_type: str = "text/plain; charset=utf-8") -> Page:
    return Page(
        "f-1", "sample", "http://example.com/1.html", datetime(2025, 1, 1, tzinfo=UTC), 200, content_type,
        payload, payload_sha256(payload), sourced=True,
    )  # fmt: skip


def read(payload: bytes) -> list[Draft | DraftLine | Fingerprint | Drop]:
    return list(READ(page(payload), "run-1"))


def lines(payload: bytes = PAGE.encode()) -> list[DraftLine]:
    return [row for row in read(payload) if isinstance(row, DraftLine)]


def test_random_bytes_are_a_drop_and_nothing_else() -> None:
    (drop,) = read(bytes(range(256)) * 40)
    assert isinstance(drop, Drop)
    assert (drop.stage, drop.run_id) == ("read", "run-1")


def test_a_page_without_a_text_is_a_drop() -> None:
    (drop,) = read(b"hello")
    assert isinstance(drop, Drop)


def test_no_contact_is_in_anything_that_comes_out() -> None:
    said = repr(read(PAGE.encode()))
    assert "13800138000" not in said and "service@" not in said and "王先生" not in said


def test_the_draft_knows_its_page_and_run() -> None:
    (draft,) = (row for row in read(PAGE.encode()) if isinstance(row, Draft))
    assert draft.article_id == page(PAGE.encode()).article_id
    assert (draft.run_id, draft.script, draft.encoding, draft.category) == (
        "run-1",
        "hant",
        "utf-8",
        "平台逾期",
    )


def test_the_title_is_line_0_and_furniture_has_its_reason() -> None:
    found = lines()
    assert (found[0].ordinal, found[0].kind, found[0].text) == (0, "title", "星河贷催收怎么办？")
    reasons = {line.text: line.reason for line in found}
    assert reasons["您好！欢迎访问样本频道！"] == "greeting"
    assert reasons["[NAME]:[PHONE] [EMAIL]"] == "contact"
    assert reasons["小编导语"] == "label"
    assert reasons["小编总结"] is None


def test_words_are_restored_and_every_edit_can_be_undone() -> None:
    found = lines()
    texts = [line.text for line in found]
    assert (
        "手段包括电话催收、短信催收、上门催收等。这些方式给借款者带来了很大的压力，也影响了家人的生活。"
        in texts
    )
    assert any("催收问题也让" in text for text in texts)
    assert any("进行维权。" in text for text in texts)
    for line in found:
        edits = [TextEdit(kind, start, end, old) for kind, start, end, old, _, _ in json.loads(line.edits)]
        assert all(line.text[s:e] == new for _, s, e, _, new, _ in json.loads(line.edits))
        assert len(undone(line.text, edits)) == len(line.original)


def test_the_original_keeps_the_pages_script_and_annotations() -> None:
    assert any("聯(lián)系方式" in line.original for line in lines())


def test_fingerprints_say_where_a_contact_stood_and_never_what_it_is() -> None:
    found = {(row.kind, row.place) for row in read(PAGE.encode()) if isinstance(row, Fingerprint)}
    assert found == {("phone", "furniture"), ("email", "furniture"), ("notice", "furniture")}
    in_text = PAGE.replace("保留通話錄音和短信", "來自 0755-12345678 的記錄")
    kinds = {(row.kind, row.place) for row in read(in_text.encode()) if isinstance(row, Fingerprint)}
    assert ("phone", "text") in kinds


def test_the_same_page_in_gbk_reads_the_same() -> None:
    assert [line.text for line in lines(PAGE.encode("gb18030"))] == [line.text for line in lines()]


def test_reading_twice_gives_the_same_and_the_stage_can_be_sent_to_a_worker() -> None:
    again = pickle.loads(pickle.dumps(READ))
    assert list(again(page(PAGE.encode()), "run-1")) == read(PAGE.encode())
