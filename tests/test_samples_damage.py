"""Damages keep the truth: what was done can be undone, and what must stay stays."""

import re

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yuqi.samples import Farm, TrueEdit, true_page
from yuqi.samples.damages.annotations import annotate
from yuqi.samples.damages.lacunae import delete_words
from yuqi.samples.damages.misalignment import misalign
from yuqi.samples.damages.script import HALF_WIDTH, to_half_width, to_traditional
from yuqi.samples.damages.text import (
    assembled,
    drop,
    numbered,
    reorder,
    reword,
    stitch,
    taken_apart,
    truncate,
)
from yuqi.samples.document import Document, Line, Span, line, rewritten
from yuqi.samples.markup import Named, RawLine, written
from yuqi.samples.stories import story, told

FULL_WIDTH = str.maketrans(",;:!?()", "，；：！？（）")


def document(*texts: str) -> Document:
    return Document(tuple(line("title" if n == 0 else "paragraph", text) for n, text in enumerate(texts)))


def own(changed: Document) -> list[str]:
    return [one.own_words for one in changed.lines]


def test_pinyin_is_put_behind_changed_characters_only() -> None:
    shown = annotate(to_traditional(document("平台内容", "拼音长时间")), 1.0, "key")
    assert own(shown) == ["平臺(tái)內(nèi)容", "拼音長(zhǎng)時(shí)間(jiān)"]
    assert [one.text for one in shown.lines] == ["平台内容", "拼音长时间"]
    assert own(annotate(document("平台内容"), 1.0, "key")) == ["平台内容"]


def test_a_page_annotates_a_character_always_or_never() -> None:
    shown = annotate(to_traditional(document("问问", *["问题还没有解决，问题还在"] * 5)), 0.5, "key")
    for character in "問題還沒決":
        said = "".join(own(shown))
        assert said.count(f"{character}(") in (0, said.count(character))


def test_cutting_gbk_bytes_gives_what_such_pages_show() -> None:
    shown = misalign(to_traditional(document("背景", "很好。现实如此", "也好。互联网")), 1.0, "key")
    assert "?，F(xiàn)實(shí)" in own(shown)[1]
    assert "?；ヂ?lián)" in own(shown)[2]
    assert [one.text for one in shown.lines] == ["背景", "很好。现实如此", "也好。互联网"]


def test_a_run_that_swallowed_a_digit_cannot_be_known_and_one_with_pinyin_can() -> None:
    text = to_traditional(document("阶段该", "可以拨打12315。现实如此"))
    runs = [cell for cell in misalign(text, 1.0, "key").lines[1].cells if cell.damage == "misalignment"]
    assert [(cell.true, cell.own, cell.expected) for cell in runs] == [
        ("拨打1", "?gāi)艽?", False),
        ("。现", "?，F(xiàn)", True),
    ]


def test_aligned_text_is_only_annotated() -> None:
    plain = to_traditional(document("标题", "借款人应当保持冷静，主动联系。"))
    assert own(misalign(plain, 0.0, "key")) == own(plain)
    assert own(misalign(plain, 1.0, "key")) == own(annotate(plain, 1.0, "key"))


def test_the_filter_deletes_words_and_says_which_gaps_can_be_filled() -> None:
    shown = delete_words(
        document("问题", "催收电话和短信，通过电话联系，催收问题也多，进行维权。与此同时，平台也")
    )
    assert own(shown)[1] == "催收 和短信，通过 联系，催收问也多，进行 。与此平台也"
    gaps = [(cell.true, cell.expected) for cell in shown.lines[1].cells if cell.damage]
    assert gaps == [("电话", True), ("电话", False), ("题", True), ("维权", True), ("同时，", True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("会向单位打电话核实，", True),
        ("安排人员进行电话催收，", True),
        ("遭到合作方的电话轰炸，", False),  # or 短信轰炸
        ("通过电话联系，", False),
        ("适用法律若干问题的规定", True),
        ("大家最担心的问题。", True),
        ("问题，多半能谈", False),
        ("与此同时，平台也会核对", True),
        ("与此同时，平台的官方客服也可以核对", False),  # 与此平台的官方客服 reads well as it stands
    ],
)
def test_a_gap_is_expected_where_only_one_word_fits(text: str, expected: bool) -> None:
    (line,) = delete_words(document(text)).lines
    assert [cell.expected for cell in line.cells if cell.damage] == [expected]


def test_words_cannot_be_changed_once_damage_is_done() -> None:
    broken = delete_words(document("标题", "问题"))
    with pytest.raises(ValueError, match="before damage"):
        rewritten(broken.lines[1], 0, 1, "提")
    with pytest.raises(ValueError, match="before any other damage"):
        delete_words(to_traditional(document("标题", "问题")))


