"""Laws of repair as a whole: twice is once, edits replay and undo, genuine Chinese stays, spans survive."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import jieba
import pytest
from gbk_damage import annotated_pairs, damaged, traditional
from hypothesis import given, settings
from hypothesis import strategies as st
from shared_topic import RULES

from pipeline.evaluate.clean import CleanScore
from pipeline.findings.practices import is_restoration
from pipeline.quote import NoOriginalError, original_span, replay, undo
from pipeline.records import Confidence, Edit
from pipeline.repair import RepairedLine, repair_page
from pipeline.repair.edited import EditedText
from pipeline.repair.misread import misread_spans, reread
from pipeline.script import characters
from yuqi.evaluating.clean import clean_figures

# In the manner of the pages; what damage is made of comes from these words alone.
SENTENCES = (
    "随着互联网金融的发展，催收问题也让许多借款人困扰。",
    "对方通过电话等方式联系家人，频繁的催收电话和短信让人害怕。",
    "不接电话就联系单位，这种做法不合适；要保留证据。",
    "与此同时，平台应当说明费用，可以通过法律途径进行维权。",
    "依据《中华人民共和国民法典》和《征信业管理条例》，不良信息保存五年。",
    "借款来自拍拍贷，账户余额不足，可以拨打12378反映情况。",
    "业内人士说：“现在就协商。”规模化的管理，科学的方法，都很重要。",
)
CLEAN = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6)
DELETED = (
    ("电话", " "),
    ("问题", "问"),
    ("维权", " "),
    ("与此同时，", "与此"),
    ("自拍", " "),
    ("征信", ""),
    ("中华", ""),
)


@st.composite
def pages(draw: st.DrawFn) -> list[str]:
    """Lines with any of the damages, one upon the other."""
    lines = draw(CLEAN)
    for word, left in draw(st.lists(st.sampled_from(DELETED), unique=True)):
        lines = [line.replace(word, left) for line in lines]
    if draw(st.booleans()):
        lines = [traditional(line) for line in lines]
        changed = sorted({c for line in lines for c in line if c in characters().simplified_of})
        chosen = "".join(c for c in changed if draw(st.booleans()))
        lines = [damaged(line, annotated_pairs(chosen)) for line in lines]
    if draw(st.booleans()):
        at = draw(st.integers(0, len(lines) - 1))
        wrote, read_as = draw(
            st.sampled_from([("utf-8", "gb18030"), ("utf-8", "latin-1"), ("gbk", "latin-1")])
        )
        lines[at] = lines[at].encode(wrote, "replace").decode(read_as, "replace")
    return lines


def edits_of(line: RepairedLine) -> list[Edit]:
    return [
        Edit("a-1", n, "text", e.kind, e.start, e.end, e.original, line.text[e.start : e.end], e.confidence)
        for n, e in enumerate(line.edited.edits)
    ]


@given(pages())
@settings(max_examples=80, deadline=None)
def test_repairing_twice_is_repairing_once(lines: list[str]) -> None:
    once = repair_page("", lines, RULES)
    twice = repair_page("", [line.text for line in once.lines], RULES)
    assert [line.text for line in twice.lines] == [line.text for line in once.lines]
    assert not any(line.edited.edits for line in twice.lines)


@given(pages())
@settings(max_examples=80, deadline=None)
def test_edits_can_be_undone_and_replayed_exactly(lines: list[str]) -> None:
    for line in repair_page("", lines, RULES).lines:
        edits = edits_of(line)
        own = undo(line.text, edits)
        assert own == line.edited.undo()
        assert replay(own, edits) == line.text
        assert all(line.text[e.char_start : e.char_end] == e.replacement for e in edits)
        assert original_span(line.text, line.original, edits, 0, len(line.text)) == line.original


def test_edits_of_another_text_are_not_replayed() -> None:
    edit = Edit("a-1", 0, "text", "deleted-ti", 3, 4, "", "题", "high")
    assert replay("催收问也多", [edit]) == "催收问题也多"
    with pytest.raises(NoOriginalError):
        replay("催收", [Edit("a-1", 0, "text", "deleted-dianhua", 1, 3, " ", "电话", "high")])


@given(CLEAN, st.booleans())
@settings(max_examples=40, deadline=None)
def test_genuine_chinese_is_never_changed(lines: list[str], is_traditional: bool) -> None:
    shown = [traditional(line) for line in lines] if is_traditional else lines
    page = repair_page("", shown, RULES)
    assert not any(line.edited.edits for line in page.lines)
    assert is_traditional or [line.text for line in page.lines] == lines


@given(pages(), st.data())
@settings(max_examples=60, deadline=None)
def test_a_span_of_the_text_leads_to_the_same_words_of_the_page(
    lines: list[str], data: st.DataObject
) -> None:
    for line in repair_page("", lines, RULES).lines:
        start = data.draw(st.integers(0, len(line.text)))
        end = data.draw(st.integers(start, len(line.text)))
        said = original_span(line.text, line.original, edits_of(line), start, end)
        assert said in line.original
        if not any(e.start < end and start < e.end for e in line.edited.edits):
            assert len(said) >= end - start


def test_no_word_of_the_dictionary_reads_back_as_another() -> None:
    with jieba.get_dict_file() as file:
        words = [entry.decode("utf-8").split(" ", 1)[0] for entry in file]
    assert len(words) == 349_046
    assert [word for word in words if list(misread_spans(word))] == []


@pytest.mark.parametrize(
    ("wrote", "read_as"), [("utf-8", "gb18030"), ("utf-8", "latin-1"), ("gbk", "latin-1")]
)
@pytest.mark.parametrize("sentence", SENTENCES)
def test_what_was_misread_is_read_back(sentence: str, wrote: str, read_as: str) -> None:
    """But for characters that reading itself has lost, and short pieces between them."""
    misread = sentence.encode(wrote).decode(read_as, "replace")
    found = reread(EditedText(misread))
    assert found.undo() == misread
    assert len(set(found.text) & set(sentence)) >= 0.75 * len(set(sentence))
    assert all(e.original != found.text[e.start : e.end] for e in found.edits)


@pytest.mark.parametrize("reader", ["replace", "ignore"])
def test_of_text_that_lost_bytes_all_is_read_back_rightly_or_noted(reader: str) -> None:
    """As GBK reads UTF-8: of 12,935 pieces of lines by other people 4 were wrong."""
    pages = [line.encode().decode("gbk", reader).replace("\ufffd", "?") for line in SENTENCES]
    back = 0
    for said, line in zip(SENTENCES, repair_page("", pages, RULES).lines, strict=True):
        for edit in line.edited.edits:
            read = line.text[edit.start : edit.end]
            assert edit.kind == "misread" and read in said
            back += len(read)
        left = {place for note in line.notes for place in range(note.start, note.end)}
        left |= {place for edit in line.edited.edits for place in range(edit.start, edit.end)}
        unsaid = [char for place, char in enumerate(line.text) if place not in left and char not in said]
        assert reader == "ignore" or "".join(unsaid).strip("？（）") == ""
    assert back >= 0.6 * sum(map(len, SENTENCES))


def test_a_note_on_misread_text_holds_no_contact() -> None:
    said = "请打电话一三八零零一三八零零零，有人接听"
    line = repair_page("", [said.encode().decode("gb18030", "replace")], RULES).lines[0]
    assert line.notes and all(note.replacement == "" for note in line.notes)
    assert not line.edited.edits


def test_rereading_uncovers_no_contact() -> None:
    said = "加微信：abc12345，快速下款"
    misread = said.encode().decode("latin-1")
    line = repair_page("", [misread], RULES).lines[0]
    assert "微信" not in line.text
    assert [note.kind for note in line.notes] == ["misread"] * len(line.notes)


def test_clean_text_is_read_from_files_of_any_kind_and_edits_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>借款人应当了解自己的权利。</p>", encoding="utf-8")
    (tmp_path / "b.po").write_text('msgid "x"\nmsgstr "确定要删除吗？"\n', encoding="gbk")
    (tmp_path / "c.txt.gz").write_bytes(gzip.compress("催收问也让人困扰。\n".encode()))
    told: list[dict[str, object]] = []
    figures = {figure.measure: figure.value for figure in clean_figures([tmp_path], told.append)}
    assert figures["restoring-edits"] == 1
    assert figures["annotations"] == 0
    assert [row["found"] for row in told] == ["题"]


def test_the_sentences_of_this_file_are_clean() -> None:
    score = CleanScore()
    shuffled = list(SENTENCES) * 20
    random.Random(1).shuffle(shuffled)
    assert list(score.add(shuffled, RULES)) == []


@pytest.mark.parametrize(
    ("kind", "confidence", "is_restored"),
    [
        ("annotation", "certain", False),
        ("misread", "certain", False),
        ("misalignment", "certain", False),
        ("misalignment", "high", True),
        ("deleted-ti", "high", True),
        ("damaged-law", "high", True),
    ],
)
def test_a_word_that_was_inferred_is_a_restoration(
    kind: str, confidence: Confidence, is_restored: bool
) -> None:
    assert is_restoration(Edit("a-1", 0, "text", kind, 0, 1, "", "题", confidence)) is is_restored