def test_spans_move_with_the_words_before_them() -> None:
    old = line("paragraph", "不少人说青禾样借会威胁", spans=(Span(4, 8, "platform", "sample-qinghe"),))
    new = rewritten(old, 0, 2, "很多很多")
    assert new.text[new.spans[0].start : new.spans[0].end] == "青禾样借"


def test_markup_may_nest_and_fills_names() -> None:
    raw = RawLine("paragraph", 0, "(stay-calm) {p}的[phone-harass:G|频繁的[phone:G|催收电话]]，{d}天")
    made = written(raw, {"p": Named("sample-qinghe", "青禾样借"), "d": "30"})
    assert made.text == "青禾样借的频繁的催收电话，30天"
    found = [(span.kind, span.id, made.text[span.start : span.end]) for span in made.spans]
    assert ("practice", "phone-harass", "频繁的催收电话") in found
    assert ("practice", "phone", "催收电话") in found
    assert ("platform", "sample-qinghe", "青禾样借") in found
    assert ("tip", "stay-calm", made.text) in found


def test_text_damages_keep_own_passages_and_spans() -> None:
    of = next(one for n in range(60) if (one := story(1, n)).own is not None)
    whole = told(1, of)
    parts = taken_apart(whole)
    assert assembled(parts) == whole
    for n in range(40):
        for changed in (
            assembled(drop(parts, n)),
            assembled(reorder(parts, n)),
            truncate(whole, n),
            reword(whole, 1.0, n),
            numbered(whole),
        ):
            assert any(one.is_own for one in changed.lines)
            for one in changed.lines:
                assert all(0 <= span.start < span.end <= len(one.text) for span in one.spans)


def test_a_stitched_text_has_two_parents() -> None:
    one, other = (taken_apart(told(1, story(1, n))) for n in (0, 5))
    both = stitch(one, other)
    assert both.head == one.head and both.summary == other.summary
    assert set(both.sections) & set(one.sections) and set(both.sections) & set(other.sections)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 503), st.integers(0, 2))
def test_undoing_the_edits_of_any_page_gives_what_it_shows(index: int, day: int) -> None:
    farm = Farm(day=day)
    place = farm.place(index)
    if farm.is_gone(index):
        return
    page, shown = true_page(farm, place), farm.document(place)
    converter = opencc.OpenCC("tw2s")
    for field, text, lines in (
        ("title", page.title, shown.lines[:1]),
        ("text", page.text, shown.lines[1:]),
    ):
        edits = [edit for edit in page.edits if edit.field == field]
        marked = undone(text, edits, farm.sites[place.site].script == "hant")
        assert simple(converter, marked) == simple(converter, "\n".join(map(_own, lines)))


def _own(one: Line) -> str:
    return one.own_words


def undone(text: str, edits: list[TrueEdit], is_traditional: bool) -> str:
    """The page's own words, from the truth and its edits."""
    parts, at = [], 0
    for edit in edits:
        clean = Document((line("title", text[at : edit.start]),))
        parts += [own(to_traditional(clean) if is_traditional else clean)[0], edit.original]
        at = edit.end
    rest = Document((line("title", text[at:]),))
    return "".join(parts) + own(to_traditional(rest) if is_traditional else rest)[0]


def simple(converter: opencc.OpenCC, text: str) -> str:
    return str(converter.convert(text.translate(FULL_WIDTH)))


def test_conversion_back_gives_the_truth_on_every_traditional_page() -> None:
    farm, converter = Farm(), opencc.OpenCC("tw2s")
    for index in range(0, farm.total, 5):
        shown = farm.document(farm.place(index))
        if farm.sites[farm.place(index).site].script == "hans":
            continue
        for one in shown.lines:
            kept = [cell for cell in one.cells if not cell.damage]
            said = "".join(cell.own for cell in kept).translate(FULL_WIDTH)
            assert converter.convert(said) == "".join(cell.true for cell in kept)


def test_half_width_signs_stand_beside_a_han_character() -> None:
    assert own(to_half_width(document("a", "好，好！")))[1] == "好,好!"
    farm = Farm()
    for index in range(0, farm.total, 11):
        for one in farm.document(farm.place(index)).lines:
            for sign in re.finditer("[，；：！？（）]", one.text):
                beside = one.text[max(sign.start() - 1, 0)] + one.text[sign.end() : sign.end() + 1]
                assert re.search("[一-鿿]", beside), one.text
    assert "，" in {chr(code) for code in HALF_WIDTH}
